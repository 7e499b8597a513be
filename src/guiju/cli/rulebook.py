"""Rulebooks: find their problems, compare, render and publish them."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from guiju.cli.common import emit, house_and_actor, noun, refusals, words_of
from guiju.cli.labels import relabel, relabel_undo
from guiju.kit import N_, Words, new_id
from guiju.rulebooks import (
    compile_document,
    describe_problem,
    differences,
    errors_of,
    get_document,
    get_draft,
    parse_rulebook,
    problems_of,
    propose_version,
    publish_rulebook,
    render_rulebook,
    save_draft,
)
from guiju.rulebooks.exports import export_rulebook

app = noun(help="The rulebook: labels, clauses, examples, checks.")

Source = Annotated[Path, typer.Argument(help="A rulebook document.", exists=True, dir_okay=False, readable=True)]
Project = Annotated[int, typer.Argument(help="The project's number.")]


class Format(StrEnum):
    HTML = "html"
    DOCX = "docx"
    PDF = "pdf"
    MD = "md"
    PROMPT = "prompt"
    SCHEMA = "schema"


def _read(file: Path) -> str:
    return file.read_text(encoding="utf-8-sig", errors="replace")


@app.command()
def check(ctx: typer.Context, file: Source) -> None:
    """Name the problems of a rulebook; exit code 1 if any of them keeps it from being published."""
    words = words_of(ctx)
    problems = problems_of(_read(file))
    shown = [describe_problem(problem, words) for problem in problems]
    lines = [f"{file}:{each['line']}: {each['severity']}: {each['message']} {each['next']}" for each in shown]
    errors = len(errors_of(problems))
    emit(ctx, {"problems": shown, "errors": errors}, "\n".join(lines) or words(N_("No problems.")))
    if errors:
        raise typer.Exit(1)


@app.command()
def diff(ctx: typer.Context, old: Source, new: Source) -> None:
    """Say what changed between two rulebooks, and which version it makes."""
    words = words_of(ctx)
    with refusals(ctx):
        before, after = parse_rulebook(_read(old)), parse_rulebook(_read(new))
        changes = [change.describe(words) for change in differences(before, after)]
        proposal = propose_version(before, after)
    lines = [f"{change['weight']}  {change['message']}" for change in changes]
    lines.append(words(N_("Proposed: {version}"), version=proposal.version))
    emit(ctx, {"changes": changes, "proposed": proposal.version}, "\n".join(lines))


@app.command()
def render(
    ctx: typer.Context,
    file: Source,
    to: Annotated[Format, typer.Option("--format", help="What to write.")] = Format.HTML,
    out: Annotated[Path | None, typer.Option(help="Where to write it; Word and PDF need a file.")] = None,
) -> None:
    """Write a rulebook for reading, as a prompt for a language model, or as the document in its one form."""
    with refusals(ctx):
        content = _rendered(_read(file), to, words_of(ctx))
        if out is None and to in {Format.DOCX, Format.PDF}:
            raise typer.BadParameter(words_of(ctx)(N_("Say with --out where the file goes.")))
    if out is None:
        emit(ctx, {"format": to.value, "text": content.decode()}, content.decode().rstrip())
    else:
        out.write_bytes(content)
        emit(ctx, {"format": to.value, "file": str(out), "bytes": len(content)}, str(out))


def _rendered(document: str, to: Format, words: Words) -> bytes:
    if to is Format.MD:
        return render_rulebook(parse_rulebook(document)).encode()
    return export_rulebook(compile_document(document), to.value, words).content


@app.command()
def publish(
    ctx: typer.Context,
    project: Project,
    file: Source,
    version: Annotated[str | None, typer.Option(help="The version's number (default: as the changes propose).")] = None,
) -> None:
    """Publish a document as the project's next rulebook version."""
    with house_and_actor(ctx) as (house, actor):
        started = get_draft(house, actor, project).revision
        save_draft(house, actor, project, document=_read(file), from_revision=started, request_id=new_id())
        made = publish_rulebook(house, actor, project, request_id=new_id(), version=version)
        published = get_document(house, actor, project, made)
        data = {"id": made, "version": published.version, "digest": published.digest}
        emit(ctx, data, words_of(ctx)(N_("Version {version} published."), version=published.version))


app.command()(relabel)
app.command()(relabel_undo)
