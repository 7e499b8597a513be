"""SQL of questions, rulings and references."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import Column, ColumnElement, Connection, Row, Select, case, func, insert, literal, select, update

from guiju.rulings import tables as t
from guiju.rulings.model import Answered, Precedent, Question, QuestionState, ReferenceOrigin, Ruling, Wanted
from guiju.storage import Tx

SLICE = 1_000


def _question(row: Row[Any]) -> Question:
    about = (row.id, row.project_id, row.item_id, row.round_id, row.asked_by, row.text, row.clause)
    return Question(*about, QuestionState(row.state), row.at, owner_id=row.owner_id, merged_into=row.merged_into)


def _ruling(row: Row[Any]) -> Ruling:
    about = (row.id, row.project_id, row.question_id, row.item_id, row.text, row.clause)
    return Ruling(*about, row.answers, row.ruled_by, row.at)


def insert_question(tx: Tx, **values: object) -> int:
    return tx.insert(insert(t.question), {"state": QuestionState.OPEN, "at": tx.at, **values})


def insert_question_labels(tx: Tx, question_id: int, labels: Sequence[str]) -> None:
    if labels:
        tx.execute(insert(t.question_label), [{"question_id": question_id, "label": label} for label in labels])


def insert_question_items(tx: Tx, question_id: int, items: Sequence[int]) -> None:
    tx.execute(insert(t.question_item), [{"question_id": question_id, "item_id": item} for item in items])


def items_of(connection: Connection, question_ids: Sequence[int]) -> dict[int, tuple[int, ...]]:
    """The items of those questions that are about several."""
    i = t.question_item.c
    return _grouped(connection, i.question_id, i.item_id, question_ids)


def labels_of(connection: Connection, question_ids: Sequence[int]) -> dict[int, tuple[str, ...]]:
    """The labels in doubt of those questions that name some."""
    n = t.question_label.c
    return _grouped(connection, n.question_id, n.label, question_ids)


def _grouped(connection: Connection, key: Column[Any], value: Column[Any], ids: Sequence[int]) -> dict[int, Any]:
    found: dict[int, list[Any]] = {}
    for question_id, one in connection.execute(select(key, value).where(key.in_(ids)).order_by(value)):
        found.setdefault(question_id, []).append(one)
    return {each: tuple(values) for each, values in found.items()}


def with_details(connection: Connection, questions: Sequence[Question]) -> list[Question]:
    """The questions with their items and labels."""
    ids = [each.id for each in questions]
    several, labels = items_of(connection, ids), labels_of(connection, ids)
    return [replace(each, items=several.get(each.id, ()), labels=labels.get(each.id, ())) for each in questions]


def open_about(connection: Connection, project_id: int, items: Sequence[int]) -> list[tuple[int, str, int, int]]:
    """Open questions about any of the items, by number: `(id, text, items that are shared, items in all)`."""
    q, i = t.question.c, t.question_item.c
    still = (q.project_id == project_id) & (q.state == QuestionState.OPEN)
    one = select(q.id, q.text, literal(1), literal(1)).where(still, q.item_id.in_(items))
    shared = func.sum(case((i.item_id.in_(items), 1), else_=0))
    several = (
        select(q.id, q.text, shared, func.count())
        .join_from(t.question, t.question_item, i.question_id == q.id)
        .where(still)
        .group_by(q.id, q.text)
        .having(shared > 0)
    )
    found = [*connection.execute(one), *connection.execute(several)]
    return sorted((int(row[0]), str(row[1]), int(row[2]), int(row[3])) for row in found)


def find_question(connection: Connection, question_id: int) -> Question | None:
    row = connection.execute(select(t.question).where(t.question.c.id == question_id)).first()
    return _question(row) if row else None


def find_questions(connection: Connection, question_ids: Sequence[int]) -> list[Question]:
    """The questions with their items and labels, by number."""
    found: list[Question] = []
    for start in range(0, len(question_ids), SLICE):
        part = question_ids[start : start + SLICE]
        rows = connection.execute(select(t.question).where(t.question.c.id.in_(part)).order_by(t.question.c.id))
        found += with_details(connection, [_question(row) for row in rows])
    return sorted(found, key=lambda each: each.id)


def close_question(tx: Tx, question_id: int) -> bool:
    """Mark a question as answered; whether it was open until now."""
    still = (t.question.c.id == question_id) & (t.question.c.state == QuestionState.OPEN)
    return tx.execute(update(t.question).where(still).values(state=QuestionState.ANSWERED)).rowcount == 1


def list_questions(
    connection: Connection, project_id: int, wanted: Wanted, after: int | None, limit: int
) -> list[Question]:
    """Open questions in the order in which they were asked; the others with the newest first."""
    q = t.question.c
    found = select(t.question).where(q.project_id == project_id, *_conditions(wanted))
    if wanted.state is QuestionState.OPEN:
        found = found.where(q.id > (after or 0)).order_by(q.id)
    else:
        found = (found.where(q.id < after) if after else found).order_by(q.id.desc())
    return with_details(connection, [_question(row) for row in connection.execute(found.limit(limit))])


def _conditions(wanted: Wanted) -> list[ColumnElement[bool]]:
    q, n = t.question.c, t.question_label.c
    told: list[ColumnElement[bool]] = [q.state == wanted.state]
    if wanted.owner is not None:
        told.append(q.owner_id == wanted.owner if wanted.owner else q.owner_id.is_(None))
    if wanted.clause:
        told.append(q.clause == wanted.clause)
    if wanted.label:
        told.append(q.id.in_(select(n.question_id).where(n.label == wanted.label)))
    if wanted.before is not None:
        told.append(q.at < wanted.before)
    return [*told, *(q.text.icontains(word, autoescape=True) for word in wanted.words.split()[:8])]


def rulings_of(connection: Connection, question_ids: Sequence[int]) -> dict[int, Ruling]:
    """The ruling on each of the questions that has one; a merged one has that on what it was merged into."""
    q, r = t.question.c, t.ruling.c
    answering = func.coalesce(q.merged_into, q.id)
    found = select(q.id.label("asked"), t.ruling).join(t.ruling, r.question_id == answering)
    rows = connection.execute(found.where(q.id.in_(question_ids)).order_by(r.id))
    return {row.asked: _ruling(row) for row in rows}


def insert_ruling(tx: Tx, **values: object) -> int:
    return tx.insert(insert(t.ruling), {"at": tx.at, **values})


def rulings_from(connection: Connection, found: Select[Any]) -> list[Ruling]:
    """The rulings that a statement finds."""
    return [_ruling(row) for row in connection.execute(found)]


def rulings_on(connection: Connection, item_ids: Sequence[int]) -> dict[int, Ruling]:
    """The last ruling about each of the items that has one."""
    found = select(t.ruling).where(t.ruling.c.item_id.in_(item_ids)).order_by(t.ruling.c.id)
    return {row.item_id: _ruling(row) for row in connection.execute(found)}


def latest_rulings(connection: Connection, project_id: int, limit: int = 20) -> list[Precedent]:
    """What was ruled last in a project, the newest first: the workbench shows it beside the rules."""
    found = select(t.ruling, t.question.c.text.label("question"))
    found = found.join_from(t.ruling, t.question, t.question.c.id == t.ruling.c.question_id, isouter=True)
    found = found.where(t.ruling.c.project_id == project_id).order_by(t.ruling.c.id.desc()).limit(limit)
    return [Precedent(_ruling(row), row.question) for row in connection.execute(found)]


def answers_for(connection: Connection, account_id: int, limit: int = 20) -> list[Answered]:
    """One's own questions, the newest first, each with its ruling if there is one yet."""
    mine = select(t.question).where(t.question.c.asked_by == account_id).order_by(t.question.c.id.desc()).limit(limit)
    questions = [_question(row) for row in connection.execute(mine)]
    rulings = rulings_of(connection, [question.id for question in questions])
    return [Answered(question, rulings.get(question.id)) for question in questions]


def insert_reference(
    tx: Tx,
    *,
    project_id: int,
    rulebook_id: int,
    origin: ReferenceOrigin,
    origin_id: str,
    **known: object,
) -> int:
    """Keep a known right answer; the same one of the same origin is kept once. Returns its id."""
    r = t.reference.c
    same = (r.rulebook_id == rulebook_id) & (r.origin == origin) & (r.origin_id == origin_id)
    there = tx.scalar(select(r.id).where(same))
    if there is not None:
        return int(there)
    named = {"project_id": project_id, "rulebook_id": rulebook_id, "origin": origin, "origin_id": origin_id}
    return tx.insert(insert(t.reference), {**named, "at": tx.at, **known})


def insert_gold(tx: Tx, project_id: int, rulebook_id: int, gold: Iterable[tuple[int, str]]) -> None:
    """Right answers `(item, answers)` that came with others' work; an item's first one stays."""
    answers = {str(item): (item, known) for item, known in gold}
    r = t.reference.c
    same = (r.rulebook_id == rulebook_id) & (r.origin == ReferenceOrigin.GOLD)
    there = set[str]()
    names = list(answers)
    for start in range(0, len(names), SLICE):
        there |= set(
            tx.execute(select(r.origin_id).where(same, r.origin_id.in_(names[start : start + SLICE]))).scalars()
        )
    shared = {"project_id": project_id, "rulebook_id": rulebook_id, "origin": ReferenceOrigin.GOLD, "at": tx.at}
    rows = [
        {**shared, "origin_id": name, "item_id": item, "answers": known}
        for name, (item, known) in answers.items()
        if name not in there
    ]
    if rows:
        tx.execute(insert(t.reference), rows)


def gold_answers(connection: Connection, project_id: int, item_ids: Sequence[int]) -> dict[int, str]:
    """The right answers (JSON) known of these items, from a file or a ruling; a ruling goes before."""
    r = t.reference.c
    known = select(r.item_id, r.answers).where(r.project_id == project_id, r.answers.is_not(None))
    # "gold" sorts before "ruling", so that a ruling overwrites what the file said
    known = known.where(r.origin.in_([ReferenceOrigin.GOLD, ReferenceOrigin.RULING])).order_by(r.origin, r.id)
    wanted = set(item_ids)
    return {item_id: answers for item_id, answers in connection.execute(known) if item_id in wanted}
