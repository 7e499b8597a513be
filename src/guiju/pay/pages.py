"""Pages of pay: what is earned, the rate card, closed statements and questions about them."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from urllib.parse import quote_plus

from litestar import get, post
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect, Response
from sqlalchemy import Connection

from guiju.annotations import ROUND_NAMES, RoundKind
from guiju.briefs import get_signed_figures
from guiju.data import find_items
from guiju.kit import N_, Refusal, describe, now
from guiju.kit.money import money_text, parse_money
from guiju.pay import store
from guiju.pay.actions import (
    answer_question,
    close_period,
    compute_statements,
    get_statement,
    list_cards,
    list_statements,
    manages,
    question_line,
    set_card,
    trace_line,
)
from guiju.pay.api import moment_of, period_of
from guiju.pay.errors import BadPeriod
from guiju.pay.model import LINE_NAMES, PAID_KINDS, UNIT_NAMES, Period, Rate, Statement, Terms, Unit
from guiju.people import Act, find_account
from guiju.projects import authorise
from guiju.site import Form, actor_of, done, field, house_of, number, page, request_id_of, words_of
from guiju.site.forms import FormData
from guiju.site.guards import AnyRequest

SAVED = N_("The rate card is kept; it holds from its day on.")
CLOSED = N_("The period is closed; everybody sees their statement.")
ASKED = N_("The question is asked; the manager answers it here.")
ANSWERED = N_("The question is answered.")
ROWS = 200
WORDS: dict[str, Any] = {
    "line_names": LINE_NAMES,
    "unit_names": UNIT_NAMES,
    "units": list(Unit),
    "paid_kinds": PAID_KINDS,
    "round_names": ROUND_NAMES,
    "money": money_text,
}


def _day(said: str, usual: date) -> date:
    try:
        return date.fromisoformat(said) if said else usual
    except ValueError as error:
        raise BadPeriod(start=said[:20], end=said[:20]) from error


def _usual(today: date, closed_to: int | None) -> tuple[date, date]:
    """From where the last closed period ended, else this month."""
    first = today.replace(day=1)
    if closed_to is not None:
        first = min(today, datetime.fromtimestamp(closed_to / 1_000_000, UTC).date())
    return first, today


@get("/projects/{project_id:int}/pay", sync_to_thread=True, include_in_schema=False)
def pay_page(
    request: AnyRequest, project_id: FromPath[int], start: FromQuery[str] = "", end: FromQuery[str] = ""
) -> Response[Any]:
    """What is earned in a period, the closed statements, and for whoever manages pay the rate card."""
    house, actor = house_of(request), actor_of(request)
    closed, statements, waiting = list_statements(house, actor, project_id)
    today = datetime.fromtimestamp(now() / 1_000_000, UTC).date()
    usual = _usual(today, max((one.period.to_at for one in closed), default=None))
    first, last = _day(start, usual[0]), _day(end, usual[1])
    period = period_of(first, last)
    earned, error = _try_compute(request, project_id, period)
    cards = list_cards(house, actor, project_id)
    with house.reading() as connection:
        standing = authorise(connection, actor, project_id, Act.SEE_PROJECT)
        leads = manages(connection, actor, project_id)
        names = _names(connection, [*earned, *statements])
        figures = get_signed_figures(connection, project_id)
    current = cards[-1] if cards else None
    return page(
        request,
        "pay/pay.html",
        project=standing.project,
        earned=earned,
        error=error,
        statements=statements,
        waiting=waiting,
        closed=closed,
        names=names,
        cards=cards,
        card=current,
        rates={one.kind: one for one in current.terms.rates if one.round_id is None} if current else {},
        currency=current.terms.currency if current else figures.currency if figures else "CNY",
        unit_price=figures.unit_price if figures else None,
        first=first.isoformat(),
        last=last.isoformat(),
        over=last < today,
        yesterday=(today - timedelta(days=1)).isoformat() if first < today <= last else "",
        tomorrow=(today + timedelta(days=1)).isoformat(),
        leads=leads,
        **WORDS,
    )


def _try_compute(
    request: AnyRequest, project_id: int, period: Period
) -> tuple[list[Statement], dict[str, object] | None]:
    try:
        return compute_statements(house_of(request), actor_of(request), project_id, period), None
    except Refusal as refusal:
        return [], describe(refusal, words_of(request))


def _names(connection: Connection, statements: list[Statement]) -> dict[int, str]:
    people = {one.account_id for one in statements}
    return {each: account.name for each in people if (account := find_account(connection, each))}


@post("/projects/{project_id:int}/pay/cards", sync_to_thread=True, include_in_schema=False)
def save_card(request: AnyRequest, project_id: FromPath[int], data: Form) -> Redirect:
    actor = actor_of(request, csrf=field(data, "csrf", required=False))
    house = house_of(request)
    kept = list_cards(house, actor, project_id)
    special = [one for one in kept[-1].terms.rates if one.round_id is not None] if kept else []
    floor = field(data, "floor", required=False, limit=20)
    terms = Terms(
        field(data, "currency", limit=3).upper(),
        (*_rates(data), *special),
        int(number(data, "defect", high=100, default=0)),
        int(number(data, "rework", high=100, default=100)),
        parse_money(floor) if floor else None,
    )
    begins = moment_of(_day(field(data, "start"), date(2000, 1, 1)))
    set_card(house, actor, project_id, terms, valid_from=begins, request_id=request_id_of(data))
    return done(f"/projects/{project_id}/pay?said={quote_plus(SAVED)}")


def _rates(data: FormData) -> list[Rate]:
    """A rate for each kind of rounds that was given one."""
    said = [(kind, field(data, f"rate_{kind.value}", required=False, limit=20)) for kind in PAID_KINDS]
    return [Rate(kind, _unit(data, kind), parse_money(rate)) for kind, rate in said if rate]


def _unit(data: FormData, kind: RoundKind) -> Unit:
    named = field(data, f"unit_{kind.value}", required=False)
    return Unit(named) if named in set(Unit) else Unit.ITEM


@post("/projects/{project_id:int}/pay/periods", sync_to_thread=True, include_in_schema=False)
def close_it(request: AnyRequest, project_id: FromPath[int], data: Form) -> Redirect:
    actor = actor_of(request, csrf=field(data, "csrf", required=False))
    far = date(1999, 1, 1)
    period = period_of(_day(field(data, "start"), far), _day(field(data, "end"), far))
    close_period(house_of(request), actor, project_id, period, request_id=request_id_of(data))
    return done(f"/projects/{project_id}/pay?said={quote_plus(CLOSED)}")


@get("/projects/{project_id:int}/pay/statements/{statement_id:int}", sync_to_thread=True, include_in_schema=False)
def statement_page(
    request: AnyRequest, project_id: FromPath[int], statement_id: FromPath[int], line: FromQuery[int] = 0
) -> Response[Any]:
    """One closed statement; with `line` also the rows that it counts."""
    house, actor = house_of(request), actor_of(request)
    found, questions = get_statement(house, actor, project_id, statement_id)
    rows = trace_line(house, actor, project_id, statement_id, line, limit=ROWS) if line else []
    with house.reading() as connection:
        standing = authorise(connection, actor, project_id, Act.SEE_PROJECT)
        names = _names(connection, [found])
        numbers = {
            one.id: one.number for one in store.list_statements(connection, project_id, account_id=found.account_id)
        }
        items = find_items(connection, project_id, [row.item_id for row in rows])
        rounds = {id_: (kind, place) for id_, kind, place in store.rounds_of(connection, project_id)}
        leads = manages(connection, actor, project_id)
    return page(
        request,
        "pay/statement.html",
        project=standing.project,
        one=found,
        exact=sum(each.amount for each in found.lines),
        name=names.get(found.account_id, "–"),
        numbers=numbers,
        rounds=rounds,
        questions=questions,
        line=line,
        rows=rows,
        items={each: item.name for each, item in items.items()},
        mine=found.account_id == actor.id,
        leads=leads,
        **WORDS,
    )


@post(
    "/projects/{project_id:int}/pay/statements/{statement_id:int}/lines/{place:int}/questions",
    sync_to_thread=True,
    include_in_schema=False,
)
def ask_it(
    request: AnyRequest, project_id: FromPath[int], statement_id: FromPath[int], place: FromPath[int], data: Form
) -> Redirect:
    actor = actor_of(request, csrf=field(data, "csrf", required=False))
    house, text = house_of(request), field(data, "text", required=False)
    question_line(house, actor, project_id, statement_id, place, text=text, request_id=request_id_of(data))
    return done(f"/projects/{project_id}/pay/statements/{statement_id}?said={quote_plus(ASKED)}")


@post("/projects/{project_id:int}/pay/questions/{question_id:int}", sync_to_thread=True, include_in_schema=False)
def answer_it(request: AnyRequest, project_id: FromPath[int], question_id: FromPath[int], data: Form) -> Redirect:
    actor = actor_of(request, csrf=field(data, "csrf", required=False))
    text, back = field(data, "text", required=False), field(data, "statement", required=False)
    answer_question(house_of(request), actor, project_id, question_id, text=text, request_id=request_id_of(data))
    under = f"/statements/{back}" if back.isdecimal() else ""
    return done(f"/projects/{project_id}/pay{under}?said={quote_plus(ANSWERED)}")


PAGES: list[Any] = [pay_page, save_card, close_it, statement_page, ask_it, answer_it]
