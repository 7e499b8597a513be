"""Data from the command line: bring files in, list sources, and what was not taken."""

import threading
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any, cast

import msgspec
import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from guiju.cli.common import emit, house_and_actor, noun, progress_of, words_of
from guiju.data import (
    JOBS,
    Columns,
    Origin,
    Rights,
    Started,
    cancel_import,
    list_project_sources,
    start_import,
    take_back_source,
)
from guiju.data.actions import get_source, list_leftovers
from guiju.data.api import LeftoverAnswer, job_answer, source_answer
from guiju.data.intake.rules import reason_of
from guiju.data.mapping.actions import preview_import
from guiju.data.mapping.errors import MappingUnreadable
from guiju.data.mapping.model import Preview
from guiju.data.mapping.rules import columns_of
from guiju.data.model import SOURCE_STATE_NAMES
from guiju.kit import N_, PageRequest, Refusal, Words, new_id
from guiju.projects import ProjectNotFound, list_projects_of
from guiju.storage import Actor, House, Job, find_job, work_jobs

app = noun("Data: bring it in, see where it came from and what was not taken.")

ProjectName = Annotated[str, typer.Argument(metavar="PROJECT", help="The project's number or its whole name.")]


class ImportFailed(Refusal):
    """The job was refused or broke; told by the command as every refusal is."""

    code = "import-failed"
    status = 422
    sentence = N_("Nothing was imported: “{message}”.")
    next_step = N_("What to do: “{next}”.")


class RightsOption(StrEnum):
    CUSTOMER = "customer"
    GENERAL = "general"


def find_project_id(house: House, actor: Actor, said: str) -> int:
    """A project by its number, or by its name among one's own. Raises `ProjectNotFound`."""
    if said.isdecimal():
        return int(said)
    with house.reading() as connection:
        found = [
            standing.project.id for standing in list_projects_of(connection, actor.id) if standing.project.name == said
        ]
    if not found:
        raise ProjectNotFound(project=said)
    return found[0]


Paths = Annotated[
    list[Path],
    typer.Argument(
        metavar="PATH…", help="Folders, zips, pictures, sounds, Excel, CSV, TSV, JSON, JSONL, Parquet, Word, TXT."
    ),
]
TextOption = Annotated[str | None, typer.Option(metavar="COLUMN", help="The column of the text.")]
NameOption = Annotated[str | None, typer.Option(metavar="COLUMN", help="The column of the record's own name.")]
MappingFile = Annotated[
    Path | None, typer.Option(metavar="FILE", help="How the files are read, as YAML (docs/formats/import.md).")
]
AsBefore = Annotated[bool, typer.Option("--as-before", help="Read such columns as was said for them the last time.")]


@app.command("import")
def import_(
    ctx: typer.Context,
    project: ProjectName,
    paths: Paths,
    text: TextOption = None,
    name: NameOption = None,
    mapping: MappingFile = None,
    as_before: AsBefore = False,
    source: Annotated[str, typer.Option(help="What the source is called (default: the file's name).")] = "",
    rights: Annotated[RightsOption, typer.Option(help="What it may be used for.")] = RightsOption.CUSTOMER,
    owner: Annotated[str | None, typer.Option(help="Whose data it is.")] = None,
    licence: Annotated[str | None, typer.Option(help="Under which licence.")] = None,
    collected_on: Annotated[str | None, typer.Option(metavar="DAY", help="When it was collected: 2026-03-31.")] = None,
) -> None:
    """Import files into a project; interrupted, it leaves nothing behind."""
    with house_and_actor(ctx) as (house, actor):
        project_id = find_project_id(house, actor, project)
        origin = Origin(source, Rights(rights.value), owner, licence, collected_on)
        columns = columns_said(mapping, text, name)
        if as_before and columns == Columns():
            columns = preview_import(house, actor, project_id, paths).columns
        started = start_import(
            house, actor, project_id, request_id=new_id(), paths=paths, origin=origin, columns=columns
        )
        job = _carry_out(house, actor, project_id, started, shown=progress_of(ctx))
        check_job(job, words_of(ctx))
        line = get_source(house, actor, project_id, started.source)
        counts = line.source.counts
        said = words_of(ctx)(
            N_("{name}: {taken} items taken, {duplicates} duplicates, {refused} refused."),
            name=line.source.name,
            taken=f"{counts.taken:,}",
            duplicates=f"{counts.duplicates:,}",
            refused=f"{counts.refused:,}",
        )
        emit(ctx, {"source": source_answer(line), "job": job_answer(job) if job else None}, said)


@app.command()
def preview(
    ctx: typer.Context,
    project: ProjectName,
    paths: Paths,
    text: TextOption = None,
    name: NameOption = None,
    mapping: MappingFile = None,
) -> None:
    """What files were recognised as, and what would come of them; nothing is imported."""
    with house_and_actor(ctx) as (house, actor):
        columns = columns_said(mapping, text, name)
        asked = None if columns == Columns() else columns
        found = preview_import(house, actor, find_project_id(house, actor, project), paths, asked)
        emit(ctx, msgspec.to_builtins(found), "\n".join(_preview_lines(found, words_of(ctx))))


def _preview_lines(found: Preview, t: Words) -> Iterator[str]:
    for part in found.parts:
        why = f"{t(part.refusal.sentence, **part.refusal.details)}" if part.refusal else f"{part.records:,}"
        yield f"{part.name}\t{part.format}\t{part.encoding or '–'}\t{why}"
    yield ", ".join(f"{key}={value}" for key, value in msgspec.to_builtins(found.columns).items())
    for one in found.shown:
        said = one.text or " / ".join(f"{line.who}: {line.text}" for line in one.lines)
        yield f"+ {one.position}\t{one.name}\t{' '.join(said.split())[:100]}"
    for one in found.refused:
        if one.refusal:
            yield f"- {one.position}\t{one.name}\t{t(one.refusal.sentence, **one.refusal.details)}"


def columns_said(mapping: Path | None, text: str | None, name: str | None) -> Columns:
    """The mapping of a file, with what the options say in its place. Raises `MappingUnreadable`."""
    columns = Columns() if mapping is None else columns_of(_mapping_of(mapping))
    return msgspec.structs.replace(columns, text=text or columns.text, name=name or columns.name)


def _mapping_of(path: Path) -> dict[str, Any]:
    from ruamel.yaml import YAML, YAMLError  # noqa: PLC0415 - only a mapping in a file costs it

    try:
        said: object = YAML(typ="safe", pure=True).load(path.read_text(encoding="utf-8"))  # pyright: ignore[reportUnknownMemberType]
    except (OSError, UnicodeError, YAMLError) as error:
        raise MappingUnreadable(reason=str(error)[:200]) from error
    if not isinstance(said, dict):
        raise MappingUnreadable(reason=path.name)
    return cast("dict[str, Any]", said)


def _carry_out(house: House, actor: Actor, project_id: int, started: Started, *, shown: bool) -> Job | None:
    """Work the job in this process; interrupted, the import is cancelled and cleared away."""
    try:
        with following(house, started.job, shown=shown):
            work_jobs(house, JOBS, only=started.job)
    except KeyboardInterrupt:
        work_jobs(house, JOBS, only=cancel_import(house, actor, project_id, started.source))
        raise
    with house.reading() as connection:
        return find_job(connection, started.job)


def check_job(job: Job | None, words: Words) -> None:
    """Raises `ImportFailed` with what the job ended with."""
    told = (job.outcome or {}).get("error") if job else None
    if told:
        details = told["details"]
        raise ImportFailed(message=words(told["sentence"], **details), next=words(told["next"], **details))


@contextmanager
def following(house: House, job_id: int, *, shown: bool) -> Generator[None]:
    """A bar on stderr that follows the job's own row."""
    over = threading.Event()
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), disable=not shown, transient=True) as bar:
        task = bar.add_task("", total=None)

        def follow() -> None:
            while not over.wait(0.2):
                with house.reading() as connection:
                    job = find_job(connection, job_id)
                if job is not None:
                    bar.update(task, completed=job.done, total=job.total)

        follower = threading.Thread(target=follow, daemon=True)
        if shown:
            follower.start()
        try:
            yield
        finally:
            over.set()
            if shown:
                follower.join()


@app.command()
def sources(ctx: typer.Context, project: ProjectName) -> None:
    """List a project's sources."""
    with house_and_actor(ctx) as (house, actor):
        lines = list_project_sources(house, actor, find_project_id(house, actor, project))
        t = words_of(ctx)
        text = "\n".join(
            f"{line.source.id}\t{line.source.name}\t{t(SOURCE_STATE_NAMES[line.source.state])}\t"
            f"{line.source.counts.taken}\t{line.source.counts.duplicates}\t{line.source.counts.refused}"
            for line in lines
        )
        emit(ctx, {"sources": [source_answer(line) for line in lines]}, text)


@app.command("take-back")
def take_back(
    ctx: typer.Context, project: ProjectName, source: Annotated[int, typer.Argument(help="The source's id.")]
) -> None:
    """Take a source back whole, as long as nobody works with its items."""
    with house_and_actor(ctx) as (house, actor):
        project_id = find_project_id(house, actor, project)
        job_id = take_back_source(house, actor, project_id, source, request_id=new_id())
        work_jobs(house, JOBS, only=job_id)
        said = words_of(ctx)(N_("The source was taken back; none of its items is left."))
        emit(ctx, {"source": source, "job": job_id}, said)


@app.command()
def leftovers(
    ctx: typer.Context, project: ProjectName, source: Annotated[int, typer.Argument(help="The source's id.")]
) -> None:
    """List the records of a source that were not taken, with their reasons."""
    with house_and_actor(ctx) as (house, actor):
        project_id = find_project_id(house, actor, project)
        rows = list(_leftovers(house, actor, project_id, source, words_of(ctx)))
        text = "\n".join(f"{row.position}\t{row.name}\t{row.code}\t{row.message} {row.next}" for row in rows)
        emit(ctx, {"leftovers": rows}, text)


def _leftovers(house: House, actor: Actor, project_id: int, source: int, words: Words) -> Iterator[LeftoverAnswer]:
    cursor: str | None = None
    while True:
        found = list_leftovers(house, actor, project_id, source, PageRequest(200, cursor))
        for row in found.rows:
            yield LeftoverAnswer(row.position, row.name, row.code, *reason_of(row, words), row.details)
        cursor = found.cursor
        if cursor is None:
            return
