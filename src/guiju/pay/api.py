"""JSON of pay: the rate card, what was earned, statements, their rows and questions."""

from datetime import UTC, date, datetime, time
from typing import Any

import msgspec
from litestar import get, post
from litestar.params import FromPath, FromQuery, JSONBody
from litestar.response import Response

from guiju.annotations import RoundKind
from guiju.kit import iso, now
from guiju.kit.money import money_text, parse_money
from guiju.pay.actions import (
    answer_question,
    close_period,
    compute_statements,
    get_statement,
    list_cards,
    list_statements,
    question_line,
    set_card,
    trace_line,
)
from guiju.pay.errors import BadPeriod
from guiju.pay.exporting import export_statements
from guiju.pay.model import Card, Line, LineKind, LineQuestion, LineRow, Period, Rate, Statement, Terms, Unit
from guiju.site import actor_of, house_of, words_of
from guiju.site.guards import AnyRequest


class RateSaid(msgspec.Struct):
    """`rate` is money as text, as "0.125"; with `round` it is for that round alone."""

    kind: RoundKind
    unit: Unit
    rate: str
    round: int | None = None


class CardRequest(msgspec.Struct):
    """`defect` and `rework` are percentages; `floor` is what an hour should come to at least."""

    id: str
    valid_from: date
    currency: str
    rates: list[RateSaid]
    defect: int = 0
    rework: int = 100
    floor: str | None = None


class CardAnswer(msgspec.Struct):
    version: int
    valid_from: str
    currency: str
    rates: list[RateSaid]
    defect: int
    rework: int
    floor: str | None


class CardsAnswer(msgspec.Struct):
    cards: list[CardAnswer]


class VersionAnswer(msgspec.Struct):
    version: int


class LineAnswer(msgspec.Struct):
    """`quantity` of hours is in milliseconds; `adjusts` is the closed statement that the line corrects."""

    place: int
    kind: LineKind
    round: int
    unit: Unit
    quantity: int
    rate: str
    percent: int
    amount: str
    adjusts: int | None


class QuestionAnswer(msgspec.Struct):
    id: int
    place: int
    text: str
    asked_at: str
    answer: str | None


class StatementAnswer(msgspec.Struct):
    """`id` and `number` are null while it is open."""

    id: int | None
    number: int | None
    account: int
    from_: str = msgspec.field(name="from")
    to: str
    currency: str
    total: str
    active_ms: int
    hourly: str | None
    below_floor: bool
    lines: list[LineAnswer]
    digest: str | None = None
    questions: list[QuestionAnswer] = []


class StatementsAnswer(msgspec.Struct):
    statements: list[StatementAnswer]


class PeriodRequest(msgspec.Struct):
    """The days from `start` to `end`, both counted in."""

    id: str
    start: date
    end: date


class PeriodClosedAnswer(msgspec.Struct):
    number: int


class LineRowAnswer(msgspec.Struct):
    item: int
    annotation: int
    at: str
    active_ms: int
    quantity: int


class LineRowsAnswer(msgspec.Struct):
    rows: list[LineRowAnswer]


class TextRequest(msgspec.Struct):
    id: str
    text: str


class AskedAnswer(msgspec.Struct):
    question: int


def period_of(start: date, end: date) -> Period:
    """The days from `start` to `end`, both counted in, in UTC. Raises `BadPeriod`."""
    if end < start or start.year < 2000 or end.year > 2999:
        raise BadPeriod(start=start.isoformat(), end=end.isoformat())
    return Period(moment_of(start), moment_of(end) + 86_400_000_000)


def moment_of(day: date) -> int:
    """The beginning of a day in UTC, in microseconds."""
    return int(datetime.combine(day, time(), UTC).timestamp()) * 1_000_000


def terms_of(data: CardRequest) -> Terms:
    rates = tuple(Rate(one.kind, one.unit, parse_money(one.rate), one.round) for one in data.rates)
    floor = parse_money(data.floor) if data.floor else None
    return Terms(data.currency.strip().upper(), rates, data.defect, data.rework, floor)


def card_answer(card: Card) -> CardAnswer:
    terms = card.terms
    rates = [RateSaid(one.kind, one.unit, money_text(one.rate), one.round_id) for one in terms.rates]
    floor = money_text(terms.floor) if terms.floor is not None else None
    day = iso(card.valid_from)[:10]
    return CardAnswer(card.version, day, terms.currency, rates, terms.defect_percent, terms.rework_percent, floor)


def _line(place: int, line: Line) -> LineAnswer:
    rate, amount = money_text(line.rate), money_text(line.amount)
    said = (line.round_id, line.unit, line.quantity, rate, line.percent, amount, line.adjusts)
    return LineAnswer(place, line.kind, *said)


def statement_answer(one: Statement, questions: list[LineQuestion] | None = None) -> StatementAnswer:
    """A statement as a program reads it."""
    asked = [QuestionAnswer(q.id, q.place, q.text, iso(q.asked_at), q.answer) for q in questions or []]
    return StatementAnswer(
        one.id,
        one.number,
        one.account_id,
        iso(one.period.from_at),
        iso(one.period.to_at),
        one.currency,
        money_text(one.total),
        one.active_ms,
        money_text(one.hourly) if one.hourly is not None else None,
        one.below_floor,
        [_line(place, line) for place, line in enumerate(one.lines, 1)],
        one.digest,
        asked,
    )


def row_answer(row: LineRow) -> LineRowAnswer:
    return LineRowAnswer(row.item_id, row.annotation_id, iso(row.at), row.active_ms, row.quantity)


@get("/projects/{project_id:int}/pay/cards", sync_to_thread=True)
def get_cards(request: AnyRequest, project_id: FromPath[int]) -> CardsAnswer:
    """The project's rate cards, the oldest first."""
    return CardsAnswer([card_answer(one) for one in list_cards(house_of(request), actor_of(request), project_id)])


@post("/projects/{project_id:int}/pay/cards", sync_to_thread=True)
def post_card(request: AnyRequest, project_id: FromPath[int], data: JSONBody[CardRequest]) -> VersionAnswer:
    """Write the next rate card."""
    begins = moment_of(data.valid_from)
    version = set_card(
        house_of(request), actor_of(request), project_id, terms_of(data), valid_from=begins, request_id=data.id
    )
    return VersionAnswer(version)


@get("/projects/{project_id:int}/pay", sync_to_thread=True)
def get_earned(
    request: AnyRequest,
    project_id: FromPath[int],
    start: FromQuery[date | None] = None,
    end: FromQuery[date | None] = None,
) -> StatementsAnswer:
    """What was earned from `start` to `end` as it stands now: everybody's for who manages pay, else one's own.
    Usually the month of `end`, and today."""
    today = datetime.fromtimestamp(now() / 1_000_000, UTC).date()
    period = period_of(start or (end or today).replace(day=1), end or today)
    found = compute_statements(house_of(request), actor_of(request), project_id, period)
    return StatementsAnswer([statement_answer(one) for one in found])


@post("/projects/{project_id:int}/pay/periods", sync_to_thread=True)
def post_period(request: AnyRequest, project_id: FromPath[int], data: JSONBody[PeriodRequest]) -> PeriodClosedAnswer:
    """Close a period: everybody's statement is frozen and numbered."""
    period = period_of(data.start, data.end)
    return PeriodClosedAnswer(
        close_period(house_of(request), actor_of(request), project_id, period, request_id=data.id)
    )


@get("/projects/{project_id:int}/pay/statements", sync_to_thread=True)
def get_statements(request: AnyRequest, project_id: FromPath[int]) -> StatementsAnswer:
    """Closed statements, the newest first: everybody's for who manages pay, else one's own."""
    _, found, _ = list_statements(house_of(request), actor_of(request), project_id)
    return StatementsAnswer([statement_answer(one) for one in found])


@get("/projects/{project_id:int}/pay/export", sync_to_thread=True)
def get_export(
    request: AnyRequest,
    project_id: FromPath[int],
    format: FromQuery[str] = "csv",  # noqa: A002 - the query's own word
) -> Response[bytes]:
    """Every line of every closed statement one may see, as `csv` or `xlsx`."""
    made = export_statements(house_of(request), actor_of(request), project_id, format, words_of(request))
    name = f'attachment; filename="pay-{project_id}.{made.suffix}"'
    return Response(made.content, media_type=made.media_type, headers={"Content-Disposition": name})


@get("/projects/{project_id:int}/pay/statements/{statement_id:int}", sync_to_thread=True)
def get_one_statement(request: AnyRequest, project_id: FromPath[int], statement_id: FromPath[int]) -> StatementAnswer:
    """A closed statement with its lines and the questions about them."""
    return statement_answer(*get_statement(house_of(request), actor_of(request), project_id, statement_id))


@get("/projects/{project_id:int}/pay/statements/{statement_id:int}/lines/{place:int}", sync_to_thread=True)
def get_line_rows(  # noqa: PLR0917 - which line, from where on
    request: AnyRequest,
    project_id: FromPath[int],
    statement_id: FromPath[int],
    place: FromPath[int],
    after: FromQuery[int] = 0,
    limit: FromQuery[int] = 100,
) -> LineRowsAnswer:
    """The rows that a line counts: items, annotations, when, how long; after annotation `after`."""
    house, actor = house_of(request), actor_of(request)
    rows = trace_line(house, actor, project_id, statement_id, place, after=after, limit=limit)
    return LineRowsAnswer([row_answer(row) for row in rows])


@post("/projects/{project_id:int}/pay/statements/{statement_id:int}/lines/{place:int}/questions", sync_to_thread=True)
def post_question(
    request: AnyRequest,
    project_id: FromPath[int],
    statement_id: FromPath[int],
    place: FromPath[int],
    data: JSONBody[TextRequest],
) -> AskedAnswer:
    """Ask about a line of one's own statement."""
    house, actor = house_of(request), actor_of(request)
    return AskedAnswer(question_line(house, actor, project_id, statement_id, place, text=data.text, request_id=data.id))


@post("/projects/{project_id:int}/pay/questions/{question_id:int}", sync_to_thread=True, status_code=204)
def post_answer(
    request: AnyRequest, project_id: FromPath[int], question_id: FromPath[int], data: JSONBody[TextRequest]
) -> None:
    """Answer a question about a statement."""
    answer_question(house_of(request), actor_of(request), project_id, question_id, text=data.text, request_id=data.id)


API: list[Any] = [
    get_cards,
    post_card,
    get_earned,
    post_period,
    get_statements,
    get_export,
    get_one_statement,
    get_line_rows,
    post_question,
    post_answer,
]
