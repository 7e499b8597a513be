"""JSON routes of deliveries, and the package itself."""

import msgspec
from litestar import get, post
from litestar.params import FromPath, FromQuery, JSONBody
from litestar.response import File, Response

from guiju.delivery.actions import deliver, get_delivery, get_package, list_deliveries, list_formats
from guiju.delivery.documents import write_quality_report
from guiju.delivery.model import Delivery, DeliveryState, Include, Loss, Summary, Terms
from guiju.delivery.splits import Splits
from guiju.kit import PageRequest, iso
from guiju.site import actor_of, house_of
from guiju.site.documents import as_download, get_format
from guiju.site.guards import AnyRequest


class DeliverRequest(msgspec.Struct):
    """`splits` are the parts, `since` an earlier delivery of which only the difference is wanted, `lots` numbers."""

    id: str
    format: str
    include: Include = Include.ACCEPTED
    with_media: bool = False
    splits: Splits | None = None
    since: int | None = None
    lots: list[int] = []
    references: bool = False
    personal: bool = True


class DeliverAnswer(msgspec.Struct):
    delivery: int
    number: int
    job: int


class DeliveryAnswer(msgspec.Struct):
    id: int
    number: int
    format: str
    include: Include
    state: DeliveryState
    job: int | None
    sha256: str | None
    size: int | None
    items: int | None
    created_at: str
    terms: Terms
    summary: Summary


class DeliveriesAnswer(msgspec.Struct):
    deliveries: list[DeliveryAnswer]
    cursor: str | None


class FormatAnswer(msgspec.Struct):
    """`loses` are the fields that would not travel, each with the reason: its `kind`, or what it is asked of."""

    format: str
    title: str
    loses: list[Loss]


class FormatsAnswer(msgspec.Struct):
    formats: list[FormatAnswer]


def delivery_answer(one: Delivery) -> DeliveryAnswer:
    named = (one.id, one.number, one.format, one.include, one.state, one.job_id)
    return DeliveryAnswer(*named, one.blob, one.size, one.items, iso(one.created_at), one.terms, one.summary)


@post("/projects/{project_id:int}/deliveries", sync_to_thread=True)
def post_delivery(request: AnyRequest, project_id: FromPath[int], data: JSONBody[DeliverRequest]) -> DeliverAnswer:
    """Freeze the project as it stands and build its package in the background."""
    actor = actor_of(request)
    asked = deliver(
        house_of(request),
        actor,
        project_id,
        data.id,
        format=data.format,
        include=data.include,
        with_media=data.with_media,
        terms=Terms(data.splits, data.since, tuple(dict.fromkeys(data.lots)), data.references, data.personal),
    )
    return DeliverAnswer(asked.delivery, asked.number, asked.job)


@get("/projects/{project_id:int}/deliveries", sync_to_thread=True)
def get_deliveries(
    request: AnyRequest, project_id: FromPath[int], cursor: FromQuery[str | None] = None, limit: FromQuery[int] = 50
) -> DeliveriesAnswer:
    """The project's deliveries, the newest first."""
    found = list_deliveries(house_of(request), actor_of(request), project_id, PageRequest(limit, cursor))
    return DeliveriesAnswer([delivery_answer(one) for one in found.rows], found.cursor)


@get("/projects/{project_id:int}/deliveries/{number:int}", sync_to_thread=True)
def get_one_delivery(request: AnyRequest, project_id: FromPath[int], number: FromPath[int]) -> DeliveryAnswer:
    """A delivery: its state, its terms, and once it is built its parts, what was left out and what changed."""
    return delivery_answer(get_delivery(house_of(request), actor_of(request), project_id, number))


@get("/projects/{project_id:int}/deliveries/{number:int}/package", sync_to_thread=True)
def get_the_package(request: AnyRequest, project_id: FromPath[int], number: FromPath[int]) -> File:
    """The package, a zip."""
    return package_file(request, project_id, number)


@get("/projects/{project_id:int}/deliveries/{number:int}/report", sync_to_thread=True)
def get_quality_report(
    request: AnyRequest,
    project_id: FromPath[int],
    number: FromPath[int],
    format: FromQuery[str] = "html",  # noqa: A002 - the query's own word
    language: FromQuery[str] = "zh",
) -> Response[bytes]:
    """The quality report of a delivery: `format` html, docx or pdf; `language` zh, zh-Hant or en."""
    get_format(format)
    document = write_quality_report(house_of(request), actor_of(request), project_id, number, language)
    return as_download(document, format, document.title)


@get("/projects/{project_id:int}/deliveries/formats", sync_to_thread=True)
def get_formats(request: AnyRequest, project_id: FromPath[int]) -> FormatsAnswer:
    """The formats that can hold what the project annotates, each with the fields that it would not carry."""
    found = list_formats(house_of(request), actor_of(request), project_id)
    return FormatsAnswer([FormatAnswer(one.name, one.title, list(lost)) for one, lost in found])


def package_file(request: AnyRequest, project_id: int, number: int) -> File:
    house = house_of(request)
    found = get_package(house, actor_of(request), project_id, number)
    name = f"project-{project_id}-delivery-{number}-{found.format}.zip"
    return File(house.blobs.path(found.blob or ""), filename=name, media_type="application/zip")


API = [post_delivery, get_deliveries, get_formats, get_one_delivery, get_the_package, get_quality_report]
