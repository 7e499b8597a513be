"""The page of a round's pace."""

from typing import Any

from litestar import get
from litestar.params import FromPath
from litestar.response import Response

from guiju.annotations import ROUND_NAMES
from guiju.rulebooks import get_published
from guiju.site import actor_of, house_of, page
from guiju.site.guards import AnyRequest
from guiju.work.pace.actions import make_pace


@get("/projects/{project_id:int}/rounds/{round_id:int}/pace", sync_to_thread=True, include_in_schema=False)
def pace_page(request: AnyRequest, project_id: FromPath[int], round_id: FromPath[int]) -> Response[Any]:
    """How long answers took, and what the suggestions were worth."""
    house = house_of(request)
    report = make_pace(house, actor_of(request), round_id, project_id)
    with house.reading() as connection:
        rulebook = get_published(connection, report.round.rulebook_id)
    return page(
        request,
        "work/pace/report.html",
        project=report.project,
        report=report,
        round=report.round,
        round_names=ROUND_NAMES,
        labels=rulebook.labels,
        seconds=_seconds,
    )


def _seconds(ms: float | None) -> str:
    return "–" if ms is None else f"{ms / 1000:.1f}"


PAGES: list[Any] = [pace_page]
