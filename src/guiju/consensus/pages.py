"""How a round's several answers come together: the page that advises a method, and the act that resolves."""

from typing import Any
from urllib.parse import quote_plus

from litestar import get, post
from litestar.params import FromPath
from litestar.response import Redirect, Response

from guiju.annotations import ROUND_NAMES, RoundNotFound
from guiju.consensus.actions import RECOMMENDED, advise_on, choose_and_resolve, resolve_round
from guiju.consensus.methods import LEARNING, METHODS, OWN
from guiju.consensus.model import Outcome
from guiju.consensus.rules import choose_advice
from guiju.kit import N_
from guiju.people import Act
from guiju.projects import authorise
from guiju.rulebooks import get_published
from guiju.site import Form, actor_of, done, field, house_of, number, page
from guiju.site.forms import request_id_of
from guiju.site.guards import AnyRequest
from guiju.work.overlap import chooses_one

SAID = N_("The items are resolved; the tied ones wait for a ruling.")
METHOD_NAMES = {
    "majority": N_("majority: one vote each"),
    "weighted": N_("weighted: by how often each agrees with the others"),
    "one-coin": N_("one-coin: one accuracy each, learned from the answers"),
    "dawid-skene": N_("Dawid–Skene: what each takes for what, learned from the answers"),
    "glad": N_("GLAD: accuracy of people, difficulty of items"),
    "mace": N_("MACE: who answers without looking"),
}
MERGE_NAMES = {
    "merge": N_("the kind’s own: what a majority marked, in the middle of their places"),
    "closest": N_("one person’s answer: the one that the others are closest to"),
    "trusted": N_("the same, weighted by how close each is to the others over the round"),
}


@get("/projects/{project_id:int}/rounds/{round_id:int}/consensus", sync_to_thread=True, include_in_schema=False)
def consensus_page(request: AnyRequest, project_id: FromPath[int], round_id: FromPath[int]) -> Response[Any]:
    """Which method to trust and why, how sure an answer must be, and how the round was resolved before."""
    house, actor = house_of(request), actor_of(request)
    advice, runs, round_ = advise_on(house, actor, round_id)
    if round_.project_id != project_id:
        raise RoundNotFound(round=round_id)
    with house.reading() as connection:
        standing = authorise(connection, actor, project_id, Act.DECIDE_GATE)
        rulebook = get_published(connection, round_.rulebook_id)
    chooses = any(chooses_one(each) for each in rulebook.fields)
    chosen = choose_advice(advice.labels)
    return page(
        request,
        "consensus/choosing.html",
        project=standing.project,
        round=round_,
        round_name=ROUND_NAMES[round_.kind],
        advice=advice.labels,
        merging=advice.merging,
        merges=MERGE_NAMES,
        runs=runs,
        methods=[name for name in METHODS if chooses or name not in LEARNING],
        method_names=METHOD_NAMES,
        chosen=chosen.recommended if chosen else "majority",
        titles={each.id: each.title for each in rulebook.rulebook.fields},
    )


@post("/projects/{project_id:int}/rounds/{round_id:int}/consensus", sync_to_thread=True, include_in_schema=False)
def post_resolve(request: AnyRequest, project_id: FromPath[int], round_id: FromPath[int], data: Form) -> Redirect:
    """Resolve, by majority unless another method is named; what is left undecided is shown next."""
    actor = actor_of(request, csrf=field(data, "csrf", required=False))
    outcome = _resolved(request, round_id, data, actor)
    shown = (
        "undecided"
        if outcome.ties or outcome.unsure
        else "consensus"
        if field(data, "method", required=False)
        else "trial"
    )
    return done(f"/projects/{project_id}/rounds/{round_id}/{shown}?said={quote_plus(SAID)}")


def _resolved(request: AnyRequest, round_id: int, data: dict[str, Any], actor: Any) -> Outcome:
    method = field(data, "method", required=False)
    if not method:
        return resolve_round(house_of(request), actor, round_id, request_id=request_id_of(data))
    at_least = number(data, "at_least", low=0, high=100, default=0) / 100
    told: dict[str, Any] = {"request_id": request_id_of(data), "method": method or RECOMMENDED, "at_least": at_least}
    told["merge"] = field(data, "merge", required=False) or OWN
    return choose_and_resolve(house_of(request), actor, round_id, **told)


PAGES: list[Any] = [consensus_page, post_resolve]
