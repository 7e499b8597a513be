"""Pay from the command line: the rate card, what was earned, closing, export."""

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from guiju.annotations import RoundKind
from guiju.cli.common import emit, house_and_actor, noun, words_of
from guiju.kit import new_id
from guiju.kit.money import money_text, parse_money
from guiju.pay import Rate, Terms, Unit, close_period, compute_statements, list_cards, list_statements, set_card
from guiju.pay.api import card_answer, moment_of, period_of, statement_answer
from guiju.pay.errors import BadPeriod, RateCardRefused
from guiju.pay.exporting import export_statements

app = noun("Pay: rate cards, what was earned, closed statements.")

Project = Annotated[int, typer.Argument(help="The project's number.")]
Start = Annotated[str, typer.Option(help="The first day, as 2030-01-01.")]
End = Annotated[str, typer.Option(help="The last day, counted in.")]


def _day(said: str) -> date:
    try:
        return date.fromisoformat(said)
    except ValueError as error:
        raise BadPeriod(start=said[:20], end=said[:20]) from error


@app.command()
def card(
    ctx: typer.Context,
    project: Project,
    rate: Annotated[list[str] | None, typer.Option(help="“production:item:0.125”; repeat it. None: show.")] = None,
    start: Annotated[str, typer.Option(help="The day from which it holds.")] = "",
    currency: Annotated[str, typer.Option(help="Three letters.")] = "CNY",
    defect: Annotated[int, typer.Option(help="What a defective item is paid, in % of its rate.")] = 0,
    rework: Annotated[int, typer.Option(help="What own rework of defects is paid, in % of its rate.")] = 100,
    floor: Annotated[str, typer.Option(help="What an hour of active time should come to at least.")] = "",
) -> None:
    """Write the project's next rate card, or show its cards."""
    with house_and_actor(ctx) as (house, actor):
        if rate:
            terms = Terms(currency, tuple(map(_rate, rate)), defect, rework, parse_money(floor) if floor else None)
            set_card(house, actor, project, terms, valid_from=moment_of(_day(start)), request_id=new_id())
        cards = [card_answer(one) for one in list_cards(house, actor, project)]
        lines = [
            f"{one.version}\t{one.valid_from}\t{each.kind.value}\t{each.unit.value}\t{each.rate} {one.currency}"
            for one in cards
            for each in one.rates
        ]
        emit(ctx, cards, "\n".join(lines))


def _rate(said: str) -> Rate:
    kind, unit, rate = (*said.split(":"), "", "")[:3]
    if kind not in set(RoundKind) or unit not in set(Unit):
        raise RateCardRefused(reason=f"“{said}”")
    return Rate(RoundKind(kind), Unit(unit), parse_money(rate))


@app.command()
def earned(ctx: typer.Context, project: Project, start: Start, end: End) -> None:
    """Show what everybody has earned from one day to another, as it stands now."""
    with house_and_actor(ctx) as (house, actor):
        found = compute_statements(house, actor, project, period_of(_day(start), _day(end)))
        lines = [f"{one.account_id}\t{money_text(one.total)} {one.currency}" for one in found]
        emit(ctx, [statement_answer(one) for one in found], "\n".join(lines))


@app.command()
def close(ctx: typer.Context, project: Project, start: Start, end: End) -> None:
    """Close a period: everybody's statement is frozen and numbered."""
    with house_and_actor(ctx) as (house, actor):
        period = period_of(_day(start), _day(end))
        number = close_period(house, actor, project, period, request_id=new_id())
        emit(ctx, {"number": number}, str(number))


@app.command()
def statements(
    ctx: typer.Context,
    project: Project,
    out: Annotated[Path | None, typer.Option(help="Write every line into this .csv or .xlsx.")] = None,
) -> None:
    """Show the closed statements, or write them to a file."""
    with house_and_actor(ctx) as (house, actor):
        if out is not None:
            out.write_bytes(export_statements(house, actor, project, out.suffix[1:], words_of(ctx)).content)
        _, found, _ = list_statements(house, actor, project)
        lines = [f"{one.number}\t{one.account_id}\t{money_text(one.total)} {one.currency}" for one in found]
        emit(ctx, [statement_answer(one) for one in found], "\n".join(lines))
