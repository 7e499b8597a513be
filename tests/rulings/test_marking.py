"""What is known to be right, and answers marked against it."""

from pathlib import Path

import pytest
from sqlalchemy import select

from guiju.data import aside_table, count_items, find_items
from guiju.kinds import Answer, Box, Boxes, Choice, Each, FieldShape
from guiju.kit import new_id
from guiju.rulebooks import CompiledRulebook, latest_published, publish_rulebook, save_draft
from guiju.rulings import SUBSCRIBERS, answer_question, ask_question
from guiju.rulings.marking import Known, list_known, mark_answers, seat_known
from guiju.samples.documents import rulebook_text
from guiju.storage import pump
from guiju.work.store import find_unresolved
from tests.support.build import import_messages, publish_the_rulebook
from tests.support.cast import Cast

INTENT = (FieldShape("intent", "choice", ("refund", "exchange", "other")),)
DEFECTS = (FieldShape("defects", "box", ("scratch", "dent")),)


@pytest.mark.parametrize(
    ("given", "score"), [(("refund",), 1.0), (("exchange",), 0.0), (("refund", "other"), 0.5), ((), 0.0)]
)
def test_a_choice_gets_credit_for_the_part_that_is_right(given: tuple[str, ...], score: float) -> None:
    marked = mark_answers({"intent": Choice(given)}, {"intent": Choice(("refund",))}, INTENT)
    assert marked.score == pytest.approx(score)


def test_a_label_that_was_missed_and_one_that_was_added_are_both_told() -> None:
    marked = mark_answers({"intent": Choice(("exchange",))}, {"intent": Choice(("refund",))}, INTENT)
    assert dict(marked.labels) == {"exchange": 0.0, "refund": 0.0}


def test_a_field_that_was_left_out_is_worth_nothing_and_one_that_is_not_known_is_not_marked() -> None:
    fields = (*INTENT, FieldShape("urgent", "choice", ("yes",)))
    both: dict[str, Answer] = {"intent": Choice(("refund",)), "urgent": Choice(("yes",))}
    assert mark_answers({"intent": Choice(("refund",))}, both, fields).score == 0.5
    assert mark_answers(both, {"intent": Choice(("refund",))}, fields).score == 1.0


def test_a_box_gets_the_share_in_which_it_lies_right() -> None:
    right = Boxes((Box("r", "scratch", 0, 0, 10, 10),))
    half = Boxes((Box("mine", "scratch", 0, 0, 10, 5),))
    assert mark_answers({"defects": half}, {"defects": right}, DEFECTS).score == pytest.approx(0.5)


def test_what_is_said_of_a_thing_marked_is_marked_whatever_id_the_thing_has() -> None:
    fields = (*DEFECTS, FieldShape("grade", "choice", ("light", "heavy"), target="defects"))
    right: dict[str, Answer] = {
        "defects": Boxes((Box("e1", "scratch", 0, 0, 10, 10), Box("e2", "dent", 50, 50, 10, 10))),
        "grade": Each("defects", {"e1": Choice(("light",)), "e2": Choice(("heavy",))}),
    }
    given: dict[str, Answer] = {
        "defects": Boxes((Box("b7", "dent", 50, 50, 10, 10), Box("b9", "scratch", 0, 0, 10, 10))),
        "grade": Each("defects", {"b9": Choice(("light",)), "b7": Choice(("heavy",))}),
    }
    assert mark_answers(given, right, fields).score == 1.0


def known_in(cast: Cast) -> tuple[CompiledRulebook, list[Known]]:
    pump(cast.house.database, SUBSCRIBERS)
    with cast.house.reading() as connection:
        rulebook = latest_published(connection, cast.project)
        assert rulebook is not None
        return rulebook, list_known(connection, rulebook)


def test_the_examples_of_this_version_and_the_rulings_of_its_major_version_are_known(
    cast: Cast, tmp_path: Path
) -> None:
    publish_the_rulebook(cast)
    import_messages(cast, tmp_path, 3)
    rulebook, examples = known_in(cast)
    assert len(examples) == sum(each.answer is not None for each in rulebook.rulebook.examples) > 10
    with cast.house.reading() as connection:
        item = min(find_unresolved(connection, cast.project).values())
    question = ask_question(cast.house, cast.alice, cast.project, request_id=new_id(), text="Which?", item_id=item)
    ruled = {"intent": {"kind": "choice", "labels": ["refund"]}}
    answer_question(cast.house, cast.xing, question, request_id=new_id(), text="It is.", answers=ruled)
    _, known = known_in(cast)
    assert [one.item_id for one in known if one.item_id] == [item]
    again = rulebook_text("service").replace("问包裹在哪。", "问包裹在哪里。")
    save_draft(cast.house, cast.zhou, cast.project, document=again, from_revision=1, request_id=new_id())
    publish_rulebook(cast.house, cast.zhou, cast.project, request_id=new_id(), version="2.0.0")
    _, later = known_in(cast)
    assert len(later) == len(examples), "a ruling under the old meaning may be wrong under the new one"


def test_a_text_of_the_rulebook_becomes_an_item_once_and_no_production_gives_it_out(cast: Cast) -> None:
    publish_the_rulebook(cast)
    rulebook, known = known_in(cast)
    first, seated = (cast.house.write(lambda tx: seat_known(tx, cast.zhou.id, rulebook, known)) for _ in range(2))
    assert first == seated
    with cast.house.reading() as connection:
        items = find_items(connection, cast.project, [one.item_id or 0 for one in seated])
        assert {items[one.item_id or 0].body for one in seated} == {one.text for one in known}
        assert count_items(connection, cast.project) == len(known)
        assert len(connection.execute(select(aside_table)).all()) == len(known)
        assert find_unresolved(connection, cast.project) == {}
