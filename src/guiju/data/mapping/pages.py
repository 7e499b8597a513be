"""The page between an upload and its import: what was recognised, what is meant, what would come of it."""

import asyncio
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

import msgspec
from litestar import Response, get, post
from litestar.params import FromPath
from litestar.response import Redirect

from guiju.data.actions import as_rights, standing_of
from guiju.data.errors import BadCollectionDay
from guiju.data.intake.actions import check_origin
from guiju.data.intake.comparisons import sign_of
from guiju.data.intake.errors import ImportRefused
from guiju.data.intake.model import CHANGED_NAMES, TAKE_NAMES, UNIT_NAMES, Columns, Origin, Take, Unit
from guiju.data.mapping.actions import (
    discard_upload,
    find_upload,
    forget_mapping,
    import_upload,
    keep_upload,
    preview_import,
)
from guiju.data.mapping.errors import MappingUnreadable
from guiju.data.mapping.model import Preview, SeenPart, Told
from guiju.data.mapping.rules import columns_of_form, told_of
from guiju.data.model import MEDIA_NAMES, RIGHTS_NAMES, Media
from guiju.data.uploads.actions import receive_form, receiving
from guiju.data.uploads.errors import UploadUnreadable
from guiju.kit import N_, Refusal
from guiju.people import Act
from guiju.site import Form, actor_of, done, field, house_of, page, request_id_of, words_of
from guiju.site.forms import many
from guiju.site.guards import AnyRequest
from guiju.storage import Actor, House

FORMAT_NAMES = {
    "folder": N_("pictures or sounds"),
    "zip": N_("zip"),
    "image": N_("Image"),
    "sound": N_("Sound"),
    "excel": "Excel",
    "csv": "CSV",
    "jsonl": "JSON Lines",
    "json": "JSON",
    "parquet": "Parquet",
    "word": "Word",
    "txt": "TXT",
}
WRITTEN = (Media.TEXT, Media.DIALOGUE, Media.COMPARISON)
UNITS = {"txt": (Unit.LINE, Unit.PARAGRAPH, Unit.WHOLE), "word": (Unit.PARAGRAPH, Unit.WHOLE, Unit.ROW)}
SELECTED_FROM = 60
SHOWN_COLUMNS = 30
ENCODINGS = ("utf-8", "gb18030", "big5", "utf-16", "shift_jis", "euc-kr", "windows-1252")
SIGNS = {"comma": N_("comma"), "tab": N_("tab"), "semicolon": N_("semicolon"), "bar": N_("bar")}
DISCARDED = N_("The files were removed; nothing of them was imported.")
FORGOTTEN = N_("What was said for such columns is forgotten.")
NAMES = {"rights_names": RIGHTS_NAMES, "media_names": MEDIA_NAMES, "changed_names": CHANGED_NAMES}


@post("/projects/{project_id:int}/data", request_max_body_size=None, include_in_schema=False)
async def upload_data(request: AnyRequest, project_id: FromPath[int]) -> Redirect:
    """A form with files, of any size: its fields stand before them, so a stranger's files are never stored."""
    boundary = request.content_type[1].get("boundary", "")
    if not boundary:
        raise UploadUnreadable
    house = house_of(request)
    checked: list[Actor] = []

    def check(csrf: str) -> None:
        actor = actor_of(request, csrf=csrf)
        standing_of(house, actor, project_id, Act.IMPORT_DATA)
        checked[:] = [actor]

    async with receiving(house) as upload:
        await receive_form(upload, boundary, request.stream(), check)
        key = await asyncio.to_thread(keep_upload, house, checked[0], project_id, upload)
    return Redirect(f"/projects/{project_id}/bring/{key}", status_code=303)


@get("/projects/{project_id:int}/bring/{upload:str}", sync_to_thread=True, include_in_schema=False)
def show_upload(request: AnyRequest, project_id: FromPath[int], upload: FromPath[str]) -> Response[str]:
    """With a query, what it says; without one, what is recognised or was said the last time."""
    query = request.query_params
    said = {name: str(query.getall(name)[-1]) for name in query}
    answers = [str(one) for one in query.getall("answers", [])]
    return bring_page(request, actor_of(request), project_id, upload, said=said, answers=answers)


def bring_page(
    request: AnyRequest,
    actor: Actor,
    project_id: int,
    upload: str,
    *,
    said: dict[str, str],
    answers: list[str],
    refusal: Refusal | None = None,
) -> Response[str]:
    """What the files were recognised as and what would come of them, with the form that says otherwise."""
    house = house_of(request)
    waiting, paths = find_upload(house, actor, project_id, upload)
    fault: Told | None = told_of(refusal) if refusal is not None else None
    columns: Columns | None = None
    try:
        columns = columns_of_form(said, answers) if "mapped" in said else None
        preview = preview_import(house, actor, project_id, paths, columns)
        if waiting.then and columns is None and preview.columns.take is None and paths[0].is_dir():
            # what comes later may be of another kind than the sample
            everything = msgspec.structs.replace(preview.columns, take=Take.ALL)
            preview = preview_import(house, actor, project_id, paths, everything)
    except (ImportRefused, MappingUnreadable) as error:
        fault = fault or told_of(error)
        broken = [SeenPart(waiting.name, "", 0, refusal=told_of(error))]
        preview = Preview(broken, 0, columns or Columns(), refusal=told_of(error))
    status = refusal.status if refusal is not None else 200
    shared = _choices(preview, said, answers)
    standing = standing_of(house, actor, project_id)
    names = {"project": standing.project, "waiting": waiting, "seen": preview, "fault": fault, "given": said}
    return page(request, "data/bring.html", status=status, told=_teller(request), **names, **shared, **NAMES)


def _teller(request: AnyRequest) -> Callable[..., str]:
    words = words_of(request)

    def tell(told: Told, part: str = "sentence") -> str:
        return words(told.next if part == "next" else told.sentence, **told.details)

    return tell


def _choices(preview: Preview, said: dict[str, str], answers: list[str]) -> dict[str, Any]:
    """What the form offers. Of many columns a list to type into is offered; nobody scrolls through two thousand."""
    formats = preview.formats
    units = next((UNITS[form] for form in ("txt", "word") if form in formats), ())
    media = preview.columns.media or next(iter(set(WRITTEN) & {said.get("media", "")}), None)
    return {
        "format_names": FORMAT_NAMES,
        "units": {unit: UNIT_NAMES[unit] for unit in units},
        "written": WRITTEN,
        "media": media,
        "is_table": bool(preview.header),
        "takes": TAKE_NAMES if formats & {"folder", "zip"} or len(preview.parts) > 1 else {},
        "columns": preview.columns,
        "answers": answers or list(preview.columns.answers),
        "answer_columns": [one for one in preview.header if sign_of(one)],
        "has_many": len(preview.header) > SELECTED_FROM,
        "shown_columns": preview.header[:SHOWN_COLUMNS],
        "encodings": ENCODINGS,
        "signs": SIGNS,
    }


@post("/projects/{project_id:int}/bring/{upload:str}", sync_to_thread=True, include_in_schema=False)
def import_it(
    request: AnyRequest, project_id: FromPath[int], upload: FromPath[str], data: Form
) -> Response[str] | Redirect:
    actor = actor_of(request, csrf=field(data, "csrf", required=False))
    house = house_of(request)
    said, answers = {name: field(data, name, required=False) for name in data}, many(data, "answers")
    try:
        _import(house, actor, project_id, upload, data=data, columns=columns_of_form(said, answers))
    except (ImportRefused, MappingUnreadable, BadCollectionDay) as refusal:
        given = {**said, "mapped": "1"}
        return bring_page(request, actor, project_id, upload, said=given, answers=answers, refusal=refusal)
    return done(f"/projects/{project_id}/data")


def origin_of_form(house: House, data: Form) -> Origin:
    """Where the data comes from, as the form says. Raises `UnknownRights`, `BadCollectionDay`."""
    origin = Origin(
        field(data, "source", required=False, limit=200),
        as_rights(field(data, "rights", required=False) or "customer"),
        field(data, "owner", required=False, limit=120) or None,
        field(data, "licence", required=False, limit=120) or None,
        field(data, "collected_on", required=False, limit=40) or None,
    )
    return check_origin(house, origin)


def _import(house: House, actor: Actor, project_id: int, upload: str, *, data: Form, columns: Columns) -> None:
    about = {"request_id": request_id_of(data), "columns": columns, "origin": origin_of_form(house, data)}
    import_upload(house, actor, project_id, upload, **about)  # type: ignore[arg-type]


@post("/projects/{project_id:int}/bring/{upload:str}/discard", sync_to_thread=True, include_in_schema=False)
def discard(request: AnyRequest, project_id: FromPath[int], upload: FromPath[str], data: Form) -> Redirect:
    actor = actor_of(request, csrf=field(data, "csrf", required=False))
    discard_upload(house_of(request), actor, project_id, upload)
    return done(f"/projects/{project_id}/data?{urlencode({'said': DISCARDED})}")


@post("/projects/{project_id:int}/bring/{upload:str}/forget", sync_to_thread=True, include_in_schema=False)
def forget(request: AnyRequest, project_id: FromPath[int], upload: FromPath[str], data: Form) -> Redirect:
    """Forget what was said for such columns, and look at the files anew."""
    actor = actor_of(request, csrf=field(data, "csrf", required=False))
    forget_mapping(house_of(request), actor, project_id, field(data, "family", limit=64))
    return done(f"/projects/{project_id}/bring/{upload}?{urlencode({'said': FORGOTTEN})}")


PAGES: list[Any] = [upload_data, show_upload, import_it, discard, forget]
