"""Routes for programs: bring data in, follow the import, read sources, items and leftovers."""

import asyncio
import shutil
from collections.abc import Mapping
from functools import partial
from typing import Any

import msgspec
from litestar import get, post
from litestar.params import FromPath, FromQuery, JSONBody

from guiju.data.actions import (
    SourceLine,
    as_rights,
    get_item,
    get_job,
    get_source,
    list_items,
    list_leftovers,
    list_project_sources,
    read_text,
    standing_of,
    stop_job,
)
from guiju.data.intake.actions import IMPORT, cancel_import, start_import, take_back_source
from guiju.data.intake.model import Columns, Origin
from guiju.data.intake.rules import reason_of
from guiju.data.mapping.actions import preview_import
from guiju.data.mapping.errors import MappingUnreadable
from guiju.data.mapping.model import Preview
from guiju.data.mapping.rules import columns_of
from guiju.data.model import Item, ItemFilter, Media
from guiju.data.uploads.actions import receive_body, receiving
from guiju.kit import PageRequest, iso
from guiju.people import Act
from guiju.site import actor_of, house_of, words_of
from guiju.site.forms import FieldMissing, request_id_of
from guiju.site.guards import AnyRequest
from guiju.storage import Actor, House, Job


class JobAnswer(msgspec.Struct, frozen=True):
    """`total` is a guess until the job is done; `outcome` is there when it is over."""

    id: int
    kind: str
    state: str
    done: int
    total: int | None
    outcome: dict[str, Any] | None


class SourceAnswer(msgspec.Struct, frozen=True):
    id: int
    name: str
    state: str
    rights: str
    owner: str | None
    licence: str | None
    created_at: str
    landed_at: str | None
    records: int
    taken: int
    duplicates: int
    refused: int
    job: JobAnswer | None
    collected_on: str | None = None
    mapping: dict[str, Any] | None = None
    read_from: list[dict[str, Any]] | None = None


class ItemAnswer(msgspec.Struct, frozen=True):
    """`text` of what is written (of dialogues and comparisons their JSON); the file itself is at `/media/items/{id}`.

    `parts` counts turns or answers, `duration` is in milliseconds.
    """

    id: int
    source: int
    name: str
    media: str
    media_type: str | None
    hash: str
    size: int
    width: int | None
    height: int | None
    parts: int | None
    duration: int | None
    text: str | None
    meta: dict[str, Any] | None


class LeftoverAnswer(msgspec.Struct, frozen=True):
    position: int
    name: str
    code: str
    message: str
    next: str
    details: dict[str, Any]


class ItemsAnswer(msgspec.Struct, frozen=True):
    items: list[ItemAnswer]
    cursor: str | None


class LeftoversAnswer(msgspec.Struct, frozen=True):
    leftovers: list[LeftoverAnswer]
    cursor: str | None


class SourcesAnswer(msgspec.Struct, frozen=True):
    sources: list[SourceAnswer]


class StartedAnswer(msgspec.Struct, frozen=True):
    source: int
    job: int


class Cancelled(msgspec.Struct, frozen=True):
    id: int
    state: str


class TakeBackRequest(msgspec.Struct, frozen=True):
    id: str


class TakenBack(msgspec.Struct, frozen=True):
    """The job that clears the source away; its items are not seen from now on."""

    job: int


def job_answer(job: Job) -> JobAnswer:
    return JobAnswer(job.id, job.kind, job.state.value, job.done, job.total, job.outcome)


def source_answer(line: SourceLine) -> SourceAnswer:
    s, c = line.source, line.source.counts
    about = (s.id, s.name, s.state.value, s.rights.value, s.owner, s.licence, iso(s.created_at))
    landed = iso(s.landed_at) if s.landed_at else None
    job = job_answer(line.job) if line.job else None
    mapping = msgspec.json.decode(s.mapping) if s.mapping else None
    read_from = msgspec.json.decode(s.read_from) if s.read_from else None
    return SourceAnswer(
        *about, landed, c.records, c.taken, c.duplicates, c.refused, job, s.collected_on, mapping, read_from
    )


def item_answer(house: House, item: Item, *, whole: bool = False) -> ItemAnswer:
    text = read_text(house, item) if whole and item.media.is_written else item.body
    meta = msgspec.json.decode(item.meta) if item.meta else None
    about = (item.id, item.source_id, item.name, item.media.value, item.media_type, item.hash, item.size)
    return ItemAnswer(*about, item.width, item.height, item.parts, item.duration, text, meta)


@post("/projects/{project_id:int}/sources", request_max_body_size=None, status_code=202)
async def upload_source(request: AnyRequest, project_id: FromPath[int]) -> StartedAnswer:
    """Import a file that is the request's body, of any size.

    Query: `filename` (its ending says its format), `id` (client-made); `name`, `text` and `name_column`, `rights`,
    `owner`, `licence`, `collected_on` as wanted; `mapping`, how it is read, as a JSON object.
    """
    actor = await asyncio.to_thread(_who_uploads, request, project_id)
    query = request.query_params
    if not query.get("filename"):
        raise FieldMissing(field="filename")
    request_id = request_id_of(dict(query))
    origin = Origin(
        query.get("name", "")[:200],
        as_rights(query.get("rights", "customer")),
        query.get("owner"),
        query.get("licence"),
        query.get("collected_on"),
    )
    columns = _columns_of(dict(query))
    house = house_of(request)
    async with receiving(house) as upload:
        await receive_body(upload, query["filename"], request.stream())
        start = partial(start_import, request_id=request_id, paths=upload.paths, origin=origin, columns=columns)
        started = await asyncio.to_thread(start, house, actor, project_id, uploaded=upload.folder)
    return StartedAnswer(started.source, started.job)


@post("/projects/{project_id:int}/previews", request_max_body_size=None, status_code=200)
async def preview_source(request: AnyRequest, project_id: FromPath[int]) -> Preview:
    """What a file that is the request's body was recognised as, and what would come of it; nothing is kept.

    Query: `filename`; `mapping` as for an import. Without it, what was said the last time for such columns is taken.
    """
    actor = await asyncio.to_thread(_who_uploads, request, project_id)
    query = dict(request.query_params)
    if not query.get("filename"):
        raise FieldMissing(field="filename")
    columns = _columns_of(query) if {"mapping", "text", "name_column"} & query.keys() else None
    house = house_of(request)
    async with receiving(house) as upload:
        await receive_body(upload, query["filename"], request.stream())
        preview = await asyncio.to_thread(preview_import, house, actor, project_id, upload.paths, columns)
        await asyncio.to_thread(shutil.rmtree, upload.folder, ignore_errors=True)
    return preview


def _columns_of(query: Mapping[str, str]) -> Columns:
    """Raises `MappingUnreadable`."""
    try:
        said: Any = msgspec.json.decode(query.get("mapping") or "{}")
    except msgspec.DecodeError as error:
        raise MappingUnreadable(reason=str(error)[:200]) from error
    columns = columns_of(said)
    text, name = query.get("text") or columns.text, query.get("name_column") or columns.name
    return msgspec.structs.replace(columns, text=text, name=name)


def _who_uploads(request: AnyRequest, project_id: int) -> Actor:
    """Who asks, refused before the first byte is stored."""
    actor = actor_of(request)
    standing_of(house_of(request), actor, project_id, Act.IMPORT_DATA)
    return actor


@get("/projects/{project_id:int}/sources", sync_to_thread=True)
def get_sources(request: AnyRequest, project_id: FromPath[int]) -> SourcesAnswer:
    actor = actor_of(request)
    return SourcesAnswer([source_answer(line) for line in list_project_sources(house_of(request), actor, project_id)])


@get("/projects/{project_id:int}/sources/{source_id:int}", sync_to_thread=True)
def get_one_source(request: AnyRequest, project_id: FromPath[int], source_id: FromPath[int]) -> SourceAnswer:
    actor = actor_of(request)
    return source_answer(get_source(house_of(request), actor, project_id, source_id))


@post("/projects/{project_id:int}/sources/{source_id:int}/take-back", sync_to_thread=True, status_code=202)
def take_back(
    request: AnyRequest, project_id: FromPath[int], source_id: FromPath[int], data: JSONBody[TakeBackRequest]
) -> TakenBack:
    """Take a source back whole, as long as nobody works with its items."""
    actor = actor_of(request)
    request_id = request_id_of({"request_id": data.id})
    return TakenBack(take_back_source(house_of(request), actor, project_id, source_id, request_id=request_id))


@get("/projects/{project_id:int}/sources/{source_id:int}/leftovers", sync_to_thread=True)
def get_leftovers(
    request: AnyRequest,
    project_id: FromPath[int],
    source_id: FromPath[int],
    limit: FromQuery[int] = 50,
    cursor: FromQuery[str | None] = None,
) -> LeftoversAnswer:
    """The records that were not taken, each with its reason in the reader's language."""
    actor, words = actor_of(request), words_of(request)
    found = list_leftovers(house_of(request), actor, project_id, source_id, PageRequest(limit, cursor))
    rows = [LeftoverAnswer(row.position, row.name, row.code, *reason_of(row, words), row.details) for row in found.rows]
    return LeftoversAnswer(rows, found.cursor)


@get("/projects/{project_id:int}/items", sync_to_thread=True)
def get_items(  # noqa: PLR0913, PLR0917 - a query has as many parts as it has
    request: AnyRequest,
    project_id: FromPath[int],
    source: FromQuery[int | None] = None,
    media: FromQuery[Media | None] = None,
    prefix: FromQuery[str] = "",
    sort: FromQuery[str] = "id",
    limit: FromQuery[int] = 50,
    cursor: FromQuery[str | None] = None,
) -> ItemsAnswer:
    """Items by id, or by name (`sort=name`); of one source, of one media, whose name begins with `prefix`."""
    actor, house = actor_of(request), house_of(request)
    wanted = ItemFilter(source, media, prefix[:300], sort == "name")
    found = list_items(house, actor, project_id, PageRequest(limit, cursor), wanted)
    return ItemsAnswer([item_answer(house, item) for item in found.rows], found.cursor)


@get("/items/{item_id:int}", sync_to_thread=True)
def get_one_item(request: AnyRequest, item_id: FromPath[int]) -> ItemAnswer:
    actor, house = actor_of(request), house_of(request)
    return item_answer(house, get_item(house, actor, item_id), whole=True)


@get("/jobs/{job_id:int}", sync_to_thread=True)
def get_one_job(request: AnyRequest, job_id: FromPath[int]) -> JobAnswer:
    return job_answer(get_job(house_of(request), actor_of(request), job_id))


@post("/jobs/{job_id:int}/cancel", sync_to_thread=True, status_code=202)
def cancel_one_job(request: AnyRequest, job_id: FromPath[int]) -> Cancelled:
    """Ask a job to stop. A cancelled import leaves no item. Sent twice, it stops once."""
    actor, house = actor_of(request), house_of(request)
    job = get_job(house, actor, job_id)
    if job.state.is_over:
        return Cancelled(job_id, job.state.value)
    if job.kind == IMPORT and job.project_id is not None:
        cancel_import(house, actor, job.project_id, int(job.payload["source"]))
    else:
        stop_job(house, actor, job)
    return Cancelled(job_id, "cancelling")


API: list[Any] = [
    upload_source,
    preview_source,
    get_sources,
    get_one_source,
    take_back,
    get_leftovers,
    get_items,
    get_one_item,
    get_one_job,
    cancel_one_job,
]
