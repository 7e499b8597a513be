"""`guiju project retrospective`: written, filled in with words, signed, taken as a file."""

from pathlib import Path
from typing import Annotated

import typer

from guiju.cli.common import Noun, emit, house_and_actor, words_of
from guiju.kit import new_id
from guiju.planning.retrospective.actions import finish_retrospective, read_retrospective, write_retrospective
from guiju.planning.retrospective.api import told_of
from guiju.planning.retrospective.writing import document_of
from guiju.site.documents import render
from guiju.site.documents.formats import get_format

ProjectId = Annotated[int, typer.Argument(help="The project's number.", metavar="PROJECT")]


def add_to(noun: Noun) -> None:
    noun.command("retrospective")(retrospective)


def retrospective(
    ctx: typer.Context,
    project_id: ProjectId,
    write: Annotated[bool, typer.Option("--write", help="Take the figures: a new version, or the draft anew.")] = False,
    interim: Annotated[bool, typer.Option("--interim", help="While work is still going on.")] = False,
    say: Annotated[
        list[str] | None, typer.Option(help="SECTION=WORDS: estimate, time, defects, rules, next; may be repeated.")
    ] = None,
    sign: Annotated[bool, typer.Option("--sign", help="Sign the draft with these words.")] = False,
    out: Annotated[Path | None, typer.Option(help="Write it to a file: .docx, .pdf or .html.")] = None,
) -> None:
    """Look back at a project: write, sign, print or take the retrospective away."""
    words = words_of(ctx)
    with house_and_actor(ctx) as (house, actor):
        if write:
            write_retrospective(house, actor, project_id, request_id=new_id(), interim=interim)
        one = read_retrospective(house, actor, project_id)
        if sign:
            said = dict(each.split("=", 1) for each in say or [] if "=" in each)
            told = {**one.words, **said}
            finish_retrospective(house, actor, project_id, one.version, revision=one.revision, words=told)
            one = read_retrospective(house, actor, project_id, one.version)
        paper = document_of(one, words)
        if out is not None:
            out.write_bytes(render(paper, get_format(out.suffix.lstrip(".").lower()).suffix))
        lines = [f"{each.what}\t{each.planned}\t{each.actual}" for each in one.figures.lines]
        emit(ctx, told_of(one), "\n".join([paper.title, paper.subtitle, *lines]))
