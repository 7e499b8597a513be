"""The project's own page, and a person's first page."""

from typing import Any

from litestar import get
from litestar.params import FromPath
from litestar.response import Response

from guiju.planning.actions import look_at_day, look_at_project
from guiju.planning.events import EVENT_NAMES, JOB_NAMES, JOB_STATES
from guiju.site import actor_of, house_of, page
from guiju.site.guards import AnyRequest


@get("/projects/{project_id:int}", sync_to_thread=True, include_in_schema=False)
def project_page(request: AnyRequest, project_id: FromPath[int]) -> Response[Any]:
    """The project's line of life, what the gate reads and what to do next."""
    seen = look_at_project(house_of(request), actor_of(request), project_id)
    return page(
        request,
        "planning/project.html",
        project=seen.standing.project,
        seen=seen,
        event_names=EVENT_NAMES,
        job_names=JOB_NAMES,
        job_states=JOB_STATES,
        names=seen.names,
    )


@get("/work", sync_to_thread=True, include_in_schema=False)
def day_page(request: AnyRequest) -> Response[Any]:
    """My work today."""
    actor = actor_of(request)
    return page(request, "planning/day.html", day=look_at_day(house_of(request), actor), actor=actor)


PAGES = [project_page, day_page]
