"""The trial's report taken away from its page."""

from typing import Any

from litestar import Response, get
from litestar.params import FromPath, FromQuery

from guiju.annotations import RoundNotFound
from guiju.people import Act
from guiju.site import LOCALES, actor_of, house_of, words_for
from guiju.site.documents import as_download, get_format
from guiju.site.guards import AnyRequest, locale_of
from guiju.work.trial.actions import allowed_round
from guiju.work.trial.paper.actions import write_paper


@get("/projects/{project_id:int}/rounds/{round_id:int}/trial/file", sync_to_thread=True, include_in_schema=False)
def take_report(  # noqa: PLR0917 - a query has as many parts as it has
    request: AnyRequest,
    project_id: FromPath[int],
    round_id: FromPath[int],
    format: FromQuery[str] = "pdf",  # noqa: A002 - the query's own word
    language: FromQuery[str] = "",
    pseudonymous: FromQuery[str] = "",
) -> Response[bytes]:
    """The report as a file, in the reader's language unless another is chosen."""
    get_format(format)
    house, actor = house_of(request), actor_of(request)
    with house.reading() as connection:
        if allowed_round(connection, actor, round_id, Act.SEE_REPORTS).project_id != project_id:
            raise RoundNotFound(round=round_id)
    words = words_for(language if language in LOCALES else locale_of(request))
    paper = write_paper(house, actor, round_id, words, pseudonymous=bool(pseudonymous))
    return as_download(paper, format, paper.title)


PAGES: list[Any] = [take_report]
