"""The switching rules, each as a sequence of lots; and the inspection room's own reading of them."""

from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guiju.stats.acceptance.errors import InspectionDiscontinued
from guiju.stats.acceptance.single import single_plan
from guiju.stats.acceptance.staged import PlanType, staged_plan
from guiju.stats.acceptance.switching import LotResult, SwitchState, resume, score_gain, switch
from guiju.stats.acceptance.tables105e import AQLS, LETTERS, Severity, table_cell

OK, BAD = LotResult(accepted=True), LotResult(accepted=False)
TIGHT = SwitchState(Severity.TIGHTENED)


def after(state: SwitchState, lots: Sequence[LotResult]) -> SwitchState:
    for lot in lots:
        state = switch(state, lot)
    return state


def test_two_rejected_of_five_tighten_and_two_of_six_do_not() -> None:
    assert after(SwitchState(), [BAD, OK, OK, OK, BAD]).severity is Severity.TIGHTENED
    assert after(SwitchState(), [BAD, OK, OK, OK, OK, BAD]).severity is Severity.NORMAL
    assert after(SwitchState(), [BAD, BAD]).severity is Severity.TIGHTENED


def test_five_accepted_in_a_row_relax() -> None:
    assert after(TIGHT, [OK] * 4).severity is Severity.TIGHTENED
    assert after(TIGHT, [OK] * 5).severity is Severity.NORMAL
    assert after(TIGHT, [OK, OK, BAD, OK, OK, OK, OK]).severity is Severity.TIGHTENED


def test_five_rejected_on_tightened_stop_inspection_even_with_accepted_lots_between() -> None:
    stopped = after(TIGHT, [BAD, OK, BAD, OK, BAD, OK, BAD, BAD])
    assert stopped.discontinued
    assert "inspection stops" in str(stopped.reason)
    with pytest.raises(InspectionDiscontinued):
        switch(stopped, OK)
    assert resume(stopped) == TIGHT


def test_the_rejections_on_tightened_are_forgotten_once_inspection_was_normal_again() -> None:
    again = after(TIGHT, [BAD] * 4 + [OK] * 5 + [BAD, BAD])
    assert (again.severity, again.rejected, again.discontinued) == (Severity.TIGHTENED, 0, False)


def test_lots_that_come_again_do_not_count() -> None:
    again = LotResult(accepted=False, original=False)
    state = after(SwitchState(), [BAD, again, again])
    assert state.severity is Severity.NORMAL
    assert "only first inspections count" in str(state.reason)
    assert after(TIGHT, [OK, OK, again, OK, OK, OK]).severity is Severity.NORMAL


def test_reduced_inspection_wants_thirty_points_steadiness_and_a_wish() -> None:
    good = LotResult(accepted=True, gain=3)
    wish = SwitchState(reduced_wanted=True)
    assert after(wish, [good] * 9).severity is Severity.NORMAL
    assert after(wish, [good] * 10).severity is Severity.REDUCED
    assert after(SwitchState(), [good] * 20).severity is Severity.NORMAL
    assert after(wish, [*[good] * 9, LotResult(accepted=True, gain=3, steady=False)]).severity is Severity.NORMAL
    assert after(wish, [*[good] * 9, OK, good]).score == 3


@pytest.mark.parametrize("lot", [BAD, LotResult(accepted=True, gap=True), LotResult(accepted=True, steady=False)])
def test_reduced_inspection_ends_at_the_first_doubt(lot: LotResult) -> None:
    reduced = SwitchState(Severity.REDUCED, reduced_wanted=True)
    assert switch(reduced, OK) == reduced
    ended = switch(reduced, lot)
    assert (ended.severity, ended.recent, ended.score) == (Severity.NORMAL, (), 0)


def test_a_plan_that_accepts_at_two_or_more_earns_three_if_the_next_tighter_aql_had_accepted() -> None:
    plan = single_plan(1200, "1.0")
    assert [score_gain(plan, found) for found in range(4)] == [3, 3, 0, 0]
    strict = single_plan(500, "1.0")  # accepts at one
    assert [score_gain(strict, found) for found in range(3)] == [2, 2, 0]


def test_staged_plans_earn_three_if_they_accept_early() -> None:
    double = staged_plan(5000, "1.0", kind=PlanType.DOUBLE)
    assert (score_gain(double, 2), score_gain(double, 5, stage=2), score_gain(double, 3)) == (3, 0, 0)
    multiple = staged_plan(5000, "1.0", kind=PlanType.MULTIPLE)
    assert multiple.stages[0].accept is None
    assert [score_gain(multiple, 1, stage=stage) for stage in (1, 2, 3, 4)] == [0, 3, 3, 0]


def test_the_tighter_acceptance_number_is_that_of_the_table_one_column_to_the_left() -> None:
    for column in range(1, AQLS.index("15")):
        for row in range(len(LETTERS)):
            cell, tighter = (table_cell(row, at, Severity.NORMAL) for at in (column, column - 1))
            # where the arrows of both columns end in this row
            if cell.plan.accept >= 2 and cell.letter == tighter.letter == row:
                plan = single_plan(_lot_of(row), AQLS[column], "II")
                if plan.n == cell.plan.n:
                    assert score_gain(plan, tighter.plan.accept) == 3
                    assert score_gain(plan, tighter.plan.accept + 1) == 0


def _lot_of(row: int) -> int:
    """A lot whose letter on level II is this row's."""
    ends = [8, 15, 25, 50, 90, 150, 280, 500, 1200, 3200, 10_000, 35_000, 150_000, 500_000, 500_001, 500_001]
    return ends[row]


@settings(deadline=None)
@given(st.lists(st.tuples(st.booleans(), st.booleans(), st.sampled_from([0, 2, 3]), st.booleans()), max_size=60))
def test_every_state_tells_why_and_keeps_its_counts_in_bounds(lots: list[tuple[bool, bool, int, bool]]) -> None:
    state = SwitchState(reduced_wanted=True)
    for accepted, original, gain, gap in lots:
        if state.discontinued:
            state = resume(state)
        state = switch(state, LotResult(accepted, original, gain if accepted else 0, gap and accepted))
        assert len(state.recent) <= 5
        assert state.run < 5
        assert state.rejected <= 5
        assert 0 <= state.score < 30
        assert str(state.meaning[0]).endswith(".")
        assert state.to_dict()["severity"] == state.severity.value
