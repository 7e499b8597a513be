"""SQL of pay: what people did, set by set, and the cards, statements and questions that are kept."""

from collections.abc import Iterable, Iterator
from typing import Any

from sqlalchemy import Connection, Row, and_, func, insert, select, update

from guiju.annotations import RoundKind, round_table
from guiju.pay import tables as t
from guiju.pay.model import (
    PAID_KINDS,
    Card,
    Closed,
    Line,
    LineKind,
    LineQuestion,
    Period,
    Rate,
    Statement,
    Terms,
    Unit,
)
from guiju.storage import Tx


def insert_card(tx: Tx, project_id: int, terms: Terms, *, version: int, valid_from: int, created_by: int) -> int:
    values = {
        "project_id": project_id,
        "version": version,
        "currency": terms.currency,
        "valid_from": valid_from,
        "floor": terms.floor,
        "defect_percent": terms.defect_percent,
        "rework_percent": terms.rework_percent,
        "created_by": created_by,
        "created_at": tx.at,
    }
    card_id = tx.insert(insert(t.pay_card), values)
    rows = [
        {
            "card_id": card_id,
            "place": place,
            "kind": one.kind.value,
            "round_id": one.round_id,
            "unit": one.unit.value,
            "rate": one.rate,
        }
        for place, one in enumerate(terms.rates, 1)
    ]
    tx.execute(insert(t.pay_rate), rows)
    return card_id


def list_cards(connection: Connection, project_id: int) -> list[Card]:
    """The project's rate cards in their order."""
    card, rate = t.pay_card, t.pay_rate
    mine = select(card.c.id).where(card.c.project_id == project_id)
    rates = dict[int, list[Rate]]()
    for row in connection.execute(select(rate).where(rate.c.card_id.in_(mine)).order_by(rate.c.place)):
        one = Rate(RoundKind(row.kind), Unit(row.unit), row.rate, row.round_id)
        rates.setdefault(row.card_id, []).append(one)
    rows = connection.execute(select(card).where(card.c.project_id == project_id).order_by(card.c.version))
    return [Card(row.id, row.version, row.valid_from, _terms(row, rates.get(row.id, ()))) for row in rows]


def _terms(row: Row[*tuple[Any, ...]], rates: Iterable[Rate]) -> Terms:
    return Terms(row.currency, tuple(rates), row.defect_percent, row.rework_percent, row.floor)


def list_closed(connection: Connection, project_id: int) -> list[Closed]:
    """The closed periods, the newest first."""
    p = t.pay_period.c
    rows = connection.execute(select(t.pay_period).where(p.project_id == project_id).order_by(p.number.desc()))
    return [Closed(row.id, row.number, Period(row.from_at, row.to_at), row.closed_by, row.closed_at) for row in rows]


def insert_period(tx: Tx, project_id: int, number: int, period: Period, **values: object) -> int:
    days = {"number": number, "from_at": period.from_at, "to_at": period.to_at}
    return tx.insert(insert(t.pay_period), {"project_id": project_id, **days, **values})


def next_statement(connection: Connection, project_id: int) -> int:
    s = t.pay_statement.c
    last = select(func.coalesce(func.max(s.number), 0)).where(s.project_id == project_id)
    return connection.execute(last).scalar_one() + 1


def insert_statement(tx: Tx, one: Statement, **values: object) -> int:
    """Keep a closed statement with its lines; returns its id."""
    said = {"account_id": one.account_id, "currency": one.currency, "total": one.total, "active_ms": one.active_ms}
    statement_id = tx.insert(insert(t.pay_statement), {**said, **values})
    rows = [
        {
            "statement_id": statement_id,
            "place": place,
            "kind": line.kind.value,
            "card_id": line.card_id,
            "round_id": line.round_id,
            "unit": line.unit.value,
            "quantity": line.quantity,
            "rate": line.rate,
            "percent": line.percent,
            "amount": line.amount,
            "adjusts": line.adjusts,
        }
        for place, line in enumerate(one.lines, 1)
    ]
    if rows:
        tx.execute(insert(t.pay_line), rows)
    return statement_id


def list_statements(
    connection: Connection,
    project_id: int,
    *,
    account_id: int | None = None,
    period_id: int | None = None,
    statement_id: int | None = None,
) -> list[Statement]:
    """Closed statements with their lines, the newest first."""
    s, p = t.pay_statement, t.pay_period
    mine = s.c.project_id == project_id
    for column, value in ((s.c.account_id, account_id), (s.c.period_id, period_id), (s.c.id, statement_id)):
        mine = and_(mine, column == value) if value is not None else mine
    lines = dict[int, list[Line]]()
    found = select(t.pay_line).where(t.pay_line.c.statement_id.in_(select(s.c.id).where(mine)))
    for row in connection.execute(found.order_by(t.pay_line.c.statement_id, t.pay_line.c.place)):
        lines.setdefault(row.statement_id, []).append(_line(row))
    rows = connection.execute(
        select(s, p.c.from_at, p.c.to_at).join(p, p.c.id == s.c.period_id).where(mine).order_by(s.c.number.desc())
    )
    return [
        Statement(
            row.account_id,
            Period(row.from_at, row.to_at),
            row.currency,
            tuple(lines.get(row.id, ())),
            row.total,
            row.active_ms,
            None,
            row.id,
            row.number,
            row.digest,
        )
        for row in rows
    ]


def _line(row: Row[*tuple[Any, ...]]) -> Line:
    kind, unit = LineKind(row.kind), Unit(row.unit)
    counts = (row.quantity, row.rate, row.percent, row.amount, row.adjusts)
    return Line(kind, row.card_id, row.round_id, unit, *counts)


def closed_at_of(connection: Connection, statement_id: int) -> int:
    p, s = t.pay_period, t.pay_statement
    found = select(p.c.closed_at).join(s, s.c.period_id == p.c.id).where(s.c.id == statement_id)
    return connection.execute(found).scalar_one()


def insert_question(tx: Tx, statement_id: int, place: int, text: str) -> int:
    values = {"statement_id": statement_id, "place": place, "text": text, "asked_at": tx.at}
    return tx.insert(insert(t.pay_question), values)


def _question(row: Row[*tuple[Any, ...]]) -> LineQuestion:
    asked = (row.id, row.statement_id, row.place, row.text, row.asked_at)
    return LineQuestion(*asked, row.answer, row.answered_by, row.answered_at)


def list_questions(connection: Connection, statement_id: int) -> list[LineQuestion]:
    q = t.pay_question
    rows = connection.execute(select(q).where(q.c.statement_id == statement_id).order_by(q.c.id))
    return [_question(row) for row in rows]


def find_question(connection: Connection, project_id: int, question_id: int) -> LineQuestion | None:
    q, s = t.pay_question, t.pay_statement
    mine = and_(q.c.id == question_id, s.c.project_id == project_id)
    row = connection.execute(select(q).join(s, s.c.id == q.c.statement_id).where(mine)).first()
    return _question(row) if row else None


def open_questions(connection: Connection, project_id: int) -> dict[int, int]:
    """By statement, how many questions wait for an answer."""
    q, s = t.pay_question, t.pay_statement
    mine = and_(s.c.project_id == project_id, q.c.answer.is_(None))
    found = select(s.c.id, func.count()).join(q, q.c.statement_id == s.c.id).where(mine).group_by(s.c.id)
    return {row[0]: row[1] for row in connection.execute(found)}


def answer_question(tx: Tx, question_id: int, answer: str, answered_by: int) -> bool:
    """Answer a question that waits; whether it did."""
    q = t.pay_question
    waiting = and_(q.c.id == question_id, q.c.answer.is_(None))
    values = {"answer": answer, "answered_by": answered_by, "answered_at": tx.at}
    return tx.execute(update(q).where(waiting).values(values)).rowcount == 1


def rounds_of(connection: Connection, project_id: int) -> Iterator[tuple[int, RoundKind, int]]:
    """`(id, kind, number)` of the rounds that can be paid."""
    r = round_table.c
    found = select(r.id, r.kind, r.number).where(r.project_id == project_id, r.kind.in_(PAID_KINDS))
    for row in connection.execute(found.order_by(r.id)):
        yield row.id, RoundKind(row.kind), row.number


def lock_project(tx: Tx, project_id: int) -> None:
    """Hold the project's pay: of two who close at once the second sees what the first closed."""
    c = t.pay_card.c
    tx.execute(select(c.id).where(c.project_id == project_id).with_for_update())
