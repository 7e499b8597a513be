"""`guiju data draw`, `feeds`, `again`, `watch`: data from connections."""

import time
from pathlib import Path
from typing import Annotated

import msgspec
import typer

from guiju.cli.common import Noun, emit, house_and_actor, progress_of, words_of
from guiju.cli.data import MappingFile, ProjectName, check_job, columns_said, find_project_id, following
from guiju.data import JOBS as DATA_JOBS
from guiju.data import Origin
from guiju.feeds import JOBS, Asked, actions
from guiju.feeds.api import details_out, feed_out
from guiju.feeds.connections.actions import list_granted
from guiju.feeds.connections.errors import ConnectionNotFound
from guiju.feeds.model import ROWS, SECONDS
from guiju.feeds.rules import REST
from guiju.kit import N_, Words, new_id
from guiju.storage import Actor, House, find_job, work_jobs

HANDLERS = {**JOBS, **DATA_JOBS}
FeedId = Annotated[int, typer.Argument(metavar="FEED", help="The feed's number.")]


def _connection(house: House, actor: Actor, project_id: int, said: str) -> int:
    for one in list_granted(house, actor, project_id):
        if said in {str(one.id), one.name}:
            return one.id
    raise ConnectionNotFound(connection=said[:80])


def draw(
    ctx: typer.Context,
    project: ProjectName,
    connection: Annotated[str, typer.Argument(metavar="CONNECTION", help="The connection's number or name.")],
    query: Annotated[str, typer.Option(help="One SELECT; @FILE reads it from a file.")] = "",
    folder: Annotated[str, typer.Option(help="The folder below an object store or folder; all of it by default.")] = "",
    text: Annotated[str | None, typer.Option(metavar="COLUMN", help="The column of the text.")] = None,
    name: Annotated[str | None, typer.Option(metavar="COLUMN", help="The column of the record's own name.")] = None,
    mapping: MappingFile = None,
    feed: Annotated[str, typer.Option("--feed", metavar="NAME", help="What the feed is called.")] = "",
    owner: Annotated[str | None, typer.Option(help="Whose data it is.")] = None,
    licence: Annotated[str | None, typer.Option(help="Under which licence.")] = None,
    every: Annotated[int | None, typer.Option(metavar="MINUTES", help="Let the server look again so often.")] = None,
    rows: Annotated[int, typer.Option(help="A query that gives more is refused.")] = ROWS,
    seconds: Annotated[int, typer.Option(help="A query that takes longer is stopped.")] = SECONDS,
    preview: Annotated[bool, typer.Option("--preview", help="Show what would come of it, and keep nothing.")] = False,
) -> None:
    """Make a feed from a connection that is granted to the project, and bring what is there."""
    with house_and_actor(ctx) as (house, actor):
        project_id = find_project_id(house, actor, project)
        chosen = _connection(house, actor, project_id, connection)
        said = Path(query[1:]).read_text(encoding="utf-8") if query.startswith("@") else query
        asked, columns = Asked(said, folder, rows, seconds), columns_said(mapping, text, name)
        if preview:
            seen = actions.preview_feed(house, actor, project_id, chosen, asked, columns)
            emit(ctx, seen, "\n".join(f"{one.name}\t{one.text[:100]}" for one in seen.shown))
            return
        made = actions.create_feed(
            house, actor, project_id, request_id=new_id(), connection_id=chosen, name=feed, asked=asked
        )
        origin = Origin(owner=owner, licence=licence)
        job = actions.map_feed(house, actor, project_id, made, columns=columns, origin=origin, every=every)
        _bring(ctx, house, actor, project_id, made, job)


def again(ctx: typer.Context, project: ProjectName, feed: FeedId) -> None:
    """Bring what is new of a feed."""
    with house_and_actor(ctx) as (house, actor):
        project_id = find_project_id(house, actor, project)
        job = actions.ask_for_look(house, actor, project_id, feed, request_id=new_id())
        _bring(ctx, house, actor, project_id, feed, job)


def _bring(ctx: typer.Context, house: House, actor: Actor, project_id: int, feed: int, job: int) -> None:
    """Carry out a look and what it asks for; while files come to rest, look again."""
    while True:
        waiting = _carry_out(ctx, house, job)
        if not waiting:
            break
        time.sleep(REST / 1_000_000)
        job = actions.ask_for_look(house, actor, project_id, feed, request_id=new_id())
    _show(ctx, house, actor, project_id, feed)


def _carry_out(ctx: typer.Context, house: House, job_id: int) -> bool:
    """Whether files are waiting until they have come to rest. Raises `ImportFailed`."""
    with following(house, job_id, shown=progress_of(ctx)):
        work_jobs(house, HANDLERS, only=job_id)
    with house.reading() as connection:
        look = find_job(connection, job_id)
    check_job(look, words_of(ctx))
    outcome = (look.outcome or {}) if look else {}
    if outcome.get("job"):
        with following(house, outcome["job"], shown=progress_of(ctx)):
            work_jobs(house, HANDLERS, only=outcome["job"])
        with house.reading() as connection:
            check_job(find_job(connection, outcome["job"]), words_of(ctx))
    return bool(outcome.get("waiting"))


def _show(ctx: typer.Context, house: House, actor: Actor, project_id: int, feed: int) -> None:
    report = actions.read_feed(house, actor, project_id, feed)
    t = words_of(ctx)
    lines = [_line(report.line, t)]
    for one in report.line.sources[:1]:
        c = one.source.counts
        told = N_("{name}: {taken} items taken, {duplicates} duplicates, {refused} refused.")
        about = {"taken": f"{c.taken:,}", "duplicates": f"{c.duplicates:,}", "refused": f"{c.refused:,}"}
        lines.append(t(told, name=one.source.name, **about))
    lines += [f"- {one.name}\t{t(one.fault.sentence, **one.fault.details)}" for one in report.failed if one.fault]
    emit(ctx, msgspec.to_builtins(details_out(report, t)), "\n".join(lines))


def _line(line: actions.FeedLine, t: Words) -> str:
    feed = line.feed
    state = t(feed.fault.sentence, **feed.fault.details) if feed.fault else "ok" if feed.running else "stopped"
    return "\t".join([str(feed.id), feed.name, feed.connection, str(feed.every or "–"), state])


def feeds(ctx: typer.Context, project: ProjectName) -> None:
    """List a project's feeds: number, name, connection, minutes between two looks, state."""
    with house_and_actor(ctx) as (house, actor):
        found = actions.list_feeds(house, actor, find_project_id(house, actor, project))
        t = words_of(ctx)
        emit(ctx, [feed_out(one, t) for one in found], "\n".join(_line(one, t) for one in found))


def watch(
    ctx: typer.Context,
    project: ProjectName,
    feed: FeedId,
    every: Annotated[int | None, typer.Option(metavar="MINUTES", help="How often the server looks by itself.")] = None,
    stop: Annotated[bool, typer.Option("--stop", help="Stop it.")] = False,
) -> None:
    """Let the server look at a feed every so many minutes, only when asked (without --every), or not any more."""
    with house_and_actor(ctx) as (house, actor):
        project_id = find_project_id(house, actor, project)
        actions.set_running(house, actor, project_id, feed, running=not stop, every=every)
        _show(ctx, house, actor, project_id, feed)


def add_to(app: Noun) -> None:
    for command in (draw, again, watch, feeds):
        app.command()(command)
