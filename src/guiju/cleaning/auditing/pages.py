"""The audit report in the browser: looked at, and taken away as Word, PDF or a page."""

from typing import Any

from litestar import Response, get
from litestar.params import FromPath, FromQuery

from guiju.cleaning.auditing.actions import write_audit
from guiju.cleaning.quality.actions import look_at_quality
from guiju.data.actions import standing_of
from guiju.people import Act
from guiju.site import LOCALES, actor_of, house_of, page
from guiju.site.documents import FORMATS, as_download, get_format
from guiju.site.guards import AnyRequest, locale_of


def _number(said: str) -> int | None:
    return int(said) if said.isdecimal() else None


@get("/projects/{project_id:int}/audit", sync_to_thread=True, include_in_schema=False)
def show_audit(
    request: AnyRequest, project_id: FromPath[int], source: FromQuery[str] = "", language: FromQuery[str] = ""
) -> Response[str]:
    actor, house = actor_of(request), house_of(request)
    project = standing_of(house, actor, project_id, Act.SEE_REPORTS).project
    sources = [line.source for line in look_at_quality(house, actor, project_id).lines]
    chosen = language if language in LOCALES else locale_of(request)
    source_id = _number(source)
    query = f"language={chosen}" + (f"&source={source_id}" if source_id else "")
    shown: dict[str, Any] = {
        "project": project,
        "sources": sources,
        "source_id": source_id,
        "query": query,
    }
    return page(request, "cleaning/audit.html", formats=FORMATS, language=chosen, **shown)


@get("/projects/{project_id:int}/audit/report", sync_to_thread=True, include_in_schema=False)
def take_audit(  # noqa: PLR0917 - a query has as many parts as it has
    request: AnyRequest,
    project_id: FromPath[int],
    source: FromQuery[str] = "",
    format: FromQuery[str] = "html",  # noqa: A002 - the query's own word
    language: FromQuery[str] = "zh",
    look: FromQuery[bool] = False,
) -> Response[bytes]:
    """The report as a file; with `look` it is shown inside the page."""
    get_format(format)
    source_id = _number(source)
    document = write_audit(house_of(request), actor_of(request), project_id, source_id=source_id, language=language)
    return as_download(document, format, document.title, inline=look)


PAGES: list[Any] = [show_audit, take_audit]
