"""Contradictions in the bank, from the command line."""

from typing import Annotated

import typer

from guiju.bank.contradicting import (
    Case,
    ask_about_side,
    get_contradiction,
    list_contradictions,
    rule_on_contradiction,
)
from guiju.bank.contradicting.api import case_answer, read_state
from guiju.bank.contradicting.model import FATE_NAMES
from guiju.cli.common import Noun, built, emit, house_and_actor, words_of
from guiju.kit import PageRequest, new_id

Number = Annotated[int, typer.Argument(help="The contradiction's number.")]


def contradictions(
    ctx: typer.Context,
    which: Annotated[str, typer.Option(help="open, settled or gone.")] = "open",
    limit: Annotated[int, typer.Option(min=1, max=200, help="At most so many.")] = 20,
) -> None:
    """List deposits that answer the same content otherwise, both answers beside each other."""
    with house_and_actor(ctx) as (house, actor):
        found, counted = list_contradictions(house, actor, read_state(which), PageRequest(limit))
        lines = [line for case in found.rows for line in _lines(ctx, case)]
        told = {"contradictions": [case_answer(one) for one in found.rows], "open": counted.open}
        emit(ctx, built(told), "\n".join(lines) or words_of(ctx)("Nothing contradicts"))


def contradiction(ctx: typer.Context, number: Number) -> None:
    """Show one contradiction."""
    with house_and_actor(ctx) as (house, actor):
        _show(ctx, get_contradiction(house, actor, number))


def ask(
    ctx: typer.Context,
    number: Number,
    deposit: Annotated[int, typer.Argument(help="The side's deposit.")],
    text: Annotated[str, typer.Argument(help="The question.")],
    clause: Annotated[str, typer.Option(help="The clause it is about.")] = "",
) -> None:
    """Ask about one side of a contradiction in the project whose deposit it is."""
    with house_and_actor(ctx) as (house, actor):
        question = ask_about_side(house, actor, number, new_id(), deposit, text, clause or None)
        emit(ctx, {"question": question}, words_of(ctx)("Question {number}", number=question))


def rule(
    ctx: typer.Context,
    number: Number,
    reason: Annotated[str, typer.Option(help="Why, and by which clause.")],
    stands: Annotated[int, typer.Option(help="The deposit that stands; what contradicts it is set aside.")] = 0,
    aside: Annotated[list[int] | None, typer.Option(help="A deposit that is set aside.")] = None,
) -> None:
    """Rule which side of a contradiction stands, or which are set aside; with neither, all are."""
    with house_and_actor(ctx) as (house, actor):
        _show(ctx, rule_on_contradiction(house, actor, number, new_id(), stands, aside or (), reason))


def _show(ctx: typer.Context, case: Case) -> None:
    emit(ctx, built(case_answer(case)), "\n".join(_lines(ctx, case)))


def _lines(ctx: typer.Context, case: Case) -> list[str]:
    t = words_of(ctx)
    lines = [f"{case.id}\t{t(case.name)}"]
    for side in case.sides:
        where = f"{side.project or '–'} {side.rulebook}"
        lines.append(f"  D-{side.deposit_id}\t{side.grade}\t{where}\t{t(FATE_NAMES[side.fate])}\t{side.answers}")
    return lines


def add_to(app: Noun) -> None:
    app.command()(contradictions)
    app.command()(contradiction)
    app.command("ask")(ask)
    app.command("rule")(rule)
