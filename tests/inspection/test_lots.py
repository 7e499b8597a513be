"""A lot from the draw to its decision, on both databases."""

import pytest

from guiju.inspection import (
    FiguresMissing,
    Finding,
    LotDecided,
    LotNotFound,
    LotNotRejected,
    LotResubmitted,
    LotState,
    NothingToInspect,
    NotInSample,
    NotOwnWork,
    Outcome,
    ReworkNotDone,
    SampleNotJudged,
    Scope,
    Strictness,
    UnknownClause,
    decide_lot,
    draw_lot,
    get_lot,
    judge,
    list_lot_items,
    list_lots,
    look_at,
    preview_lot,
    resubmit_lot,
)
from guiju.kit import new_id
from guiju.people import NotAllowed, Role
from guiju.projects import ProjectNotFound, set_member
from guiju.storage import recent_events
from guiju.work import progress_of
from tests.inspection.build import (
    DEFECT,
    PASS,
    accept_a_lot,
    choice,
    judge_all,
    make_pictures,
    make_texts,
    resolve_all,
    rework,
    sign_a_brief,
)
from tests.support.cast import Cast


def _draw(cast: Cast, project: int, **terms: object) -> int:
    return draw_lot(cast.house, cast.zhou, project, new_id(), **{"aql": "1.0", **terms})  # type: ignore[arg-type]


def test_the_plan_follows_from_the_signed_brief(cast: Cast) -> None:
    made = make_texts(cast, 60)
    sign_a_brief(cast, made.project, aql=2.5)
    lot = draw_lot(cast.house, cast.zhou, made.project, new_id())
    plan = get_lot(cast.house, cast.zhou, made.project, lot).lot.plan
    assert (plan.letter, plan.n, plan.accept, plan.reject, plan.aql, plan.level) == ("E", 20, 1, 2, "2.5", "II")


def test_without_a_signed_brief_the_aql_must_be_said(cast: Cast) -> None:
    made = make_texts(cast, 5)
    with pytest.raises(FiguresMissing):
        draw_lot(cast.house, cast.zhou, made.project, new_id())


def test_a_preview_says_what_the_draw_then_does(cast: Cast) -> None:
    from guiju.inspection import Terms

    made = make_texts(cast, 60)
    preview = preview_lot(cast.house, cast.zhou, made.project, terms=Terms(aql="1.0"))
    lot = get_lot(cast.house, cast.zhou, made.project, _draw(cast, made.project)).lot
    assert (preview.waiting, preview.plan) == (60, lot.plan)


def test_an_item_stands_in_one_undecided_lot_only(cast: Cast) -> None:
    made = make_texts(cast, 10)
    first = _draw(cast, made.project, size=4)
    second = _draw(cast, made.project)
    taken = [list_lot_items(cast.house, cast.zhou, made.project, lot) for lot in (first, second)]
    assert taken == [made.items[:4], made.items[4:]]
    with pytest.raises(NothingToInspect):
        _draw(cast, made.project)


def test_a_draw_sent_twice_makes_one_lot(cast: Cast) -> None:
    made = make_texts(cast, 10)
    request = new_id()
    lots = {draw_lot(cast.house, cast.zhou, made.project, request, aql="1.0") for _ in range(2)}
    assert len(lots) == 1


def test_what_was_accepted_is_not_drawn_again_until_it_is_answered_anew(cast: Cast) -> None:
    made = make_texts(cast, 10)
    accept_a_lot(cast, made)
    with pytest.raises(NothingToInspect):
        _draw(cast, made.project)
    rework(cast, made, made.items[:3])
    assert list_lot_items(cast.house, cast.zhou, made.project, _draw(cast, made.project)) == made.items[:3]


def test_a_lot_can_be_of_one_round(cast: Cast) -> None:
    made = make_texts(cast, 10, by="imported-1")
    other = resolve_all(cast.house, cast.bob, made.project, made.rulebook, {made.items[7]: choice("a")})
    lot = _draw(cast, made.project, round_id=other)
    assert list_lot_items(cast.house, cast.zhou, made.project, lot) == [made.items[7]]


def test_all_passed_is_accepted_and_the_journal_says_so(cast: Cast) -> None:
    made = make_texts(cast, 20)
    lot = accept_a_lot(cast, made)
    report = get_lot(cast.house, cast.zhou, made.project, lot)
    with cast.house.reading() as connection:
        newest = recent_events(connection, made.project, 1)[0]
    assert report.lot.state is LotState.ACCEPTED
    assert (newest.action, newest.subject_id, newest.id) == ("lot.accepted", lot, report.lot.decided_event)


def test_a_lot_is_not_decided_before_its_sample_is_judged(cast: Cast) -> None:
    made = make_texts(cast, 20)
    lot = _draw(cast, made.project)
    with pytest.raises(SampleNotJudged):
        decide_lot(cast.house, cast.zhou, made.project, lot, new_id())


def test_a_changed_verdict_is_a_new_revision(cast: Cast) -> None:
    made = make_texts(cast, 20)
    lot = _draw(cast, made.project)
    place = get_lot(cast.house, cast.hu, made.project, lot).sample[0]
    for finding in (DEFECT, PASS):
        judge(cast.house, cast.hu, made.project, lot, place.item_id, new_id(), finding)
    report = get_lot(cast.house, cast.hu, made.project, lot)
    verdict = report.sample[0].verdict
    assert verdict is not None
    assert (verdict.revision, verdict.finding.outcome, report.tally.judged, report.tally.defective) == (
        2,
        Outcome.PASS,
        1,
        0,
    )


def test_a_verdict_sent_twice_is_stored_once(cast: Cast) -> None:
    made = make_texts(cast, 20)
    lot = _draw(cast, made.project)
    item, request = get_lot(cast.house, cast.hu, made.project, lot).sample[0].item_id, new_id()
    given = {judge(cast.house, cast.hu, made.project, lot, item, request, DEFECT) for _ in range(2)}
    verdict = get_lot(cast.house, cast.hu, made.project, lot).sample[0].verdict
    assert len(given) == 1
    assert verdict is not None
    assert verdict.revision == 1


def test_a_decided_lot_takes_no_verdict_and_no_second_decision(cast: Cast) -> None:
    made = make_texts(cast, 20)
    lot = accept_a_lot(cast, made)
    item = get_lot(cast.house, cast.hu, made.project, lot).sample[0].item_id
    with pytest.raises(LotDecided):
        judge(cast.house, cast.hu, made.project, lot, item, new_id(), DEFECT)
    with pytest.raises(LotDecided):
        decide_lot(cast.house, cast.zhou, made.project, lot, new_id())


def test_nobody_inspects_their_own_annotations(cast: Cast) -> None:
    made = make_texts(cast, 20, by="hu")
    lot = _draw(cast, made.project)
    item = get_lot(cast.house, cast.hu, made.project, lot).sample[0].item_id
    with pytest.raises(NotOwnWork):
        judge(cast.house, cast.hu, made.project, lot, item, new_id(), PASS)
    assert look_at(cast.house, cast.hu, made.project, lot) is None
    judge(cast.house, cast.xing, made.project, lot, item, new_id(), PASS)


def test_only_the_sample_is_judged(cast: Cast) -> None:
    made = make_texts(cast, 60)
    lot = _draw(cast, made.project)
    drawn = {place.item_id for place in get_lot(cast.house, cast.hu, made.project, lot).sample}
    outside = next(item for item in made.items if item not in drawn)
    with pytest.raises(NotInSample):
        judge(cast.house, cast.hu, made.project, lot, outside, new_id(), PASS)


def test_a_defect_cites_a_clause_that_the_rulebook_has(cast: Cast) -> None:
    made = make_texts(cast, 20)
    lot = _draw(cast, made.project)
    item = get_lot(cast.house, cast.hu, made.project, lot).sample[0].item_id
    wrong = Finding(Outcome.DEFECT, DEFECT.defect_type, DEFECT.severity, "C99")
    with pytest.raises(UnknownClause):
        judge(cast.house, cast.hu, made.project, lot, item, new_id(), wrong)


def test_a_rejected_lot_goes_back_whole_to_its_annotators(cast: Cast) -> None:
    made = make_texts(cast, 20)
    lot = _draw(cast, made.project)
    judge_all(cast, made.project, lot, defects=1)
    assert decide_lot(cast.house, cast.zhou, made.project, lot, new_id()) is LotState.REJECTED
    report = get_lot(cast.house, cast.zhou, made.project, lot)
    assert report.lot.rework_round is not None
    with cast.house.reading() as connection:
        progress = progress_of(connection, report.lot.rework_round)
    assert (progress.open, report.in_rework) == (20, 20)


def test_only_the_defective_items_go_back_where_that_is_chosen(cast: Cast) -> None:
    made = make_texts(cast, 20)
    lot = _draw(cast, made.project)
    judge_all(cast, made.project, lot, defects=1)
    decide_lot(cast.house, cast.zhou, made.project, lot, new_id(), scope=Scope.DEFECTS)
    report = get_lot(cast.house, cast.zhou, made.project, lot)
    assert report.lot.rework_round is not None
    with cast.house.reading() as connection:
        assert progress_of(connection, report.lot.rework_round).open == 1
    rework(cast, made, [report.sample[0].item_id])
    assert (
        get_lot(
            cast.house, cast.zhou, made.project, resubmit_lot(cast.house, cast.zhou, made.project, lot, new_id())
        ).lot.plan.lot
        == 20
    )


def test_a_rejected_lot_comes_again_tightened_after_its_rework(cast: Cast) -> None:
    made = make_texts(cast, 60)
    lot = _draw(cast, made.project)
    judge_all(cast, made.project, lot, defects=2)
    decide_lot(cast.house, cast.zhou, made.project, lot, new_id())
    with pytest.raises(ReworkNotDone) as refused:
        resubmit_lot(cast.house, cast.zhou, made.project, lot, new_id())
    assert refused.value.details["left"] == 60
    rework(cast, made, made.items)
    again = get_lot(
        cast.house, cast.zhou, made.project, resubmit_lot(cast.house, cast.zhou, made.project, lot, new_id())
    )
    assert (again.lot.resubmits, again.lot.plan.severity, again.lot.plan.lot) == (lot, Strictness.TIGHTENED, 60)
    with pytest.raises(LotResubmitted):
        resubmit_lot(cast.house, cast.zhou, made.project, lot, new_id())


def test_what_was_rejected_cannot_be_drawn_as_if_it_were_new(cast: Cast) -> None:
    made = make_texts(cast, 20)
    lot = _draw(cast, made.project)
    judge_all(cast, made.project, lot, defects=1)
    decide_lot(cast.house, cast.zhou, made.project, lot, new_id())
    rework(cast, made, made.items)
    with pytest.raises(NothingToInspect):
        _draw(cast, made.project)


def test_only_a_rejected_lot_is_resubmitted(cast: Cast) -> None:
    made = make_texts(cast, 20)
    lot = accept_a_lot(cast, made)
    with pytest.raises(LotNotRejected):
        resubmit_lot(cast.house, cast.zhou, made.project, lot, new_id())


def test_two_rejected_lots_of_five_tighten_the_next(cast: Cast) -> None:
    made = make_texts(cast, 45)
    for _ in range(2):
        lot = _draw(cast, made.project, size=15)
        judge_all(cast, made.project, lot, defects=1)
        decide_lot(cast.house, cast.zhou, made.project, lot, new_id())
    third = get_lot(cast.house, cast.zhou, made.project, _draw(cast, made.project))
    assert third.lot.plan.severity is Strictness.TIGHTENED


def test_lots_are_listed_newest_first_with_what_their_samples_show(cast: Cast) -> None:
    made = make_texts(cast, 30)
    first, second = _draw(cast, made.project, size=15), _draw(cast, made.project)
    judge_all(cast, made.project, first, defects=1)
    rows = list_lots(cast.house, cast.lin, made.project).rows
    assert [row.lot.id for row in rows] == [second, first]
    assert [(row.tally.judged, row.tally.defective) for row in rows] == [(0, 0), (rows[1].tally.n, 1)]


def test_boxes_are_judged_with_their_own_defects(cast: Cast) -> None:
    from guiju.inspection import DefectType, Weight

    made = make_pictures(cast, 6)
    lot = _draw(cast, made.project)
    item = get_lot(cast.house, cast.hu, made.project, lot).sample[0].item_id
    loose = Finding(Outcome.DEFECT, DefectType.LOOSE_BOX, Weight.MINOR)
    judge(cast.house, cast.hu, made.project, lot, item, new_id(), loose)
    assert get_lot(cast.house, cast.hu, made.project, lot).defects[0].defect_type is DefectType.LOOSE_BOX


def test_an_annotator_neither_draws_nor_judges_nor_decides(cast: Cast) -> None:
    made = make_texts(cast, 20)
    lot = _draw(cast, made.project)
    item = get_lot(cast.house, cast.hu, made.project, lot).sample[0].item_id
    for act in (
        lambda: draw_lot(cast.house, cast.bob, made.project, new_id(), aql="1.0"),
        lambda: judge(cast.house, cast.bob, made.project, lot, item, new_id(), PASS),
        lambda: decide_lot(cast.house, cast.bob, made.project, lot, new_id()),
        lambda: get_lot(cast.house, cast.bob, made.project, lot),
    ):
        with pytest.raises(NotAllowed):
            act()


def test_a_stranger_is_refused_everywhere(cast: Cast) -> None:
    made = make_texts(cast, 20)
    lot = _draw(cast, made.project)
    item = get_lot(cast.house, cast.hu, made.project, lot).sample[0].item_id
    for act in (
        lambda: draw_lot(cast.house, cast.mallory, made.project, new_id(), aql="1.0"),
        lambda: judge(cast.house, cast.mallory, made.project, lot, item, new_id(), PASS),
        lambda: decide_lot(cast.house, cast.mallory, made.project, lot, new_id()),
        lambda: resubmit_lot(cast.house, cast.mallory, made.project, lot, new_id()),
        lambda: get_lot(cast.house, cast.mallory, made.project, lot),
        lambda: list_lots(cast.house, cast.mallory, made.project),
        lambda: look_at(cast.house, cast.mallory, made.project, lot),
        lambda: list_lot_items(cast.house, cast.mallory, made.project, lot),
    ):
        with pytest.raises(ProjectNotFound):
            act()


def test_a_lot_of_another_project_is_not_found(cast: Cast) -> None:
    made = make_texts(cast, 20)
    lot = _draw(cast, made.project)
    other = cast.another_project()
    set_member(cast.house, cast.zhou, other, cast.zhou.id, Role(127))
    with pytest.raises(LotNotFound):
        get_lot(cast.house, cast.zhou, other, lot)
