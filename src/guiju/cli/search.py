"""Items of a project found from the command line."""

from typing import Annotated

import msgspec
import typer

from guiju.cli.common import emit, house_and_actor, words_of
from guiju.cli.data import ProjectName, find_project_id
from guiju.findings import JOBS
from guiju.findings.search import Result, read_search, search_items
from guiju.findings.search.api import found_answer
from guiju.kit import PageRequest
from guiju.storage import work_jobs


def add_to(app: typer.Typer) -> None:
    app.command()(search)


def search(
    ctx: typer.Context,
    project: ProjectName,
    query: Annotated[str, typer.Argument(help="Words that must all be there, in the text or in the name.")] = "",
    label: Annotated[str, typer.Option(help="A label of the answer of record, by its id.")] = "",
    state: Annotated[str, typer.Option(help="open, resolved or aside.")] = "",
    source: Annotated[str, typer.Option(help="The number of a source.")] = "",
    media: Annotated[str, typer.Option(help="text, image, dialogue, comparison or audio.")] = "",
    scene: Annotated[str, typer.Option(help="The number of a scene.")] = "",
    like: Annotated[str, typer.Option(help="An item's number, or a text: the nearest first.")] = "",
    region: Annotated[str, typer.Option(help="x,y,w,h: a part, in pixels, of the picture that --like names.")] = "",
    limit: Annotated[int, typer.Option(min=1, max=200, help="At most so many.")] = 20,
) -> None:
    """Find items by words, labels, state, source and kind, the newest first."""
    filters = {"label": label, "state": state, "source": source, "media": media, "scene": scene, "like": like}
    wanted = read_search({"q": query, "region": region, **filters})
    with house_and_actor(ctx) as (house, actor):
        project_id = find_project_id(house, actor, project)
        found = search_items(house, actor, project_id, wanted, PageRequest(limit))
        if found.unread or found.labels_behind:
            work_jobs(house, JOBS)
            found = search_items(house, actor, project_id, wanted, PageRequest(limit))
        answer = {"found": [found_answer(one) for one in found.rows], "more": found.cursor is not None}
        emit(ctx, msgspec.to_builtins(answer), _lines(found) or words_of(ctx)("Nothing found"))


def _lines(found: Result) -> str:
    return "\n".join(
        f"{one.item.id}\t{one.item.name}\t{', '.join(one.labels)}\t{(one.item.body or '')[:200]}" for one in found.rows
    )
