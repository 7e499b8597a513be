"""The estimate's page: what the work takes, from what, and what if."""

from typing import Any

from litestar import get
from litestar.params import FromPath
from litestar.response import Response

from guiju.planning.estimate.actions import WhatIf, estimate_project
from guiju.planning.estimate.model import BASIS_NAMES
from guiju.site import actor_of, house_of, page
from guiju.site.guards import AnyRequest


@get("/projects/{project_id:int}/estimate", sync_to_thread=True, include_in_schema=False)
def show_estimate(request: AnyRequest, project_id: FromPath[int]) -> Response[Any]:
    """Effort, people, cost and date; `?people=5&overlap=2&reused=1900` asks what if."""
    what_if = WhatIf(
        _whole(request, "people", 10_000), _whole(request, "overlap", 50), _whole(request, "reused", 10**8, least=0)
    )
    seen = estimate_project(house_of(request), actor_of(request), project_id, what_if)
    return page(request, "planning/estimate.html", project=seen.project, seen=seen, basis_names=BASIS_NAMES)


def _whole(request: AnyRequest, name: str, most: int, least: int = 1) -> int | None:
    """A number of the query, brought into its range; anything else is none."""
    said = request.query_params.get(name, "").strip()
    return min(most, max(least, int(said))) if said.isascii() and said.isdigit() and len(said) < 9 else None


PAGES: list[Any] = [show_estimate]
