"""The project's data: its sources and the form that brings more, what was not taken, the items and one item."""

import csv
import io
from collections.abc import Iterator
from typing import Any

import msgspec
from litestar import Response, get, post
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect, Stream

from guiju.data.actions import (
    SourceLine,
    get_item,
    get_item_count,
    get_source,
    list_items,
    list_leftovers,
    list_project_sources,
    list_source_changes,
    read_text,
    standing_of,
)
from guiju.data.intake.actions import cancel_import, take_back_source
from guiju.data.intake.comparisons import read_comparison
from guiju.data.intake.dialogues import excerpt_of, read_dialogue
from guiju.data.intake.rules import reason_of
from guiju.data.mapping.actions import list_uploads
from guiju.data.mapping.pages import PAGES as MAPPING
from guiju.data.media.pages import PAGES as FILES
from guiju.data.model import MEDIA_NAMES, RIGHTS_NAMES, SOURCE_STATE_NAMES, Item, ItemFilter, Leftover, Media
from guiju.data.rules import safe_cell
from guiju.kinds.ranking.shape import letter
from guiju.kit import N_, Page, PageRequest, Words
from guiju.people import Act, may
from guiju.projects import Standing
from guiju.site import Form, actor_of, done, field, house_of, page, request_id_of, words_of
from guiju.site.guards import AnyRequest
from guiju.storage import Actor, House

LEFTOVERS_SHOWN = 100
ITEMS_SHOWN = 60
CHANGES_SHOWN = 50
NAMES = {"states": SOURCE_STATE_NAMES, "rights_names": RIGHTS_NAMES, "media_names": MEDIA_NAMES}
TAKEN_BACK = N_("The source was taken back; none of its items is left.")
CANCELLED = N_("The import was cancelled; nothing of it is kept.")


def _shared(standing: Standing) -> dict[str, Any]:
    return {**NAMES, "project": standing.project, "may_import": may(standing.roles, Act.IMPORT_DATA)}


@get("/projects/{project_id:int}/data", sync_to_thread=True, include_in_schema=False)
def show_data(request: AnyRequest, project_id: FromPath[int]) -> Response[str]:
    actor, house = actor_of(request), house_of(request)
    standing = standing_of(house, actor, project_id)
    lines = list_project_sources(house, actor, project_id)
    count = get_item_count(house, actor, project_id)
    waiting = list_uploads(house, actor, project_id)
    return page(request, "data/data.html", lines=lines, count=count, waiting=waiting, **_shared(standing))


@get("/projects/{project_id:int}/sources/{source_id:int}/line", sync_to_thread=True, include_in_schema=False)
def show_line(request: AnyRequest, project_id: FromPath[int], source_id: FromPath[int]) -> Response[str]:
    """One row of the table, asked for again while its import runs."""
    actor, house = actor_of(request), house_of(request)
    line = get_source(house, actor, project_id, source_id)
    return page(request, "data/line.html", line=line, **_shared(standing_of(house, actor, project_id)))


@get("/projects/{project_id:int}/sources/{source_id:int}", sync_to_thread=True, include_in_schema=False)
def show_source(
    request: AnyRequest, project_id: FromPath[int], source_id: FromPath[int], cursor: FromQuery[str | None] = None
) -> Response[str]:
    actor, house, words = actor_of(request), house_of(request), words_of(request)
    line = get_source(house, actor, project_id, source_id)
    found = list_leftovers(house, actor, project_id, source_id, PageRequest(LEFTOVERS_SHOWN, cursor))
    rows = [(row, *reason_of(row, words)) for row in found.rows]
    shared = _shared(standing_of(house, actor, project_id))
    error = _job_error(line, words)
    mapping: dict[str, Any] = msgspec.json.decode(line.source.mapping) if line.source.mapping else {}
    read_from: list[dict[str, Any]] = msgspec.json.decode(line.source.read_from) if line.source.read_from else []
    changes, changed = list_source_changes(house, actor, project_id, source_id, CHANGES_SHOWN)
    about = {"line": line, "rows": rows, "cursor": found.cursor, "error": error, "mapping": mapping}
    about |= {"read_from": read_from, "changes": changes, "changed": changed}
    return page(request, "data/source.html", **about, **shared)


def _job_error(line: SourceLine, words: Words) -> dict[str, str] | None:
    """Why the import failed, in the reader's language; the job keeps the sentence as it stands in the catalogue."""
    told = (line.job.outcome or {}).get("error") if line.job else None
    if not told:
        return None
    details = told.get("details", {})
    return {"message": words(told["sentence"], **details), "next": words(told["next"], **details)}


@get("/projects/{project_id:int}/sources/{source_id:int}/leftovers.csv", sync_to_thread=True, include_in_schema=False)
def download_leftovers(request: AnyRequest, project_id: FromPath[int], source_id: FromPath[int]) -> Stream:
    actor, house, words = actor_of(request), house_of(request), words_of(request)
    get_source(house, actor, project_id, source_id)
    headers = {"Content-Disposition": f'attachment; filename="leftovers-{source_id}.csv"'}
    rows = _leftover_rows(house, actor, project_id, source_id, words)
    return Stream(rows, media_type="text/csv; charset=utf-8", headers=headers)


def _leftover_rows(house: House, actor: Actor, project_id: int, source_id: int, words: Words) -> Iterator[str]:
    """The whole list as CSV, a page at a time; the mark at the start tells Excel that it is UTF-8."""
    yield "\ufeff" + _csv(
        [[words(N_("Position")), words(N_("Name")), words(N_("Code")), words(N_("Reason")), words(N_("Next step"))]]
    )
    cursor: str | None = None
    while True:
        found: Page[Leftover] = list_leftovers(house, actor, project_id, source_id, PageRequest(200, cursor))
        rows = [[str(row.position), row.name, row.code, *reason_of(row, words)] for row in found.rows]
        yield _csv([[safe_cell(cell) for cell in row] for row in rows])
        cursor = found.cursor
        if cursor is None:
            return


def _csv(rows: list[list[str]]) -> str:
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    return out.getvalue()


@post("/projects/{project_id:int}/sources/{source_id:int}/take-back", sync_to_thread=True, include_in_schema=False)
def take_back(request: AnyRequest, project_id: FromPath[int], source_id: FromPath[int], data: Form) -> Redirect:
    actor = actor_of(request, csrf=field(data, "csrf", required=False))
    take_back_source(house_of(request), actor, project_id, source_id, request_id=request_id_of(data))
    return done(f"/projects/{project_id}/data?said={TAKEN_BACK}")


@post("/projects/{project_id:int}/sources/{source_id:int}/cancel", sync_to_thread=True, include_in_schema=False)
def cancel(request: AnyRequest, project_id: FromPath[int], source_id: FromPath[int], data: Form) -> Redirect:
    actor = actor_of(request, csrf=field(data, "csrf", required=False))
    cancel_import(house_of(request), actor, project_id, source_id)
    return done(f"/projects/{project_id}/data?said={CANCELLED}")


@get("/projects/{project_id:int}/items", sync_to_thread=True, include_in_schema=False)
def show_items(  # noqa: PLR0917 - a query has as many parts as it has
    request: AnyRequest,
    project_id: FromPath[int],
    source: FromQuery[str] = "",
    media: FromQuery[str] = "",
    prefix: FromQuery[str] = "",
    sort: FromQuery[str] = "id",
    cursor: FromQuery[str | None] = None,
) -> Response[str]:
    actor, house = actor_of(request), house_of(request)
    known_media = Media(media) if media in set(Media) else None
    wanted = ItemFilter(int(source) if source.isdecimal() else None, known_media, prefix[:300], sort == "name")
    found = list_items(house, actor, project_id, PageRequest(ITEMS_SHOWN, cursor), wanted)
    lines = list_project_sources(house, actor, project_id)
    shared = _shared(standing_of(house, actor, project_id))
    return page(request, "data/items.html", found=found, wanted=wanted, lines=lines, opening=opening_of, **shared)


def opening_of(item: Item) -> str:
    """What an item begins with, for a line in a list."""
    if item.body is None:
        return item.spoken_by if item.media is Media.DIALOGUE else "…"
    if item.media is Media.DIALOGUE:
        return excerpt_of(item.body)
    return read_comparison(item.body).prompt if item.media is Media.COMPARISON else item.body


@get("/projects/{project_id:int}/items/{item_id:int}", sync_to_thread=True, include_in_schema=False)
def show_item(request: AnyRequest, project_id: FromPath[int], item_id: FromPath[int]) -> Response[str]:
    actor, house = actor_of(request), house_of(request)
    item = get_item(house, actor, item_id, project_id)
    standing = standing_of(house, actor, project_id, Act.SEE_PROJECT)
    text = read_text(house, item) if item.media.is_written else None
    meta: dict[str, Any] = msgspec.json.decode(item.meta) if item.meta else {}
    compared = read_comparison(text) if item.media is Media.COMPARISON and text else None
    turns = read_dialogue(text) if item.media is Media.DIALOGUE and text else None
    shown = {"text": text, "turns": turns, "compared": compared, "letter": letter, "meta": meta}
    may_search = actor.trusted or may(standing.roles, Act.SEE_ITEMS)
    shared = _shared(standing)
    return page(request, "data/item.html", item=item, sections=[], may_search=may_search, **shown, **shared)


PAGES: list[Any] = [
    show_data,
    *MAPPING,
    show_line,
    show_source,
    download_leftovers,
    take_back,
    cancel,
    show_items,
    show_item,
    *FILES,
]
