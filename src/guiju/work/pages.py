"""The rounds of a project, and the workbench."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import quote_plus

import msgspec
from litestar import get, post
from litestar.params import FromPath
from litestar.response import Redirect, Response

from guiju.annotations import (
    ROUND_NAMES,
    STATE_NAMES,
    Round,
    RoundKind,
    RoundState,
    find_annotator,
    find_round,
    list_rounds,
)
from guiju.briefs import get_signed_figures
from guiju.kit import N_
from guiju.people import Act, Role, list_teams, may
from guiju.projects import ProjectNotFound, Standing, authorise, list_members
from guiju.rulebooks import get_published, latest_published
from guiju.site import (
    Form,
    actor_of,
    done,
    field,
    flag,
    house_of,
    page,
    words_of,
)
from guiju.site.forms import request_id_of
from guiju.site.guards import AnyRequest
from guiju.work import beside, store
from guiju.work.actions import check_certificate
from guiju.work.desk import begin_bench, script_json
from guiju.work.gold.actions import who_is_stopped
from guiju.work.gold.mixing import check_going_on
from guiju.work.gold.model import RETURN_NAMES
from guiju.work.gold.seen import progress_seen_by
from guiju.work.model import RoundProgress
from guiju.work.opening import demand_certificate, open_production, production_gate, set_round_running
from guiju.work.overlap import chooses_one
from guiju.work.overlap.forms import overlap_said
from guiju.work.pace import done_today, outcomes_of
from guiju.work.prefill import list_sources, read_policy
from guiju.work.queue.model import PRIORITY_NAMES, WHOLE
from guiju.work.queue.pages import change_in, gold_in

PRODUCTION_OPEN = N_("Production is open.")
ROUND_CLOSED = N_("The round is closed.")
# A trial is closed by the decision on its gate, imported work by its import.
CLOSED_BY_HAND = {RoundKind.PRODUCTION, RoundKind.REWORK, RoundKind.RECHECK}


@dataclass(frozen=True, slots=True)
class RoundLine:
    """A round as its project lists it."""

    round: Round
    name: str
    progress: RoundProgress
    rulebook: str
    # the share of suggestions that were accepted as they were, once there are any
    accepted: float | None = None

    @property
    def closes(self) -> bool:
        """Whether its trainer may close it now: all is answered."""
        running = self.round.state in {RoundState.OPEN, RoundState.PAUSED}
        return running and 0 < self.progress.total == self.progress.done and self.round.kind in CLOSED_BY_HAND

    @property
    def reopens(self) -> bool:
        """Whether it was closed by hand and can be opened again."""
        return self.round.state is RoundState.CLOSED and self.round.kind in CLOSED_BY_HAND


@get("/projects/{project_id:int}/rounds", sync_to_thread=True, include_in_schema=False)
def rounds_page(request: AnyRequest, project_id: FromPath[int]) -> Response[Any]:
    """Every round of the project, how far it is, and the next one to open."""
    actor = actor_of(request)
    with house_of(request).reading() as connection:
        standing = authorise(connection, actor, project_id, Act.SEE_PROJECT)
        # papers are on the page of exams, each a round of its own
        rounds = [each for each in list_rounds(connection, project_id) if not each.kind.is_learning]
        ids, reads = [each.id for each in rounds], actor.trusted or may(standing.roles, Act.SEE_REPORTS)
        progress = store.progress_of_rounds(connection, ids) if reads else progress_seen_by(connection, ids, actor.id)
        outcomes = outcomes_of(connection, [each.id for each in rounds if each.suggests])
        lines = [
            RoundLine(
                each,
                ROUND_NAMES[each.kind],
                progress[each.id],
                get_published(connection, each.rulebook_id).version,
                _accepted(outcomes.get(each.id, {})),
            )
            for each in reversed(rounds)
            if each.state is not RoundState.DRAFT
        ]
        leads = _leads(standing, actor.trusted)
        opening = _opening(connection, standing, actor.trusted) if leads else None
        halted = who_is_stopped(connection, project_id) if leads else {}
    return page(
        request,
        "work/rounds.html",
        project=standing.project,
        lines=lines,
        opening=opening,
        annotates=may(standing.roles, Act.ANNOTATE),
        leads=leads,
        stopped=halted,
        reports=may(standing.roles, Act.SEE_REPORTS),
        state_words=STATE_NAMES,
    )


def _accepted(outcomes: dict[str, int]) -> float | None:
    return outcomes.get("accepted", 0) / sum(outcomes.values()) if outcomes else None


def _leads(standing: Standing, trusted: bool) -> bool:
    return trusted or may(standing.roles, Act.OPEN_ROUND)


def _opening(connection: Any, standing: Standing, trusted: bool) -> dict[str, Any]:
    """What the forms for the next trial and for production need to know."""
    project_id = standing.project.id
    members = list_members(connection, project_id)
    return {
        "teams": list_teams(connection),
        "annotators": [member for member in members if member.roles & Role.ANNOTATOR],
        "rulebook": (published := latest_published(connection, project_id)),
        "chooses": published and any(chooses_one(each) for each in published.fields),
        "compares": published and not all(chooses_one(each) for each in published.fields),
        "figures": get_signed_figures(connection, project_id),
        "waiting": store.count_unresolved(connection, project_id),
        "gate": production_gate(connection, project_id),
        "overrides": trusted or may(standing.roles, Act.DECIDE_GATE),
        "imports": trusted or may(standing.roles, Act.IMPORT_ANNOTATIONS),
        "sources": list_sources(connection, project_id),
        "priorities": {int(each): name for each, name in PRIORITY_NAMES.items()},
        "returns": RETURN_NAMES,
    }


@post("/projects/{project_id:int}/rounds/production", sync_to_thread=True, include_in_schema=False)
def post_production(request: AnyRequest, project_id: FromPath[int], data: Form) -> Redirect:
    """Open production over all that holds no resolution."""
    kept_for = field(data, "for", required=False)
    house, actor = house_of(request), actor_of(request, csrf=field(data, "csrf", required=False))
    with house.reading() as connection:
        authorise(connection, actor, project_id, Act.OPEN_ROUND)
        policy = read_policy(connection, project_id, field(data, "suggest", required=False))
    open_production(
        house,
        actor,
        project_id,
        request_id=request_id_of(data),
        overlap=overlap_said(data),
        team_id=int(kept_for[5:]) if kept_for.startswith("team-") else None,
        account_id=int(kept_for[7:]) if kept_for.startswith("person-") else None,
        reason=field(data, "reason", required=False) or None,
        policy=policy,
        certified=flag(data, "certified"),
        gold=gold_in(data),
        change=msgspec.structs.replace(change_in(data), name=WHOLE.name),
    )
    return done(f"/projects/{project_id}/rounds?said={quote_plus(PRODUCTION_OPEN)}")


@post("/projects/{project_id:int}/rounds/{round_id:int}/state", sync_to_thread=True, include_in_schema=False)
def post_state(request: AnyRequest, project_id: FromPath[int], round_id: FromPath[int], data: Form) -> Redirect:
    """Pause, open again or close a round."""
    actor = actor_of(request, csrf=field(data, "csrf", required=False))
    wanted = field(data, "state")
    state = RoundState(wanted) if wanted in {"open", "paused", "closed"} else RoundState.PAUSED
    set_round_running(house_of(request), actor, round_id, state)
    back = "" if field(data, "back", required=False) == "project" else "/rounds"
    said = f"?said={quote_plus(ROUND_CLOSED)}" if state is RoundState.CLOSED else ""
    return done(f"/projects/{project_id}{back}{said}")


@post("/projects/{project_id:int}/rounds/{round_id:int}/certified", sync_to_thread=True, include_in_schema=False)
def post_certified(request: AnyRequest, project_id: FromPath[int], round_id: FromPath[int], data: Form) -> Redirect:
    """Ask for the certificate from now on, or from nobody any more."""
    actor = actor_of(request, csrf=field(data, "csrf", required=False))
    demand_certificate(house_of(request), actor, round_id, certified=flag(data, "certified"))
    return done(f"/projects/{project_id}/rounds")


@get("/projects/{project_id:int}/rounds/{round_id:int}/work", sync_to_thread=True, include_in_schema=False)
def workbench(request: AnyRequest, project_id: FromPath[int], round_id: FromPath[int]) -> Any:
    """The workbench on one round: everything that the script needs to begin comes with the page."""
    actor = actor_of(request)
    with house_of(request).reading() as connection:
        standing = authorise(connection, actor, project_id, Act.ANNOTATE)
        round_ = find_round(connection, round_id)
        if round_ is None or round_.project_id != project_id:
            raise ProjectNotFound(project=project_id)
        if round_.kind is RoundKind.EXAM:  # a paper shows nothing that was ruled
            return done(f"/projects/{project_id}/exams/rounds/{round_id}")
        check_certificate(connection, actor, round_)
        check_going_on(connection, round_, actor.id, find_annotator(connection, actor.id))
        rulebook = get_published(connection, round_.rulebook_id)
        begun = begin_bench(request, connection, standing.project, rulebook)
        today = done_today(connection, round_id, actor.id, house_of(request).clock())
    api = f"/api/v1/rounds/{round_id}"
    boot = {
        **begun,
        "round": {
            "id": round_id,
            "kind": round_.kind,
            "kind_name": words_of(request)(ROUND_NAMES[round_.kind]),
            "number": round_.number,
            "suggests": round_.suggests,
        },
        "today": {"done": today},
        "urls": {
            "lease": f"{api}/lease",
            "submit": f"{api}/annotations",
            "mine": f"{api}/mine",
            "questions": f"{api}/questions",
            "drafts": f"{api}/drafts",
            "words": "/workbench/words",
            "back": "/work",
        },
    }
    return page(
        request,
        "work/workbench.html",
        project=standing.project,
        boot=script_json(boot),
        entry="src/workbench/main.tsx",
        back="/work",
    )


PAGES = [rounds_page, post_production, post_state, post_certified, workbench, *beside.PAGES]
