"""From a finding or a search to its items, and on to a recheck, a question, a rule or a draw."""

import re

import pytest
from litestar import Litestar
from litestar.testing import TestClient
from sqlalchemy import select

from guiju.findings.picks.actions import (
    ask_of_pick,
    clause_from_pick,
    estimate_for_pick,
    example_from_pick,
    look_at_pick,
    make_pick,
    put_next,
    recheck_pick,
    trial_of_pick,
)
from guiju.findings.picks.errors import FindingUnknown, ItemNotPicked, NothingPicked, NothingWaits, PickNotFound
from guiju.findings.picks.model import Deed, Of
from guiju.findings.upward.errors import ClauseEmpty
from guiju.findings.upward.rules import add_clause
from guiju.inspection import draw_lot
from guiju.kit import new_id
from guiju.people import NotAllowed
from guiju.projects import ProjectNotFound
from guiju.rulebooks import errors_of, get_draft, parse_rulebook, starter_document
from guiju.rulings import AskedAlready, QuestionState, TooManyAskedAbout, Wanted
from guiju.rulings.store import list_questions
from guiju.work import open_production
from guiju.work.tables import slot
from tests.findings.test_analysis import analyse, two_kinds
from tests.inspection.build import Made, import_texts, make_texts, sign_a_brief
from tests.support.cast import Cast


def pick(cast: Cast, of: Of = Of.GIVEN, *items: int, **details: str) -> int:
    return make_pick(cast.house, cast.zhou, cast.project, of=of, details=details, items=items)


@pytest.fixture
def made(cast: Cast) -> Made:
    return make_texts(cast, 6)


def test_each_finding_gives_its_items_and_the_same_again_is_the_same_pick(cast: Cast) -> None:
    items = two_kinds(cast, wrong=(10, 25))
    analyse(cast)
    doubts = pick(cast, Of.DOUBTS, field="label")
    shown = look_at_pick(cast.house, cast.zhou, cast.project, doubts)
    assert {items[10], items[25]} <= set(shown.pick.items)
    assert shown.labels[items[10]] in (["a"], ["b"])
    assert pick(cast, Of.DOUBTS, field="label") == doubts
    labelled = look_at_pick(cast.house, cast.zhou, cast.project, pick(cast, Of.LABEL, field="label", label="a"))
    assert len(labelled.pick.items) == 30
    found = look_at_pick(cast.house, cast.zhou, cast.project, pick(cast, Of.SEARCH, link="label=a"))
    assert set(found.pick.items) == set(labelled.pick.items)
    with pytest.raises(NothingPicked):
        pick(cast, Of.CONTRARY, field="label")
    with pytest.raises(FindingUnknown):
        pick(cast, Of.DOUBTS, field="nothing")
    with pytest.raises(FindingUnknown):
        pick(cast, Of.SCENE, scene_id="first")


def test_one_question_about_all_of_them_and_the_open_one_is_offered_before_another(cast: Cast, made: Made) -> None:
    chosen, told = pick(cast, Of.GIVEN, *made.items), new_id()
    asked = (cast.house, cast.zhou, cast.project)
    first = ask_of_pick(*asked, chosen, request_id=told, text="Which holds?")
    assert ask_of_pick(*asked, chosen, request_id=told, text="Which holds?") == first
    with cast.house.reading() as connection:
        [question] = list_questions(connection, cast.project, Wanted(QuestionState.OPEN), None, 10)
    assert (question.text, question.item_id, list(question.items)) == ("Which holds?", None, made.items)
    with pytest.raises(AskedAlready) as offered:
        ask_of_pick(*asked, pick(cast, Of.GIVEN, *made.items[:4]), request_id=new_id(), text="Another")
    assert (offered.value.details["question"], offered.value.details["shared"]) == (first, 4)
    assert ask_of_pick(*asked, chosen, request_id=new_id(), text="Another", again=True) != first
    with pytest.raises(ItemNotPicked):
        ask_of_pick(*asked, chosen, request_id=new_id(), text="?", items=[10**9])
    assert [each.deed for each in look_at_pick(*asked, chosen).deeds] == [Deed.QUESTION, Deed.QUESTION]


def test_a_question_about_too_much_is_refused(cast: Cast, made: Made, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("guiju.rulings.asking.actions.MOST_ASKED_ABOUT", 5)
    with pytest.raises(TooManyAskedAbout):
        ask_of_pick(
            cast.house, cast.zhou, cast.project, pick(cast, Of.GIVEN, *made.items), request_id=new_id(), text="?"
        )


def test_a_clause_and_a_boundary_example_go_into_the_draft_and_the_rest_stays(cast: Cast, made: Made) -> None:
    chosen, where = pick(cast, Of.LABEL, *made.items, field="label", label="a"), (cast.house, cast.zhou, cast.project)
    before, told = parse_rulebook(get_draft(*where).document), new_id()
    said = {"title": "Refunds | money", "text": "## Look first at the order.\n> en: then at the date"}
    assert clause_from_pick(*where, chosen, request_id=told, **said) == "C3"
    assert clause_from_pick(*where, chosen, request_id=told, **said) == "C3"
    example = example_from_pick(*where, chosen, request_id=new_id(), item=made.items[1], note="Both fit.", clause="C3")
    draft = get_draft(*where)
    after = parse_rulebook(draft.document)
    assert not errors_of(draft.problems)
    assert (after.labels, after.fields, after.clauses[:2]) == (before.labels, before.fields, before.clauses)
    clause = after.clauses[2]
    assert (clause.title["zh"], clause.labels) == ("Refunds / money", ("a",))
    assert clause.text["zh"] == "Look first at the order.\nen: then at the date"
    shown = next(each for each in after.examples if each.id == example)
    assert (shown.polarity, shown.clause, shown.answer) == ("boundary", "C3", {"label": ["b"]})
    assert shown.item
    with pytest.raises(ClauseEmpty):
        clause_from_pick(*where, chosen, request_id=new_id(), title="", text="x")
    with pytest.raises(ItemNotPicked):
        example_from_pick(*where, chosen, request_id=new_id(), item=10**9, note="")


def test_the_number_of_a_new_clause_follows_the_highest_and_sub_clauses_do_not_count() -> None:
    document = starter_document("choice") + "\n### C7.12 子条 | Sub\n\n文。\n"
    changed, clause = add_clause(document, "新", "看清楚。", ())
    assert clause == "C8"
    assert add_clause(changed, "新", "看清楚。", ()) == (changed, "C8")


def test_items_of_a_lot_under_inspection_are_left_out_of_a_recheck(cast: Cast, made: Made) -> None:
    sign_a_brief(cast, cast.project)
    late = import_texts(cast, cast.project, ["一条新的"])[-1]
    draw_lot(cast.house, cast.zhou, cast.project, request_id=new_id())
    chosen = pick(cast, Of.GIVEN, *made.items, late)
    told = estimate_for_pick(cast.house, cast.zhou, cast.project, chosen)
    assert (told.items, dict(told.left_out)) == (0, {"inspected": 6, "open": 1})


def test_unlabelled_items_go_into_a_trial_or_first_in_line(cast: Cast, made: Made) -> None:
    sign_a_brief(cast, cast.project)
    new = [
        each for each in import_texts(cast, cast.project, [f"新的第{n}条" for n in range(8)]) if each not in made.items
    ]
    chosen, where = pick(cast, Of.GIVEN, *new[-2:]), (cast.house, cast.zhou, cast.project)
    with pytest.raises(NothingWaits):
        put_next(*where, chosen, request_id=new_id())
    production = open_production(*where, request_id=new_id(), reason="no trial")
    assert put_next(*where, chosen, request_id=new_id()) == 2
    assert put_next(*where, chosen, request_id=new_id()) == 2, "again does not move them again"
    with cast.house.reading() as connection:
        ordered = select(slot.c.item_id).where(slot.c.round_id == production).order_by(slot.c.ordinal)
        assert list(connection.execute(ordered).scalars()) == [*new[-2:], *new[:-2]]
    trial = trial_of_pick(*where, chosen, request_id=new_id(), account_ids=[cast.alice.id, cast.bob.id])
    with cast.house.reading() as connection:
        slots = list(connection.execute(select(slot.c.item_id).where(slot.c.round_id == trial)).scalars())
    assert sorted(slots) == sorted(new[-2:] * 2)


def test_who_may_not_see_items_picks_none_and_who_does_not_lead_opens_nothing(cast: Cast, made: Made) -> None:
    chosen = pick(cast, Of.GIVEN, *made.items)
    for who, refusal in (("alice", NotAllowed), ("mallory", ProjectNotFound)):
        with pytest.raises(refusal):
            make_pick(cast.house, cast.people[who], cast.project, of=Of.GIVEN, details={}, items=made.items)
        with pytest.raises(refusal):
            look_at_pick(cast.house, cast.people[who], cast.project, chosen)
    with pytest.raises(NotAllowed):
        recheck_pick(cast.house, cast.xing, cast.project, chosen, request_id=new_id())
    with pytest.raises(NotAllowed):
        clause_from_pick(cast.house, cast.xing, cast.project, chosen, request_id=new_id(), title="t", text="t")
    with pytest.raises(PickNotFound):
        look_at_pick(cast.house, cast.zhou, cast.another_project(), chosen)


def test_from_the_findings_page_and_from_a_search_one_click_leads_to_the_form(
    cast: Cast, client: TestClient[Litestar]
) -> None:
    items = two_kinds(cast, wrong=(10,))
    analyse(cast)
    headers, home = cast.sign_in(client, "zhou"), f"/projects/{cast.project}"
    csrf = headers["X-CSRF-Token"]
    assert f'action="{home}/picks"' in client.get(f"{home}/findings").text
    sent = {"csrf": csrf, "of": "doubts", "field": "label", "act": "recheck"}
    to = client.post(f"{home}/picks", data=sent, follow_redirects=False).headers["location"]
    assert re.fullmatch(rf"{home}/picks/\d+#recheck", to)
    text = client.get(to).text
    assert f'action="{to.partition(chr(35))[0]}/recheck"' in text
    sent = {"csrf": csrf, "of": "search", "label": "a", "act": "pick", "item": [str(each) for each in items[:3]]}
    to = client.post(f"{home}/picks", data=sent, follow_redirects=False).headers["location"]
    assert client.get(to).text.count('name="item"') == 3
    ticked = {"csrf": csrf, "shown": [str(each) for each in items[:3]], "item": [str(items[0])], "blind": "yes"}
    opened = client.post(f"{to.partition('#')[0]}/recheck", data=ticked, follow_redirects=False).headers["location"]
    round_id = opened.split("/")[4]
    assert client.get(opened).status_code == 200
    assert client.get(f"/api/v1/rounds/{round_id}/recheck").json()["items"] == 1
