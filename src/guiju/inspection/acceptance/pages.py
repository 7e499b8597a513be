"""Pages of the customer's acceptance: what is offered, the draw, the sample on the bench, the signature."""

from datetime import date
from typing import Any
from urllib.parse import quote_plus

import msgspec
from litestar import get, post
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect, Response

from guiju.data import find_items
from guiju.inspection.acceptance.actions import authorise_requester, lay_places, open_acceptance
from guiju.inspection.acceptance.errors import ConditionIncomplete
from guiju.inspection.acceptance.model import ACCEPTANCE_NAMES, AcceptanceState, Decision, Promise, Sizing
from guiju.inspection.acceptance.reading import (
    get_acceptance,
    list_acceptances,
    look_at_offer,
    prove_acceptance,
)
from guiju.inspection.acceptance.rules import risks_of_sample, size_of_sample
from guiju.inspection.acceptance.signing import Said, meet_condition, sign_acceptance
from guiju.inspection.bench.api import count_answer
from guiju.inspection.bench.pages import defects_of
from guiju.inspection.model import DEFECT_NAMES, WEIGHT_NAMES
from guiju.inspection.store import find_resolution_of
from guiju.kit import N_, Refusal, describe, iso, now
from guiju.people import Act, Role, find_account, may
from guiju.projects import authorise
from guiju.rulebooks import get_published
from guiju.site import Form, actor_of, done, field, house_of, page, request_id_of, words_of
from guiju.site.forms import FormData, many
from guiju.site.guards import AnyRequest
from guiju.work import begin_bench, script_json

ALL_JUDGED = N_("Nothing of your sample is left for you to judge.")
ACCEPTANCE = N_("Acceptance")
MET = N_("The condition is closed.")
DONE = {
    Decision.ACCEPT: N_("It is accepted and signed."),
    Decision.CONDITIONS: N_("It is accepted with its conditions, and signed."),
    Decision.RETURN: N_("It is sent back: its annotators have it as rework."),
    Decision.DROP: N_("It is put aside; nothing was signed."),
}
USUAL_SHARES = ("0.5", "1", "2", "3", "5", "10")
ROWS = 5
WORDS: dict[str, Any] = {
    "defect_names": DEFECT_NAMES,
    "weight_names": WEIGHT_NAMES,
    "acceptance_names": ACCEPTANCE_NAMES,
}


@get("/projects/{project_id:int}/acceptances", sync_to_thread=True, include_in_schema=False)
def acceptances_page(
    request: AnyRequest,
    project_id: FromPath[int],
    share: FromQuery[str] = "",
    n: FromQuery[str] = "",
    lot: FromQuery[list[int] | None] = None,
) -> Response[Any]:
    """What waits for the customer, what a sample of theirs would show, and every acceptance so far."""
    house, actor = house_of(request), actor_of(request)
    offer, rows = look_at_offer(house, actor, project_id), list_acceptances(house, actor, project_id)
    chosen = [row for row in offer.rows if not lot or row.lot.id in lot]
    items = sum(row.lot.plan.lot for row in chosen)
    size, error = _try_size(request, _sizing(share, n), items) if items else (None, None)
    with house.reading() as connection:
        standing = authorise(connection, actor, project_id, Act.SEE_REPORTS)
    return page(
        request,
        "inspection/acceptances.html",
        project=standing.project,
        offer=offer,
        chosen={row.lot.id for row in chosen},
        items=items,
        size=size,
        error=error,
        risks=risks_of_sample(size, items) if size is not None else [],
        share=share,
        n=n,
        usual=USUAL_SHARES,
        rows=rows,
        under_way=next((one for one in rows if one.state is AcceptanceState.JUDGING), None),
        signs=Role.REQUESTER in standing.roles,
        **WORDS,
    )


def _sizing(share: str, n: str) -> Sizing:
    if n.strip().isdecimal():
        return Sizing(n=int(n))
    try:
        return Sizing(share=float(share or "2") / 100)
    except ValueError:
        return Sizing()


def _try_size(request: AnyRequest, sizing: Sizing, items: int) -> tuple[int | None, dict[str, object] | None]:
    try:
        return size_of_sample(sizing, items), None
    except Refusal as refusal:
        return None, describe(refusal, words_of(request))


@post("/projects/{project_id:int}/acceptances", sync_to_thread=True, include_in_schema=False)
def open_it(request: AnyRequest, project_id: FromPath[int], data: Form) -> Redirect:
    actor = actor_of(request, csrf=field(data, "csrf", required=False))
    sizing = _sizing(field(data, "share", required=False), field(data, "n", required=False))
    lots = [int(one) for one in many(data, "lot") if one.isdecimal()]
    opened = open_acceptance(
        house_of(request), actor, project_id, request_id=request_id_of(data), sizing=sizing, lots=lots
    )
    return done(f"/projects/{project_id}/acceptances/{opened}")


@get("/projects/{project_id:int}/acceptances/{acceptance_id:int}", sync_to_thread=True, include_in_schema=False)
def acceptance_page(request: AnyRequest, project_id: FromPath[int], acceptance_id: FromPath[int]) -> Response[Any]:
    """One acceptance: both inspections side by side, the sample, and the signature or the place for it."""
    house, actor = house_of(request), actor_of(request)
    report = get_acceptance(house, actor, project_id, acceptance_id)
    one = report.acceptance
    with house.reading() as connection:
        standing = authorise(connection, actor, project_id, Act.SEE_REPORTS)
        items = [place.item_id for place in report.sample]
        names = {each: item.name for each, item in find_items(connection, project_id, items).items()}
        people = {one.opened_by, one.signed_by or 0, *(each.met_by or 0 for each in report.conditions)}
        accounts = {each: account.name for each in people if (account := find_account(connection, each))}
    return page(
        request,
        "inspection/acceptance.html",
        project=standing.project,
        report=report,
        one=one,
        names=names,
        accounts=accounts,
        proof=prove_acceptance(house, actor, project_id, acceptance_id),
        difference=report.difference.spoken(words_of(request)),
        risks=risks_of_sample(one.n, one.items),
        signs=Role.REQUESTER in standing.roles,
        meets=may(standing.roles, Act.MEET_CONDITION),
        today=iso(now())[:10],
        empty_rows=range(1, ROWS + 1),
        **WORDS,
    )


@get("/projects/{project_id:int}/acceptances/{acceptance_id:int}/inspect", sync_to_thread=True, include_in_schema=False)
def inspect_page(
    request: AnyRequest, project_id: FromPath[int], acceptance_id: FromPath[int], item: FromQuery[int | None] = None
) -> Response[Any] | Redirect:
    """The customer's sample on the inspector's bench; answers can only be read."""
    actor, house = actor_of(request), house_of(request)
    back = f"/projects/{project_id}/acceptances/{acceptance_id}"
    first = lay_places(house, actor, project_id, acceptance_id, want=1, item_id=item)
    if not first:
        return done(f"{back}?said={quote_plus(ALL_JUDGED)}")
    report = get_acceptance(house, actor, project_id, acceptance_id)
    one, words = report.acceptance, words_of(request)
    with house.reading() as connection:
        standing = authorise_requester(connection, actor, project_id)
        made = find_resolution_of(connection, first[0].place).rulebook_id
        rulebook = get_published(connection, made)
        begun = begin_bench(request, connection, standing.project, rulebook)
    api = f"/api/v1/projects/{project_id}"
    boot = {
        **begun,
        **defects_of(words, rulebook),
        "mode": "inspection",
        "reads": True,
        "owner": f"{actor.id}:acceptance-{one.id}",
        "round": {"id": 0, "kind": "inspection", "kind_name": words(ACCEPTANCE), "number": one.number},
        "today": {"done": report.tally.judged},
        "lot": {"id": one.id, "number": one.number, "tally": msgspec.to_builtins(count_answer(report.tally))},
        "first": item,
        "urls": {
            "tasks": f"{api}/acceptances/{one.id}/bench",
            "verdicts": f"{api}/acceptances/{one.id}/verdicts",
            "questions": f"{api}/questions",
            **dict.fromkeys(("lease", "submit", "mine", "drafts"), ""),
            "words": "/workbench/words",
            "back": back,
        },
    }
    return page(
        request,
        "work/workbench.html",
        project=standing.project,
        boot=script_json(boot),
        entry="src/review/main.tsx",
        back=back,
    )


def _promises(data: FormData) -> tuple[Promise, ...]:
    said = list[Promise]()
    for number in range(1, ROWS + 1):
        text, due = (field(data, f"{name}{number}", required=False, limit=2_000) for name in ("condition", "due"))
        if not text and not due:
            continue
        try:
            said.append(Promise(text, date.fromisoformat(due)))
        except ValueError as error:
            raise ConditionIncomplete(number=number) from error
    return tuple(said)


@post("/projects/{project_id:int}/acceptances/{acceptance_id:int}/sign", sync_to_thread=True, include_in_schema=False)
def sign_it(request: AnyRequest, project_id: FromPath[int], acceptance_id: FromPath[int], data: Form) -> Redirect:
    actor = actor_of(request, csrf=field(data, "csrf", required=False))
    decision = Decision(field(data, "decision")) if field(data, "decision") in set(Decision) else Decision.DROP
    items = tuple(int(one) for one in many(data, "item") if one.isdecimal())
    said = Said(
        decision,
        field(data, "name", required=False),
        field(data, "mark", required=False),
        _promises(data) if decision is Decision.CONDITIONS else (),
        field(data, "reason", required=False),
        items if field(data, "scope", required=False) == "items" else (),
    )
    sign_acceptance(house_of(request), actor, project_id, acceptance_id, said, request_id=request_id_of(data))
    return done(f"/projects/{project_id}/acceptances/{acceptance_id}?said={quote_plus(DONE[decision])}")


@post(
    "/projects/{project_id:int}/acceptances/{acceptance_id:int}/conditions/{number:int}",
    sync_to_thread=True,
    include_in_schema=False,
)
def meet_it(
    request: AnyRequest, project_id: FromPath[int], acceptance_id: FromPath[int], number: FromPath[int], data: Form
) -> Redirect:
    actor = actor_of(request, csrf=field(data, "csrf", required=False))
    evidence = field(data, "evidence", required=False)
    house = house_of(request)
    meet_condition(house, actor, project_id, acceptance_id, number, evidence=evidence, request_id=request_id_of(data))
    return done(f"/projects/{project_id}/acceptances/{acceptance_id}?said={quote_plus(MET)}")


PAGES: list[Any] = [acceptances_page, open_it, acceptance_page, inspect_page, sign_it, meet_it]
