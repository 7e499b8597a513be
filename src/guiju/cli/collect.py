"""Collecting from the command line: prompts, what was given, what becomes of it, and consents."""

import sys
from pathlib import Path
from typing import Annotated

import msgspec
import typer

from guiju.cli.common import emit, house_and_actor, noun, words_of
from guiju.collecting.api import consent_answer, contribution_answer, person_answer
from guiju.collecting.consents.actions import list_mine, withdraw
from guiju.collecting.model import STATE_NAMES, State
from guiju.collecting.prompts import add_prompts
from guiju.collecting.reading import list_given, list_givers
from guiju.data import JOBS
from guiju.delivery.harvest.actions import harvest
from guiju.kit import PageRequest, new_id
from guiju.storage import work_jobs

app = noun("Collecting: what people record, photograph or write to a prompt.")

Project = Annotated[int, typer.Argument(help="The project's number.")]


@app.command()
def prompts(
    ctx: typer.Context,
    project: Project,
    file: Annotated[Path, typer.Argument(help="A text file, one prompt a line; “-” reads the standard input.")],
) -> None:
    """Add prompts: each line is an item that people answer with what it asks for."""
    text = sys.stdin.read() if str(file) == "-" else file.read_text(encoding="utf-8-sig")
    with house_and_actor(ctx) as (house, actor):
        started = add_prompts(house, actor, project, text, request_id=new_id())
        work_jobs(house, JOBS, only=started.job)
        emit(ctx, {"source": started.source}, words_of(ctx)("Prompts are in source {n}.", n=started.source))


@app.command("list")
def list_(
    ctx: typer.Context,
    project: Project,
    only: Annotated[str, typer.Option(help="used, kept, refused, withdrawn or swept.")] = "",
    limit: Annotated[int, typer.Option(min=1, max=200, help="At most so many.")] = 50,
) -> None:
    """What people gave, the newest first, with its measures."""
    words = words_of(ctx)
    states = [state for state in State if state.name.lower() == only]
    with house_and_actor(ctx) as (house, actor):
        found = list_given(house, actor, project, PageRequest(limit), states)
        people = list_givers(house, actor, project)
        called = {one.annotator_id: one.pseudonym for one in people}
        rows = [
            contribution_answer(one, called.get(one.annotator_id, ""), name, prompt) for one, name, prompt in found.rows
        ]
        lines = [
            "\t".join((row.id, words(STATE_NAMES[one.state]), row.name, row.prompt[:60], ",".join(row.problems)))
            for row, (one, _, _) in zip(rows, found.rows, strict=True)
        ]
        answer = {"contributions": rows, "people": [person_answer(one) for one in people]}
        emit(ctx, msgspec.to_builtins(answer), "\n".join(lines) or words("Nothing found"))


@app.command("harvest")
def harvest_(
    ctx: typer.Context,
    project: Project,
    into: Annotated[int | None, typer.Option(help="The project that gets the items (default: the same).")] = None,
    name: Annotated[str, typer.Option(help="What the new source is called.")] = "Collected",
) -> None:
    """Make items of every accepted contribution that is none there yet."""
    with house_and_actor(ctx) as (house, actor):
        made = harvest(house, actor, project, into or project, name=name)
        answer = {"into": made.into, "source": made.source, "items": made.items, "known": made.known}
        emit(ctx, answer, words_of(ctx)("{items} new items in source {n}.", items=made.items, n=made.source))


@app.command()
def consents(ctx: typer.Context) -> None:
    """What I agreed to, in whatever project."""
    with house_and_actor(ctx) as (house, actor):
        rows = [consent_answer(one) for one in list_mine(house, actor)]
        lines = [
            f"{row.id}\t{row.project_name}\t{row.version}\t{row.agreed_at}\t{row.withdrawn_at or ''}" for row in rows
        ]
        emit(ctx, msgspec.to_builtins({"consents": rows}), "\n".join(lines) or words_of(ctx)("Nothing found"))


@app.command("withdraw")
def withdraw_(
    ctx: typer.Context, consent: Annotated[int, typer.Argument(help="Its id, as “collect consents” prints it.")]
) -> None:
    """Take a consent back, and with it everything that was given under it."""
    with house_and_actor(ctx) as (house, actor):
        done = withdraw(house, actor, consent)
        said = words_of(ctx)(
            "{removed} contributions and {items} items are removed; {kept} items at work are given out no more.",
            removed=done.removed,
            items=done.items,
            kept=len(done.kept),
        )
        emit(ctx, msgspec.to_builtins(done), said)
