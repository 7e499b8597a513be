"""The pages of labels: those in force, a change asked for, what it touches, what came of it."""

from typing import Any
from urllib.parse import quote_plus

from litestar import get, post
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect, Response

from guiju.kit import N_, Refusal, describe
from guiju.planning.relabelling.actions import act_on, discard, look_at, look_at_labels, propose, undo
from guiju.planning.relabelling.model import (
    KIND_NAMES,
    RULE_NAMES,
    STATE_NAMES,
    Asked,
    Kind,
    Recheck,
    Rule,
    Split,
    Target,
)
from guiju.planning.relabelling.rules import MOST_RECHECKED
from guiju.rulebooks.diff import WEIGHT_NAMES
from guiju.scenes import read_scenes
from guiju.site import Form, actor_of, done, field, house_of, number, page, request_id_of, words_of
from guiju.site.forms import FormData, many
from guiju.site.guards import AnyRequest
from guiju.storage import Actor

WEIGHTS = {weight.name.lower(): name for weight, name in WEIGHT_NAMES.items()}
MOST_PARTS = 4
DISCARDED = N_("It is discarded; nothing was changed.")


@get("/projects/{project_id:int}/rulebook/labels", sync_to_thread=True, include_in_schema=False)
def labels_page(request: AnyRequest, project_id: FromPath[int]) -> Response[str]:
    seen = look_at_labels(house_of(request), actor_of(request), project_id)
    shown: dict[str, Any] = {"kind_names": KIND_NAMES, "state_names": STATE_NAMES, "project": seen.standing.project}
    return page(request, "planning/labels.html", seen=seen, **shown)


@get("/projects/{project_id:int}/rulebook/relabel", sync_to_thread=True, include_in_schema=False)
def form_page(
    request: AnyRequest,
    project_id: FromPath[int],
    act: FromQuery[str] = "",
    rule: FromQuery[Rule] = Rule.ITEMS,
    parts: FromQuery[int] = 2,
) -> Response[str]:
    """What a label becomes: one more form for each label that it is split into."""
    sources = request.query_params.getall("source", [])
    return _form(request, actor_of(request), project_id, sources, act, rule, max(2, min(parts, MOST_PARTS)))


def _form(  # noqa: PLR0913, PLR0917 - what the address says
    request: AnyRequest,
    actor: Actor,
    project_id: int,
    sources: list[str],
    act: str,
    rule: Rule,
    parts: int,
    refusal: Refusal | None = None,
    given: FormData | None = None,
) -> Response[str]:
    house = house_of(request)
    seen = look_at_labels(house, actor, project_id)
    kind = Kind(act) if act in set(Kind) else Kind.MERGE if len(sources) > 1 else Kind.RENAME
    wants_scenes = kind is Kind.SPLIT and rule is Rule.SCENE
    shown: dict[str, Any] = {
        "project": seen.standing.project,
        "seen": seen,
        "sources": [name for name in sources if seen.rulebook and name in seen.rulebook.labels],
        "act": kind,
        "rule": rule,
        "rules": RULE_NAMES,
        "parts": parts if kind is Kind.SPLIT else 1,
        "most": MOST_RECHECKED,
        "most_parts": MOST_PARTS,
        "scenes": read_scenes(house, actor, project_id) if wants_scenes else None,
        "kind_names": KIND_NAMES,
        "given": given or {},
        "error": describe(refusal, words_of(request)) if refusal else None,
    }
    return page(request, "planning/relabel.html", status=refusal.status if refusal else 200, **shown)


@post("/projects/{project_id:int}/rulebook/relabel", sync_to_thread=True, include_in_schema=False)
def post_form(request: AnyRequest, project_id: FromPath[int], data: Form) -> Response[Any]:
    """Have the answers read; a refusal shows the form again with everything that was typed."""
    actor = actor_of(request, csrf=field(data, "csrf", required=False))
    rule = Rule(field(data, "rule", required=False) or Rule.ITEMS)
    parts = int(number(data, "parts", low=1, high=MOST_PARTS, default=1))
    try:
        asked = _asked(data, rule, parts)
        made = propose(house_of(request), actor, project_id, asked, request_id=request_id_of(data))
    except Refusal as refusal:
        act = field(data, "act", required=False)
        return _form(request, actor, project_id, many(data, "source"), act, rule, parts, refusal, data)
    return done(f"/projects/{project_id}/rulebook/relabellings/{made}")


def _asked(data: FormData, rule: Rule, parts: int) -> Asked:
    ways = field(data, "recheck", required=False) or "none"
    recheck = Recheck(ways) if ways in set(Recheck) else Recheck.NONE
    split = None
    targets = [_target(data, n) for n in range(1, parts + 1)]
    if parts > 1:
        by = {target.id: _named(data, f"by{n}") for n, target in enumerate(targets, 1)}
        condition, rest = field(data, "condition", required=False), field(data, "rest", required=False)
        split = Split(rule, {name: named for name, named in by.items() if named}, condition, rest)
        if rest.isdecimal() and 1 <= int(rest) <= parts:
            split = Split(rule, split.by, condition, targets[int(rest) - 1].id)
    sample = int(number(data, "sample", low=0, high=MOST_RECHECKED, default=0))
    return Asked(many(data, "source"), targets, field(data, "reason", required=False), recheck, sample, split)


def _target(data: FormData, n: int) -> Target:
    names = ("zh", "en", "definition_zh", "definition_en")
    return Target(field(data, f"id{n}"), *(field(data, f"{name}{n}", required=False, limit=2_000) for name in names))


def _named(data: FormData, name: str) -> list[str]:
    """One a line, or ticked."""
    return [line.strip() for text in many(data, name) for line in text.splitlines() if line.strip()]


@get(
    "/projects/{project_id:int}/rulebook/relabellings/{relabelling_id:int}",
    sync_to_thread=True,
    include_in_schema=False,
)
def one_page(request: AnyRequest, project_id: FromPath[int], relabelling_id: FromPath[int]) -> Response[str]:
    return _one(request, project_id, relabelling_id, "planning/relabelling.html")


@get(
    "/projects/{project_id:int}/rulebook/relabellings/{relabelling_id:int}/progress",
    sync_to_thread=True,
    include_in_schema=False,
)
def progress(request: AnyRequest, project_id: FromPath[int], relabelling_id: FromPath[int]) -> Response[str]:
    """The job at work, asked for again until it is over; then the whole page is."""
    answer = _one(request, project_id, relabelling_id, "planning/relabelling_at_work.html")
    if 'hx-trigger="every' not in answer.content:
        answer.headers["HX-Refresh"] = "true"
    return answer


def _one(request: AnyRequest, project_id: int, relabelling_id: int, template: str) -> Response[str]:
    looked, words = look_at(house_of(request), actor_of(request), project_id, relabelling_id), words_of(request)
    outcome = looked.last.outcome if looked.last and looked.last.outcome else {}
    failed = outcome.get("error")
    return page(
        request,
        template,
        project=looked.standing.project,
        looked=looked,
        mine=looked.mine,
        labels=looked.before.labels,
        changes=[change.describe(words) for change in looked.changes],
        weight_names=WEIGHTS,
        kind_names=KIND_NAMES,
        state_names=STATE_NAMES,
        rules=RULE_NAMES,
        failed=failed,
    )


@post(
    "/projects/{project_id:int}/rulebook/relabellings/{relabelling_id:int}/act",
    sync_to_thread=True,
    include_in_schema=False,
)
def post_act(request: AnyRequest, project_id: FromPath[int], relabelling_id: FromPath[int], data: Form) -> Redirect:
    actor = actor_of(request, csrf=field(data, "csrf", required=False))
    act_on(house_of(request), actor, project_id, relabelling_id, request_id=request_id_of(data))
    return done(f"/projects/{project_id}/rulebook/relabellings/{relabelling_id}")


@post(
    "/projects/{project_id:int}/rulebook/relabellings/{relabelling_id:int}/discard",
    sync_to_thread=True,
    include_in_schema=False,
)
def post_discard(request: AnyRequest, project_id: FromPath[int], relabelling_id: FromPath[int], data: Form) -> Redirect:
    actor = actor_of(request, csrf=field(data, "csrf", required=False))
    discard(house_of(request), actor, project_id, relabelling_id, request_id=request_id_of(data))
    return done(f"/projects/{project_id}/rulebook/labels?said={quote_plus(DISCARDED)}")


@post(
    "/projects/{project_id:int}/rulebook/relabellings/{relabelling_id:int}/undo",
    sync_to_thread=True,
    include_in_schema=False,
)
def post_undo(request: AnyRequest, project_id: FromPath[int], relabelling_id: FromPath[int], data: Form) -> Redirect:
    actor = actor_of(request, csrf=field(data, "csrf", required=False))
    told = {"reason": field(data, "reason", required=False), "request_id": request_id_of(data)}
    made = undo(house_of(request), actor, project_id, relabelling_id, **told)
    return done(f"/projects/{project_id}/rulebook/relabellings/{made}")


PAGES: list[Any] = [labels_page, form_page, post_form, one_page, progress, post_act, post_discard, post_undo]
