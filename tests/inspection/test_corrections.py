"""What should have been answered: said with a verdict, checked as an answer, sent back with the item."""

from typing import Any

import pytest
from litestar import Litestar
from litestar.testing import TestClient

from guiju.annotations import AnswersRefused
from guiju.inspection import Finding, Outcome, Weight, draw_lot, get_lot, judge
from guiju.inspection.correcting import summarise_correction
from guiju.inspection.errors import CorrectionIsAnswer
from guiju.inspection.judging import describe_finding
from guiju.inspection.model import DefectType
from guiju.kinds import Answer, Box, Boxes, Choice, Spans, TextSpan, decode_answers, encode_answers
from guiju.kit import new_id
from tests.annotations.moving import publish_labels, publish_steel
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
    assert "→ b" in describe_finding(defect({"label": Choice(("b",))}), wire({"label": Choice(("a",))}))


def wire(answers: dict[str, Answer]) -> str:
    return encode_answers(answers).decode()


@pytest.mark.parametrize(
    ("right", "told"),
    [
        ([("b1", "pit", 4), ("b2", "scratch", 30)], "+pit ×1 −scratch ×1"),
        ([("b1", "scratch", 4)], "−scratch ×1"),
        ([("b1", "scratch", 5), ("b2", "scratch", 30)], "scratch ×2"),
        ([], "−scratch ×2"),
    ],
)
def test_of_shapes_the_note_says_which_labels_come_and_go(right: list[tuple[str, str, int]], told: str) -> None:
    held = Boxes((Box("b1", "scratch", 4, 4, 20, 20), Box("b2", "scratch", 30, 4, 20, 20)))
    corrected = Boxes(tuple(Box(name, label, x, 4, 20, 20) for name, label, x in right))
    answers: tuple[dict[str, Answer], ...] = ({"objects": corrected, "grade": Choice(("g",))}, {"objects": held})
    assert summarise_correction(wire(answers[0]), wire({**answers[1], "grade": Choice(("g",))})) == told


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
