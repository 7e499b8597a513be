from itertools import combinations
from typing import Any

import numpy as np
import pytest
from hypothesis import given

from guiju.stats.agreement.alpha import krippendorff_alpha
from guiju.stats.agreement.annotators import annotator_agreements
from guiju.stats.agreement.clauses import clause_agreements
from guiju.stats.agreement.confusion import confusion_matrix, confusions
from guiju.stats.agreement.errors import TooManyPairs, UnknownAnnotator
from guiju.stats.agreement.kappas import cohen_kappa
from guiju.stats.agreement.labels import label_alphas
from guiju.stats.agreement.pairs import pair_agreements
from guiju.stats.agreement.report import agreement_of
from guiju.stats.columns import encode, from_codes
from guiju.stats.errors import UnevenColumns
from guiju.stats.figure import NO_OVERLAP
from tests.stats.agreement.tables import Rows, columns_of, rows_of_answers, table


@given(rows_of_answers)
def test_each_pair_has_cohens_kappa_and_its_interval(rows: Rows) -> None:
    columns = columns_of(rows)
    found = {(one.a, one.b): one for one in pair_agreements(columns)}
    for a, b in combinations(columns.annotators, 2):
        expected = cohen_kappa(columns, a=a, b=b)
        one = found.pop((a, b), None)
        assert (one is None) == (expected.why == NO_OVERLAP)
        if one is not None and one.kappa is not None:
            assert (one.n, one.kappa) == (expected.n, pytest.approx(expected.value, abs=1e-9))
            assert [one.low, one.high] == (pytest.approx(expected.interval or [None] * 2, abs=1e-7))
    assert not found


def test_only_the_pairs_with_most_in_common_are_shown() -> None:
    columns = table([[1, 2, 1], [1, 2, None], [1, None, 2]])
    assert [(one.a, one.b, one.n) for one in pair_agreements(columns)] == [(0, 1, 2), (0, 2, 2), (1, 2, 1)]
    assert [(one.a, one.b) for one in pair_agreements(columns, most=1)] == [(0, 1)]
    assert len(pair_agreements(columns, at_least=2)) == 2
    assert pair_agreements(columns, at_least=9) == ()


def test_among_five_thousand_annotators_the_busy_ones_are_paired() -> None:
    who = np.concatenate([np.arange(5_000), [0, 1, 2]])
    item = np.concatenate([np.arange(5_000) // 2, [2_600] * 3])
    columns = from_codes(item, who, np.zeros(5_003, np.int64))
    assert {(one.a, one.b) for one in pair_agreements(columns)} >= {(0, 1), (0, 2), (1, 2)}


def test_kept_repeats_pair_nobody_with_themselves() -> None:
    columns = encode([1, 1, 1], ["a", "a", "b"], ["x", "y", "x"], keep_repeats=True)
    assert [(pair.a, pair.b, pair.n) for pair in pair_agreements(columns)] == [("a", "b", 2)]


def test_confusions_are_ranked_and_name_their_items() -> None:
    columns = table([["x", "x", "y", "y", "z"], ["y", "y", "x", "y", "x"]])
    found = confusions(columns)
    assert [(c.a, c.b, c.count, c.items) for c in found] == [("x", "y", 3, (0, 1, 2)), ("x", "z", 1, (4,))]
    assert len(confusions(columns, most=1)) == 1


@given(rows_of_answers)
def test_confusions_count_every_pair_of_answers(rows: Rows) -> None:
    expected: dict[Any, int] = {}
    named: dict[Any, set[int]] = {}
    for (item, _, one), (other_item, _, other) in combinations(rows, 2):
        if item == other_item and one != other:
            key = (min(one, other), max(one, other))
            expected[key] = expected.get(key, 0) + 1
            named.setdefault(key, set()).add(item)
    found = confusions(columns_of(rows))
    assert {(c.a, c.b): c.count for c in found} == expected
    assert {(c.a, c.b): set(c.items) for c in found} == named


@given(rows_of_answers)
def test_the_table_of_two_annotators_counts_their_common_items(rows: Rows) -> None:
    columns = columns_of(rows)
    for a, b in combinations(columns.annotators, 2):
        found = confusion_matrix(columns, a, b)
        turned = confusion_matrix(columns, b, a)
        said = {who: {item: label for item, w, label in rows if w == who} for who in (a, b)}
        both = said[a].keys() & said[b].keys()
        assert sum(map(sum, found.counts)) == len(both)
        for i, one in enumerate(found.labels):
            for j, other in enumerate(found.labels):
                count = sum(said[a][item] == one and said[b][item] == other for item in both)
                assert found.counts[i][j] == turned.counts[j][i] == count


def test_an_annotator_who_is_not_there_has_no_table() -> None:
    with pytest.raises(UnknownAnnotator):
        confusion_matrix(table([[1], [2]]), 0, "nobody")
    assert "0 said" in str(confusion_matrix(table([[1], [2]]), 0, 1).meaning[0])


def test_a_label_nobody_agrees_on_comes_first() -> None:
    found = label_alphas(table([["x", "x", "y", "y", "z"], ["x", "x", "y", "y", "x"]]))
    assert [label.label for label in found] == ["z", "x", "y"]
    assert found[-1].alpha == pytest.approx(1)


@given(rows_of_answers)
def test_label_alpha_is_the_alpha_of_the_label_against_the_rest(rows: Rows) -> None:
    for found in label_alphas(columns_of(rows)):
        binary = columns_of([(item, who, label == found.label) for item, who, label in rows])
        expected = krippendorff_alpha(binary, interval=False).value
        assert found.alpha == (None if expected is None else pytest.approx(expected))


def test_label_alphas_have_the_interval_that_resampling_gives() -> None:
    rng = np.random.default_rng(2)
    rows = [(i, who, int(rng.integers(4)) if rng.random() < 0.4 else i % 4) for i in range(400) for who in range(3)]
    for found in label_alphas(columns_of(rows)):
        drawn = krippendorff_alpha(columns_of([(item, who, label == found.label) for item, who, label in rows]))
        assert [found.low, found.high] == pytest.approx(drawn.interval, abs=0.02)


@given(rows_of_answers)
def test_each_annotator_against_the_others_by_plain_loops(rows: Rows) -> None:
    for found in annotator_agreements(columns_of(rows)):
        shares: list[float] = []
        for item, who, label in rows:
            others = [other for place, person, other in rows if place == item and person != who]
            if who == found.annotator and others:
                shares.append(others.count(label) / len(others))
        assert found.observed.n == len(shares)
        assert found.observed.value == (pytest.approx(sum(shares) / len(shares)) if shares else None)
        assert shares or found.observed.why == NO_OVERLAP


def test_a_clause_is_judged_by_those_who_cite_it() -> None:
    item, who = [1, 1, 1, 2, 2, 3, 3], ["al", "bo", "cy", "al", "bo", "al", "bo"]
    label = ["x", "y", "x", "x", "x", "y", None]
    cited = [["C1", "C2"], ["C1"], None, "C1", "C1", {"C3"}, "C3"]
    found = {one.clause: one for one in clause_agreements(item, who, label, cited)}
    assert found["C1"].observed.value == 0.5
    assert (found["C1"].against_others, found["C1"].other_pairs) == (0.5, 2)
    assert (found["C2"].observed.why, found["C2"].against_others) == (NO_OVERLAP, 0.5)
    assert (found["C3"].answers, found["C3"].other_pairs) == (1, 0)
    assert "cite C1" in str(found["C1"].meaning[0])
    assert clause_agreements([], [], [], []) == ()
    with pytest.raises(UnevenColumns):
        clause_agreements([1], ["a"], ["x"], [])


def test_an_item_that_ten_thousand_answered_has_a_report_without_pairs() -> None:
    many = 10_000
    columns = from_codes(np.zeros(many, np.int64), np.arange(many), np.arange(many) % 3)
    found = agreement_of(columns)
    assert found.pairs == ()
    assert found.alpha.value == pytest.approx(0, abs=1e-3)
    assert len(found.people) == many
    with pytest.raises(TooManyPairs, match="10000 answers"):
        pair_agreements(columns)
