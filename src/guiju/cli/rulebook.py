"""Rulebooks: find their problems, compare, render and publish them."""

import html
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from guiju.cli.common import emit, house_and_actor, noun, refusals, words_of
from guiju.kit import N_, bilingual, new_id
from guiju.kit.words import Bilingual
from guiju.rulebooks import (
    Rulebook,
    describe_problem,
    differences,
    errors_of,
    get_document,
    get_draft,
    html_of,
    parse_rulebook,
    problems_of,
    propose_version,
    publish_rulebook,
    render_rulebook,
    save_draft,
)

app = noun(help="The rulebook: labels, clauses, examples, checks.")

Source = Annotated[Path, typer.Argument(help="A rulebook document.", exists=True, dir_okay=False, readable=True)]
Project = Annotated[int, typer.Argument(help="The project's number.")]


class Format(StrEnum):
    HTML = "html"
    MD = "md"


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
    to: Annotated[Format, typer.Option("--format", help="HTML or plain Markdown.")] = Format.HTML,
) -> None:
    """Print a rulebook for reading: HTML in the reader's language, or the document in its one form."""
    with refusals(ctx):
        rulebook = parse_rulebook(_read(file))
        text = render_rulebook(rulebook) if to is Format.MD else _page(rulebook, words_of(ctx).locale)
    emit(ctx, {"format": to.value, "text": text}, text.rstrip())


def _page(rulebook: Rulebook, locale: str) -> str:
    def own(text: Bilingual) -> str:
        return html.escape(bilingual(text, locale))

    title = own(rulebook.title)
    labels = "".join(f"<dt>{own(label.name)}</dt><dd>{own(label.definition)}</dd>\n" for label in rulebook.labels)
    clauses = "".join(
        f'<h{clause.level} id="{clause.id}">{clause.id} {own(clause.title)}</h{clause.level}>\n'
        f"{html_of(bilingual(clause.text, locale))}\n"
        for clause in rulebook.clauses
    )
    head = f'<!doctype html>\n<html lang="{locale}"><meta charset="utf-8"><title>{title}</title>\n'
    return f"{head}<h1>{title} {html.escape(rulebook.version)}</h1>\n<dl>\n{labels}</dl>\n{clauses}</html>\n"


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
