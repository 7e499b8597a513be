"""Pages of delivery: what was handed over, and the next package."""

from typing import Any

import msgspec
from litestar import get, post
from litestar.params import FromPath, FromQuery
from litestar.response import File, Redirect, Response
from sqlalchemy import Connection

from guiju.cleaning.personal import KIND_NAMES
from guiju.delivery import store
from guiju.delivery.actions import deliver, get_delivery, list_deliveries, list_formats
from guiju.delivery.api import package_file
from guiju.delivery.changes import WHY_NAMES
from guiju.delivery.contents import read_head
from guiju.delivery.documents import write_quality_report
from guiju.delivery.formats import FORMATS
from guiju.delivery.issues import loss_sentence
from guiju.delivery.model import CHANGE_NAMES, INCLUDE_NAMES, LEFT_OUT_NAMES, Include, Terms
from guiju.delivery.splits import Splits, read_shares
from guiju.kit import N_, PageRequest, Refusal
from guiju.people import Act, may
from guiju.projects import authorise
from guiju.rulebooks import CompiledRulebook, latest_published
from guiju.site import Form, actor_of, done, field, flag, house_of, page, request_id_of, words_of
from guiju.site.documents import FORMATS as DOCUMENT_FORMATS
from guiju.site.documents import as_download
from guiju.site.documents import get_format as get_document_format
from guiju.site.forms import FormData
from guiju.site.guards import AnyRequest
from guiju.storage import find_job

PRESETS = ("train=80 validation=10 test=10", "train=80 test=20", "train=70 validation=15 test=15")
SHOWN = 200


class NotANumberOfLots(Refusal):
    code = "lots-not-numbers"
    status = 422
    sentence = N_("“{value}” is not a list of lots.")
    next_step = N_("Write the lots' numbers, such as 1, 2, 5.")


@get("/projects/{project_id:int}/deliveries", sync_to_thread=True, include_in_schema=False)
def deliveries_page(
    request: AnyRequest, project_id: FromPath[int], cursor: FromQuery[str | None] = None
) -> Response[Any]:
    """Every delivery with its hash, and the form for the next."""
    actor, house = actor_of(request), house_of(request)
    found = list_deliveries(house, actor, project_id, PageRequest(cursor=cursor))
    with house.reading() as connection:
        standing = authorise(connection, actor, project_id, Act.SEE_REPORTS)
        rulebook = latest_published(connection, project_id)
        jobs = {one.id: find_job(connection, one.job_id) for one in found.rows if one.job_id and one.blob is None}
        splitting = _splitting(connection, project_id, rulebook)
    fields = rulebook.fields if rulebook else ()
    kinds = {each.kind for each in fields}
    fitting = [one for one in FORMATS.values() if one.holds & kinds]
    return page(
        request,
        "delivery/deliveries.html",
        project=standing.project,
        rows=found.rows,
        jobs=jobs,
        cursor=found.cursor,
        formats=fitting,
        lost=[loss_sentence(one).spoken(words_of(request)) for one in fitting[-1].losses(fields)] if fitting else [],
        include_names=INCLUDE_NAMES,
        **splitting,
        delivers=actor.trusted or may(standing.roles, Act.DELIVER),
        downloads=actor.trusted or may(standing.roles, Act.DOWNLOAD),
    )


@post("/projects/{project_id:int}/deliveries", sync_to_thread=True, include_in_schema=False)
def deliver_it(request: AnyRequest, project_id: FromPath[int], data: Form) -> Redirect:
    actor = actor_of(request, csrf=field(data, "csrf", required=False))
    include = Include.ALL if field(data, "include", required=False) == Include.ALL else Include.ACCEPTED
    deliver(
        house_of(request),
        actor,
        project_id,
        request_id_of(data),
        format=field(data, "format"),
        include=include,
        with_media=flag(data, "media"),
        terms=_terms(data),
    )
    return done(f"/projects/{project_id}/deliveries")


def _splitting(connection: Connection, project_id: int, rulebook: CompiledRulebook | None) -> dict[str, Any]:
    """What the form offers: fields to split by, columns to group by, deliveries to compare with."""
    ready = store.list_ready(connection, project_id)
    return {
        "presets": PRESETS,
        "split_fields": [each.id for each in rulebook.fields if each.labels] if rulebook else [],
        "columns": store.list_columns(connection, project_id),
        "ready": ready,
        "parted": [one for one in ready if one.terms.splits],
        "searched": store.is_searched(connection, project_id),
    }


def _terms(data: FormData) -> Terms:
    shares = field(data, "shares", required=False, limit=200) or field(data, "parts", required=False, limit=200)
    splits = None
    if shares:
        group = [piece.strip() for piece in field(data, "group", required=False, limit=300).split(",") if piece.strip()]
        by, seed = field(data, "by", required=False, limit=60), field(data, "seed", required=False, limit=64)
        splits = Splits(read_shares(shares), by or None, tuple(group), seed or "1", _number(data, "keep"))
    lots = tuple(dict.fromkeys(_numbers(field(data, "lots", required=False, limit=400))))
    return Terms(splits, _number(data, "since"), lots, flag(data, "references"), not flag(data, "unlooked"))


def _number(data: FormData, name: str) -> int | None:
    said = field(data, name, required=False, limit=12)
    return int(said) if said.isdecimal() else None


def _numbers(said: str) -> list[int]:
    pieces = said.replace("，", ",").replace("、", ",").replace(" ", ",").split(",")
    wrong = [piece for piece in pieces if piece and not (piece.isdecimal() and len(piece) < 9)]
    if wrong:
        raise NotANumberOfLots(value=wrong[0][:40])
    return [int(piece) for piece in pieces if piece]


@get("/projects/{project_id:int}/deliveries/{number:int}", sync_to_thread=True, include_in_schema=False)
def delivery_page(request: AnyRequest, project_id: FromPath[int], number: FromPath[int]) -> Response[Any]:
    """One delivery: what it holds, what was left out and why, what changed, its reports."""
    actor, house = actor_of(request), house_of(request)
    one = get_delivery(house, actor, project_id, number)
    with house.reading() as connection:
        standing = authorise(connection, actor, project_id, Act.SEE_REPORTS)
        job = find_job(connection, one.job_id) if one.job_id else None
    sees = actor.trusted or may(standing.roles, Act.SEE_ITEMS)
    return page(
        request,
        "delivery/delivery.html",
        project=standing.project,
        one=one,
        error=(job.outcome or {}).get("error") if job else None,
        total=sum(part.items for part in one.summary.parts),
        labels=sorted({label for part in one.summary.parts for label in part.labels}),
        changes=read_head(house, one, "changes.jsonl", SHOWN) if sees else [],
        left_out=read_head(house, one, "not_delivered.jsonl", SHOWN) if sees else [],
        terms=msgspec.to_builtins(one.terms),
        include_names=INCLUDE_NAMES,
        change_names=CHANGE_NAMES,
        left_out_names=LEFT_OUT_NAMES,
        why_names=WHY_NAMES,
        personal_names=KIND_NAMES,
        document_formats=DOCUMENT_FORMATS,
        downloads=actor.trusted or may(standing.roles, Act.DOWNLOAD),
    )


@get("/projects/{project_id:int}/deliveries/losses", sync_to_thread=True, include_in_schema=False)
def losses(
    request: AnyRequest,
    project_id: FromPath[int],
    format: FromQuery[str] = "",  # noqa: A002 - the form's own word
) -> Response[Any]:
    """What a format would not carry, said while it is being chosen."""
    found = list_formats(house_of(request), actor_of(request), project_id)
    lost = [loss_sentence(one).spoken(words_of(request)) for each, lost in found if each.name == format for one in lost]
    return page(request, "delivery/losses.html", lost=lost)


@get("/projects/{project_id:int}/deliveries/{number:int}/report", sync_to_thread=True, include_in_schema=False)
def report(  # noqa: PLR0917 - a query has as many parts as it has
    request: AnyRequest,
    project_id: FromPath[int],
    number: FromPath[int],
    format: FromQuery[str] = "html",  # noqa: A002 - the query's own word
    language: FromQuery[str] = "zh",
    look: FromQuery[bool] = False,
) -> Response[bytes]:
    """The quality report as a file; with `look` it is shown in the browser."""
    get_document_format(format)
    document = write_quality_report(house_of(request), actor_of(request), project_id, number, language)
    return as_download(document, format, document.title, inline=look)


@get("/projects/{project_id:int}/deliveries/{number:int}/package", sync_to_thread=True, include_in_schema=False)
def download(request: AnyRequest, project_id: FromPath[int], number: FromPath[int]) -> File:
    return package_file(request, project_id, number)


PAGES = [deliveries_page, deliver_it, losses, delivery_page, report, download]
