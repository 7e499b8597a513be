"""Pages of delivery: what was handed over, and the next package."""

from typing import Any

from litestar import get, post
from litestar.params import FromPath, FromQuery
from litestar.response import File, Redirect, Response

from guiju.delivery.actions import deliver, list_deliveries
from guiju.delivery.api import package_file
from guiju.delivery.formats import FORMATS
from guiju.delivery.model import INCLUDE_NAMES, Include
from guiju.kit import PageRequest
from guiju.people import Act, may
from guiju.projects import authorise
from guiju.rulebooks import latest_published
from guiju.site import Form, actor_of, done, field, flag, house_of, page, request_id_of
from guiju.site.guards import AnyRequest
from guiju.storage import find_job


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
    kinds = {each.kind for each in rulebook.fields} if rulebook else set[str]()
    return page(
        request,
        "delivery/deliveries.html",
        project=standing.project,
        rows=found.rows,
        jobs=jobs,
        cursor=found.cursor,
        formats=[one for one in FORMATS.values() if one.holds & kinds],
        include_names=INCLUDE_NAMES,
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
    )
    return done(f"/projects/{project_id}/deliveries")


@get("/projects/{project_id:int}/deliveries/{number:int}/package", sync_to_thread=True, include_in_schema=False)
def download(request: AnyRequest, project_id: FromPath[int], number: FromPath[int]) -> File:
    return package_file(request, project_id, number)


PAGES = [deliveries_page, deliver_it, download]
