"""The pages that bring others' work in: the form, and what came of it."""

import asyncio
from typing import Any

from litestar import get, post
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect, Response

from guiju.annotations.imports.actions import Started, find_import, may_import, read_refused, start_import
from guiju.annotations.imports.api import describe_mark, options_of
from guiju.annotations.imports.model import Format
from guiju.data.uploads.actions import receive_form, receiving
from guiju.kit import N_, PageRequest, Refusal, describe
from guiju.people import Act
from guiju.projects import authorise
from guiju.site import actor_of, done, house_of, page, words_of
from guiju.site.forms import request_id_of
from guiju.site.guards import AnyRequest
from guiju.storage import Actor, JobState

FORMAT_NAMES = {
    Format.CSV: N_("CSV: one row an answer"),
    Format.LABEL_STUDIO: N_("Label Studio: its JSON export"),
    Format.COCO: N_("COCO: images, annotations, categories"),
    Format.VOC: N_("Pascal VOC: a zip of XML files"),
    Format.YOLO: N_("YOLO: a zip of text files, boxes, turned boxes or outlines"),
    Format.MASKS: N_("Masks: a zip of PNGs with the table of their numbers"),
    Format.CVAT: N_("CVAT for images: its XML"),
    Format.SPACY: N_("JSON Lines of spans, as spaCy and Prodigy have them"),
    Format.BRAT: N_("brat’s standoff: a zip of .txt and .ann files"),
    Format.RTTM: N_("RTTM: who speaks when"),
    Format.TEXTGRID: N_("TextGrids of Praat: one, or a zip of them"),
    Format.PREFERENCE: N_("Preferences: prompt, chosen, rejected, or answers and who won"),
    Format.JSONL: N_("JSON Lines: answers of every kind, as Guiju delivers them"),
    Format.TURNS: N_("CSV of dialogues: one row a turn"),
    Format.MESSAGES: N_("Messages: conversations that end in what the assistant should say"),
    Format.PARQUET: N_("Parquet: answers of every kind, as Guiju delivers them"),
    Format.ARROW: N_("Arrow (Feather): answers of every kind, as Guiju delivers them"),
}


@get("/projects/{project_id:int}/annotations/import", sync_to_thread=True, include_in_schema=False)
def import_page(request: AnyRequest, project_id: FromPath[int]) -> Response[Any]:
    """The form."""
    return _form(request, actor_of(request), project_id)


def _form(request: AnyRequest, actor: Actor, project_id: int, refusal: Refusal | None = None) -> Response[Any]:
    standing = may_import(house_of(request), actor, project_id)
    error = describe(refusal, words_of(request)) if refusal else None
    status = refusal.status if refusal else 200
    template = "annotations/import.html"
    return page(request, template, status=status, project=standing.project, formats=FORMAT_NAMES, error=error)


@post(
    "/projects/{project_id:int}/annotations/import",
    request_max_body_size=None,
    include_in_schema=False,
)
async def post_import(request: AnyRequest, project_id: FromPath[int]) -> Response[Any] | Redirect:
    """Receive the file and start the import."""
    house, checked = house_of(request), list[Actor]()
    boundary = request.headers.get("content-type", "").partition("boundary=")[2].strip('"')

    def check(csrf: str) -> None:
        actor = actor_of(request, csrf=csrf)
        may_import(house, actor, project_id)
        checked[:] = [actor]

    async with receiving(house) as upload:
        await receive_form(upload, boundary, request.stream(), check)
        told: dict[str, Any] = {"path": upload.paths[0], "name": upload.name, "uploaded": upload.folder}
        try:
            options = options_of(upload.fields)
            request_id = request_id_of(dict(upload.fields))
            started: Started = await asyncio.to_thread(
                start_import, house, checked[0], project_id, request_id=request_id, options=options, **told
            )
        except Refusal as refusal:
            return await asyncio.to_thread(_form, request, checked[0], project_id, refusal)
    return done(f"/projects/{project_id}/annotations/imports/{started.job}")


@get("/projects/{project_id:int}/annotations/imports/{job_id:int}", sync_to_thread=True, include_in_schema=False)
def outcome_page(
    request: AnyRequest, project_id: FromPath[int], job_id: FromPath[int], cursor: FromQuery[str | None] = None
) -> Response[Any]:
    """How far an import is, and what came of it."""
    house, actor, words = house_of(request), actor_of(request), words_of(request)
    report = find_import(house, actor, project_id, job_id)
    refused = read_refused(house, actor, project_id, job_id, PageRequest(100, cursor))
    with house.reading() as connection:
        standing = authorise(connection, actor, project_id, Act.SEE_REPORTS)
    outcome = report.job.outcome or {}
    shown = [describe_mark(mark, words) for mark in refused.rows]
    told = outcome.get("error")
    # the job wrote its first reason down in English; the record itself can be said in the reader's language
    first = {"first": shown[0].message} if shown and cursor is None else {}
    places = {**told["details"], **first} if told else {}
    return page(
        request,
        "annotations/imported.html",
        project=standing.project,
        report=report,
        outcome=outcome,
        failed=words(told["sentence"], **places) + " " + words(told["next"], **places) if told else None,
        running=not report.job.state.is_over,
        done_well=report.job.state is JobState.DONE,
        refused=shown,
        cursor=refused.cursor,
    )


PAGES: list[Any] = [import_page, post_import, outcome_page]
