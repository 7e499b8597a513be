import json
from collections.abc import Callable
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guiju.stats.acceptance.single import (
    Outcome,
    Plan,
    acceptance_of,
    acceptance_probability,
    code_letter,
    decide_lot,
    oc_curve,
    single_plan,
)
from guiju.stats.acceptance.tables105e import AQLS, LETTERS, LEVELS, Severity, table_plan
from guiju.stats.errors import EmptyLot, ImpossibleCount, UnknownPlan
from tests.stats.published import shared

CODE_LETTERS = """2–8 AAAAAAB · 9–15 AAAAABC · 16–25 AABBBCD · 26–50 ABBCCDE · 51–90 BBCCCEF · 91–150 BBCDDFG
· 151–280 BCDEEGH · 281–500 BCDEFHJ · 501–1200 CCEFGJK · 1201–3200 CDEGHKL · 3201–10000 CDFGJLM
· 10001–35000 CDFHKMN · 35001–150000 DEGJLNP · 150001–500000 DEGJMPQ · 500001–900000 DEHKNQR"""


@pytest.mark.parametrize("severity", list(Severity))
def test_every_cell_of_the_public_table_comes_from_the_staircase(severity: Severity) -> None:
    table = json.loads(shared("vectors/milstd105e_single_tables.json").read_text())["plans"][severity.value]
    ours = {
        letter: {aql: list(table_plan(row, column, severity)) for column, aql in enumerate(AQLS)}
        for row, letter in enumerate(LETTERS)
    }
    assert ours == table


@pytest.mark.parametrize("row", CODE_LETTERS.replace("\n", " ").split("·"))
def test_code_letters_follow_the_lot_size_at_both_ends_of_each_range(row: str) -> None:
    sizes, letters = row.split()
    for lot in map(int, sizes.split("–")):
        assert "".join(code_letter(lot, level) for level in LEVELS) == letters


def test_published_plans_are_found(vector: Callable[[str], Any]) -> None:
    known = vector("milstd105e_single")
    rows = zip(known["data"]["lot,level,AQL"], known["expected"]["letters"], known["expected"]["plans"], strict=True)
    for (lot, level, aql), letter, plans in rows:
        found = [single_plan(int(lot), aql, level, severity) for severity in Severity]
        assert [plan.letter for plan in found] == [letter] * 3
        assert [[plan.n, plan.accept, plan.reject] for plan in found] == [[min(n, int(lot)), a, r] for n, a, r in plans]


def test_a_sample_as_large_as_the_lot_is_the_whole_lot() -> None:
    plan = single_plan(10, "1.0")
    assert (plan.n, plan.whole_lot) == (10, True)
    assert not single_plan(1200, "1.0").whole_lot


def test_an_aql_may_be_a_number_or_written_otherwise() -> None:
    assert single_plan(1200, 1).aql == single_plan(1200, "1.00").aql == "1.0"


def test_what_the_tables_do_not_have_is_refused_by_name() -> None:
    with pytest.raises(UnknownPlan, match="AQL"):
        single_plan(100, "3.0")
    with pytest.raises(UnknownPlan, match="AQL"):
        single_plan(100, "one")
    with pytest.raises(UnknownPlan, match="level"):
        single_plan(100, "1.0", "IV")
    with pytest.raises(EmptyLot):
        single_plan(0, "1.0")


def test_the_sample_decides_the_lot() -> None:
    plan = single_plan(1200, "1.0")
    assert [decide_lot(plan, defects).outcome for defects in (0, 2, 3, 80)] == [
        Outcome.ACCEPT,
        Outcome.ACCEPT,
        Outcome.REJECT,
        Outcome.REJECT,
    ]
    assert decide_lot(plan, 2).details == {"defects": 2, "n": 80, "accept": 2, "reject": 3}


def test_the_gap_of_a_reduced_plan_accepts_and_returns_to_normal() -> None:
    plan = single_plan(1200, "1.0", severity=Severity.REDUCED)
    assert [decide_lot(plan, defects).outcome for defects in (1, 2, 3)] == [
        Outcome.ACCEPT,
        Outcome.ACCEPT_AND_RETURN_TO_NORMAL,
        Outcome.REJECT,
    ]
    assert decide_lot(plan, 2).accepted


def test_more_defects_than_were_inspected_are_refused() -> None:
    with pytest.raises(ImpossibleCount):
        decide_lot(single_plan(1200, "1.0"), 81)


def test_the_published_oc_curve_is_met_by_the_finite_lot(vector: Callable[[str], Any]) -> None:
    known = vector("oc_nist_52_3")
    for share, accepted in zip(known["data"]["p"], known["expected"]["Pa"], strict=True):
        assert acceptance_probability(52, 3, share) == pytest.approx(accepted, abs=0.0011)
        assert acceptance_probability(52, 3, share, lot=10_000) == pytest.approx(accepted, abs=0.0021)


def test_a_flat_ten_percent_sample_has_no_fixed_risk() -> None:
    risks = [acceptance_probability(lot // 10, int(lot * 0.003), 0.05, lot) for lot in (100, 1000, 10_000)]
    assert risks == [pytest.approx(0.58, abs=0.005), pytest.approx(0.24, abs=0.005), pytest.approx(0.0008, abs=5e-5)]


def test_inspecting_the_whole_lot_leaves_no_chance() -> None:
    plan = Plan("A", 10, 0, 1, Severity.NORMAL, "II", "1.0", 10)
    assert [acceptance_of(plan, share) for share in (0.0, 0.1, 1.0)] == [pytest.approx(1), 0, 0]


@settings(deadline=None)
@given(lot=st.integers(1, 3_000), aql=st.sampled_from(AQLS[3:16]), severity=st.sampled_from(Severity))
def test_a_worse_lot_is_never_accepted_more_often(lot: int, aql: str, severity: Severity) -> None:
    curve = oc_curve(single_plan(lot, aql, severity=severity), points=11)
    assert curve[0].accepted == pytest.approx(1)
    assert all(0 <= point.accepted <= 1 for point in curve)
    assert all(b.accepted <= a.accepted + 1e-9 for a, b in pairwise(curve))
