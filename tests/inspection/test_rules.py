"""Decisions of inspection, without a database."""

import pytest

from guiju.inspection import (
    DefectIncomplete,
    DefectType,
    Finding,
    Outcome,
    SampleItem,
    SampleNotJudged,
    Verdict,
    Weight,
)
from guiju.inspection.model import DEFECT_NAMES, DEFECTS_OF_KIND
from guiju.inspection.plans import Demands, Judged, Standing, plan_lot, standing_of
from guiju.inspection.rules import check_finding, count_defects, decide, defect_types, risks_of, tally
from guiju.kinds import KINDS

PLAN = plan_lot(1200, Demands(aql="1.0"))  # n 80, accept 2, reject 3


def _found(judged: int, defective: int) -> Standing:
    """The first `defective` places of the first `judged` have a major defect."""
    return standing_of(PLAN, [Judged(n, Weight.MAJOR if n <= defective else None) for n in range(1, judged + 1)])


def test_a_lot_is_accepted_up_to_the_acceptance_number() -> None:
    assert decide(PLAN, _found(80, 2)).accepted


def test_a_lot_is_rejected_from_the_rejection_number() -> None:
    assert not decide(PLAN, _found(80, 3)).accepted


def test_a_lot_is_not_decided_while_a_verdict_could_change_it() -> None:
    with pytest.raises(SampleNotJudged) as refused:
        decide(PLAN, _found(79, 2))
    assert refused.value.details["left"] == 1


def test_a_lot_is_rejected_early_when_no_verdict_can_save_it() -> None:
    assert not decide(PLAN, _found(5, 3)).accepted


def _place(number: int, finding: Finding | None) -> SampleItem:
    return SampleItem(number, number, number, Verdict(number, number, 1, 1, 0, finding) if finding else None)


def _defect(clause: str | None = "C1", kind: DefectType = DefectType.MISSED) -> Finding:
    return Finding(Outcome.DEFECT, kind, Weight.MAJOR, clause)


def test_the_tally_counts_defective_items_with_their_interval() -> None:
    found = tally([_place(1, _defect()), _place(2, Finding(Outcome.PASS)), _place(3, None)])
    assert (found.n, found.judged, found.defective, found.left, found.rate) == (3, 2, 1, 1, 0.5)
    assert 0 < found.interval.low < 0.5 < found.interval.high < 1


def test_defects_are_counted_by_type_and_clause_the_most_frequent_first() -> None:
    rows = count_defects([_place(1, _defect(None)), _place(2, _defect()), _place(3, _defect()), _place(4, None)])
    assert [(row.clause, row.count) for row in rows] == [("C1", 2), (None, 1)]


def test_a_defect_says_what_is_wrong_and_how_bad() -> None:
    with pytest.raises(DefectIncomplete):
        check_finding(Finding(Outcome.DEFECT, None, Weight.MINOR), ["box"])
    with pytest.raises(DefectIncomplete):
        check_finding(Finding(Outcome.DEFECT, DefectType.EXTRA, None), ["box"])


def test_a_choice_cannot_have_a_loose_box() -> None:
    with pytest.raises(DefectIncomplete):
        check_finding(Finding(Outcome.DEFECT, DefectType.LOOSE_BOX, Weight.MINOR), ["choice"])


def test_each_kind_has_its_own_defects() -> None:
    assert defect_types(["choice"]) == [DefectType.WRONG_LABEL, DefectType.MISSED, DefectType.EXTRA]
    assert DefectType.SHIFTED_OUTLINE in defect_types(["polygon"])
    assert DefectType.SHIFTED_OUTLINE not in defect_types(["box", "choice"])
    assert set(defect_types([*DEFECTS_OF_KIND])) == set(DefectType)


@pytest.mark.parametrize("kind", list(KINDS))
def test_every_kind_says_what_can_be_wrong_with_its_answers(kind: str) -> None:
    own = DEFECTS_OF_KIND[kind]
    assert len(set(own)) == len(own) > 0
    assert all(DEFECT_NAMES[each] for each in own)
    shared = {DefectType.MISSED, DefectType.EXTRA, DefectType.WRONG_LABEL, DefectType.MERGED}
    assert set(own) - shared or kind == "choice", "what goes wrong in answers of this kind alone"
    if KINDS[kind].labelled and kind != "soft":
        assert shared - {DefectType.MERGED} <= set(own)


def test_the_worse_a_lot_the_less_probably_it_is_accepted() -> None:
    risks = risks_of(PLAN)
    assert [risk.share for risk in risks] == [0.01, 0.02, 0.05, 0.1]
    assert sorted((risk.accepted for risk in risks), reverse=True) == [risk.accepted for risk in risks]
    assert risks[0].accepted > 0.9
    assert risks[-1].accepted < 0.02
