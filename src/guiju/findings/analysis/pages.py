"""The findings page: what the labels say when they are looked at together, every figure with its items."""

from typing import Any

from litestar import Response, get, post
from litestar.params import FromPath
from litestar.response import Redirect

from guiju.findings.analysis.actions import ask_to_analyse, look_at_analysis
from guiju.kit import N_
from guiju.people import Act, may
from guiju.projects import authorise
from guiju.scenes.model import VIEW_NAMES
from guiju.site import Form, actor_of, done, field, house_of, page
from guiju.site.guards import AnyRequest

CROSS_NAMES = {
    "source": N_("Labels by source"),
    "annotator": N_("Labels by annotator"),
    "week": N_("Labels by the week in which the answer came"),
}


@get("/projects/{project_id:int}/findings", sync_to_thread=True, include_in_schema=False)
def show_findings(request: AnyRequest, project_id: FromPath[int]) -> Response[Any]:
    actor, house = actor_of(request), house_of(request)
    kept = look_at_analysis(house, actor, project_id)
    with house.reading() as connection:
        standing = authorise(connection, actor, project_id, Act.SEE_REPORTS)
    shown: dict[str, Any] = {"kept": kept, "found": kept.analysis, "job": kept.job, "cross_names": CROSS_NAMES}
    shown["view_names"] = {view.value: name for view, name in VIEW_NAMES.items()}
    shown["leads"], shown["writes"] = (
        actor.trusted or may(standing.roles, act) for act in (Act.OPEN_ROUND, Act.WRITE_RULEBOOK)
    )
    return page(request, "findings/findings.html", project=standing.project, **shown)


@post("/projects/{project_id:int}/findings", sync_to_thread=True, include_in_schema=False)
def look_again(request: AnyRequest, project_id: FromPath[int], data: Form) -> Redirect:
    actor = actor_of(request, csrf=field(data, "csrf", required=False))
    ask_to_analyse(house_of(request), actor, project_id)
    return done(f"/projects/{project_id}/findings")


PAGES = [show_findings, look_again]
