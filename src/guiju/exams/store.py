"""SQL of exams, sittings and their questions."""

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec
from sqlalchemy import Connection, Row, Select, func, insert, select, update

from guiju.annotations import annotation_table
from guiju.exams import tables as t
from guiju.exams.model import Exam, ExamState, Feedback, OpenPaper, PassRule, Question, Settings, Sitting
from guiju.rulebooks.tables import rulebook as rulebook_table
from guiju.rulings import reference_table
from guiju.storage import Tx

_SITTING = [column for column in t.sitting.c if column.name != "seed"]
_s, _q, _e = t.sitting.c, t.question.c, t.exam.c
SLICE = 1_000


def _exam(row: Row[*tuple[Any, ...]]) -> Exam:
    settings = Settings(row.size, row.pass_mark, PassRule(row.rule), row.seconds, Feedback(row.feedback), row.attempts)
    return Exam(row.id, row.project_id, row.number, ExamState(row.state), settings, row.created_at)


def _sitting(row: Row[*tuple[Any, ...]]) -> Sitting:
    return Sitting(**{column.name: getattr(row, column.name) for column in _SITTING})


def insert_exam(tx: Tx, project_id: int, settings: Settings, created_by: int) -> int:
    number = tx.scalar(select(func.coalesce(func.max(_e.number), 0)).where(_e.project_id == project_id)) + 1
    said = {"size": settings.size, "pass_mark": settings.pass_mark, "rule": settings.rule, "seconds": settings.seconds}
    kept = {"feedback": settings.feedback, "attempts": settings.attempts, "created_by": created_by}
    head = {"project_id": project_id, "number": number, "state": ExamState.OPEN, "created_at": tx.at}
    return tx.insert(insert(t.exam), {**head, **said, **kept})


def set_state(tx: Tx, exam_id: int, state: ExamState) -> None:
    tx.execute(update(t.exam).where(_e.id == exam_id).values(state=state))


def find_exam(connection: Connection, exam_id: int) -> Exam | None:
    row = connection.execute(select(t.exam).where(_e.id == exam_id)).first()
    return _exam(row) if row else None


def list_exams(connection: Connection, project_id: int) -> list[Exam]:
    """A project's exams, the newest first."""
    rows = connection.execute(select(t.exam).where(_e.project_id == project_id).order_by(_e.id.desc()))
    return [_exam(row) for row in rows]


def insert_sitting(tx: Tx, **values: object) -> int:
    return tx.insert(insert(t.sitting), {"begun_at": tx.at, "overtime": False, **values})


def insert_questions(tx: Tx, sitting_id: int, asked: Sequence[tuple[int, int, str | None]]) -> None:
    """Questions in their order: `(reference, item, clause)`."""
    rows = [
        {"sitting_id": sitting_id, "place": place, "reference_id": each[0], "item_id": each[1], "clause": each[2]}
        for place, each in enumerate(asked, 1)
    ]
    tx.execute(insert(t.question), rows)


def find_sitting(connection: Connection, sitting_id: int) -> Sitting | None:
    return _first(connection, select(*_SITTING).where(_s.id == sitting_id))


def lock_sitting(tx: Tx, sitting_id: int) -> Sitting | None:
    """The sitting, kept as it is until the transaction ends."""
    return _first(tx.connection, select(*_SITTING).where(_s.id == sitting_id).with_for_update())


def _first(connection: Connection, wanted: Select[Any]) -> Sitting | None:
    row = connection.execute(wanted).first()
    return _sitting(row) if row else None


def sittings_of(
    connection: Connection, project_id: int, *, account_id: int | None = None, exam_id: int | None = None
) -> list[Sitting]:
    """Sittings in a project, the newest first."""
    found = select(*_SITTING).where(_s.project_id == project_id).order_by(_s.id.desc())
    found = found if account_id is None else found.where(_s.account_id == account_id)
    found = found if exam_id is None else found.where(_s.exam_id == exam_id)
    return [_sitting(row) for row in connection.execute(found.limit(2_000))]


def overdue(connection: Connection, now: int, project_id: int | None = None) -> list[int]:
    """Sittings whose time is over and that nobody handed in."""
    late = select(_s.id).where(_s.ended_at.is_(None), _s.until < now)
    late = late if project_id is None else late.where(_s.project_id == project_id)
    return list(connection.execute(late.order_by(_s.id).limit(500)).scalars())


def versions_of(connection: Connection, rulebook_ids: Sequence[int]) -> dict[int, str]:
    """The version of each of these rulebooks."""
    r = rulebook_table.c
    found = select(r.id, r.version).where(r.id.in_(sorted(set(rulebook_ids))))
    return {row.id: row.version for row in connection.execute(found)}


def questions_of(connection: Connection, sitting_id: int) -> list[Question]:
    found = connection.execute(select(t.question).where(_q.sitting_id == sitting_id).order_by(_q.place))
    return [_question(row) for row in found]


def _question(row: Row[*tuple[Any, ...]]) -> Question:
    head = (row.sitting_id, row.place, row.reference_id, row.item_id, row.clause, row.annotation_id, row.score)
    return Question(*head, tuple(_labels(row.labels)), row.marked_at)


def _labels(stored: str | None) -> list[tuple[str, float]]:
    return msgspec.json.decode(stored or "[]", type=list[tuple[str, float]])


def times_asked(connection: Connection, account_id: int, annotator_id: int | None, project_id: int) -> dict[int, int]:
    """How often each item was put to this person: in papers, and in rounds of other work."""
    mine = (_s.account_id == account_id) & (_s.project_id == project_id)
    asked = select(_q.item_id, func.count()).join_from(t.question, t.sitting).where(mine).group_by(_q.item_id)
    found = {row[0]: int(row[1]) for row in connection.execute(asked)}
    known = select(reference_table.c.item_id).where(reference_table.c.project_id == project_id)
    a = annotation_table.c
    papers = select(_s.round_id).where(mine)
    worked = select(a.item_id).where(a.annotator_id == annotator_id, a.item_id.in_(known), a.round_id.not_in(papers))
    for item in connection.execute(worked.distinct()).scalars() if annotator_id is not None else ():
        found[item] = found.get(item, 0) + 1
    return found


def lost_by_newcomers(connection: Connection, project_id: int) -> dict[tuple[str, str], tuple[float, int]]:
    """What first attempts lost on each reference, and how many there were; by origin, so that versions share it."""
    r = reference_table.c
    lost = (
        select(r.origin, r.origin_id, func.sum(1.0 - _q.score), func.count())
        .join_from(t.question, t.sitting, _s.id == _q.sitting_id)
        .join(reference_table, r.id == _q.reference_id)
        .where(_s.project_id == project_id, _s.attempt == 1, _q.score.is_not(None))
        .group_by(r.origin, r.origin_id)
    )
    return {(row[0], row[1]): (float(row[2]), int(row[3])) for row in connection.execute(lost)}


def keep_mark(tx: Tx, question: Question, marked: Mapping[str, object]) -> None:
    """What a question came to; what is marked once stays."""
    mine = (_q.sitting_id == question.sitting_id) & (_q.place == question.place) & _q.marked_at.is_(None)
    tx.execute(update(t.question).where(mine).values(marked_at=tx.at, **marked))


def end_sitting(tx: Tx, sitting_id: int, **values: object) -> None:
    tx.execute(update(t.sitting).where(_s.id == sitting_id).values(**values))


def held_by_open_papers(connection: Connection, project_id: int, account_id: int) -> set[int]:
    """References that papers which this account is sitting ask about."""
    mine = (_s.project_id == project_id) & (_s.account_id == account_id) & _s.ended_at.is_(None)
    return set(connection.execute(select(_q.reference_id).join_from(t.question, t.sitting).where(mine)).scalars())


def marks_of_account(
    connection: Connection, project_id: int, account_id: int
) -> list[tuple[int, str | None, float, list[tuple[str, float]], int]]:
    """What one person's handed in papers came to, oldest first: `(reference, clause, score, [(label, score)], at)`."""
    mine = (_s.project_id == project_id) & (_s.account_id == account_id) & _s.ended_at.is_not(None)
    found = (
        select(_q.reference_id, _q.clause, _q.score, _q.labels, _q.marked_at)
        .join_from(t.question, t.sitting)
        .where(mine, _q.score.is_not(None))
        .order_by(_q.marked_at, _q.sitting_id, _q.place)
    )
    return [(row[0], row[1], row[2], _labels(row[3]), row[4]) for row in connection.execute(found)]


def open_papers(connection: Connection, account_id: int, project_ids: Sequence[int], now: int) -> list[OpenPaper]:
    """What this person is sitting in these projects, and has time for."""
    mine = (_s.account_id == account_id) & _s.project_id.in_(project_ids) & _s.ended_at.is_(None)
    found = select(_s.project_id, _s.id, _e.number, _e.size, _s.until).join_from(t.sitting, t.exam).where(mine)
    return [
        OpenPaper(*row) for row in connection.execute(found.order_by(_s.id)) if row.until is None or row.until > now
    ]


def find_by_round(connection: Connection, round_id: int) -> Sitting | None:
    return _first(connection, select(*_SITTING).where(_s.round_id == round_id))


def examples_asked(connection: Connection, sitting_id: int) -> set[str]:
    """The rulebook's examples, by id, that are about items of this paper."""
    r = reference_table.c
    items = select(_q.item_id).where(_q.sitting_id == sitting_id)
    asked = select(_q.reference_id).where(_q.sitting_id == sitting_id)
    found = select(r.origin_id).where(r.origin == "example", r.item_id.in_(items) | r.id.in_(asked))
    return set(connection.execute(found).scalars())


def items_asked(connection: Connection, project_id: int, at: int) -> set[int]:
    """The items that exams begun by then asked about: who trains a model on them cannot examine it by them."""
    q, s = t.question.c, t.sitting.c
    found = select(q.item_id).join_from(t.question, t.sitting, s.id == q.sitting_id)
    return set(connection.execute(found.where(s.project_id == project_id, s.begun_at <= at).distinct()).scalars())
