"""Double and multiple plans: known cells of the public tables, and the OC that each shares with its single plan."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guiju.stats.acceptance.curves import accepted, curve_point
from guiju.stats.acceptance.risks import risks
from guiju.stats.acceptance.single import single_plan
from guiju.stats.acceptance.staged import PlanType, StagedPlan, staged_plan
from guiju.stats.acceptance.staged105e import double_stages, multiple_stages
from guiju.stats.acceptance.stages import Stage, check_stages
from guiju.stats.acceptance.tables105e import AQLS, LETTERS, Severity, table_cell
from guiju.stats.errors import EmptyLot, UnknownPlan


def double(letter: str, aql: str, severity: Severity) -> list[tuple[int | None, ...]] | None:
    stages = double_stages(table_cell(LETTERS.index(letter), AQLS.index(aql), severity), severity)
    return None if stages is None else [tuple(stage) for stage in stages]


def multiple(letter: str, aql: str, severity: Severity) -> list[tuple[int | None, ...]] | None:
    stages = multiple_stages(table_cell(LETTERS.index(letter), AQLS.index(aql), severity), severity)
    return None if stages is None else [tuple(stage) for stage in stages]


# read from the printed tables: arrows at the edges, both ends of the staircase, the corners
DOUBLE_CELLS = [
    ("J", "1.0", Severity.NORMAL, [(50, 0, 3), (50, 3, 4)]),
    ("L", "1.5", Severity.NORMAL, [(125, 3, 7), (125, 8, 9)]),
    ("R", "0.025", Severity.NORMAL, [(1250, 0, 2), (1250, 1, 2)]),
    ("R", "1.0", Severity.NORMAL, [(800, 11, 16), (800, 26, 27)]),
    ("B", "15", Severity.NORMAL, [(2, 0, 2), (2, 1, 2)]),
    ("C", "1000", Severity.NORMAL, [(2, 25, 31), (2, 56, 57)]),
    ("K", "1.0", Severity.TIGHTENED, [(80, 0, 3), (80, 3, 4)]),
    ("K", "4.0", Severity.TIGHTENED, [(80, 3, 7), (80, 11, 12)]),
    ("R", "0.025", Severity.TIGHTENED, [(2000, 0, 2), (2000, 1, 2)]),
    ("A", "10", Severity.TIGHTENED, [(5, 0, 2), (5, 1, 2)]),
    ("J", "1.0", Severity.REDUCED, [(20, 0, 3), (20, 0, 4)]),
    ("R", "1.0", Severity.REDUCED, [(315, 5, 10), (315, 12, 16)]),
    ("E", "250", Severity.REDUCED, [(3, 11, 17), (3, 26, 30)]),
    ("C", "6.5", Severity.REDUCED, [(2, 0, 2), (2, 0, 2)]),
    ("J", "0.15", Severity.NORMAL, None),
    ("A", "15", Severity.NORMAL, [(2, 0, 2), (2, 1, 2)]),
    ("A", "25", Severity.NORMAL, None),
    ("C", "10", Severity.REDUCED, None),
]


@pytest.mark.parametrize(("letter", "aql", "severity", "stages"), DOUBLE_CELLS)
def test_known_cells_of_the_double_tables(
    letter: str, aql: str, severity: Severity, stages: list[tuple[int, int, int]] | None
) -> None:
    assert double(letter, aql, severity) == stages


MULTIPLE_CELLS = [
    ("J", "1.0", Severity.NORMAL, 20, "- 0 0 1 2 3 4", "2 3 3 4 4 5 5"),
    ("D", "250", Severity.NORMAL, 2, "4 11 19 27 36 45 53", "12 19 27 34 40 47 54"),
    ("R", "1.0", Severity.NORMAL, 315, "2 7 13 19 25 31 37", "9 14 19 25 29 33 38"),
    ("R", "0.025", Severity.TIGHTENED, 800, "- - 0 0 1 1 2", "2 2 2 3 3 3 3"),
    ("M", "1.5", Severity.TIGHTENED, 80, "0 2 4 6 9 12 14", "4 7 9 11 12 14 15"),
    ("F", "2.5", Severity.REDUCED, 2, "- - 0 0 0 0 1", "2 2 2 3 3 3 3"),
    ("R", "0.65", Severity.REDUCED, 200, "0 3 6 8 11 14 18", "6 9 12 15 17 20 22"),
]


@pytest.mark.parametrize(("letter", "aql", "severity", "n", "accept", "reject"), MULTIPLE_CELLS)
def test_known_cells_of_the_multiple_tables(
    letter: str, aql: str, severity: Severity, n: int, accept: str, reject: str
) -> None:
    numbers = zip(accept.split(), reject.split(), strict=True)
    assert multiple(letter, aql, severity) == [(n, None if a == "-" else int(a), int(r)) for a, r in numbers]


def test_the_first_letters_have_no_multiple_plan() -> None:
    assert multiple("C", "10", Severity.NORMAL) is None
    assert multiple("E", "4.0", Severity.REDUCED) is None


@pytest.mark.parametrize("severity", list(Severity))
def test_every_cell_is_a_plan_and_judges_as_its_single_plan_does(severity: Severity) -> None:
    """The tables were made so; where samples are long enough for the counts to be fine, the curves nearly meet."""
    seen = 0
    for row in range(len(LETTERS)):
        for column in range(len(AQLS)):
            cell = table_cell(row, column, severity)
            for stages in (double_stages(cell, severity), multiple_stages(cell, severity)):
                if stages is None:
                    continue
                seen += 1
                check_stages(stages)
                assert len({stage.n for stage in stages}) == 1
                if cell.letter < LETTERS.index("K"):
                    continue
                single = check_stages([Stage(*cell.plan)])
                shares = [3 * cell.plan.reject / cell.plan.n * step / 12 for step in range(13)]
                apart = max(abs(accepted(stages, share) - accepted(single, share)) for share in shares)
                assert apart < (0.17 if severity is Severity.REDUCED else 0.08), (row, column, stages)
    assert seen > 300


def test_three_and_not_two_is_the_first_rejection_number_of_tightened_plans_at_three() -> None:
    """The one place where the public transcription contradicts itself: the single plan's curve tells which is right."""
    single = [Stage(125, 3, 4)]
    ours = multiple_stages(table_cell(LETTERS.index("K"), AQLS.index("1.5"), Severity.TIGHTENED), Severity.TIGHTENED)
    assert ours is not None
    assert ours[0] == Stage(32, None, 3)
    other = (ours[0]._replace(reject=2), *ours[1:])
    shares = [step / 400 for step in range(1, 40)]
    far = [max(abs(accepted(plan, p) - accepted(single, p)) for p in shares) for plan in (ours, other)]
    assert far[0] < 0.7 * far[1]


def test_a_plan_that_the_tables_lack_gives_way_to_the_one_they_name() -> None:
    zero = staged_plan(50, "1.0", kind=PlanType.MULTIPLE)
    assert (zero.kind, zero.n, zero.accept, zero.reject) == (PlanType.SINGLE, 13, 0, 1)
    assert "send to this simpler one" in str(zero.note)
    assert staged_plan(1200, "1.0").note is None


def test_a_lot_smaller_than_all_the_stages_gets_a_simpler_plan() -> None:
    found = staged_plan(12, "40", kind=PlanType.MULTIPLE)
    assert sum(stage.n for stage in found.stages) <= 12
    assert found.kind is not PlanType.MULTIPLE
    whole = staged_plan(5, "10", kind=PlanType.DOUBLE)
    assert (whole.kind, whole.whole_lot) == (PlanType.SINGLE, True)
    assert "more items than the lot has" in str(whole.note)


def test_asked_for_single_it_is_the_single_plan() -> None:
    staged, single = staged_plan(1200, "1.0", kind=PlanType.SINGLE), single_plan(1200, "1.0")
    assert (staged.letter, staged.stages) == (single.letter, single.stages)


def test_a_good_lot_takes_fewer_items_in_stages() -> None:
    items = [
        curve_point(staged_plan(5000, "1.0", kind=kind).stages, 0.005, 5000).sample
        for kind in (PlanType.SINGLE, PlanType.DOUBLE, PlanType.MULTIPLE)
    ]
    assert all(fewer < more for more, fewer in pairwise(items))


@settings(deadline=None)
@given(
    lot=st.integers(1, 600_000),
    aql=st.sampled_from(AQLS),
    severity=st.sampled_from(Severity),
    kind=st.sampled_from(PlanType),
    level=st.sampled_from(["I", "II", "III", "S-2"]),
)
def test_there_is_a_plan_for_every_lot(lot: int, aql: str, severity: Severity, kind: PlanType, level: str) -> None:
    plan = staged_plan(lot, aql, level, severity, kind=kind)
    check_stages(plan.stages, lot)
    assert plan.n <= lot
    assert _told(plan)["type"] == plan.kind.value


def _told(plan: StagedPlan) -> dict[str, object]:
    return plan.to_dict()


def test_nonsense_is_refused_by_name() -> None:
    for lot, aql, level in ((0, "1.0", "II"), (-5, "1.0", "II")):
        with pytest.raises(EmptyLot):
            staged_plan(lot, aql, level)
    for aql, level in (("3", "II"), ("1.0", "V")):
        with pytest.raises(UnknownPlan):
            staged_plan(100, aql, level)


def test_the_risks_are_told_to_both_sides() -> None:
    found = risks(single_plan(1200, "1.0").stages, 0.01, 1200)
    assert (found.good, found.producer) == (0.01, pytest.approx(0.0406, abs=5e-4))
    said = [str(sentence) for sentence in found.meaning]
    assert said[0].startswith("A lot with 1% defective is good enough, and is rejected with probability .041")
    assert "6.42% defective is still accepted one time in ten" in said[1]
    assert said[2].startswith("It does not say")


def test_a_lot_too_small_for_its_aql_has_no_defective_item_or_is_worse() -> None:
    found = risks(single_plan(50, "1.0").stages, 0.01, 50)
    assert (found.good, found.producer) == (0, 0)
    assert "only without any defective item" in str(found.meaning[0])


def test_a_whole_lot_leaves_nothing_to_the_draw() -> None:
    found = risks(single_plan(10, "1.0").stages, 0.01, 10)
    assert found.whole_lot
    assert "Every item of the lot is looked at" in str(found.meaning[0])
    assert found.to_dict()["lq10"] == 0.1


def test_a_plan_that_accepts_everything_says_so() -> None:
    found = risks([Stage(2, 30, 31)], 0.5)
    assert found.lq10 is None
    assert "protects nobody" in str(found.meaning[1])
