"""The page of a trial: the gate, the confusions with their items, and what to do next."""

from typing import Any
from urllib.parse import quote_plus

from litestar import get, post
from litestar.params import FromPath
from litestar.response import Redirect, Response

from guiju.annotations import ROUND_NAMES, RoundKind, RoundState
from guiju.data import find_items
from guiju.kit import N_
from guiju.people import Act, may
from guiju.site import Form, actor_of, done, field, house_of, page, words_of
from guiju.site.forms import number, request_id_of
from guiju.site.guards import AnyRequest
from guiju.storage import House
from guiju.work.trial.actions import annotator_names, decide_gate, look_at_trial, make_report
from guiju.work.trial.model import TrialReport
from guiju.work.trial.rules import MEASURE_NAMES

CLOSED = N_("The trial is closed; production can be opened.")


@get("/projects/{project_id:int}/rounds/{round_id:int}/trial", sync_to_thread=True, include_in_schema=False)
def trial_page(request: AnyRequest, project_id: FromPath[int], round_id: FromPath[int]) -> Response[Any]:
    """What the answers say about the rules."""
    house, actor = house_of(request), actor_of(request)
    seen = look_at_trial(house, actor, project_id, round_id)
    report = make_report(house, actor, round_id)
    return page(
        request,
        "work/trial/report.html",
        project=seen.standing.project,
        round=seen.round,
        round_name=ROUND_NAMES[seen.round.kind],
        rulebook=seen.rulebook,
        report=report,
        sentence=report.gate.sentence(words_of(request)),
        measure=MEASURE_NAMES[report.gate.measure],
        names=annotator_names(house, report),
        item_names=_item_names(house, project_id, report),
        decision=seen.decision,
        decides=_decides(seen.round.kind, actor.trusted or may(seen.standing.roles, Act.DECIDE_GATE))
        and seen.decision is None,
        rules=actor.trusted or may(seen.standing.roles, Act.RULE),
        resolves=seen.round.state is RoundState.CLOSED and may(seen.standing.roles, Act.DECIDE_GATE),
        seconds=_seconds,
    )


def _item_names(house: House, project_id: int, report: TrialReport) -> dict[int, str]:
    """What the items that the page points to are called."""
    told = {line.item_id for field in report.fields for line in field.worst[:12]}
    told |= {item for field in report.fields for line in field.confusions[:12] for item in line.items[:4]}
    with house.reading() as connection:
        return {item.id: item.name for item in find_items(connection, project_id, sorted(told)).values()}


def _decides(kind: RoundKind, allowed: bool) -> bool:
    return kind is RoundKind.TRIAL and allowed


@post("/projects/{project_id:int}/rounds/{round_id:int}/trial", sync_to_thread=True, include_in_schema=False)
def post_decision(request: AnyRequest, project_id: FromPath[int], round_id: FromPath[int], data: Form) -> Redirect:
    """Close the trial: its gate is passed, or opened with a signed reason."""
    decide_gate(
        house_of(request),
        actor_of(request, csrf=field(data, "csrf", required=False)),
        round_id,
        request_id=request_id_of(data),
        override_reason=field(data, "reason", required=False) or None,
        seen=int(number(data, "last", default=0)),
    )
    return done(f"/projects/{project_id}/rounds?said={quote_plus(CLOSED)}")


def _seconds(ms: int | None) -> str:
    return "–" if ms is None else f"{ms / 1000:.1f}"


PAGES: list[Any] = [trial_page, post_decision]
