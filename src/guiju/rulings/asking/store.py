"""SQL of what a question is compared with."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Select, select

from guiju.rulings import tables as t
from guiju.rulings.asking.model import Known
from guiju.rulings.model import QuestionState

# The newest of a project: what was asked before that, the rulebook has long taken up.
COMPARED = 2_000
_q, _i, _n = t.question.c, t.question_item.c, t.question_label.c


def newest_known(connection: Connection, project_id: int) -> list[Known]:
    """What a new question is compared with: those that stand for themselves, with items and labels."""
    mine = select(_q.id, _q.text, _q.state, _q.item_id).where(
        _q.project_id == project_id, _q.state != QuestionState.MERGED
    )
    rows = connection.execute(mine.order_by(_q.id.desc()).limit(COMPARED)).all()
    if not rows:
        return []
    among = (_q.project_id == project_id) & (_q.id >= rows[-1].id)
    items = _sets(connection, select(_i.question_id, _i.item_id).join(t.question, _q.id == _i.question_id).where(among))
    labels = _sets(connection, select(_n.question_id, _n.label).join(t.question, _q.id == _n.question_id).where(among))
    return [
        Known(
            number,
            text,
            QuestionState(state),
            frozenset((item,)) if item is not None else frozenset(items.get(number, ())),
            frozenset(labels.get(number, ())),
        )
        for number, text, state, item in rows
    ]


def _sets(connection: Connection, pairs: Select[int, Any]) -> dict[int, set[Any]]:
    found: dict[int, set[Any]] = {}
    for number, value in connection.execute(pairs):
        found.setdefault(number, set()).add(value)
    return found


def merged_into(connection: Connection, question_ids: Sequence[int]) -> dict[int, list[int]]:
    """What was merged into each of the questions."""
    found: dict[int, list[int]] = {}
    rows = select(_q.merged_into, _q.id).where(_q.merged_into.in_(question_ids)).order_by(_q.id)
    for into, merged in connection.execute(rows):
        found.setdefault(into, []).append(merged)
    return found
