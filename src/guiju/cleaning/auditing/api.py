"""A route for programs: the audit report as a file."""

from typing import Any

from litestar import Response, get
from litestar.params import FromPath, FromQuery

from guiju.cleaning.auditing.actions import write_audit
from guiju.site import actor_of, house_of
from guiju.site.documents import as_download, get_format
from guiju.site.guards import AnyRequest


@get("/projects/{project_id:int}/audit", sync_to_thread=True)
def get_audit(
    request: AnyRequest,
    project_id: FromPath[int],
    source: FromQuery[int | None] = None,
    format: FromQuery[str] = "html",  # noqa: A002 - the query's own word
    language: FromQuery[str] = "zh",
) -> Response[bytes]:
    """The audit report on a source or on the project: `format` html, docx or pdf; `language` zh, zh-Hant or en."""
    get_format(format)
    document = write_audit(house_of(request), actor_of(request), project_id, source_id=source, language=language)
    return as_download(document, format, document.title)


API: list[Any] = [get_audit]
