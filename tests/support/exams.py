"""Exams for the tests: set up on the sample rulebook, answered right or wrong."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec

from guiju.exams import Given, Settings, Sitting, answer_paper, begin_sitting, hand_in, open_exam, read_paper
from guiju.exams.reading import read_result
from guiju.kinds import Answer, Choice, decode_answers
from guiju.kit import new_id
from guiju.rulings import SUBSCRIBERS as RULINGS
from guiju.rulings import reference_table
from guiju.storage import Actor, pump
from tests.support.build import service_project
from tests.support.cast import Cast


def examined_project(cast: Cast, folder: Path, **settings: Any) -> int:
    """The service project with an exam of five questions, unless told otherwise; returns the exam."""
    service_project(cast, folder)
    pump(cast.house.database, RULINGS)
    settings.setdefault("size", 5)
    return open_exam(cast.house, cast.zhou, cast.project, request_id=new_id(), settings=Settings(**settings))


def begin(cast: Cast, actor: Actor, exam: int) -> Sitting:
    return begin_sitting(cast.house, actor, exam, request_id=new_id())


def right_answers(cast: Cast) -> dict[int, dict[str, Answer]]:
    """What is right of each item, as only the tests may know."""
    with cast.house.reading() as connection:
        rows = connection.execute(reference_table.select().where(reference_table.c.item_id.is_not(None)))
        return {row.item_id: decode_answers(row.answers) for row in rows}


def answer(cast: Cast, actor: Actor, sitting: int, right: Callable[[int], bool]) -> list[int]:
    """Answer every question of a paper, right where `right(place)`; returns the items in their order."""
    known = right_answers(cast)
    items = [item.id for item in read_paper(cast.house, actor, sitting).items]
    given = [
        Given(item, known[item] if right(place) else {"intent": Choice((_another(known[item]),))})
        for place, item in enumerate(items)
    ]
    answer_paper(cast.house, actor, sitting, request_id=new_id(), given=given)
    return items


def _another(right: dict[str, Answer]) -> str:
    label = msgspec.to_builtins(right["intent"])["labels"][0]
    return "refund" if label != "refund" else "invoice"


def sit(cast: Cast, actor: Actor, exam: int, right: Callable[[int], bool] = lambda _: True) -> Any:
    """Begin, answer and hand in; returns the result."""
    sitting = begin(cast, actor, exam)
    answer(cast, actor, sitting.id, right)
    hand_in(cast.house, actor, sitting.id, request_id=new_id())
    return read_result(cast.house, actor, sitting.id)
