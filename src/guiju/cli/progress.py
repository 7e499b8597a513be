"""How a project goes, and what should be looked at: commands of `guiju project`."""

from typing import Annotated

import typer

from guiju.cli.common import Noun, emit, house_and_actor, words_of
from guiju.kit import N_, Words, new_id
from guiju.planning.alerts import quiet_alert, wake_alert
from guiju.planning.forecast import Forecast
from guiju.planning.progress.actions import Progress, look_at_progress
from guiju.planning.progress.api import told_of

ProjectId = Annotated[int, typer.Argument(help="The project's number.", metavar="PROJECT")]


def add_to(noun: Noun) -> None:
    noun.command("progress")(progress)
    noun.command("quiet")(quiet)


def progress(ctx: typer.Context, project_id: ProjectId) -> None:
    """How far each round is, who did how much, when it is done, what waits, and what should be looked at."""
    with house_and_actor(ctx) as (house, actor):
        seen, words = look_at_progress(house, actor, project_id), words_of(ctx)
        emit(ctx, told_of(seen, words), "\n".join(_lines(seen, words)))


def _lines(seen: Progress, words: Words) -> list[str]:
    rounds = [
        f"{one.round.kind.value} {one.round.number}: {one.progress.done:,} / {one.progress.total:,}"
        for one in reversed(seen.rounds)
    ]
    people = [f"{one.name}: {one.tally.answers:,}, {one.tally.seconds or 0:.1f} s" for one in seen.people]
    alerts = [f"! {one.key}: {words(one.title.msgid, **one.title.places)}" for one in seen.watched.speaking]
    return [*rounds, *people, _forecast(seen.watched.forecast, words), *alerts]


def _forecast(one: Forecast, words: Words) -> str:
    if one.done is None:
        return words(N_("No date can be forecast yet: {n} answers are still to come."), n=f"{one.left:,}")
    places = {"date": one.done[1], "low": one.done[0], "high": one.done[2]}
    return words(N_("At this pace the last answer comes on {date} (95%: {low} – {high})."), **places)


def quiet(
    ctx: typer.Context,
    project_id: ProjectId,
    key: Annotated[str, typer.Argument(help="The alert's key, as “project progress” prints it.")],
    reason: Annotated[str, typer.Option(help="Why it needs nobody now.")] = "",
    days: Annotated[int, typer.Option(help="For how many days.")] = 7,
    wake: Annotated[bool, typer.Option("--wake", help="Let it speak again.")] = False,
) -> None:
    """Quiet an alert for some days, with a reason."""
    with house_and_actor(ctx) as (house, actor):
        if wake:
            wake_alert(house, actor, project_id, key)
        else:
            quiet_alert(house, actor, project_id, key, request_id=new_id(), reason=reason, days=days)
        emit(ctx, {"key": key, "quiet": not wake}, key)
