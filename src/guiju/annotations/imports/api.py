"""JSON of the import of others' work."""

import asyncio
from collections.abc import Mapping
from typing import Any

import msgspec
from litestar import get, post
from litestar.params import FromPath, FromQuery

from guiju.annotations.imports.actions import Started, find_import, may_import, read_refused, start_import
from guiju.annotations.imports.errors import UnknownFormat, places_in
from guiju.annotations.imports.model import Columns, Format, ImportOptions, RefusedMark
from guiju.data.uploads.actions import receive_body, receiving
from guiju.kit import PageRequest, Words
from guiju.site import actor_of, house_of, words_of
from guiju.site.forms import FieldMissing, request_id_of
from guiju.site.guards import AnyRequest
from guiju.storage import Actor


class StartedAnswer(msgspec.Struct, frozen=True):
    """The round to be filled, its job, and the job that creates the items first, if that was asked for."""

    round: int
    job: int
    items_job: int | None


class RefusedAnswer(msgspec.Struct, frozen=True):
    position: int
    item: str
    annotator: str
    code: str
    message: str
    details: dict[str, object]


class ImportAnswer(msgspec.Struct, frozen=True):
    """An import's state and outcome, and a page of the records that were not taken."""

    job: int
    round: int
    state: str
    done: int
    total: int | None
    outcome: dict[str, Any] | None
    refused: list[RefusedAnswer]
    cursor: str | None


def options_of(said: Mapping[str, str]) -> ImportOptions:
    """How a form or a query says a file is to be read. Raises `UnknownFormat`."""
    given = said.get("format", "") or "csv"
    if given not in {*Format}:
        raise UnknownFormat(format=given[:40], known=", ".join(Format))
    header = tuple(name.strip() for name in said.get("columns", "").split(",") if name.strip())
    return ImportOptions(
        format=Format(given),
        round_kind=said.get("round", "") or "import",
        columns=Columns(
            header, said.get("item", ""), said.get("annotator_column", ""), said.get("label", ""), said.get("text", "")
        ),
        annotator=said.get("annotator", "").strip(),
        field=said.get("field", "").strip(),
        create_items=bool(said.get("create_items")),
        clip=bool(said.get("clip")),
        predictions=bool(said.get("predictions")),
    )


def describe_mark(mark: RefusedMark, words: Words) -> RefusedAnswer:
    """A refused record with its reason in the reader's language."""
    places = places_in(mark.details, words.locale)
    message = words(mark.sentence, **places)
    return RefusedAnswer(mark.position, mark.item, mark.annotator, mark.code, message, places)


@post("/projects/{project_id:int}/annotation-imports", request_max_body_size=None, status_code=202)
async def upload_annotations(request: AnyRequest, project_id: FromPath[int]) -> StartedAnswer:
    """Import a file of others' work that is the request's body, of any size.

    Query: `filename`, `format` (csv, label-studio, coco, voc, yolo, cvat, spacy, jsonl …), `id` (client-made); as
    wanted `round` (import, trial), `columns`, `item`, `annotator_column`, `label`, `text`, `annotator`, `field`,
    `create_items`, `clip`, `predictions` (a model's: they hold for nothing and can be suggested).
    """
    actor: Actor = await asyncio.to_thread(actor_of, request)
    house, query = house_of(request), dict(request.query_params)
    await asyncio.to_thread(may_import, house, actor, project_id)
    if not query.get("filename"):
        raise FieldMissing(field="filename")
    options, request_id = options_of(query), request_id_of({"request_id": query.get("id", "")})
    async with receiving(house) as upload:
        await receive_body(upload, query["filename"], request.stream())
        told: dict[str, Any] = {
            "request_id": request_id,
            "path": upload.paths[0],
            "options": options,
            "uploaded": upload.folder,
        }
        started: Started = await asyncio.to_thread(start_import, house, actor, project_id, name=upload.name, **told)
    return StartedAnswer(started.round, started.job, started.items_job)


@get("/projects/{project_id:int}/annotation-imports/{job_id:int}", sync_to_thread=True)
def show_import(
    request: AnyRequest,
    project_id: FromPath[int],
    job_id: FromPath[int],
    limit: FromQuery[int] = 50,
    cursor: FromQuery[str | None] = None,
) -> ImportAnswer:
    """How far an import is, what came of it, and what was not taken, each with its reason."""
    house, actor, words = house_of(request), actor_of(request), words_of(request)
    report = find_import(house, actor, project_id, job_id)
    refused = read_refused(house, actor, project_id, job_id, PageRequest(limit, cursor))
    job = report.job
    shown = [describe_mark(mark, words) for mark in refused.rows]
    about = (job.id, report.round_id, job.state.value, job.done, job.total, job.outcome)
    return ImportAnswer(*about, shown, refused.cursor)


API: list[Any] = [upload_annotations, show_import]
