"""Wald's plan: its published lines, its own truth by enumeration, and items drawn one by one."""

import random
from collections.abc import Callable
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guiju.stats.acceptance.errors import (
    NotAProbability,
    PlanLargerThanLot,
    PointsCrossed,
    PointsTooClose,
    RisksTooLarge,
)
from guiju.stats.acceptance.sequential import (
    SequentialPlan,
    decide_sequential,
    sequential_curve,
    sequential_plan,
    sequential_point,
    wald_accepted,
    wald_sample,
)
from guiju.stats.acceptance.stages import Step
from guiju.stats.errors import ImpossibleCount

PLAN = sequential_plan(0.01, 0.10)


def test_the_published_lines_are_met(vector: Callable[[str], Any]) -> None:
    known = vector("sprt")
    for number, asked in enumerate(known["data"]["p0,p1,alpha,beta"]):
        plan, expected = sequential_plan(*asked), known["expected"]
        assert plan.h1 == pytest.approx(expected["h1"][number], abs=5.1e-5)
        assert plan.h2 == pytest.approx(expected["h2"][number], abs=5.1e-5)
        assert plan.s == pytest.approx(expected["s"][number], abs=5.1e-6)
        assert plan.first_accept_at == expected["first_accept_n_with_0_errors"][number]
        assert wald_sample(plan, plan.p0) == pytest.approx(expected["ASN(p0)"][number], abs=0.05)
        assert wald_sample(plan, plan.p1) == pytest.approx(expected["ASN(p1)"][number], abs=0.05)


def _plan(p0: float, times: float, alpha: float, beta: float) -> SequentialPlan:
    return sequential_plan(p0, min(0.95, p0 * times), alpha, beta)


plans = st.builds(_plan, st.floats(0.005, 0.3), st.floats(1.8, 10), st.floats(0.01, 0.2), st.floats(0.01, 0.2))


@settings(deadline=None)
@given(plans)
def test_walds_curve_meets_the_two_promises_and_falls(plan: SequentialPlan) -> None:
    assert wald_accepted(plan, plan.p0) == pytest.approx(1 - plan.alpha, abs=1e-6)
    assert wald_accepted(plan, plan.p1) == pytest.approx(plan.beta, abs=1e-6)
    assert wald_accepted(plan, plan.s) == pytest.approx(plan.h2 / (plan.h1 + plan.h2), abs=1e-4)
    curve = [wald_accepted(plan, step / 200) for step in range(201)]
    assert all(0 <= after <= before + 1e-9 <= 1 + 1e-9 for before, after in pairwise(curve))


@settings(deadline=None)
@given(plans)
def test_walds_average_is_smooth_where_its_formula_divides_by_nothing(plan: SequentialPlan) -> None:
    at = wald_sample(plan, plan.s)
    assert wald_sample(plan, plan.s * 1.0005) == pytest.approx(at, rel=0.01)
    assert wald_sample(plan, 0.0) == pytest.approx(plan.h1 / plan.s)
    assert wald_sample(plan, 1.0) == pytest.approx(plan.h2 / (1 - plan.s))


def path(plan: SequentialPlan, share: float, most: int, bad: int | None, lot: int) -> tuple[float, float]:
    """P(accept) and the items looked at, by a walk over (n, d)."""
    open_, accepted, sample = {0: 1.0}, 0.0, 0.0
    for n in range(1, most + 1):
        sample += sum(open_.values())
        after = dict[int, float]()
        for d, chance in open_.items():
            p = share if bad is None else max(0, bad - d) / (lot - n + 1)
            for found, worse in ((d, 1 - p), (d + 1, p)):
                after[found] = after.get(found, 0) + chance * worse
        fates = {d: decide_sequential(plan, n, d, most) for d in after if d <= n}
        accepted += sum(after[d] for d, fate in fates.items() if fate is Step.ACCEPT)
        open_ = {d: after[d] for d, fate in fates.items() if fate is Step.GO_ON}
    return accepted, sample


@settings(deadline=None, max_examples=50)
@given(plan=plans, share=st.floats(0, 1), most=st.integers(1, 80))
def test_the_truncated_plan_is_its_walk_for_a_process(plan: SequentialPlan, share: float, most: int) -> None:
    point = sequential_point(plan, share, most=most)
    assert (point.accepted, point.sample) == pytest.approx(path(plan, share, most, None, 0), abs=1e-9)


@settings(deadline=None, max_examples=50)
@given(plan=plans, lot=st.integers(1, 90), data=st.data())
def test_the_truncated_plan_is_its_walk_for_a_lot(plan: SequentialPlan, lot: int, data: st.DataObject) -> None:
    bad, most = data.draw(st.integers(0, lot)), data.draw(st.integers(1, lot))
    point = sequential_point(plan, bad / lot, most=most, lot=lot)
    assert (point.accepted, point.sample) == pytest.approx(path(plan, bad / lot, most, bad, lot), abs=1e-9)


@pytest.mark.parametrize("share", [0.01, 0.04, 0.10])
def test_items_drawn_one_by_one_fare_as_the_curve_says(share: float) -> None:
    rng, rounds, passed, looked = random.Random(11), 4000, 0, 0
    for _ in range(rounds):
        n = d = 0
        while (fate := decide_sequential(PLAN, n, d, PLAN.longest)) is Step.GO_ON:
            n, d = n + 1, d + (rng.random() < share)
        passed += fate is Step.ACCEPT
        looked += n
    point = sequential_point(PLAN, share)
    assert passed / rounds == pytest.approx(point.accepted, abs=0.03)
    assert looked / rounds == pytest.approx(point.sample, rel=0.05)


def test_overshooting_the_lines_makes_the_real_risks_about_as_small_as_promised() -> None:
    good, poor = sequential_curve(PLAN, [0.01, 0.10], most=2000)
    assert 1 - good.accepted <= 0.05
    assert poor.accepted <= 0.11


def test_the_lines_decide() -> None:
    assert [decide_sequential(PLAN, n, d) for n, d in ((23, 0), (24, 0), (2, 2), (24, 3))] == [
        Step.GO_ON,
        Step.ACCEPT,
        Step.REJECT,
        Step.REJECT,
    ]
    assert decide_sequential(PLAN, 10, 0, most=10) is Step.ACCEPT
    assert decide_sequential(PLAN, 10, 1, most=10) is Step.REJECT
    assert PLAN.first_reject_at == 2
    assert PLAN.accept_at(5) == -1


def test_it_is_told_in_words() -> None:
    said = [str(one) for one in PLAN.meaning]
    assert said[0].startswith("Without any defective item the lot is accepted after 24 items.")
    assert "many more items than the average" in said[2]
    assert PLAN.to_dict()["first_accept_at"] == 24


def test_nonsense_is_refused_by_name() -> None:
    for p0, p1 in ((0.1, 0.1), (0.2, 0.1)):
        with pytest.raises(PointsCrossed):
            sequential_plan(p0, p1)
    for alpha, beta in ((0.5, 0.5), (0.9, 0.2)):
        with pytest.raises(RisksTooLarge):
            sequential_plan(0.01, 0.1, alpha, beta)
    for bad in (0, 1, -1, float("nan")):
        with pytest.raises(NotAProbability):
            sequential_plan(bad, 0.1)
        with pytest.raises(NotAProbability):
            sequential_plan(0.01, 0.1, alpha=bad)
    with pytest.raises(NotAProbability):
        wald_accepted(PLAN, 1.1)
    with pytest.raises(PlanLargerThanLot):
        sequential_point(PLAN, 0.1, most=50, lot=40)
    with pytest.raises(PointsTooClose):
        sequential_point(sequential_plan(0.1, 0.1005), 0.1)
    for n, d in ((5, 6), (5, -1)):
        with pytest.raises(ImpossibleCount):
            decide_sequential(PLAN, n, d)
    with pytest.raises(ImpossibleCount):
        sequential_point(PLAN, 0.1, most=0)
