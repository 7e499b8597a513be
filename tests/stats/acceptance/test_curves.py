"""OC, AOQ, ATI and ASN held against enumeration, SciPy, and lots drawn one by one."""

import random
from collections.abc import Callable, Sequence
from itertools import pairwise, product
from math import comb
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import binom

from guiju.stats.acceptance.curves import accepted, curve, curve_point, outgoing_limit, quality_accepted, telling_shares
from guiju.stats.acceptance.errors import ImpossiblePlan, NotAProbability, PlanLargerThanLot
from guiju.stats.acceptance.stages import Stage, Step, check_stages, decide_stages
from guiju.stats.errors import EmptyLot, ImpossibleCount

NIST = [Stage(52, 3, 4)]
DOUBLE = [Stage(50, 1, 4), Stage(50, 4, 5)]


@st.composite
def plans(draw: st.DrawFn, largest: int = 6) -> list[Stage]:
    """Small plans of one to four stages, some of which cannot accept at first, some with a gap at the end."""
    accept, reject, stages = -1, 1, list[Stage]()
    for _ in range(draw(st.integers(1, 4))):
        accept = draw(st.integers(accept, accept + 2))
        reject = draw(st.integers(max(reject, accept + 1), max(reject, accept + 1) + 2))
        stages.append(Stage(draw(st.integers(1, largest)), None if accept < 0 else accept, reject))
    last = stages[-1]
    gap = draw(st.integers(1, 2))
    accept = max(0, accept, last.reject - gap)
    return [*stages[:-1], last._replace(accept=accept, reject=max(last.reject, accept + 1))]


def enumerated(plan: Sequence[Stage], share: float, lot: int | None) -> tuple[float, float, float, float]:
    """P(accept), items looked at, defective items left, items looked at with screening: by every way it can go."""
    bad = 0 if lot is None else round(share * lot)
    total, sample, left, inspected = 0.0, 0.0, 0.0, 0.0
    ways: list[tuple[list[int], float]] = [([], 1.0)]
    while ways:
        found, chance = ways.pop()
        seen, number = sum(stage.n for stage in plan[: len(found)]), len(found)
        step = decide_stages(plan, found) if found else Step.GO_ON
        if step is Step.GO_ON:
            n = plan[number].n
            for d in range(n + 1):
                if lot is None:
                    p = comb(n, d) * share**d * (1 - share) ** (n - d)
                else:
                    rest, worse = lot - seen, bad - sum(found)
                    p = comb(worse, d) * comb(rest - worse, n - d) / comb(rest, n) if 0 <= d <= worse else 0.0
                if p:
                    ways.append(([*found, d], chance * p))
            continue
        sample += chance * seen
        if step is not Step.REJECT:
            total += chance
            left += chance * (bad - sum(found))
            inspected += chance * seen
        else:
            inspected += chance * (lot or 0)
    return total, sample, left, inspected


@settings(deadline=None, max_examples=60)
@given(plan=plans(largest=4), share=st.floats(0, 1))
def test_every_staged_plan_is_its_enumeration_for_a_process(plan: list[Stage], share: float) -> None:
    point, (total, sample, _, _) = curve_point(plan, share), enumerated(plan, share, None)
    assert (point.accepted, point.sample) == pytest.approx((total, sample), rel=1e-9, abs=1e-12)
    assert point.outgoing == pytest.approx(share * total, abs=1e-12)
    assert point.inspected is None


@settings(deadline=None, max_examples=60)
@given(plan=plans(largest=4), extra=st.integers(0, 30), data=st.data())
def test_every_staged_plan_is_its_enumeration_for_a_lot(plan: list[Stage], extra: int, data: st.DataObject) -> None:
    lot = sum(stage.n for stage in plan) + extra
    share = data.draw(st.integers(0, lot)) / lot
    point, known = curve_point(plan, share, lot), enumerated(plan, share, lot)
    assert (point.accepted, point.sample, point.outgoing * lot, point.inspected) == pytest.approx(known, abs=1e-9)


@settings(deadline=None)
@given(plan=plans(), extra=st.integers(0, 40))
def test_a_worse_lot_is_never_accepted_more_often(plan: list[Stage], extra: int) -> None:
    lot = sum(stage.n for stage in plan) + extra
    for size in (None, lot):
        points = curve(plan, [bad / lot for bad in range(lot + 1)], size)
        assert points[0].accepted == pytest.approx(1)
        assert all(after.accepted <= before.accepted + 1e-9 for before, after in pairwise(points))


def test_the_published_curve_and_its_limit_are_met(vector: Callable[[str], Any]) -> None:
    known = vector("oc_nist_52_3")
    for share, probability in zip(known["data"]["p"], known["expected"]["Pa"], strict=True):
        assert accepted(NIST, share) == pytest.approx(probability, abs=0.0011)
        assert accepted(NIST, share, lot=10_000) == pytest.approx(probability, abs=0.0021)
    points = curve(NIST, known["data"]["p"], lot=10_000)
    worst = max(points, key=lambda point: point.outgoing)
    assert f"{worst.outgoing:.4f} at p={worst.share:.2f}".replace("p=0", "p=") == known["expected"]["AOQL"]
    assert outgoing_limit(NIST, lot=10_000).limit == pytest.approx(worst.outgoing, abs=3e-4)


@pytest.mark.parametrize("lot", [None, 137, 1000])
def test_the_outgoing_limit_is_above_every_point(lot: int | None) -> None:
    for plan in (NIST, DOUBLE):
        limit = outgoing_limit(plan, lot).limit
        steps = range(1001) if lot is None else range(lot + 1)
        worst = max(curve_point(plan, step / (len(steps) - 1), lot).outgoing for step in steps)
        assert limit == pytest.approx(worst, abs=1e-5)
        assert limit >= worst - 1e-12


def test_a_lot_without_end_is_the_limit_of_larger_lots() -> None:
    far = [abs(accepted(DOUBLE, 0.05, lot) - accepted(DOUBLE, 0.05)) for lot in (200, 2_000, 20_000, 2_000_000)]
    assert far == sorted(far, reverse=True)
    assert far[-1] < 1e-4


def test_drawn_lots_fare_as_the_curve_says() -> None:
    rng, lot, bad, rounds = random.Random(5), 300, 12, 4000
    passed, looked = 0, 0
    for _ in range(rounds):
        drawn = [item < bad for item in rng.sample(range(lot), 100)]
        found = [sum(drawn[:50])]
        if decide_stages(DOUBLE, found) is Step.GO_ON:
            found.append(sum(drawn[50:]))
        passed += decide_stages(DOUBLE, found) is Step.ACCEPT
        looked += 50 * len(found)
    point = curve_point(DOUBLE, bad / lot, lot)
    assert passed / rounds == pytest.approx(point.accepted, abs=0.03)
    assert looked / rounds == pytest.approx(point.sample, rel=0.03)


@pytest.mark.parametrize("lot", [None, 500])
def test_the_quality_accepted_so_often_is_where_the_curve_crosses(lot: int | None) -> None:
    for probability in (0.95, 0.5, 0.1):
        share = quality_accepted(DOUBLE, probability, lot)
        assert share is not None
        assert accepted(DOUBLE, share, lot) <= probability + 1e-9
        before = share - (1e-6 if lot is None else 1 / lot)
        assert accepted(DOUBLE, before, lot) > probability
    assert quality_accepted([Stage(2, 30, 31)], 0.1, lot) is None


def test_the_shares_worth_a_look_end_where_acceptance_is_improbable() -> None:
    assert accepted(NIST, telling_shares(NIST)[-1]) == pytest.approx(0.01, abs=1e-6)
    small = telling_shares([Stage(5, 0, 1)], lot=10)
    assert all(share * 10 == pytest.approx(round(share * 10)) for share in small)
    assert telling_shares([Stage(2, 30, 31)])[-1] == 1


def test_a_single_plan_is_scipys_binomial() -> None:
    for n, c, share in product((1, 80, 2000), (0, 3, 21), (0.001, 0.02, 0.3)):
        assert accepted([Stage(n, c, c + 1)], share) == pytest.approx(float(binom.cdf(c, n, share)), rel=1e-9)


@pytest.mark.parametrize(
    "stages",
    [
        [],
        [Stage(0, 0, 1)],
        [Stage(5, 1, 1)],
        [Stage(5, 2, 1)],
        [Stage(5, -2, 1)],
        [Stage(5, None, 2)],
        [Stage(5, 1, 4), Stage(5, 0, 5)],
        [Stage(5, 1, 4), Stage(5, 2, 3)],
    ],
)
def test_numbers_that_are_no_plan_are_refused(stages: list[Stage]) -> None:
    with pytest.raises(ImpossiblePlan):
        check_stages(stages)


def test_a_plan_larger_than_its_lot_is_refused() -> None:
    with pytest.raises(PlanLargerThanLot):
        accepted(DOUBLE, 0.1, lot=99)
    with pytest.raises(EmptyLot):
        check_stages(DOUBLE, lot=0)
    for share in (-1, 2, float("nan")):
        with pytest.raises(NotAProbability):
            accepted(DOUBLE, share)
    for probability in (0, 1):
        with pytest.raises(NotAProbability):
            quality_accepted(DOUBLE, probability)


def test_what_was_found_must_be_possible() -> None:
    for found in ([51], [-1], [2, 2, 2]):
        with pytest.raises(ImpossibleCount):
            decide_stages(DOUBLE, found)


def test_the_stages_decide_the_lot() -> None:
    fates = [decide_stages(DOUBLE, found) for found in ([1], [4], [2], [2, 2], [3, 2])]
    assert fates == [Step.ACCEPT, Step.REJECT, Step.GO_ON, Step.ACCEPT, Step.REJECT]
    assert decide_stages([Stage(5, 0, 2), Stage(5, 0, 2)], [1, 0]) is Step.ACCEPT_AND_RETURN_TO_NORMAL
