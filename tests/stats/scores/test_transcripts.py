"""Word and character error rates, held against jiwer and against a plain table."""

import warnings
from collections.abc import Callable
from typing import Any, cast

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from guiju.kit import Refusal
from guiju.stats.intervals import wilson
from guiju.stats.scores.errors import MissingAnswer, NothingToScore, UnevenAnswers, UnknownUnit
from guiju.stats.scores.transcripts import Normalisation, align, score_transcripts, split_units

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    import jiwer as _jiwer

jiwer = cast("Any", _jiwer)

words = st.lists(st.sampled_from(["a", "b", "c", "dd"]), max_size=9).map(" ".join)
corpus = st.lists(st.tuples(words, words), min_size=1, max_size=12)
codes = st.lists(st.integers(0, 3), max_size=9)


@settings(deadline=None, max_examples=80)
@given(corpus)
def test_word_errors_are_jiwers(drawn: list[tuple[str, str]]) -> None:
    drawn = [one for one in drawn if one[0]]
    assume(drawn)
    right, said = [one[0] for one in drawn], [one[1] for one in drawn]
    theirs = jiwer.process_words(right, said)
    found = score_transcripts(right, said)
    assert found.rate.value == pytest.approx(theirs.wer)
    assert found.whole.errors == theirs.substitutions + theirs.deletions + theirs.insertions
    assert found.whole.insertions - found.whole.deletions == theirs.insertions - theirs.deletions
    assert found.whole.hits >= theirs.hits


@settings(deadline=None, max_examples=60)
@given(st.lists(st.tuples(st.text("今天 气ab", min_size=1), st.text("今天 气ab")), min_size=1, max_size=8))
def test_character_errors_are_jiwers(drawn: list[tuple[str, str]]) -> None:
    drawn = [(one.strip(), other.strip()) for one, other in drawn if one.strip()]
    assume(drawn)
    right, said = [one[0] for one in drawn], [one[1] for one in drawn]
    assert score_transcripts(right, said, "character").rate.value == pytest.approx(jiwer.cer(right, said))


def _plain(right: list[int], said: list[int]) -> tuple[int, int]:
    """Fewest edits, and the most hits with so few, by the textbook's table."""
    table = [[(0, 0)] * (len(said) + 1) for _ in range(len(right) + 1)]
    for i in range(len(right) + 1):
        for j in range(len(said) + 1):
            ways: list[tuple[int, int]] = [] if i or j else [(0, 0)]
            if i:
                ways.append((table[i - 1][j][0] + 1, table[i - 1][j][1]))
            if j:
                ways.append((table[i][j - 1][0] + 1, table[i][j - 1][1]))
            if i and j:
                edits, hits = table[i - 1][j - 1]
                same = right[i - 1] == said[j - 1]
                ways.append((edits + (not same), hits - same))
            table[i][j] = min(ways)
    edits, hits = table[-1][-1]
    return edits, -hits


@settings(deadline=None, max_examples=100)
@given(st.lists(st.tuples(codes, codes), min_size=1, max_size=8))
def test_the_alignment_has_the_fewest_edits_and_then_the_most_hits(drawn: list[tuple[list[int], list[int]]]) -> None:
    found = align([np.array(r, np.int64) for r, _ in drawn], [np.array(s, np.int64) for _, s in drawn])
    for (right, said), (n, hits, substitutions, deletions, insertions) in zip(drawn, found.tolist(), strict=True):
        assert n == len(right) == hits + substitutions + deletions
        assert len(said) == hits + substitutions + insertions
        assert (substitutions + deletions + insertions, hits) == _plain(right, said)


@given(st.lists(st.tuples(codes, codes), min_size=1, max_size=8), st.randoms(use_true_random=False))
def test_utterances_do_not_touch_each_other(drawn: list[tuple[list[int], list[int]]], random: Any) -> None:
    order = random.sample(range(len(drawn)), len(drawn))

    def aligned(some: list[tuple[list[int], list[int]]]) -> list[list[int]]:
        return align([np.array(r, np.int64) for r, _ in some], [np.array(s, np.int64) for _, s in some]).tolist()

    assert aligned([drawn[place] for place in order]) == [aligned(drawn)[place] for place in order]


def test_long_utterances_and_many_are_aligned_in_parts() -> None:
    rng = np.random.default_rng(1)
    long = rng.integers(0, 50, 3_000)
    changed = np.delete(long, rng.choice(3_000, 100, replace=False))
    assert align([long], [changed])[0].tolist() == [3_000, 2_900, 0, 100, 0]
    many = [rng.integers(0, 5, rng.integers(1, 30)) for _ in range(20_000)]
    assert align(many, many)[:, 2:].sum() == 0


def test_the_rate_is_of_all_together_and_has_an_interval() -> None:
    right = ["one two three four", "five", "six seven", "eight nine ten"] * 10
    said = ["one two three", "five", "six eleven", "eight nine ten more"] * 10
    found = score_transcripts(right, said)
    assert found.rate.value == pytest.approx(3 / 10)
    assert found.rate.low is not None
    assert found.rate.high is not None
    assert found.rate.low < 0.3 < found.rate.high
    assert found.wrong_utterances.interval == list(wilson(30, 40))
    assert found.worst(1) == (2,)
    assert len(found.worst(100)) == 30
    assert found.to_dict()["substitutions"] == 10
    assert len(found.meaning) == 3
    assert all("{" not in str(one) for one in found.meaning)


def test_the_bootstrap_holds_the_truth_as_often_as_promised() -> None:
    rng = np.random.default_rng(2)
    held = 0
    for seed in range(150):
        lengths = rng.integers(3, 20, 80)
        right = [" ".join(map(str, range(n))) for n in lengths]
        said = [" ".join("x" if rng.random() < 0.2 else str(k) for k in range(n)) for n in lengths]
        low, high = cast("list[float]", score_transcripts(right, said, seed=seed).rate.interval)
        held += low <= 0.2 <= high
    assert 0.89 <= held / 150 <= 0.99


def test_no_errors_at_all_have_no_bootstrap_interval_but_wilsons() -> None:
    found = score_transcripts(["a b"] * 20, ["a b"] * 20)
    assert found.rate.value == 0
    assert found.rate.interval is None
    assert found.wrong_utterances.interval == list(wilson(0, 20))


def test_a_rate_can_exceed_one_and_nothing_said_is_all_left_out() -> None:
    assert score_transcripts(["a"], ["b c d"]).rate.value == 3
    silent = score_transcripts(["a b"], [""])
    assert (silent.rate.value, silent.whole.deletions) == (1, 2)


def test_empty_references_have_no_rate_but_a_reason() -> None:
    found = score_transcripts(["", ""], ["a", ""])
    assert found.rate.value is None
    assert found.rate.why is not None
    assert found.whole.insertions == 1
    assert len(found.meaning) == 1


def test_nothing_is_normalised_unless_asked() -> None:
    assert score_transcripts(["你好，世界！"], ["你好世界"], "character").whole.deletions == 2
    assert score_transcripts(["Ａb c"], ["ab C"], "word").whole.errors == 2
    how = Normalisation(lower=True, width=True, punctuation=True, spaces=True)
    assert score_transcripts(["Ａb，c！"], ["a B c"], "character", how).whole.errors == 0


def test_mixed_counts_chinese_by_the_character_and_the_rest_by_the_word() -> None:
    assert split_units("用iPhone 15拍", "mixed") == ["用", "iPhone", "15", "拍"]
    assert score_transcripts(["用 iPhone 拍照"], ["用 iphone 拍照"], "mixed").rate.value == pytest.approx(1 / 4)


NONSENSE: list[tuple[Callable[[], object], type[Refusal]]] = [
    (lambda: score_transcripts([], []), NothingToScore),
    (lambda: score_transcripts(["a"], []), UnevenAnswers),
    (lambda: score_transcripts(["a"], cast("Any", [None])), MissingAnswer),
    (lambda: score_transcripts(cast("Any", [float("nan")]), ["a"]), MissingAnswer),
    (lambda: score_transcripts(["a"], ["a"], cast("Any", "syllable")), UnknownUnit),
]


@pytest.mark.parametrize(("ask", "refusal"), NONSENSE)
def test_nonsense_is_refused_by_name(ask: Callable[[], object], refusal: type[Refusal]) -> None:
    with pytest.raises(refusal):
        ask()
