"""Inspectors and streams of lots from the command line: how well people judge, and how strictly lots are inspected."""

from typing import Annotated

import typer

from guiju.cli.common import Noun, emit, house_and_actor, words_of
from guiju.inspection import STRICTNESS_NAMES
from guiju.inspection.seconds import follow_inspector, measure_inspectors, set_share
from guiju.inspection.seconds.api import course_answer, inspectors_answer
from guiju.inspection.seconds.errors import InspectorNotFound
from guiju.inspection.streams import StreamAct, StreamKey, decide_stream, list_streams
from guiju.inspection.streams.api import stream_answer
from guiju.kit import N_, Refusal, new_id
from guiju.projects import list_members
from guiju.storage import House

Project = Annotated[int, typer.Argument(help="The project's number.")]
STOPPED = N_("stopped")


def account_of(house: House, project: int, said: str, refusal: Refusal) -> int:
    """The account of a member by name or e-mail. Raises `refusal` where it is nobody's or several people's."""
    with house.reading() as connection:
        members = list_members(connection, project)
    named = {each.account_id for each in members if said.casefold() in {each.name.casefold(), each.email.casefold()}}
    if len(named) != 1:
        raise refusal
    return named.pop()


def inspectors(
    ctx: typer.Context,
    project: Project,
    percent: Annotated[int | None, typer.Option(help="Judge so much of each sample twice from now on.")] = None,
) -> None:
    """Show how well inspectors judge, by second looks; or say how much is judged twice."""
    with house_and_actor(ctx) as (house, actor):
        if percent is not None:
            set_share(house, actor, project, percent, request_id=new_id())
        found = measure_inspectors(house, actor, project)
        lines = [
            f"{one.name}\t{one.looked}\t{one.hits.x}/{one.hits.n}\t{one.alarms.x}/{one.alarms.n}"
            for one in found.people
        ]
        emit(ctx, inspectors_answer(found, []), "\n".join(lines))


def inspector(
    ctx: typer.Context,
    project: Project,
    person: Annotated[str | None, typer.Option(help="Whose (default: your own): name or e-mail.")] = None,
) -> None:
    """Show how an inspector judges over time: agreement, missed and false defects by week, and the trend."""
    with house_and_actor(ctx) as (house, actor):
        account = actor.id if person is None else account_of(house, project, person, InspectorNotFound())
        course, t = follow_inspector(house, actor, project, account), words_of(ctx)
        lines = [
            f"{week.begins}\t{week.looked}\t{week.agreed.x}/{week.agreed.n}\t{week.missed.x}/{week.missed.n}"
            f"\t{week.alarms.x}/{week.alarms.n}"
            for week in course.weeks
        ]
        lines += [t(course.trend.sentence)] if course.trend else []
        emit(ctx, course_answer(course, t), "\n".join(lines))


def streams(ctx: typer.Context, project: Project) -> None:
    """Show how strictly lots are inspected, and why."""
    with house_and_actor(ctx) as (house, actor):
        found, t = list_streams(house, actor, project), words_of(ctx)
        how = [STOPPED if one.state.discontinued else STRICTNESS_NAMES[one.state.severity] for one in found]
        lines = [
            f"{one.key.annotator_id or '-'}\t{one.key.source_id or '-'}\t{one.name or '-'}\t{t(strictly)}\t"
            f"{one.because.spoken(t)}"
            for one, strictly in zip(found, how, strict=True)
        ]
        emit(ctx, [stream_answer(one) for one in found], "\n".join(lines))


def stream(
    ctx: typer.Context,
    project: Project,
    act: Annotated[StreamAct, typer.Argument(help="Let a stopped stream go on, or allow reduced inspection or not.")],
    reason: Annotated[str, typer.Argument(help="What was improved, or why.")],
    annotator: Annotated[int | None, typer.Option(help="Whose lots (default: everybody's).")] = None,
    source: Annotated[int | None, typer.Option(help="The lots of this source.")] = None,
) -> None:
    """Decide about a stream of lots: everybody's, an annotator's or a source's."""
    with house_and_actor(ctx) as (house, actor):
        decide_stream(house, actor, StreamKey(project, annotator, source), act, reason=reason, request_id=new_id())
        emit(ctx, {"act": act.value}, act.value)


def add_to(noun: Noun) -> None:
    """Give `guiju lot` these commands."""
    for act in (inspectors, inspector, streams, stream):
        noun.command()(act)
