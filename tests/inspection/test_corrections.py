"""What should have been answered: said with a verdict, checked as an answer, sent back with the item."""

from typing import Any

import pytest
from litestar import Litestar
from litestar.testing import TestClient

from guiju.annotations import AnswersRefused
from guiju.inspection import Finding, Outcome, Weight, draw_lot, get_lot, judge
from guiju.inspection.correcting import ask_choices, chosen_answers, plan_keys
from guiju.inspection.errors import CorrectionIsAnswer
from guiju.inspection.judging import describe_finding
from guiju.inspection.model import DefectType
from guiju.kinds import Answer, Box, Boxes, Choice, Spans, TextSpan, decode_answers, encode_answers
from guiju.kit import new_id
from guiju.rulebooks import CompiledRulebook, get_published, publish_rulebook, save_draft
from tests.annotations.moving import STEEL, publish_labels, publish_steel
from tests.inspection.build import Made, import_pictures, import_texts, make_texts, resolve_all
from tests.support.cast import Cast

Client = TestClient[Litestar]


@pytest.fixture
def made(cast: Cast) -> Made:
    return make_texts(cast, 20)


@pytest.fixture
def lot(cast: Cast, made: Made) -> int:
    return draw_lot(cast.house, cast.zhou, made.project, new_id(), aql="1.0")


def first_place(cast: Cast, made: Made, lot: int) -> tuple[int, str, str]:
    """The first item of the sample, the label that it has, and the other one."""
    item = get_lot(cast.house, cast.hu, made.project, lot).sample[0].item_id
    label = "ab"[made.items.index(item) % 2]  # as make_texts answers them
    return item, label, "ba"["ab".index(label)]


def defect(correction: dict[str, Any]) -> Finding:
    said = encode_answers(correction).decode()
    return Finding(Outcome.DEFECT, DefectType.WRONG_LABEL, Weight.MAJOR, correction=said)


def held_correction(cast: Cast, made: Made, lot: int, item: int) -> dict[str, Any] | None:
    places = get_lot(cast.house, cast.hu, made.project, lot).sample
    [verdict] = [place.verdict for place in places if place.item_id == item]
    return decode_answers(verdict.finding.correction) if verdict and verdict.finding.correction else None


def form(headers: dict[str, str], item: int, label: str, **more: object) -> dict[str, Any]:
    """The defect form as the browser sends it with `label` chosen."""
    said = {"type": "wrong-label", "severity": "minor", "asked": "label", "right-label": label, **more}
    return {"csrf": headers["X-CSRF-Token"], "request_id": new_id(), "item": item, "outcome": "defect", **said}


def test_the_page_offers_the_labels_with_the_given_one_chosen_and_a_key_for_each(
    cast: Cast, client: Client, made: Made, lot: int
) -> None:
    item, label, other = first_place(cast, made, lot)
    cast.sign_in(client, "hu")
    shown = client.get(f"/projects/{made.project}/lots/{lot}/inspect?item={item}").text
    assert f'name="right-label" value="{label}" checked' in shown
    assert f'name="right-label" value="{other}" data-key' in shown
    assert 'data-key="1"' in shown
    assert 'data-key="2"' in shown


def test_another_label_becomes_the_verdict_s_correction_and_stands_on_the_lot_s_page(
    cast: Cast, client: Client, made: Made, lot: int
) -> None:
    item, _, other = first_place(cast, made, lot)
    headers, here = cast.sign_in(client, "hu"), f"/projects/{made.project}/lots/{lot}"
    answer = client.post(f"{here}/verdicts", data=form(headers, item, other))
    assert answer.status_code == 200, answer.text
    assert held_correction(cast, made, lot, item) == {"label": Choice((other,))}
    # its number may be that of a place in the sample, too: the cell of the item stands before that of its name
    row = client.get(here).text.split(f'</td><td class="r num">{item}</td><td>')[1].split("</tr>")[0]
    assert "→" in row
    sample = client.get(f"/api/v1/projects/{made.project}/lots/{lot}/sample").json()["sample"]
    assert [place["correction"] for place in sample if place["item"] == item] == [
        {"label": {"kind": "choice", "labels": [other]}}
    ]


def test_the_given_label_left_chosen_corrects_nothing(cast: Cast, client: Client, made: Made, lot: int) -> None:
    item, label, _ = first_place(cast, made, lot)
    headers, here = cast.sign_in(client, "hu"), f"/projects/{made.project}/lots/{lot}"
    assert client.post(f"{here}/verdicts", data=form(headers, item, label)).status_code == 200
    assert held_correction(cast, made, lot, item) is None


def test_a_label_that_the_rulebook_lacks_comes_back_with_what_was_said(
    cast: Cast, client: Client, made: Made, lot: int
) -> None:
    item, _, _ = first_place(cast, made, lot)
    headers, here = cast.sign_in(client, "hu"), f"/projects/{made.project}/lots/{lot}"
    refused = client.post(f"{here}/verdicts", data=form(headers, item, "zebra", note="第二句"))
    assert (refused.status_code, 'role="alert"' in refused.text, "第二句" in refused.text) == (422, True, True)


def test_a_verdict_that_is_changed_starts_from_what_was_said_before(
    cast: Cast, client: Client, made: Made, lot: int
) -> None:
    item, _, other = first_place(cast, made, lot)
    headers, here = cast.sign_in(client, "hu"), f"/projects/{made.project}/lots/{lot}"
    client.post(f"{here}/verdicts", data=form(headers, item, other, note="看末句"))
    shown = client.get(f"{here}/inspect?item={item}").text
    assert f'name="right-label" value="{other}" checked' in shown
    assert 'value="minor" checked' in shown
    assert "看末句" in shown


def test_the_lot_s_page_names_each_item_beside_its_number(cast: Cast, client: Client, made: Made, lot: int) -> None:
    cast.sign_in(client, "lin")
    shown = client.get(f"/projects/{made.project}/lots/{lot}").text
    with cast.house.reading() as connection:
        names = dict(connection.exec_driver_sql("SELECT id, name FROM item").all())
    for place in get_lot(cast.house, cast.lin, made.project, lot).sample:
        assert f'<td class="r num">{place.item_id}</td><td>{names[place.item_id]}</td>' in shown


def test_a_correction_must_be_allowed_and_must_correct(cast: Cast, made: Made, lot: int) -> None:
    item, label, _ = first_place(cast, made, lot)
    for wrong, refusal in (("zebra", AnswersRefused), (label, CorrectionIsAnswer)):
        with pytest.raises(refusal):
            judge(cast.house, cast.hu, made.project, lot, item, new_id(), defect({"label": Choice((wrong,))}))
    assert held_correction(cast, made, lot, item) is None


def test_what_a_correction_leaves_out_stays_as_it_was_judged_and_checks_hold_for_it(cast: Cast) -> None:
    rulebook = publish_steel(cast)
    items = import_pictures(cast, cast.project, 2)
    drawn = Boxes((Box("b1", "scratch", 4, 4, 20, 20),))
    said: dict[int, dict[str, Answer]] = {item: {"defects": drawn, "grade": Choice(("good",))} for item in items}
    made = Made(cast.project, rulebook, resolve_all(cast.house, cast.alice, cast.project, rulebook, said), items)
    lot = draw_lot(cast.house, cast.zhou, cast.project, new_id(), aql="1.0")
    judge(cast.house, cast.hu, cast.project, lot, items[0], new_id(), defect({"grade": Choice(("poor",))}))
    assert held_correction(cast, made, lot, items[0]) == {"defects": drawn, "grade": Choice(("poor",))}
    three = defect({"causes": Choice(("dust", "wear", "oil"))})
    with pytest.raises(AnswersRefused) as refused:
        judge(cast.house, cast.hu, cast.project, lot, items[1], new_id(), three)
    assert refused.value.details["problems"][0]["details"] == {"check": "two-causes"}  # pyright: ignore[reportIndexIssue]


def test_the_note_that_goes_back_says_what_should_have_been_chosen() -> None:
    assert "→ b" in describe_finding(defect({"label": Choice(("b",))}))


def steel(cast: Cast) -> CompiledRulebook:
    with cast.house.reading() as connection:
        return get_published(connection, publish_steel(cast))


def test_several_may_be_chosen_where_the_field_takes_several_and_none_where_it_needs_none(cast: Cast) -> None:
    rulebook, held = steel(cast), {"causes": Choice(("dust", "oil"))}
    assert chosen_answers({"causes": ["oil", "dust"]}, rulebook, held) == {}
    assert chosen_answers({"causes": []}, rulebook, held) == {"causes": Choice(())}
    assert chosen_answers({"grade": []}, rulebook, held) == {}
    grade, causes = ask_choices(rulebook, held, {"causes": Choice(("wear",))})
    assert (grade.multiple, causes.multiple) == (False, True)
    assert [(one.id, one.given, one.chosen) for one in causes.options] == [
        ("dust", True, False),
        ("wear", False, True),
        ("oil", True, False),
    ]


def test_labels_keep_the_keys_that_they_have_in_the_workbench_but_those_of_the_verdict(cast: Cast) -> None:
    document = STEEL.replace("{id: good,", "{id: good, hotkey: g,").replace("{id: poor,", "{id: poor, hotkey: p,")
    save_draft(cast.house, cast.zhou, cast.project, document=document, from_revision=0, request_id=new_id())
    with cast.house.reading() as connection:
        rulebook = get_published(connection, publish_rulebook(cast.house, cast.zhou, cast.project, request_id=new_id()))
    assert list(plan_keys(rulebook).values()) == ["g", "1", "2", "3", "4"]


def test_a_corrected_span_ends_in_the_text_counted_in_characters(cast: Cast) -> None:
    rulebook = publish_labels(cast, "span", ["PER"])
    items = import_texts(cast, cast.project, ["李雷来了", "没有人"])
    said: dict[int, dict[str, Answer]] = {item: {"answer": spans_to(2)} for item in items}
    resolve_all(cast.house, cast.alice, cast.project, rulebook, said)
    lot = draw_lot(cast.house, cast.zhou, cast.project, new_id(), aql="1.0")
    with pytest.raises(AnswersRefused) as refused:
        judge(cast.house, cast.hu, cast.project, lot, items[0], new_id(), defect({"answer": spans_to(5)}))
    assert "outside-text" in str(refused.value.details)
    judge(cast.house, cast.hu, cast.project, lot, items[0], new_id(), defect({"answer": spans_to(4)}))


def spans_to(end: int) -> Spans:
    return Spans((TextSpan("s1", "per", 0, end),))
