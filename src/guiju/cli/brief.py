"""Briefs: find their gaps, show, import and sign them."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import msgspec
import typer

from guiju.briefs import (
    BriefNotFound,
    Facet,
    NotUtf8,
    Severity,
    answer_question,
    describe_gap,
    find_gaps,
    get_brief,
    mark_of,
    parse_brief,
    save_brief,
    sign_brief,
)
from guiju.briefs.actions import today_of
from guiju.briefs.paper import paper_of
from guiju.cli.common import emit, house_and_actor, noun, refusals, words_of
from guiju.kit import N_, new_id
from guiju.planning.drafting import JOBS
from guiju.planning.drafting.actions import keep_text, look_at_draft, send_text
from guiju.planning.drafting.api import draft_shown
from guiju.planning.drafting.files import words_of_file
from guiju.planning.drafting.model import Read
from guiju.planning.drafting.rules import SYSTEM
from guiju.planning.estimate import WhatIf, estimate_project
from guiju.planning.estimate.api import shown
from guiju.site.documents import render
from guiju.storage import work_jobs

app = noun(help="The 5W2H brief of a project.")

Source = Annotated[Path, typer.Argument(help="A brief in YAML.", exists=True, dir_okay=False, readable=True)]
Project = Annotated[int, typer.Argument(help="The project's number.")]


@app.command()
def check(ctx: typer.Context, file: Source) -> None:
    """Name the gaps of a brief; exit code 1 if any of them keeps it from being signed."""
    with refusals(ctx):
        gaps = find_gaps(parse_brief(file.read_text(encoding="utf-8-sig", errors="replace")))
    shown = [describe_gap(gap, words_of(ctx)) for gap in gaps]
    blocks = sum(gap.severity is Severity.BLOCKING for gap in gaps)
    lines = [
        f"{gap['severity']}  {gap['place']}: {gap['message']} {gap['ask']} {gap['arithmetic']}".strip() for gap in shown
    ]
    emit(ctx, {"gaps": shown, "blocking": blocks}, "\n".join(lines) or words_of(ctx)(N_("No gaps.")))
    if blocks:
        raise typer.Exit(1)


@app.command()
def show(ctx: typer.Context, project: Project) -> None:
    """Print a project's newest brief."""
    with house_and_actor(ctx) as (house, actor):
        _, current = get_brief(house, actor, project)
        if current is None:
            raise BriefNotFound(project=project)
        data = {"version": current.version, "revision": current.revision, "signed_at": current.signed_at}
        emit(ctx, {**data, "document": current.document}, current.document)


class Paper(StrEnum):
    """What a brief is written as."""

    DOCX = "docx"
    PDF = "pdf"
    HTML = "html"


@app.command()
def export(
    ctx: typer.Context,
    project: Project,
    file: Annotated[Path, typer.Argument(help="The file to write.", dir_okay=False)],
    to: Annotated[Paper, typer.Option("--to", help="What to write.")] = Paper.DOCX,
    version: Annotated[int | None, typer.Option(help="The version; the newest if none is named.")] = None,
) -> None:
    """Write a version of the brief as Word, PDF or a page."""
    with house_and_actor(ctx) as (house, actor):
        standing, found = get_brief(house, actor, project, version)
        if found is None:
            raise BriefNotFound(project=project)
        content = render(paper_of(found, words_of(ctx), standing.project.name, today_of(house)), to.value)
        file.write_bytes(content)
        emit(ctx, {"file": str(file), "bytes": len(content), "version": found.version}, str(file))


@app.command()
def estimate(
    ctx: typer.Context,
    project: Project,
    people: Annotated[int | None, typer.Option(min=1, max=10_000, help="Another number of annotators.")] = None,
    overlap: Annotated[int | None, typer.Option(min=1, max=50, help="Another number of answers an item.")] = None,
) -> None:
    """Say what the work will take: hours, days, date, cost, each with an 80% interval."""
    with house_and_actor(ctx) as (house, actor):
        seen = msgspec.to_builtins(shown(estimate_project(house, actor, project, WhatIf(people, overlap))))
        emit(ctx, seen, "\n".join(f"{name}: {value}" for name, value in seen.items()))


@app.command(name="import")
def import_(ctx: typer.Context, project: Project, file: Source) -> None:
    """Keep a file as the project's brief: into the unsigned version, or as the next one."""
    with house_and_actor(ctx) as (house, actor):
        _, current = get_brief(house, actor, project)
        document = _read(file)
        started = mark_of(current)
        version, revision = save_brief(
            house, actor, project, document=document, started_from=started, request_id=new_id()
        )
        emit(
            ctx,
            {"version": version, "revision": revision},
            words_of(ctx)(N_("Version {version} saved."), version=version),
        )


def _read(file: Path) -> str:
    """The file's text, line ends and all; what is not UTF-8 is refused, since it could not come back as it was."""
    content = file.read_bytes()
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise NotUtf8(at=error.start) from error


@app.command()
def answer(
    ctx: typer.Context,
    project: Project,
    question: Annotated[str, typer.Argument(help="The question as it stands in the brief.")],
    text: Annotated[str, typer.Argument(help="The answer.")],
    facet: Annotated[Facet, typer.Option(help="Where the answer goes.")] = Facet.HOW,
) -> None:
    """Answer an open question, and put the answer into its facet."""
    with house_and_actor(ctx) as (house, actor):
        told = {"question": question, "answer": text, "facet": facet.value}
        version, revision = answer_question(house, actor, project, **told, request_id=new_id())
        said = words_of(ctx)(N_("Version {version} saved."), version=version)
        emit(ctx, {"version": version, "revision": revision}, said)


@app.command()
def sign(ctx: typer.Context, project: Project) -> None:
    """Sign the newest brief as it stands."""
    with house_and_actor(ctx) as (house, actor):
        _, current = get_brief(house, actor, project)
        version, revision = mark_of(current) or (0, 0)
        signed = sign_brief(house, actor, project, version=version, revision=revision, request_id=new_id())
        emit(ctx, {"version": signed}, words_of(ctx)(N_("Version {version} signed."), version=signed))


@app.command()
def draft(
    ctx: typer.Context,
    project: Annotated[int, typer.Argument(help="The project's number.")],
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="A mail or notes: .txt, .docx, .eml.")],
    send_to: Annotated[str, typer.Option(help="Send it to this host; without it nothing is sent.")] = "",
    plain: Annotated[bool, typer.Option(help="Leave personal data in.")] = False,
) -> None:
    """Print what would be sent for a draft of the brief; with --send-to send it, and print what is proposed."""
    with house_and_actor(ctx) as (house, actor):
        text = words_of_file(file.name, file.read_bytes())
        made = keep_text(house, actor, project, request_id=new_id(), text=text, name=file.name)
        if send_to:
            send_text(house, actor, project, made, request_id=new_id(), send_to=send_to, mask=not plain)
            work_jobs(house, JOBS)
        seen = look_at_draft(house, actor, project, made, mask=not plain)
        if seen.draft.failed is not None:
            t = words_of(ctx)
            said = [t(seen.draft.failed[part], **seen.draft.failed["details"]) for part in ("sentence", "next")]
            emit(ctx, msgspec.to_builtins(draft_shown(seen)), " ".join(said))
            raise typer.Exit(1)
        going, read = seen.going, seen.read or Read()
        lines = [f"{going.model} {going.url}", SYSTEM, going.content] if going else []
        for facet, sentences in read.facets.items():
            lines += [f"{facet}\t{'✓' if each.found and not each.strange else '?'}\t{each.text}" for each in sentences]
        lines += [f"{each.facet}\t…\t{each.text}" for each in read.questions]
        emit(ctx, msgspec.to_builtins(draft_shown(seen)), "\n".join(lines))
