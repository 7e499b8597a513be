"""Soft labels: one form, how far two are apart, what several become, and what a trial reads from real ones."""

from itertools import permutations
from math import fsum
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guiju.kinds import KINDS, FieldShape, ItemShape, Soft, decode_answers, encode_answers, normalise_answers
from guiju.kinds.soft.shape import scaled
from guiju.stats.agreement.soft import soft_agreement
from guiju.work.trial.compare.rules import compare_field
from guiju.work.trial.model import Answered
from tests.stats.published import shared

SOFT = KINDS["soft"]
FEELINGS: tuple[str, ...] = ("anger", "disgust", "fear", "joy", "sadness", "surprise")
FIELD = FieldShape("mood", "soft", FEELINGS)
ITEM = ItemShape("text", length=12)
strengths: st.SearchStrategy[dict[str, float]] = st.dictionaries(
    st.sampled_from(FEELINGS), st.integers(0, 100).map(float), max_size=6
)
softs = strengths.map(lambda told: scaled(told) if any(told.values()) else Soft({}))


@given(softs)
def test_shares_of_any_strengths_add_up_to_one_and_stay_as_they_are(answer: Soft) -> None:
    assert SOFT.tidy(answer) == answer
    assert abs(fsum(answer.weights.values()) - 1) <= 1e-6 or not answer.weights
    assert SOFT.check(answer, FieldShape("mood", "soft", FEELINGS, required=False), ITEM) == []


def test_noughts_go_and_equal_shares_are_written_alike() -> None:
    written = encode_answers({"m": Soft({"joy": 2 / 3, "anger": 1 / 3, "fear": 0.0})})
    assert written == b'{"m":{"kind":"soft","weights":{"anger":0.333333,"joy":0.666667}}}'
    assert encode_answers(decode_answers(written)) == written


def test_the_rulebook_says_the_order() -> None:
    field = FieldShape("m", "soft", ("joy", "anger"))
    settled = normalise_answers({"m": Soft({"anger": 0.5, "joy": 0.5})}, [field])["m"]
    assert isinstance(settled, Soft)
    assert list(settled.weights) == ["joy", "anger"]


@given(softs, softs)
def test_the_distance_is_symmetric_and_between_nought_and_one(a: Soft, b: Soft) -> None:
    assert 0 <= SOFT.distance(a, b) <= 1
    assert SOFT.distance(a, b) == SOFT.distance(b, a)
    assert SOFT.distance(a, a) == 0


def test_distances_are_those_of_jensen_and_shannon() -> None:
    joy, half = Soft({"joy": 1.0}), Soft({"fear": 0.5, "joy": 0.5})
    assert SOFT.distance(joy, half) == pytest.approx(0.3113, abs=5e-5)
    assert SOFT.distance(joy, Soft({"fear": 1.0})) == 1
    assert SOFT.distance(joy, Soft({})) == 1
    assert SOFT.distance(SOFT.only(half, "joy"), SOFT.only(joy, "joy")) == pytest.approx(0.3113, abs=5e-5)


def test_several_answers_become_their_mean() -> None:
    merged = SOFT.merge([Soft({"joy": 1.0}), Soft({"fear": 1.0}), Soft({"joy": 1.0})])
    assert merged is not None
    assert merged.answer == Soft({"fear": 0.333333, "joy": 0.666667})
    assert merged.confidence < 1
    assert SOFT.merge([]) is None
    alone = SOFT.merge([Soft({"fear": 0.25, "joy": 0.75})])
    assert alone is not None
    assert (alone.answer, alone.confidence) == (Soft({"fear": 0.25, "joy": 0.75}), 1)


@given(st.lists(softs, min_size=2, max_size=3))
def test_who_came_first_does_not_change_the_mean(answers: list[Soft]) -> None:
    assert len({repr(SOFT.merge(list(order))) for order in permutations(answers)}) == 1


def test_two_answers_are_confused_by_what_they_have_most_of() -> None:
    assert SOFT.confused(Soft({"fear": 0.4, "joy": 0.6}), Soft({"fear": 0.6, "joy": 0.4})) == [("joy", "fear")]
    assert SOFT.confused(Soft({"joy": 0.6, "fear": 0.4}), Soft({"joy": 1.0})) == []
    assert SOFT.confused(Soft({}), Soft({"joy": 1.0})) == [("", "joy")]


def snow() -> list[tuple[int, int, dict[str, float]]]:
    """(headline, worker, strengths) of Snow et al. 2008: six feelings, each rated 0 to 100 by ten workers."""
    told: dict[tuple[str, str], dict[str, float]] = {}
    for feeling in FEELINGS:
        rows = shared(f"data/snow2008/{feeling}.standardized.tsv").read_text().splitlines()[1:]
        for _, worker, headline, strength, *_ in (row.split("\t") for row in rows):
            told.setdefault((headline, worker), {})[feeling] = float(strength)
    workers = {name: place for place, name in enumerate(sorted({worker for _, worker in told}))}
    return [(int(item), workers[who], one) for (item, who), one in sorted(told.items()) if any(one.values())]


def test_a_trial_reads_real_feelings_as_the_statistics_do() -> None:
    rows = snow()
    report = compare_field(FIELD, [Answered(item, who, scaled(told)) for item, who, told in rows])
    table: Any = [[told.get(feeling, 0.0) for feeling in FEELINGS] for _, _, told in rows]
    expected = soft_agreement([item for item, _, _ in rows], [who for _, who, _ in rows], table)
    assert report.observed.value == pytest.approx(expected.agreement.observed.value, abs=1e-4)
    assert report.alpha.value is not None
    assert expected.agreement.alpha.value is not None
    assert abs(report.alpha.value - expected.agreement.alpha.value) < 0.02
    assert {line.label for line in report.labels} == set(FEELINGS)
    assert all(line.observed is not None and 0 < line.observed <= 1 for line in report.labels)
