"""Annotations from the command line: bring others' work in."""

from pathlib import Path
from typing import Annotated

import typer

from guiju.annotations.imports import Columns, Format, ImportOptions, Started, find_import, read_refused, start_import
from guiju.annotations.imports.api import describe_mark
from guiju.cli.common import emit, house_and_actor, noun, words_of
from guiju.kit import N_, PageRequest, Refusal, Words, new_id
from guiju.storage import Actor, House, Job, find_job, work_jobs
from guiju.web.jobs import HANDLERS

app = noun("Annotations: bring others’ work in, with who gave each answer and when.")

Project = Annotated[int, typer.Argument(help="The project’s number.")]


class WorkNotImported(Refusal):
    """The job was refused or broke; told by the command as every refusal is."""

    code = "work-not-imported"
    status = 422
    sentence = N_("Nothing was imported: “{message}”.")
    next_step = N_("What to do: “{next}”.")


@app.command("import")
def import_(
    ctx: typer.Context,
    project: Project,
    file: Annotated[Path, typer.Argument(help="A file; for VOC also a folder of XML files.", exists=True)],
    format: Annotated[Format, typer.Option(help="What the file is.")] = Format.CSV,  # noqa: A002 - the option's name
    round_kind: Annotated[str, typer.Option("--round", help="Enters as import, or as trial.")] = "import",
    columns: Annotated[str, typer.Option(help="Names the columns of a file without a first row, by commas.")] = "",
    item: Annotated[str, typer.Option(help="The column of the item.")] = "",
    annotator: Annotated[str, typer.Option(help="The column of the annotator.")] = "",
    label: Annotated[str, typer.Option(help="The column of the label.")] = "",
    text: Annotated[str, typer.Option(help="The column of the item’s text.")] = "",
    by: Annotated[str, typer.Option(help="Whose work it is, if the file does not say.")] = "",
    field: Annotated[str, typer.Option(help="The rulebook’s field (default: the first that fits).")] = "",
    create_items: Annotated[bool, typer.Option("--create-items", help="Create unknown items as texts.")] = False,
    clip: Annotated[bool, typer.Option("--clip", help="Cut boxes off at the image’s edge.")] = False,
    predictions: Annotated[
        bool, typer.Option("--predictions", help="A model’s: they hold for nothing, and can be suggested.")
    ] = False,
) -> None:
    """Import answers as a round of their own; what cannot be taken is listed with its reason."""
    header = tuple(name.strip() for name in columns.split(",") if name.strip())
    named = Columns(header, item, annotator, label, text)
    options = ImportOptions(format, round_kind, named, by, field, create_items, clip, predictions)
    with house_and_actor(ctx) as (house, actor):
        started = start_import(house, actor, project, request_id=new_id(), path=file, options=options)
        job = _carry_out(house, started, words_of(ctx))
        outcome = job.outcome or {}
        first = _first_refused(house, actor, project, job.id, words_of(ctx))
        emit(ctx, {"job": job.id, **outcome, "first_refused": first}, _text(outcome, first, words_of(ctx)))


def _carry_out(house: House, started: Started, words: Words) -> Job:
    """Work the jobs in this process. Raises `WorkNotImported` with what they ended with."""
    if started.items_job is not None:
        _work(house, started.items_job, words)
    return _work(house, started.job, words)


def _work(house: House, job_id: int, words: Words) -> Job:
    work_jobs(house, HANDLERS, only=job_id)
    with house.reading() as connection:
        job = find_job(connection, job_id)
    assert job is not None  # it was asked for a moment ago
    told = (job.outcome or {}).get("error")
    if told:
        details = told["details"]
        raise WorkNotImported(message=words(told["sentence"], **details), next=words(told["next"], **details))
    return job


def _first_refused(house: House, actor: Actor, project: int, job_id: int, words: Words) -> list[dict[str, object]]:
    find_import(house, actor, project, job_id)
    found = read_refused(house, actor, project, job_id, PageRequest(20))
    shown = [describe_mark(mark, words) for mark in found.rows]
    return [{"position": one.position, "item": one.item, "code": one.code, "message": one.message} for one in shown]


def _text(outcome: dict[str, object], first: list[dict[str, object]], words: Words) -> str:
    said = N_("{annotations} answers of {annotators} annotators on {items} items taken, {refused} records refused.")
    lines = [words(said, **{name: outcome[name] for name in ("annotations", "annotators", "items", "refused")})]
    return "\n".join([*lines, *(f"  {one['position']}: {one['message']}" for one in first)])
