"""Rounds from the command line: production is opened, with suggestions or blind; how long its answers took."""

from typing import Annotated, Any

import typer

from guiju.cli.common import emit, house_and_actor, noun, words_of
from guiju.kit import N_, Words, new_id
from guiju.people import Act
from guiju.projects import authorise
from guiju.storage import Actor, House
from guiju.work import open_production
from guiju.work.pace import PaceReport, describe_pace, make_pace
from guiju.work.prefill import Policy, policy_of

app = noun(help="Rounds: production opened, and the pace of its answers.")


@app.command("open")
def open_(
    ctx: typer.Context,
    project: Annotated[int, typer.Argument(help="The project’s number.")],
    overlap: Annotated[int, typer.Option(help="How many annotators answer each item.")] = 1,
    reason: Annotated[str | None, typer.Option(help="Sign a reason for going on without a passed trial.")] = None,
    suggest: Annotated[
        str | None, typer.Option(help="Suggest this model’s, or imported annotator’s, answers (default: blind).")
    ] = None,
    suggest_round: Annotated[int | None, typer.Option(help="Suggest the answers of this round, by its id.")] = None,
    certified: Annotated[bool, typer.Option(help="Only for people who passed the exam on the rules.")] = False,
) -> None:
    """Open production over every item that has no answer yet."""
    with house_and_actor(ctx) as (house, actor):
        policy = _policy(house, actor, project, suggest, suggest_round)
        options: dict[str, Any] = {"overlap": overlap, "reason": reason, "policy": policy, "certified": certified}
        opened = open_production(house, actor, project, request_id=new_id(), **options)
        emit(ctx, {"round": opened}, words_of(ctx)(N_("Production is open: round {round}."), round=opened))


def _policy(house: House, actor: Actor, project: int, suggest: str | None, suggest_round: int | None) -> Policy:
    with house.reading() as connection:
        authorise(connection, actor, project, Act.OPEN_ROUND)
        return policy_of(connection, project, round_id=suggest_round, annotator=suggest)


@app.command()
def pace(ctx: typer.Context, number: Annotated[int, typer.Argument(metavar="ROUND", help="The round’s id.")]) -> None:
    """Print how long the answers took, by annotator, and what became of suggestions."""
    with house_and_actor(ctx) as (house, actor):
        report = make_pace(house, actor, number)
        emit(ctx, describe_pace(report), _text(report, words_of(ctx)))


def _text(report: PaceReport, words: Words) -> str:
    lines = [f"{each.annotator}: {each.answers}, {_seconds(each.median_ms)} s" for each in report.people]
    if report.suggested:
        told = N_("Suggestions: {accepted} accepted, {corrected} corrected, {rejected} rejected.")
        counts = {"accepted": report.accepted, "corrected": report.corrected, "rejected": report.rejected}
        lines.append(words(told, **counts))
    if report.biased:
        lines.append(words(N_("Accepted faster than one can look: {names}."), names=", ".join(report.biased)))
    return "\n".join(lines) or words(N_("Nobody has answered yet."))


def _seconds(ms: float | None) -> str:
    return "–" if ms is None else f"{ms / 1000:.1f}"
