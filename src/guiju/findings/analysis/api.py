"""JSON routes of label analyses."""

import msgspec
from litestar import get, post
from litestar.params import FromPath

from guiju.findings.analysis.actions import ask_to_analyse, look_at_analysis
from guiju.findings.analysis.model import Analysis
from guiju.kit import iso
from guiju.site import actor_of, house_of
from guiju.site.guards import AnyRequest


class AnalysisAnswer(msgspec.Struct):
    made_at: str | None
    analysis: Analysis | None


class AnalysisJob(msgspec.Struct):
    job: int


@get("/projects/{project_id:int}/findings", sync_to_thread=True)
def get_findings(request: AnyRequest, project_id: FromPath[int]) -> AnalysisAnswer:
    """What the labels say when they are looked at together; nothing before somebody asked for it."""
    kept = look_at_analysis(house_of(request), actor_of(request), project_id)
    return AnalysisAnswer(iso(kept.made_at) if kept.made_at else None, kept.analysis)


@post("/projects/{project_id:int}/findings", sync_to_thread=True, status_code=202)
def post_findings(request: AnyRequest, project_id: FromPath[int]) -> AnalysisJob:
    """Ask for the labels to be looked at (again)."""
    return AnalysisJob(ask_to_analyse(house_of(request), actor_of(request), project_id))


API = [get_findings, post_findings]
