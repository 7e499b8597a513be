"""The same content answered otherwise is found, left out of draws, asked about, and settled by whoever may rule."""

from typing import Any

import pytest
from litestar.testing import TestClient

from guiju.bank import BankClosed, Choice, DrawAs, draw_from_bank, end_consent, read_search
from guiju.bank.contradicting import (
    Fate,
    NothingToRule,
    SideNotYours,
    State,
    ask_about_side,
    get_contradiction,
    list_contradictions,
    rule_on_contradiction,
)
from guiju.bank.contradicting.errors import RulingUnreasoned
from guiju.bank.contradicting.rules import differ
from guiju.bank.drawing import AllDoubtful
from guiju.bank.mapping import How, Line, decide_mapping
from guiju.bank.offering import read_offer
from guiju.kinds import Box, Boxes
from guiju.kit import PageRequest, new_id
from guiju.people import Role
from guiju.projects import set_member
from guiju.rulings import NotOwnWork, answer_question, list_questions
from guiju.rulings.model import Wanted
from tests.bank.test_mapping import renamed
from tests.bank.test_merging import NEARLY, TEXT, general, worked
from tests.inspection.build import Made, publish
from tests.support.cast import Cast

EVERYTHING = Choice(search=read_search(facets=["media:text"]))


def two(cast: Cast, second: str = TEXT) -> tuple[Made, Made, int]:
    """Two customers' deposits of a content with different answers; the contradiction's number."""
    one, _ = general(cast, "远山物流", [TEXT])
    other, _ = general(cast, "近水超市", [second], "b")
    [case] = list_contradictions(cast.house, cast.zhou)[0].rows
    return one, other, case.id


def target(cast: Cast) -> int:
    project = cast.another_project("第三家")
    publish(cast, project, "choice")
    return project


@pytest.mark.parametrize("second", [TEXT, NEARLY])
def test_another_answer_to_the_same_or_nearly_the_same_is_found_and_told_to_whoever_sees_both(
    cast: Cast, second: str
) -> None:
    one, other, number = two(cast, second)
    case = get_contradiction(cast.house, cast.zhou, number)
    assert [(side.project_id, side.fate) for side in case.sides] == [
        (one.project, Fate.OPEN),
        (other.project, Fate.OPEN),
    ]
    strange = get_contradiction(cast.house, cast.qian, number)
    assert {(side.project, side.item_id, side.is_stranger) for side in strange.sides} == {("", 0, True)}
    assert not any(side.may_rule or side.may_ask for side in strange.sides)


def test_the_same_answer_other_content_or_rules_that_nobody_mapped_contradict_nothing(cast: Cast) -> None:
    general(cast, "远山物流", [TEXT])
    general(cast, "近水超市", [TEXT])
    general(cast, "大河书店", ["完全不同的另一句话，说的是发票抬头要改成公司名称"], "b")
    general(cast, "客户丁", [TEXT], "b", consents=False)
    assert list_contradictions(cast.house, cast.zhou)[0].rows == []


def test_labels_that_somebody_mapped_are_compared_from_then_on(cast: Cast) -> None:
    one, _ = general(cast, "远山物流", [TEXT])
    other, _ = general(cast, "近水超市", [TEXT], "second", rules=renamed())
    assert list_contradictions(cast.house, cast.zhou)[0].rows == []
    lines = [Line("label", "a", How.BECOMES, "label", "first"), Line("label", "b", How.BECOMES, "label", "second")]
    decide_mapping(cast.house, cast.zhou, other.project, new_id(), one.rulebook, lines)
    worked(cast)
    assert len(list_contradictions(cast.house, cast.zhou)[0].rows) == 1


def test_a_draw_leaves_both_out_until_it_is_settled_and_the_offer_counts_them_to_be_rechecked(cast: Cast) -> None:
    _, _, number = two(cast)
    general(cast, "大河书店", ["完全不同的另一句话，说的是发票抬头要改成公司名称"])
    into = target(cast)
    offer = read_offer(cast.house, cast.zhou, into)
    assert (offer.sure.count + offer.recheck.count, offer.doubtful) == (3, 2)
    drawn = draw_from_bank(cast.house, cast.zhou, into, new_id(), EVERYTHING)
    assert (drawn.items, drawn.doubtful) == (1, 2)
    with pytest.raises(AllDoubtful):
        draw_from_bank(cast.house, cast.zhou, into, new_id(), Choice(search=read_search("退款")))
    stands = get_contradiction(cast.house, cast.zhou, number).sides[0].deposit_id
    ruled = rule_on_contradiction(cast.house, cast.zhou, number, new_id(), stands, (), "按 C1，说了退款")
    assert (ruled.state, [side.fate for side in ruled.sides]) == (State.SETTLED, [Fate.STANDS, Fate.ASIDE])
    drawn = draw_from_bank(cast.house, cast.zhou, into, new_id(), Choice(search=read_search("退款")))
    assert (drawn.items, drawn.doubtful) == (1, 1)
    assert read_offer(cast.house, cast.zhou, into).doubtful == 0


def test_items_alone_come_whatever_contradicts_their_answers(cast: Cast) -> None:
    two(cast)
    chosen = Choice(search=EVERYTHING.search, as_=DrawAs.ITEMS)
    assert draw_from_bank(cast.house, cast.zhou, target(cast), new_id(), chosen).doubtful == 0


def test_a_ruling_on_a_question_in_the_project_settles_its_side(cast: Cast) -> None:
    _, other, number = two(cast)
    side = get_contradiction(cast.house, cast.zhou, number).sides[1]
    question = ask_about_side(cast.house, cast.zhou, number, new_id(), side.deposit_id, "这条到底算哪类？")
    [asked] = list_questions(cast.house, cast.zhou, other.project, Wanted(), PageRequest()).rows
    assert asked.question.id == question
    set_member(cast.house, cast.zhou, other.project, cast.xing.id, Role.EXPERT)
    right = {"label": {"kind": "choice", "labels": ["a"]}}
    answer_question(cast.house, cast.xing, question, request_id=new_id(), text="应判 a，见 C1", answers=right)
    worked(cast)
    case = get_contradiction(cast.house, cast.zhou, number)
    assert (case.state, [each.fate for each in case.sides]) == (State.SETTLED, [Fate.OPEN, Fate.ASIDE])
    assert case.sides[1].question_id == question


def test_only_who_rules_in_its_project_sets_a_side_aside_and_nobody_on_their_own_work(cast: Cast) -> None:
    one, _, number = two(cast)
    first, second = (side.deposit_id for side in get_contradiction(cast.house, cast.zhou, number).sides)
    with pytest.raises(SideNotYours):
        rule_on_contradiction(cast.house, cast.qian, number, new_id(), first, (), "不是我的项目")
    with pytest.raises(SideNotYours):
        ask_about_side(cast.house, cast.qian, number, new_id(), first, "这是哪类？")
    with pytest.raises(RulingUnreasoned):
        rule_on_contradiction(cast.house, cast.zhou, number, new_id(), first, (), " ")
    with pytest.raises(NothingToRule):
        rule_on_contradiction(cast.house, cast.zhou, number, new_id(), first + 99, (), "没有这条")
    set_member(cast.house, cast.zhou, one.project, cast.alice.id, Role.ANNOTATOR | Role.TRAINER)
    with pytest.raises(NotOwnWork):
        rule_on_contradiction(cast.house, cast.alice, number, new_id(), 0, (first,), "是我标的")
    with pytest.raises(SideNotYours):
        rule_on_contradiction(cast.house, cast.alice, number, new_id(), 0, (second,), "是别人的")
    with pytest.raises(BankClosed):
        get_contradiction(cast.house, cast.mallory, number)
    ruled = rule_on_contradiction(cast.house, cast.admin, number, new_id(), 0, (), "两条都不可信")
    assert (ruled.state, {side.fate for side in ruled.sides}) == (State.SETTLED, {Fate.ASIDE})


def test_when_one_side_goes_nothing_is_in_doubt_any_more(cast: Cast) -> None:
    one, consent = general(cast, "远山物流", [TEXT])
    general(cast, "近水超市", [TEXT], "b")
    end_consent(cast.house, cast.lin, one.project, consent)
    worked(cast)
    assert list_contradictions(cast.house, cast.zhou)[0].rows == []
    drawn = draw_from_bank(cast.house, cast.zhou, target(cast), new_id(), Choice(search=read_search(label="b")))
    assert (drawn.items, drawn.doubtful) == (1, 0)


def test_shapes_contradict_where_trials_would_not_agree_and_only_on_the_same_content() -> None:
    one, moved = Boxes((Box("b", "a", 0, 0, 40, 40),)), Boxes((Box("b", "a", 1, 0, 40, 40),))
    away = Boxes((Box("b", "a", 200, 200, 40, 40),))
    assert not differ({"objects": one}, {"objects": moved}, same_content=True)
    assert differ({"objects": one}, {"objects": away}, same_content=True)
    assert not differ({"objects": one}, {"objects": away}, same_content=False)


@pytest.mark.parametrize("house", ["sqlite"], indirect=True)
def test_a_person_reads_both_answers_side_by_side_asks_and_rules(cast: Cast, client: TestClient[Any]) -> None:
    _, _, number = two(cast)
    headers = cast.sign_in(client, "zhou")
    here = f"/bank/contradictions/{number}"
    listed = client.get("/bank/contradictions").text
    assert here in listed
    assert listed.count("申请退款") == 2
    first, second = (side["deposit"] for side in client.get(f"/api/v1{here}").json()["sides"])
    csrf = {"csrf": headers["X-CSRF-Token"]}
    ask = {"act": "ask", "deposit": second, "text": "这条到底算哪类？", **csrf}
    assert client.post(here, data=ask, follow_redirects=False).status_code == 303
    assert "/questions/" in client.get(here).text
    said = {"act": "stands", "deposit": first, "text": "按 C1", **csrf}
    assert client.post(here, data=said, follow_redirects=False).status_code == 303
    told = client.get("/api/v1/bank/contradictions", params={"which": "settled"}).json()
    assert (told["open"], told["settled"], told["contradictions"][0]["id"]) == (0, 1, number)
    page = client.get(f"/bank/{first}")
    assert "远山物流" in page.text
    assert client.get(f"/api/v1/bank/{first}").json()["sources"][0]["lot"] == 1
    cast.sign_in(client, "alice")
    assert client.get(here).status_code == 403
