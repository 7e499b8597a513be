"""SQL of what waits: owners, ages, merges, the project's line."""

from collections.abc import Sequence

from sqlalchemy import Connection, case, delete, func, insert, select, update

from guiju.annotations import annotation_table, annotator_table
from guiju.projects import list_members
from guiju.rulings import tables as t
from guiju.rulings.model import QuestionState
from guiju.rulings.waiting.model import DEFAULT_HOURS, Candidate, Mine, Owned
from guiju.rulings.waiting.rules import decide_owner, overdue_before, rank_of
from guiju.storage import Tx

_q = t.question.c
_OPEN = _q.state == QuestionState.OPEN


def candidates_in(connection: Connection, project_id: int) -> list[Candidate]:
    """Who may rule in the project, with how many open questions each owns already."""
    counts = select(_q.owner_id, func.count()).where(_q.project_id == project_id, _OPEN).group_by(_q.owner_id)
    loads = {row[0]: int(row[1]) for row in connection.execute(counts)}
    return [
        Candidate(each.account_id, rank, loads.get(each.account_id, 0))
        for each in list_members(connection, project_id)
        if not each.blocked and (rank := rank_of(each.roles)) is not None
    ]


def owner_for(connection: Connection, project_id: int, asked_by: int, items: Sequence[int]) -> int | None:
    """Whose a new question is, unless somebody says otherwise."""
    candidates = candidates_in(connection, project_id)
    able = [each.account_id for each in candidates]
    return decide_owner(candidates, asked_by, _annotated(connection, able, items) if items else ())


def _annotated(connection: Connection, account_ids: Sequence[int], items: Sequence[int]) -> set[int]:
    """Those of the accounts that annotated one of the items themselves."""
    a, r = annotation_table.c, annotator_table.c
    mine = select(r.account_id).join(annotation_table, a.annotator_id == r.id)
    return set(connection.execute(mine.where(r.account_id.in_(account_ids), a.item_id.in_(items))).scalars())


def set_owner(tx: Tx, project_id: int, question_ids: Sequence[int], owner: int | None) -> int:
    """Give open questions to an owner; how many that were."""
    mine = _q.id.in_(question_ids) & (_q.project_id == project_id) & _OPEN
    return tx.execute(update(t.question).where(mine).values(owner_id=owner)).rowcount


def merge_into(tx: Tx, question_ids: Sequence[int], into: int) -> None:
    merged = {"state": QuestionState.MERGED, "merged_into": into}
    tx.execute(update(t.question).where(_q.id.in_(question_ids)).values(**merged))


def part(tx: Tx, question_id: int) -> None:
    """Let a merged question stand for itself again, and wait."""
    tx.execute(update(t.question).where(_q.id == question_id).values(state=QuestionState.OPEN, merged_into=None))


def hours_of(connection: Connection, project_id: int) -> int:
    found = connection.execute(select(t.question_line.c.hours).where(t.question_line.c.project_id == project_id))
    return found.scalar() or DEFAULT_HOURS


def put_hours(tx: Tx, project_id: int, hours: int) -> None:
    tx.execute(delete(t.question_line).where(t.question_line.c.project_id == project_id))
    tx.execute(insert(t.question_line), {"project_id": project_id, "hours": hours})


def owned(connection: Connection, project_id: int, before: int) -> list[Owned]:
    """The open questions of each owner, those with the oldest first; overdue are those asked before `before`."""
    late = func.sum(case((_q.at < before, 1), else_=0))
    found = select(_q.owner_id, func.count(), func.min(_q.at), late).where(_q.project_id == project_id, _OPEN)
    rows = connection.execute(found.group_by(_q.owner_id).order_by(func.min(_q.at)))
    return [Owned(row[0], int(row[1]), int(row[2]), int(row[3])) for row in rows]


def oldest_open(connection: Connection, project_id: int) -> int | None:
    mine = select(_q.id).where(_q.project_id == project_id, _OPEN).order_by(_q.at, _q.id).limit(1)
    return connection.execute(mine).scalar()


def open_of(connection: Connection, account_id: int, names: dict[int, str], at: int, limit: int) -> list[Mine]:
    """The open questions of an owner in these projects, the oldest first."""
    line = func.coalesce(t.question_line.c.hours, DEFAULT_HOURS).label("hours")
    found = (
        select(_q.id, _q.project_id, _q.text, _q.at, line)
        .join(t.question_line, t.question_line.c.project_id == _q.project_id, isouter=True)
        .where(_q.owner_id == account_id, _OPEN, _q.project_id.in_(names))
        .order_by(_q.at, _q.id)
        .limit(limit)
    )
    return [
        Mine(row.id, row.project_id, names[row.project_id], row.text, row.at, row.at < overdue_before(at, row.hours))
        for row in connection.execute(found)
    ]
