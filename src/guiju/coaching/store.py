"""SQL of practice cards, answers and lessons."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from sqlalchemy import Connection, func, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite

from guiju.annotations import RoundKind, RoundState, insert_round, round_table
from guiju.coaching import tables as t
from guiju.coaching.model import Card, Known, Memory
from guiju.rulings import ReferenceOrigin, reference_table
from guiju.storage import Tx


def practice_round(tx: Tx, project_id: int, rulebook_id: int, actor_id: int) -> int:
    """The practice round of a version, opened when the first person practises it."""
    r = round_table.c
    there = select(r.id).where(r.project_id == project_id, r.kind == RoundKind.PRACTICE, r.rulebook_id == rulebook_id)
    known = tx.scalar(there)
    if known is not None:
        return int(known)
    return insert_round(
        tx,
        kind=RoundKind.PRACTICE,
        state=RoundState.OPEN,
        project_id=project_id,
        rulebook_id=rulebook_id,
        created_by=actor_id,
    )


def items_practised(connection: Connection, account_id: int, project_id: int) -> set[int]:
    """The items whose right answer somebody was shown in practice."""
    a, f = t.practice_answer.c, reference_table.c
    mine = select(f.item_id).join_from(t.practice_answer, reference_table, f.id == a.reference_id)
    rows = mine.where(a.account_id == account_id, f.project_id == project_id, f.item_id.is_not(None)).distinct()
    return set(connection.execute(rows).scalars())


class Owner(NamedTuple):
    """Whose memory, of which project."""

    account_id: int
    project_id: int


_CARD = (
    t.practice_card.c.id,
    t.practice_card.c.key,
    t.practice_card.c.digest,
    t.practice_card.c.streak,
    t.practice_card.c.ease,
    t.practice_card.c.interval_days,
    t.practice_card.c.due_at,
    t.practice_card.c.again,
    t.practice_card.c.answered,
    t.practice_card.c.score,
    t.practice_card.c.begun_at,
    t.practice_card.c.at,
)


def cards_of(connection: Connection, account_id: int, project_id: int) -> dict[str, Card]:
    c = t.practice_card.c
    rows = connection.execute(select(*_CARD).where(c.account_id == account_id, c.project_id == project_id))
    return {row.key: _card(tuple(row)) for row in rows}


def find_card(connection: Connection, owner: Owner, key: str) -> Card | None:
    c = t.practice_card.c
    mine = select(*_CARD).where(c.account_id == owner.account_id, c.project_id == owner.project_id, c.key == key)
    row = connection.execute(mine).first()
    return _card(tuple(row)) if row else None


def due_by_project(
    connection: Connection, account_id: int, project_ids: Sequence[int], now: int, today: int
) -> dict[int, int]:
    """Of these projects those in which something can be practised: how much of it comes back now."""
    c, f = t.practice_card.c, reference_table.c
    asked = select(f.project_id).where(f.project_id.in_(project_ids), f.answers.is_not(None))
    own = (f.origin == ReferenceOrigin.VERDICT) & f.origin_id.like(f"{account_id}-%")
    shown = f.origin.in_([ReferenceOrigin.EXAMPLE, ReferenceOrigin.RULING])
    asked = asked.where(shown | own).distinct()
    found = dict.fromkeys(connection.execute(asked).scalars(), 0)
    # what was weak just now comes again on the day of its answer
    comes = (c.due_at <= now) | (c.again & (c.at >= today))
    due = select(c.project_id, func.count()).where(c.account_id == account_id, comes).group_by(c.project_id)
    return found | {row[0]: row[1] for row in connection.execute(due) if row[0] in found}


def _card(row: tuple[Any, ...]) -> Card:
    return Card(row[0], row[1], row[2], Memory(*row[3:8]), *row[8:])


def keep_card(tx: Tx, owner: Owner, one: Known, card: Card | None, memory: Memory, score: float) -> int:  # noqa: PLR0917 - a row is said in one call
    """Write what is remembered of a known answer; returns the card's id."""
    values: dict[str, Any] = {
        "digest": one.digest,
        "streak": memory.streak,
        "ease": memory.ease,
        "interval_days": memory.interval,
        "due_at": memory.due_at,
        "again": memory.again,
        "score": score,
        "at": tx.at,
    }
    if card is None:
        row = {**owner._asdict(), "key": one.key, "answered": 1, "begun_at": tx.at, **values}
        return tx.insert(insert(t.practice_card), row)
    begun = card.begun_at if card.digest == one.digest else tx.at
    values |= {"answered": card.answered + 1, "begun_at": begun}
    tx.execute(update(t.practice_card).where(t.practice_card.c.id == card.id).values(values))
    return card.id


def insert_answer(tx: Tx, **values: object) -> int:
    return tx.insert(insert(t.practice_answer), {"at": tx.at, **values})


@dataclass(frozen=True, slots=True)
class Answered:
    """A practised answer on record; `labels` is JSON."""

    id: int
    account_id: int
    reference_id: int
    score: float
    labels: str


def find_answer(connection: Connection, request_id: str) -> Answered | None:
    a = t.practice_answer.c
    mine = select(a.id, a.account_id, a.reference_id, a.score, a.labels).where(a.request_id == request_id)
    row = connection.execute(mine).first()
    return Answered(*row) if row else None


def first_scores(connection: Connection, owner: Owner, since: int, most: int) -> list[float]:
    """Marks of what was practised since a moment, of each known answer the first one then; the latest `most`."""
    a, c = t.practice_answer.c, t.practice_card.c
    first = (
        select(func.min(a.id))
        .join_from(t.practice_answer, t.practice_card, c.id == a.card_id)
        .where(c.account_id == owner.account_id, c.project_id == owner.project_id, a.at > since)
        .group_by(a.card_id)
    )
    rows = select(a.score).where(a.id.in_(first)).order_by(a.id.desc()).limit(most)
    return list(connection.execute(rows).scalars())


def answered_today(connection: Connection, account_id: int, round_id: int, today: int) -> int:
    a = t.practice_answer.c
    mine = select(func.count()).where(a.account_id == account_id, a.round_id == round_id, a.at >= today)
    return int(connection.execute(mine).scalar_one())


def lessons_done(connection: Connection, account_id: int, project_id: int) -> dict[str, tuple[int, str, int]]:
    """By lesson: the version that was learnt, what it said, when."""
    d = t.lesson_done.c
    rows = connection.execute(
        select(d.key, d.rulebook_id, d.digest, d.at).where(d.account_id == account_id, d.project_id == project_id)
    )
    return {row[0]: (row[1], row[2], row[3]) for row in rows}


def keep_lessons(tx: Tx, account_id: int, project_id: int, rulebook_id: int, learnt: Mapping[str, str]) -> None:
    """Mark lessons (key → what they say, as a digest) as learnt in this version, over what was learnt before."""
    make = postgresql.insert if tx.dialect == "postgresql" else sqlite.insert
    for key, digest in learnt.items():
        now = {"rulebook_id": rulebook_id, "digest": digest, "at": tx.at}
        row = make(t.lesson_done).values(account_id=account_id, project_id=project_id, key=key, **now)
        tx.execute(row.on_conflict_do_update(index_elements=["account_id", "project_id", "key"], set_=now))
