"""The page of a project's progress, and quieting an alert from wherever it stands."""

from typing import Any

from litestar import get, post
from litestar.params import FromPath
from litestar.response import Redirect, Response

from guiju.annotations import ROUND_NAMES
from guiju.annotations.model import STATE_NAMES
from guiju.planning.alerts import quiet_alert, wake_alert
from guiju.planning.progress.actions import look_at_progress
from guiju.planning.stages import STAGE_NAMES, WAIT_NAMES
from guiju.site import Form, actor_of, done, field, flag, house_of, page, request_id_of
from guiju.site.forms import number
from guiju.site.guards import AnyRequest


@get("/projects/{project_id:int}/progress", sync_to_thread=True, include_in_schema=False)
def show_progress(request: AnyRequest, project_id: FromPath[int]) -> Response[Any]:
    """By round and person, the forecast, what waits and how long things wait."""
    seen = look_at_progress(house_of(request), actor_of(request), project_id)
    return page(
        request,
        "planning/progress.html",
        project=seen.standing.project,
        seen=seen,
        round_names=ROUND_NAMES,
        state_names=STATE_NAMES,
        stage_names=STAGE_NAMES,
        wait_names=WAIT_NAMES,
    )


@post("/projects/{project_id:int}/alerts", sync_to_thread=True, include_in_schema=False)
def quiet(request: AnyRequest, project_id: FromPath[int], data: Form) -> Redirect:
    """Quiet an alert with a reason, or let it speak again."""
    house, actor = house_of(request), actor_of(request, csrf=field(data, "csrf", required=False))
    key = field(data, "key", limit=40)
    if flag(data, "wake"):
        wake_alert(house, actor, project_id, key)
    else:
        days, reason = int(number(data, "days", low=0, high=10_000)), field(data, "reason", required=False)
        quiet_alert(house, actor, project_id, key, request_id=request_id_of(data), reason=reason, days=days)
    under = "/progress" if field(data, "back", required=False) == "progress" else ""
    return done(f"/projects/{project_id}{under}")


PAGES: list[Any] = [show_progress, quiet]
