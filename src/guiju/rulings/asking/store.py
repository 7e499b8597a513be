"""SQL of what a question is compared with."""

from collections.abc import Sequence

from sqlalchemy import Connection, select

from guiju.rulings import store
from guiju.rulings import tables as t
from guiju.rulings.model import Question, QuestionState

# The newest of a project: what was asked before that, the rulebook has long taken up.
COMPARED = 2_000
_q = t.question.c


def newest_questions(connection: Connection, project_id: int) -> list[Question]:
    """What a new question is compared with: those that stand for themselves, with items and labels."""
    mine = select(_q.id).where(_q.project_id == project_id, _q.state != QuestionState.MERGED)
    ids = list(connection.execute(mine.order_by(_q.id.desc()).limit(COMPARED)).scalars())
    return store.find_questions(connection, ids)


def merged_into(connection: Connection, question_ids: Sequence[int]) -> dict[int, list[int]]:
    """What was merged into each of the questions."""
    found: dict[int, list[int]] = {}
    rows = select(_q.merged_into, _q.id).where(_q.merged_into.in_(question_ids)).order_by(_q.id)
    for into, merged in connection.execute(rows):
        found.setdefault(into, []).append(merged)
    return found
