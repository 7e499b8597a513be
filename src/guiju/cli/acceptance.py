"""The customer's acceptance from the command line: what is offered, the draw, verdicts from a file, the signature."""

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from guiju.cli.common import emit, house_and_actor, noun, words_of
from guiju.cli.verdicts import read_findings
from guiju.inspection.acceptance import (
    Decision,
    Promise,
    Said,
    Sizing,
    get_acceptance,
    judge_place,
    list_acceptances,
    look_at_offer,
    meet_condition,
    open_acceptance,
    prove_acceptance,
    sign_acceptance,
)
from guiju.inspection.acceptance.api import acceptance_row, report_answer
from guiju.inspection.acceptance.errors import ConditionIncomplete
from guiju.kit import new_id

app = noun("The customer's acceptance: draw a sample of one's own, judge it, sign.")

Project = Annotated[int, typer.Argument(help="The project's number.")]
AcceptanceId = Annotated[int, typer.Argument(metavar="ACCEPTANCE", help="As “acceptance show” prints it.")]


@app.command()
def draw(
    ctx: typer.Context,
    project: Project,
    n: Annotated[int | None, typer.Option("--n", min=0, help="So many items; 0 signs without a sample.")] = None,
    share: Annotated[float | None, typer.Option(help="Show that at most this share is defective, as 0.02.")] = None,
    lot: Annotated[list[int] | None, typer.Option(help="The id of an accepted lot; may be repeated.")] = None,
) -> None:
    """Draw the customer's own sample of the lots that wait for them."""
    with house_and_actor(ctx) as (house, actor):
        sizing = Sizing(n, share)
        opened = open_acceptance(house, actor, project, request_id=new_id(), sizing=sizing, lots=lot or ())
        _show(ctx, project, opened)


@app.command()
def show(
    ctx: typer.Context,
    project: Project,
    acceptance: Annotated[int | None, typer.Argument(help="One of them, with its sample.")] = None,
) -> None:
    """Show what is offered and every acceptance, or one of them."""
    if acceptance is not None:
        _show(ctx, project, acceptance)
        return
    with house_and_actor(ctx) as (house, actor):
        t, offer = words_of(ctx), look_at_offer(house, actor, project)
        rows = list_acceptances(house, actor, project)
        lines = [f"{one.id}\t{one.number}\t{t(one.state_name)}\t{one.items}\t{one.digest or ''}" for one in rows]
        lines += [f"-\t{row.lot.number}\t{t(row.lot.state_name)}\t{row.lot.plan.lot}" for row in offer.rows]
        waiting = [row.lot.id for row in offer.rows]
        emit(ctx, {"waiting": waiting, "acceptances": [acceptance_row(one) for one in rows]}, "\n".join(lines))


@app.command("judge")
def judge_file(
    ctx: typer.Context,
    project: Project,
    acceptance: AcceptanceId,
    file: Annotated[
        Path, typer.Argument(help="CSV: item,outcome,type,severity,clause,note.", exists=True, dir_okay=False)
    ],
) -> None:
    """Give verdicts from a CSV file, each line one item of the sample."""
    with house_and_actor(ctx) as (house, actor):
        for item, finding in list(read_findings(file)):
            judge_place(house, actor, project, acceptance, item, new_id(), finding)
    _show(ctx, project, acceptance)


@app.command()
def sign(
    ctx: typer.Context,
    project: Project,
    acceptance: AcceptanceId,
    decision: Annotated[Decision, typer.Argument(help="Accept, with conditions, send back, or put aside.")],
    name: Annotated[str, typer.Option(help="The name of whoever signs.")] = "",
    reason: Annotated[str, typer.Option(help="Why it is sent back.")] = "",
    condition: Annotated[list[str] | None, typer.Option(help="“2030-01-31 what is to be done”; repeat it.")] = None,
    item: Annotated[list[int] | None, typer.Option(help="An item that goes back; without any, whole lots.")] = None,
) -> None:
    """Sign as the requester, on the figures as they are now."""
    promises = tuple(_promise(number, said) for number, said in enumerate(condition or (), 1))
    with house_and_actor(ctx) as (house, actor):
        mark = get_acceptance(house, actor, project, acceptance).mark
        said = Said(decision, name, mark, promises, reason, tuple(item or ()))
        sign_acceptance(house, actor, project, acceptance, said, request_id=new_id())
    _show(ctx, project, acceptance)


def _promise(number: int, said: str) -> Promise:
    day, _, text = said.strip().partition(" ")
    try:
        return Promise(text.strip(), date.fromisoformat(day))
    except ValueError as error:
        raise ConditionIncomplete(number=number) from error


@app.command()
def close(
    ctx: typer.Context,
    project: Project,
    acceptance: AcceptanceId,
    number: Annotated[int, typer.Argument(help="The condition's number.")],
    evidence: Annotated[str, typer.Argument(help="What shows that it is met.")],
) -> None:
    """Close a condition of an acceptance."""
    with house_and_actor(ctx) as (house, actor):
        meet_condition(house, actor, project, acceptance, number, evidence=evidence, request_id=new_id())
    _show(ctx, project, acceptance)


@app.command()
def verify(ctx: typer.Context, project: Project, acceptance: AcceptanceId) -> None:
    """Hold a signature against the journal and the answers of today."""
    with house_and_actor(ctx) as (house, actor):
        found = prove_acceptance(house, actor, project, acceptance)
        holds = found is not None and found.holds
        digest = found.digest if found else None
        emit(ctx, {"holds": holds, "digest": digest}, f"{'holds' if holds else 'does not hold'}\t{digest or '-'}")
        if not holds:
            raise typer.Exit(1)


def _show(ctx: typer.Context, project: int, acceptance: int) -> None:
    with house_and_actor(ctx) as (house, actor):
        t, found = words_of(ctx), get_acceptance(house, actor, project, acceptance)
        lines = [f"{t(found.acceptance.state_name)}\t{found.difference.spoken(t)}"]
        for place in found.sample:
            said = place.verdict.finding if place.verdict else None
            lines.append(f"{place.place}\t{place.item_id}\t{said.outcome.value if said else '-'}")
        emit(ctx, report_answer(found, t), "\n".join(lines))
