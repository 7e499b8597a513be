"""Sampling plans of lots, without a database: how they are made, and what verdicts say by each plan's own rule."""

from collections.abc import Iterable
from dataclasses import replace

import msgspec
import pytest

from guiju.briefs import Sampling
from guiju.inspection import FiguresMissing, Strictness, Weight
from guiju.inspection.plans import Demands, Judged, describe_plan, meaning_of, plan_lot, sketch_plan, standing_of
from guiju.inspection.plans.errors import LotLimitTooLow
from guiju.inspection.plans.model import AnyPlan, LotPlan, Note
from guiju.inspection.plans.telling import chances_of, curve_of
from guiju.inspection.rules import decide
from guiju.stats.acceptance.curves import accepted
from guiju.stats.acceptance.errors import PointsCrossed
from guiju.stats.acceptance.stages import Step
from guiju.stats.errors import UnknownPlan

ASKED = Demands(aql="1.0")
MAJOR, MINOR, CRITICAL = Weight.MAJOR, Weight.MINOR, Weight.CRITICAL


def by(sampling: Sampling, lot: int = 1200, **told: object) -> AnyPlan:
    return plan_lot(lot, replace(ASKED, sampling=sampling, **told))  # pyright: ignore[reportArgumentType]


def judged(upto: int, bad: dict[int, Weight] | None = None, skip: Iterable[int] = ()) -> list[Judged]:
    """Places 1 to `upto` but those skipped, a pass where `bad` says nothing."""
    return [Judged(place, (bad or {}).get(place)) for place in range(1, upto + 1) if place not in set(skip)]


@pytest.mark.parametrize("sampling", list(Sampling))
def test_every_plan_is_kept_and_read_back_as_it_was(sampling: Sampling) -> None:
    plan = by(sampling)
    assert msgspec.json.decode(msgspec.json.encode(plan), type=AnyPlan) == plan
    assert plan.sampling is sampling
    assert 0 < plan.n <= plan.lot


@pytest.mark.parametrize("sampling", list(Sampling))
def test_every_plan_tells_its_risks_in_words_and_as_a_curve_that_falls(sampling: Sampling) -> None:
    plan = by(sampling)
    assert all(str(sentence) for sentence in (*describe_plan(plan), *meaning_of(plan)))
    chances = chances_of(plan, [0.0, 0.01, 0.05, 0.2])
    assert chances == sorted(chances, reverse=True)
    assert (chances[0], round(chances[-1], 2)) == (1.0, 0.0)
    assert curve_of(plan).points.startswith("0.0,0.0 ")


@pytest.mark.parametrize("sampling", list(Sampling))
def test_a_flawless_lot_is_accepted_by_every_plan_when_it_asks_for_no_more(sampling: Sampling) -> None:
    plan, seen = by(sampling, 90), 0
    while (now := standing_of(plan, judged(seen))).step is Step.GO_ON:
        assert now.left > 0
        seen += 1
    assert decide(plan, now).accepted
    assert seen <= plan.n


@pytest.mark.parametrize("sampling", list(Sampling))
def test_a_wholly_wrong_lot_is_rejected_by_every_plan_before_its_sample_is_over(sampling: Sampling) -> None:
    plan, bad = by(sampling), dict.fromkeys(range(1, 1201), MAJOR)
    seen = next(n for n in range(1201) if standing_of(plan, judged(n, bad)).decided)
    assert seen < plan.n
    assert not decide(plan, standing_of(plan, judged(seen, bad))).accepted


def test_a_double_plan_asks_for_its_second_sample_only_where_the_first_does_not_decide() -> None:
    plan = by(Sampling.DOUBLE)
    assert [tuple(stage) for stage in plan.stages] == [(50, 0, 3), (50, 3, 4)]
    assert standing_of(plan, judged(0)).look_at == 50
    assert standing_of(plan, judged(50)).step is Step.ACCEPT
    again = standing_of(plan, judged(50, {7: MAJOR}))
    assert (again.step, again.look_at, again.left, again.stage) == (Step.GO_ON, 100, 50, 2)
    assert standing_of(plan, judged(100, {7: MAJOR, 80: MAJOR})).step is Step.ACCEPT


def test_verdicts_on_later_places_wait_for_their_stage() -> None:
    plan = by(Sampling.DOUBLE)
    ahead = [*judged(49), *[Judged(place, MAJOR) for place in (60, 61, 62, 63)]]
    assert standing_of(plan, ahead).step is Step.GO_ON
    assert standing_of(plan, [*ahead, Judged(50, None)]).step is Step.ACCEPT


def test_one_after_the_other_is_decided_by_the_first_places_without_a_gap() -> None:
    plan = by(Sampling.SEQUENTIAL, good=0.01, poor=0.1)
    first = standing_of(plan, []).left
    assert first == 24
    assert standing_of(plan, judged(first - 1)).step is Step.GO_ON
    assert standing_of(plan, judged(first)).step is Step.ACCEPT
    gap = standing_of(plan, judged(first + 10, skip=[3]))
    assert (gap.step, gap.left) == (Step.GO_ON, first - 2)
    assert standing_of(plan, judged(24, {24: MAJOR})).left > 1


def test_what_is_judged_after_the_word_was_spoken_changes_nothing() -> None:
    plan = by(Sampling.SEQUENTIAL, good=0.01, poor=0.1)
    late = dict.fromkeys(range(25, 30), MAJOR)
    assert standing_of(plan, judged(30, late)).step is Step.ACCEPT


def test_a_sequential_plan_has_its_last_word_at_the_end() -> None:
    plan = by(Sampling.SEQUENTIAL, good=0.01, poor=0.1, most=10)
    assert standing_of(plan, judged(10)).step is Step.ACCEPT
    assert standing_of(plan, judged(10, {2: MAJOR})).step is Step.REJECT


def test_one_critical_defect_rejects_unless_they_have_an_aql() -> None:
    assert standing_of(by(Sampling.SINGLE), judged(1, {1: CRITICAL})).rejects
    assert standing_of(by(Sampling.SEQUENTIAL), judged(30, {30: CRITICAL})).rejects
    borne = by(Sampling.SINGLE, critical="0.65")
    assert not standing_of(borne, judged(1, {1: CRITICAL})).rejects


def test_each_severity_keeps_to_its_own_number_and_all_of_them_accept() -> None:
    plan = by(Sampling.SINGLE, minor="4.0")
    major, minor = plan.limit_of(MAJOR), plan.limit_of(MINOR)
    assert (major.n, major.accept, minor.n, minor.accept) == (80, 2, 80, 7)
    bad = {1: MAJOR, 2: MAJOR, **dict.fromkeys(range(3, 10), MINOR)}
    assert standing_of(plan, judged(80, bad)).step is Step.ACCEPT
    assert decide(plan, standing_of(plan, judged(80, {**bad, 10: MINOR}))).reason.details["defects"] == 8
    assert standing_of(plan, judged(80, {**bad, 10: MAJOR})).of(MAJOR).step is Step.REJECT


def test_minor_defects_without_an_aql_of_their_own_count_with_the_major_ones() -> None:
    bad = {1: MINOR, 2: MINOR, 3: MAJOR}
    assert standing_of(by(Sampling.SINGLE), judged(80, bad)).rejects


def test_severities_share_the_letter_of_the_largest_sample() -> None:
    plan = by(Sampling.SINGLE, critical="0.010")
    assert plan.limit_of(CRITICAL).n == plan.n > 80
    assert plan.main.n == plan.n


def test_a_severity_can_be_inspected_more_strictly_than_another() -> None:
    plan = by(Sampling.SINGLE, minor="4.0", strictness={MINOR: Strictness.TIGHTENED})
    assert (plan.limit_of(MAJOR).accept, plan.limit_of(MINOR).accept) == (2, 5)


def test_a_plan_larger_than_its_lot_looks_at_every_item_and_says_so() -> None:
    plan = by(Sampling.SINGLE, lot=5)
    assert (plan.n, plan.note, plan.whole_lot) == (5, Note.WHOLE_LOT, True)


def test_a_plan_in_stages_that_a_lot_is_too_small_for_gives_way_to_a_simpler_one() -> None:
    assert by(Sampling.MULTIPLE, lot=40).note in {Note.SIMPLER, Note.TOO_LARGE, Note.WHOLE_LOT}
    assert by(Sampling.MULTIPLE, lot=40).sampling is Sampling.SINGLE


def test_two_promises_are_kept_in_a_lot_of_this_size() -> None:
    plan = by(Sampling.TWO_POINT, lot=500, good=0.01, poor=0.05)
    assert (plan.n, plan.accept) == (123, 3)


def test_plans_are_laid_side_by_side_at_the_same_quality() -> None:
    sketches: dict[Sampling, LotPlan] = {each: by(each) for each in Sampling}
    usual = {each: sketch_plan(plan, 0.01).usual for each, plan in sketches.items()}
    assert usual[Sampling.MULTIPLE] < usual[Sampling.SINGLE] < usual[Sampling.FULL] == 1200
    assert usual[Sampling.SEQUENTIAL] < usual[Sampling.TWO_POINT]


@pytest.mark.parametrize(
    ("told", "refusal"),
    [
        ({"aql": None}, FiguresMissing),
        ({"aql": "1.1"}, UnknownPlan),
        ({"minor": "7"}, UnknownPlan),
        ({"level": "IV"}, UnknownPlan),
        ({"sampling": Sampling.TWO_POINT, "good": 0.1, "poor": 0.1}, PointsCrossed),
        ({"sampling": Sampling.SEQUENTIAL, "most": 1201}, LotLimitTooLow),
        ({"sampling": Sampling.SEQUENTIAL, "most": 0}, LotLimitTooLow),
    ],
)
def test_what_is_no_plan_is_refused_by_name(told: dict[str, object], refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        plan_lot(1200, replace(ASKED, **told))  # pyright: ignore[reportArgumentType]


OTHER_WAYS = [Sampling.TWO_POINT, Sampling.FIXED_RATE, Sampling.SEQUENTIAL, Sampling.FULL]


@pytest.mark.parametrize("sampling", OTHER_WAYS)
def test_each_severity_keeps_to_its_own_number_whatever_the_way_of_sampling(sampling: Sampling) -> None:
    plan = by(sampling, minor="4.0", critical="0.65")
    major, minor, critical = (plan.limit_of(weight) for weight in (MAJOR, MINOR, CRITICAL))
    assert (major.weights, minor.aql, critical.aql) == ((MAJOR,), "4.0", "0.65")
    assert major.n == minor.n == critical.n == plan.n
    assert critical.accept <= major.accept < minor.accept
    assert standing_of(plan, judged(5, dict.fromkeys(range(1, 6), MINOR))).of(MAJOR).found == 0
    assert standing_of(plan, judged(plan.n, dict.fromkeys(range(1, plan.n + 1), MINOR))).deciding.limit is minor
    assert standing_of(plan, judged(plan.n, dict.fromkeys(range(1, plan.n + 1), CRITICAL))).rejects


@pytest.mark.parametrize("sampling", OTHER_WAYS)
def test_minor_defects_that_the_major_number_would_refuse_are_borne_by_their_own(sampling: Sampling) -> None:
    spread = dict.fromkeys(range(9, 600, 15), MINOR)

    def outcome(**told: object) -> Step:
        plan = by(sampling, 600, **told)
        return standing_of(plan, judged(plan.n, spread)).step

    assert (outcome(minor="10"), outcome()) == (Step.ACCEPT, Step.REJECT)


@pytest.mark.parametrize("sampling", OTHER_WAYS)
def test_one_critical_defect_rejects_whatever_the_way_of_sampling(sampling: Sampling) -> None:
    assert standing_of(by(sampling, minor="4.0"), judged(1, {1: CRITICAL})).rejects


def test_two_promises_are_kept_for_each_severity_in_one_sample() -> None:
    plan = by(Sampling.TWO_POINT, 2000, minor="2.5", critical="0.40")
    for weight, good in ((MAJOR, 0.01), (MINOR, 0.025), (CRITICAL, 0.004)):
        stages = plan.limit_of(weight).stages
        assert accepted(stages, good, 2000) >= 0.95
        assert accepted(stages, 5 * good, 2000) <= 0.10


def test_one_after_the_other_goes_on_until_every_severity_accepts() -> None:
    plan = by(Sampling.SEQUENTIAL, minor="4.0", good=0.01, poor=0.1)
    alone = standing_of(by(Sampling.SEQUENTIAL, good=0.01, poor=0.1), []).left
    minor = next(n for n in range(1, 200) if standing_of(plan, judged(n)).of(MINOR).step is Step.ACCEPT)
    whole = next(n for n in range(1, 200) if standing_of(plan, judged(n)).step is Step.ACCEPT)
    assert whole == max(alone, minor) == standing_of(plan, []).left
    late = next(n for n in range(1, 400) if standing_of(plan, judged(n, {1: MINOR, 12: MINOR})).step is Step.ACCEPT)
    assert late > whole
