"""Withdrawals from the command line: ask, carry out, show what went."""

from typing import Annotated

import msgspec
import typer

from guiju.bank.withdrawing import JOBS, Asked, Extent, Scope, ask_to_withdraw, get_withdrawal
from guiju.bank.withdrawing.api import withdrawal_answer
from guiju.bank.withdrawing.model import HOW_NAMES
from guiju.cli.common import Noun, emit, house_and_actor, words_of
from guiju.kit import new_id
from guiju.storage import Actor, House, work_jobs


def withdraw(
    ctx: typer.Context,
    scope: Annotated[Scope, typer.Argument(help="What is taken back.")],
    what: Annotated[str, typer.Argument(help="The customer's name, the project's or the item's number.")],
    reason: Annotated[str, typer.Option(help="Who asked for it, and why.")],
    typed: Annotated[str, typer.Option(help="The customer's or project's name, or the item's number, once more.")],
    extent: Annotated[Extent, typer.Option(help="What others got of it, or every copy.")] = Extent.ALL,
) -> None:
    """Take back what was given: every copy in the house is removed. It cannot be undone."""
    number = int(what) if what.isdecimal() else None
    customer = what if scope is Scope.CUSTOMER else ""
    project, item = (number if scope is each else None for each in (Scope.PROJECT, Scope.ITEM))
    with house_and_actor(ctx) as (house, actor):
        made = ask_to_withdraw(house, actor, new_id(), Asked(scope, extent, reason, customer, project, item), typed)
        one, _ = get_withdrawal(house, actor, made)
        work_jobs(house, JOBS, only=one.job_id)
        _show(ctx, house, actor, made)


def withdrawal(ctx: typer.Context, withdrawal: Annotated[int, typer.Argument(help="The withdrawal's number.")]) -> None:
    """Show what a withdrawal found and removed, and which deliveries held any of it."""
    with house_and_actor(ctx) as (house, actor):
        _show(ctx, house, actor, withdrawal)


def _show(ctx: typer.Context, house: House, actor: Actor, made: int) -> None:
    t = words_of(ctx)
    one, packages = get_withdrawal(house, actor, made)
    lines = [f"{one.id}\t{t(one.state_name)}"]
    if one.report:
        lines += [f"{t(HOW_NAMES[how])}\t{n}" for how, n in one.report.items.items()]
        lines += [f"{table}\t{n}" for table, n in one.report.rows.items()]
    for p in packages:
        lines.append(f"{p.project}\t{t('Delivery {number}', number=p.number)}\t{p.sha256}\t{', '.join(p.recipients)}")
    emit(ctx, msgspec.to_builtins(withdrawal_answer(one, packages)), "\n".join(lines))


def add_to(app: Noun) -> None:
    app.command()(withdraw)
    app.command()(withdrawal)
