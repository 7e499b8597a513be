"""Gamma against its published example and against every alignment there is."""

from collections.abc import Callable, Iterator
from itertools import combinations
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guiju.stats.agreement import alignment
from guiju.stats.agreement.gamma import GammaRule, gamma
from guiju.stats.agreement.marks import Span
from guiju.stats.agreement.structured_errors import BadParameter, NothingMarked, TooFewAnnotators, TooManyAlignments
from tests.stats.marked import drawn_marks

UNIT = drawn_marks(12, 6)
ANSWERS = st.lists(st.lists(UNIT, max_size=3, unique=True), min_size=2, max_size=3).filter(any)
SIX = st.lists(st.lists(UNIT, max_size=6, unique=True), min_size=2, max_size=4).filter(any)


def _d(u: Span, v: Span, rule: GammaRule) -> float:
    place = (abs(u.start - v.start) + abs(u.end - v.end)) / (u.end - u.start + v.end - v.start)
    return (rule.alpha * place**2 + rule.beta * (u.label != v.label)) * rule.delta_empty


def _disorder(row: tuple[Span | None, ...], rule: GammaRule) -> float:
    pairs = list(combinations(row, 2))
    return sum(_d(u, v, rule) if u and v else rule.delta_empty for u, v in pairs) / len(pairs)


def _alignments(answers: list[list[Span]]) -> Iterator[list[tuple[Span | None, ...]]]:
    """Every alignment of a tiny continuum: the first unit left over takes each choice of partners in turn."""
    who = next((k for k, units in enumerate(answers) if units), None)
    if who is None:
        yield []
        return
    first, rest = answers[who][0], [units[1:] if k == who else units for k, units in enumerate(answers)]
    for partners in _partners(rest, who):
        row = tuple(first if k == who else partners.get(k) for k in range(len(answers)))
        left = [[u for u in units if u is not partners.get(k)] for k, units in enumerate(rest)]
        for others in _alignments(left):
            yield [row, *others]


def _partners(answers: list[list[Span]], who: int) -> Iterator[dict[int, Span]]:
    found: list[dict[int, Span]] = [{}]
    for k, units in enumerate(answers):
        if k != who:
            found += [{**one, k: unit} for one in found for unit in units]
    yield from found


@settings(max_examples=50, deadline=None)
@given(ANSWERS, st.sampled_from([GammaRule(), GammaRule(1, 1), GammaRule(0.3, 2, 0.5)]))
def test_the_best_alignment_is_the_best_of_all(answers: list[list[Span]], rule: GammaRule) -> None:
    found = gamma([str(k) for k in range(len(answers))], answers, rule, precision=0.9)
    best = min(sum(_disorder(row, rule) for row in one) for one in _alignments(answers))
    assert found.observed_disorder == pytest.approx(best * len(answers) / sum(map(len, answers)), abs=1e-4)
    assert sum(one.disorder for one in found.alignment) == pytest.approx(best, abs=1e-4)


@settings(max_examples=25, deadline=None)
@given(SIX)
def test_every_unit_stands_in_the_alignment_once_and_each_row_has_its_disorder(answers: list[list[Span]]) -> None:
    found = gamma([str(k) for k in range(len(answers))], answers, precision=0.9)
    for who, units in enumerate(answers):
        assert sorted(u for row in found.alignment if (u := row.units[who])) == sorted(units)
    for row in found.alignment:
        assert row.disorder == pytest.approx(_disorder(row.units, GammaRule()))


def test_the_published_example_of_alex_paul_and_suzan(vector: Callable[[str], Any]) -> None:
    one = vector("gamma_APS")
    by: dict[str, list[Span]] = {}
    for row in one["data"]["csv annotator,label,start,end"]:
        who, label, start, end = row.split(",")
        by.setdefault(who, []).append(Span(float(start), float(end), label))
    params, expected = one["data"]["params"], one["expected"]
    # Its gamma_cat and gamma_k are those in which a unit without partner counts as a contrary label.
    rule = GammaRule(params["alpha"], params["beta"], params["delta_empty"], count_unaligned=True)
    found = gamma(list(by), list(by.values()), rule, precision=0.01)
    assert found.observed_disorder == pytest.approx(expected["best_alignment_disorder"], abs=0.005)
    assert len(found.alignment) == expected["n_unitary_alignments"]
    low, high = expected["gamma_range"]
    assert found.gamma.value is not None
    assert low <= found.gamma.value <= high
    low, high = expected["gamma_cat_range"]
    assert found.gamma_cat.value is not None
    assert low <= found.gamma_cat.value <= high
    by_label = {one.label: one.gamma.value for one in found.gamma_k}
    for label, value in expected["gamma_k"].items():
        assert by_label[label] == pytest.approx(value, abs=0.01)
    assert all((by_label[label] or 0) <= 0.005 for label in "2347")
    rough = gamma(list(by), list(by.values()), rule, precision=params["precision"])
    assert rough.gamma.value == pytest.approx(found.gamma.value, abs=0.03)


def test_without_units_that_nobody_shares_gamma_cat_looks_only_at_aligned_pairs() -> None:
    ann, bob = [Span(0, 5, "X"), Span(10, 15, "Y"), Span(40, 45, "X")], [Span(0, 5, "X"), Span(10, 15, "Y")]
    found = gamma("ab", [ann, bob], precision=0.1)
    strict = gamma("ab", [ann, bob], GammaRule(count_unaligned=True), precision=0.1)
    assert found.gamma_cat.value == 1.0
    assert strict.gamma_cat.value is not None
    assert strict.gamma_cat.value < 1


def test_equal_answers_agree_fully_and_the_same_seed_gives_the_same_figure() -> None:
    units = [Span(0, 5, "X"), Span(7, 9, "Y"), Span(20, 30, "X")]
    same = gamma("ab", [units, units])
    assert (same.gamma.value, same.observed_disorder, same.gamma_cat.value) == (1.0, 0.0, 1.0)
    other = [Span(0, 6, "X"), Span(21, 30, "Y")]
    assert gamma("ab", [units, other]) == gamma("ba", [other, units]) == gamma("ab", [units[::-1], other])


def test_random_answers_agree_by_chance_only() -> None:
    rng = np.random.default_rng(3)
    answers = [
        [Span(float(a), float(a) + 8, "XY"[int(rng.integers(2))]) for a in rng.uniform(0, 900, 40)] for _ in range(3)
    ]
    found = gamma("abc", answers)
    assert found.gamma.value == pytest.approx(0, abs=0.15)


def test_an_annotator_who_marked_nothing_counts() -> None:
    found = gamma("ab", [[Span(0, 5, "X"), Span(9, 12, "X")], []], precision=0.3)
    assert found.observed_disorder == 2.0
    assert found.gamma_cat.value is None
    assert found.gamma_cat.why


def test_labels_can_be_near_each_other() -> None:
    units, other = [Span(0, 5, "red"), Span(9, 14, "blue")], [Span(0, 5, "pink"), Span(9, 14, "blue")]
    far = gamma("ab", [units, other], precision=0.3)
    near = gamma(
        "ab", [units, other], GammaRule(distance=lambda a, b: 0.1 if {a, b} == {"red", "pink"} else 1.0), precision=0.3
    )
    assert near.observed_disorder == pytest.approx(0.05)
    assert far.observed_disorder == pytest.approx(0.5)


def test_three_hundred_units_a_head_decompose_and_take_little_time() -> None:
    rng = np.random.default_rng(0)
    start = np.sort(rng.uniform(0, 6_000, 300))
    answers = [
        [Span(float(a + rng.normal(0, 1)), float(a + 10 + rng.normal(0, 1)), "X") for a in start] for _ in range(3)
    ]
    found = gamma("abc", answers, precision=0.2)
    assert found.gamma.value is not None
    assert found.gamma.value > 0.8


def test_sizes_that_explode_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(alignment, "LIMIT", 1_000)
    answers = [[Span(k, k + 50, "X") for k in range(10)] for _ in range(6)]
    with pytest.raises(TooManyAlignments) as refused:
        gamma("abcdef", answers)
    assert refused.value.details["annotators"] == 6


def _far(a: str, b: str) -> float:
    return 2.0 * (a != b)


def test_bad_input_is_refused() -> None:
    with pytest.raises(TooFewAnnotators):
        gamma("a", [[Span(0, 1)]])
    with pytest.raises(NothingMarked):
        gamma("ab", [[], []])
    with pytest.raises(NothingMarked):
        gamma("ab", [[], []])
    for rule in (
        GammaRule(alpha=0),
        GammaRule(beta=-1),
        GammaRule(delta_empty=float("nan")),
        GammaRule(distance=_far),
    ):
        with pytest.raises(BadParameter):
            gamma("ab", [[Span(0, 1, "X")], [Span(0, 1, "Y")]], rule)
    with pytest.raises(BadParameter):
        gamma("ab", [[Span(0, 1)], [Span(0, 1)]], precision=0)


def test_marks_that_lie_the_same_however_they_are_moved_have_no_chance_level() -> None:
    found = gamma("ab", [[Span(0, 10, "X")], [Span(0, 10, "X")]], precision=0.5)
    assert found.gamma.value == 1.0 or found.gamma.why
    assert [str(one) for one in found.meaning]
    assert found.to_dict()["samples"] == found.samples
