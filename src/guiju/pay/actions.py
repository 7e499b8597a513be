"""Rate cards are written, statements computed, closed and questioned."""

from collections.abc import Mapping
from dataclasses import replace
from typing import TypedDict

from sqlalchemy import Connection

from guiju.annotations import RoundKind
from guiju.kit import N_, iso
from guiju.kit.clock import now as clock_now
from guiju.pay import counting, store
from guiju.pay.errors import (
    BadPeriod,
    CardInPast,
    LineNotFound,
    NoRateCard,
    PayChanged,
    PayQuestionAnswered,
    PayQuestionNotFound,
    QuestionEmpty,
    RateCardRefused,
    StatementNotFound,
)
from guiju.pay.model import Card, Closed, Line, LineKind, LineQuestion, LineRow, Paid, Period, Statement, Terms, Unit
from guiju.pay.rules import (
    adjust,
    check_closing,
    check_terms,
    digest_of,
    lines_of,
    open_gaps,
    open_part,
    parts_of,
    total_of,
)
from guiju.people import Act, may
from guiju.projects import authorise
from guiju.storage import Actor, Event, House, Tx

TEXT_CHARACTERS = 2_000


class _Whose(TypedDict):
    as_of: int
    account_id: int | None
    with_shapes: list[int]


def set_card(house: House, actor: Actor, project_id: int, terms: Terms, *, valid_from: int, request_id: str) -> int:
    """Write the project's next rate card, in force from `valid_from` on; returns its version.

    Raises `RateCardRefused`, `CardInPast`.
    """

    def act(tx: Tx) -> int:
        cards = store.list_cards(tx.connection, project_id)
        before = cards[-1] if cards else None
        check_terms(terms, before)
        known = {round_id for round_id, _, _ in store.rounds_of(tx.connection, project_id)}
        if any(one.round_id not in known for one in terms.rates if one.round_id is not None):
            raise RateCardRefused(reason=N_("a rate names a round that this project does not have"))
        closed = store.list_closed(tx.connection, project_id)
        earliest = max([one.period.to_at for one in closed] + ([before.valid_from + 1] if before else [0]))
        if valid_from < earliest:
            raise CardInPast(day=iso(earliest)[:10])
        version = (before.version if before else 0) + 1
        card_id = store.insert_card(tx, project_id, terms, version=version, valid_from=valid_from, created_by=actor.id)
        facts = {"version": version, "valid_from": valid_from, "rates": [[o.kind, o.unit, o.rate] for o in terms.rates]}
        tx.journal(Event(actor.id, "pay.card-written", project_id, card_id, facts=facts))
        return version

    def write(tx: Tx) -> int:
        authorise(tx.connection, actor, project_id, Act.MANAGE_PAY)
        return tx.once(request_id, actor.id, f"pay.card.{project_id}", lambda: act(tx))

    return house.write(write)


def list_cards(house: House, actor: Actor, project_id: int) -> list[Card]:
    """The project's rate cards, the oldest first: whoever works by them may read them."""
    with house.reading() as connection:
        authorise(connection, actor, project_id, Act.SEE_PROJECT)
        return store.list_cards(connection, project_id)


def check_period(period: Period) -> None:
    """Raises `BadPeriod`."""
    if not 0 <= period.from_at < period.to_at:
        raise BadPeriod(start=iso(max(0, period.from_at))[:10], end=iso(max(0, period.to_at))[:10])


def compute_statements(house: House, actor: Actor, project_id: int, period: Period) -> list[Statement]:
    """What everybody has earned in a period as it stands now, with adjustments of closed ones; those who do not manage
    pay see their own alone; days that are closed are left out. Raises `NoRateCard`, `BadPeriod`, `PeriodClosed`."""
    check_period(period)
    with house.reading() as connection:
        mine = None if manages(connection, actor, project_id) else actor.id
        left = open_part(period, store.list_closed(connection, project_id))
        return _compute(connection, project_id, left, clock_now(), mine) if left else []


def manages(connection: Connection, actor: Actor, project_id: int) -> bool:
    """Whether the actor, a member, sees everybody's pay."""
    standing = authorise(connection, actor, project_id, Act.SEE_PROJECT)
    return actor.trusted or may(standing.roles, Act.MANAGE_PAY)


def _compute(
    connection: Connection, project_id: int, period: Period, as_of: int, account_id: int | None = None
) -> list[Statement]:
    cards = store.list_cards(connection, project_id)
    if not parts_of(period, cards):
        raise NoRateCard
    kinds = {round_id: kind for round_id, kind, _ in store.rounds_of(connection, project_id)}
    lines, times = _lines(connection, project_id, period, cards, kinds, as_of, account_id)
    for account, more in _adjustments(connection, project_id, cards, kinds, as_of, account_id).items():
        lines.setdefault(account, []).extend(more)
    currency, floor = cards[-1].terms.currency, cards[-1].terms.floor
    return [
        Statement(each, period, currency, tuple(lines[each]), total_of(lines[each]), times.get(each, 0), floor)
        for each in sorted(lines)
        if lines[each]
    ]


def _lines(  # noqa: PLR0917 - whose, when, by which cards
    connection: Connection,
    project_id: int,
    period: Period,
    cards: list[Card],
    kinds: Mapping[int, RoundKind],
    as_of: int,
    account_id: int | None,
) -> tuple[dict[int, list[Line]], dict[int, int]]:
    """Lines and active time by account."""
    lines, times = dict[int, list[Line]](), dict[int, int]()
    for card, part in parts_of(period, cards):
        shaped = [
            round_id
            for round_id, kind in kinds.items()
            if (rate := card.rate_of(kind, round_id)) and rate.unit is Unit.SHAPE
        ]
        whose: _Whose = {"as_of": as_of, "account_id": account_id, "with_shapes": shaped}
        done, again, bad = (
            counting.count_done(connection, kind, project_id, part, **whose)
            for kind in (LineKind.WORK, LineKind.REWORK, LineKind.DEFECT)
        )
        for account in {**done, **again}:
            counts = (done.get(account, []), again.get(account, []), bad.get(account, []))
            lines.setdefault(account, []).extend(lines_of(card, kinds, *counts))
            spent = sum(one.active_ms for one in [*counts[0], *counts[1]])
            times[account] = times.get(account, 0) + spent
    return lines, times


def _adjustments(  # noqa: PLR0917 - as `_lines`
    connection: Connection,
    project_id: int,
    cards: list[Card],
    kinds: Mapping[int, RoundKind],
    as_of: int,
    account_id: int | None,
) -> dict[int, list[Line]]:
    """What closed statements would say other today, less what was adjusted since."""
    closed = store.list_statements(connection, project_id, account_id=account_id)
    periods = dict.fromkeys(one.period for one in closed)
    now = {period: _lines(connection, project_id, period, cards, kinds, as_of, account_id)[0] for period in periods}
    later = dict[int, list[Line]]()
    for one in closed:
        for line in one.lines:
            if line.adjusts is not None:
                later.setdefault(line.adjusts, []).append(line)
    found = dict[int, list[Line]]()
    for one in reversed(closed):
        assert one.id is not None  # it is closed
        own = [line for line in one.lines if line.adjusts is None]
        today = now[one.period].get(one.account_id, [])
        more = adjust(one.id, today, [*own, *later.get(one.id, ())])
        found.setdefault(one.account_id, []).extend(more)
    return found


def sum_paid(connection: Connection, project_id: int, as_of: int) -> Paid | None:
    """What the project's work costs by its cards, paid and not yet paid; nothing where nobody is paid by any.

    The caller has authorised.
    """
    cards = store.list_cards(connection, project_id)
    if not cards:
        return None
    kinds = {round_id: kind for round_id, kind, _ in store.rounds_of(connection, project_id)}
    statements = store.list_statements(connection, project_id)
    paid = [line for one in statements for line in one.lines]
    gaps = open_gaps(Period(cards[0].valid_from, as_of + 1), store.list_closed(connection, project_id))
    earned = [_lines(connection, project_id, gap, cards, kinds, as_of, None)[0] for gap in gaps]
    earned.append(_adjustments(connection, project_id, cards, kinds, as_of, None))
    unpaid = [line for each in earned for lines in each.values() for line in lines]
    if not paid and not unpaid:
        return None
    by_round = dict[int, int]()
    for line in [*paid, *unpaid]:
        by_round[line.round_id] = by_round.get(line.round_id, 0) + line.amount
    closed, open_ = (sum(line.amount for line in lines) for lines in (paid, unpaid))
    return Paid(cards[-1].terms.currency, len(statements), closed, open_, by_round)


def close_period(house: House, actor: Actor, project_id: int, period: Period, *, request_id: str) -> int:
    """Freeze everybody's statement of a period and number them; returns the period's number.

    Raises `NoRateCard`, `BadPeriod`, `PeriodNotOver`, `PeriodClosed`.
    """
    check_period(period)
    as_of = clock_now()
    with house.reading() as connection:
        authorise(connection, actor, project_id, Act.MANAGE_PAY)
        before = store.list_closed(connection, project_id)
        check_closing(period, before, as_of)
        statements = _compute(connection, project_id, period, as_of)

    def act(tx: Tx) -> int:
        store.lock_project(tx, project_id)
        closed = store.list_closed(tx.connection, project_id)
        check_closing(period, closed, as_of)
        if closed != before:
            raise PayChanged
        number = (closed[0].number if closed else 0) + 1
        period_id = store.insert_period(tx, project_id, number, period, closed_by=actor.id, closed_at=as_of)
        first = store.next_statement(tx.connection, project_id)
        digests = [digest_of(one, first + place) for place, one in enumerate(statements)]
        for place, (one, said) in enumerate(zip(statements, digests, strict=True)):
            own = {"project_id": project_id, "period_id": period_id, "number": first + place, "digest": said}
            store.insert_statement(tx, one, **own)
        tx.journal(Event(actor.id, "pay.closed", project_id, period_id, facts={"number": number, "of": digests}))
        return number

    def write(tx: Tx) -> int:
        authorise(tx.connection, actor, project_id, Act.MANAGE_PAY)
        return tx.once(request_id, actor.id, f"pay.close.{project_id}", lambda: act(tx))

    return house.write(write)


def list_statements(
    house: House, actor: Actor, project_id: int, period_id: int | None = None
) -> tuple[list[Closed], list[Statement], dict[int, int]]:
    """Closed periods and statements, with how many questions wait; those who do not manage pay see their own."""
    with house.reading() as connection:
        mine = None if manages(connection, actor, project_id) else actor.id
        found = store.list_statements(connection, project_id, account_id=mine, period_id=period_id)
        return store.list_closed(connection, project_id), found, store.open_questions(connection, project_id)


def statement_of(connection: Connection, actor: Actor, project_id: int, statement_id: int) -> Statement:
    """A closed statement, for who it is of and who manages pay. Raises `StatementNotFound`."""
    all_of = manages(connection, actor, project_id)
    found = store.list_statements(connection, project_id, statement_id=statement_id)
    if not found or not (all_of or found[0].account_id == actor.id):
        raise StatementNotFound(statement=statement_id)
    return found[0]


def get_statement(
    house: House, actor: Actor, project_id: int, statement_id: int
) -> tuple[Statement, list[LineQuestion]]:
    """A closed statement with the questions about it. Raises `StatementNotFound`."""
    with house.reading() as connection:
        found = statement_of(connection, actor, project_id, statement_id)
        cards = store.list_cards(connection, project_id)
        floor = next((one.terms.floor for one in reversed(cards) if one.valid_from < found.period.to_at), None)
        return replace(found, floor=floor), store.list_questions(connection, statement_id)


def trace_line(
    house: House, actor: Actor, project_id: int, statement_id: int, place: int, *, after: int = 0, limit: int = 100
) -> list[LineRow]:
    """The rows that a line counted, as they were when it was closed; of an adjustment, those that the
    line counts in the place of what was closed. By annotation, after `after`.

    Raises `StatementNotFound`, `LineNotFound`.
    """
    with house.reading() as connection:
        found = statement_of(connection, actor, project_id, statement_id)
        line = line_of(found, place)
        subject, as_of = found, store.closed_at_of(connection, statement_id)
        if line.adjusts is not None:
            subject = store.list_statements(connection, project_id, statement_id=line.adjusts)[0]
        cards = store.list_cards(connection, project_id)
        part = next(part for card, part in parts_of(subject.period, cards) if card.id == line.card_id)
        return counting.list_done(
            connection,
            line.kind,
            project_id,
            part,
            as_of=as_of,
            account_id=found.account_id,
            round_id=line.round_id,
            unit=line.unit,
            after=after,
            limit=max(1, min(limit, 1_000)),
        )


def line_of(statement: Statement, place: int) -> Line:
    """Raises `LineNotFound`."""
    if not 1 <= place <= len(statement.lines):
        raise LineNotFound(place=place)
    return statement.lines[place - 1]


def _said(text: str) -> str:
    said = text.strip()[:TEXT_CHARACTERS]
    if not said:
        raise QuestionEmpty
    return said


def question_line(
    house: House, actor: Actor, project_id: int, statement_id: int, place: int, *, text: str, request_id: str
) -> int:
    """Ask about a line of one's own statement; returns the question.

    Raises `QuestionEmpty`, `StatementNotFound`, `LineNotFound`.
    """
    said = _said(text)

    def act(tx: Tx) -> int:
        found = statement_of(tx.connection, actor, project_id, statement_id)
        if found.account_id != actor.id:
            raise StatementNotFound(statement=statement_id)
        line_of(found, place)
        question = store.insert_question(tx, statement_id, place, said)
        facts = {"statement": statement_id, "place": place, "text": said}
        tx.journal(Event(actor.id, "pay.questioned", project_id, question, facts=facts))
        return question

    def write(tx: Tx) -> int:
        authorise(tx.connection, actor, project_id, Act.SEE_PROJECT)
        return tx.once(request_id, actor.id, f"pay.question.{statement_id}.{place}", lambda: act(tx))

    return house.write(write)


def answer_question(
    house: House, actor: Actor, project_id: int, question_id: int, *, text: str, request_id: str
) -> None:
    """Answer a question about a statement. Raises `QuestionEmpty`, `PayQuestionNotFound`, `PayQuestionAnswered`."""
    said = _said(text)

    def act(tx: Tx) -> None:
        if store.find_question(tx.connection, project_id, question_id) is None:
            raise PayQuestionNotFound(question=question_id)
        if not store.answer_question(tx, question_id, said, actor.id):
            raise PayQuestionAnswered
        tx.journal(Event(actor.id, "pay.answered", project_id, question_id, facts={"text": said}))

    def write(tx: Tx) -> None:
        authorise(tx.connection, actor, project_id, Act.MANAGE_PAY)
        tx.once(request_id, actor.id, f"pay.answer.{question_id}", lambda: act(tx))

    house.write(write)
