"""A route for programs: a trial's report as a file."""

from typing import Any

from litestar import Response, get
from litestar.params import FromPath, FromQuery

from guiju.site import actor_of, house_of, words_for
from guiju.site.documents import as_download, get_format
from guiju.site.guards import AnyRequest
from guiju.work.trial.paper.actions import write_paper


@get("/rounds/{round_id:int}/report/file", sync_to_thread=True)
def get_report_file(
    request: AnyRequest,
    round_id: FromPath[int],
    format: FromQuery[str] = "html",  # noqa: A002 - the query's own word
    language: FromQuery[str] = "zh",
    pseudonymous: FromQuery[bool] = False,
) -> Response[bytes]:
    """A trial's report as `format` html, docx or pdf; `language` zh, zh-Hant or en; with letters if `pseudonymous`."""
    get_format(format)
    words = words_for("en" if language == "en" else language)
    paper = write_paper(house_of(request), actor_of(request), round_id, words, pseudonymous=pseudonymous)
    return as_download(paper, format, paper.title)


API: list[Any] = [get_report_file]
