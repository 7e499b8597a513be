"""Pages of inspection: the lots, the draw, one lot, one item of its sample."""

from typing import Any
from urllib.parse import quote_plus

from litestar import get, post
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect, Response

from guiju.annotations import ROUND_NAMES, list_rounds
from guiju.briefs import SAMPLING_NAMES, get_signed_figures
from guiju.data import find_items
from guiju.inspection.disputes.store import count_open
from guiju.inspection.drawing import draw_from, list_waiting, preview_lot, resubmit_lot
from guiju.inspection.judging import decide_lot
from guiju.inspection.model import (
    DEFECT_NAMES,
    LOT_STATE_NAMES,
    SPLIT_NAMES,
    STRICTNESS_NAMES,
    WEIGHT_NAMES,
    LotState,
    SampleItem,
    Scope,
    Split,
)
from guiju.inspection.plans.actions import compare_plans
from guiju.inspection.plans.forms import FIELDS, chosen_of, pool_from, split_from, terms_from
from guiju.inspection.plans.telling import curve_of, describe_plan, meaning_of
from guiju.inspection.pool import Pool
from guiju.inspection.proof import prove_lot
from guiju.inspection.reading import Used, get_lot, labels_used, list_lots
from guiju.inspection.rework.model import TO_NAMES, read_to
from guiju.inspection.several import draw_lots
from guiju.inspection.strata.model import BY_NAMES, SHARE_NAMES
from guiju.kit import N_, PageRequest, Refusal, describe
from guiju.people import Act, Role, list_teams, may
from guiju.projects import authorise, list_members
from guiju.rulebooks import CompiledRulebook, latest_published
from guiju.site import Form, actor_of, done, field, house_of, page, request_id_of, words_of
from guiju.site.guards import AnyRequest
from guiju.stats.acceptance.tables105e import AQLS, LEVELS

WORDS: dict[str, Any] = {
    "defect_names": DEFECT_NAMES,
    "sampling_names": SAMPLING_NAMES,
    "split_names": SPLIT_NAMES,
    "by_names": BY_NAMES,
    "share_names": SHARE_NAMES,
    "state_names": LOT_STATE_NAMES,
    "strictness_names": STRICTNESS_NAMES,
    "weight_names": WEIGHT_NAMES,
}


DRAWN = N_("All that waits was drawn into lots.")
DRAWN_BUT_STOPPED = N_("Lots were drawn, but not where inspection is stopped.")


@get("/projects/{project_id:int}/lots", sync_to_thread=True, include_in_schema=False)
def lots_page(request: AnyRequest, project_id: FromPath[int], cursor: FromQuery[str | None] = None) -> Response[Any]:
    """Every lot, the newest first."""
    actor, house = actor_of(request), house_of(request)
    found = list_lots(house, actor, project_id, PageRequest(cursor=cursor))
    with house.reading() as connection:
        standing = authorise(connection, actor, project_id, Act.SEE_REPORTS)
        disputed = count_open(connection, project_id)
    draws = actor.trusted or may(standing.roles, Act.DRAW_LOT)
    return page(
        request,
        "inspection/lots.html",
        project=standing.project,
        rows=found.rows,
        cursor=found.cursor,
        draws=draws,
        disputed=disputed,
        **WORDS,
    )


@get("/projects/{project_id:int}/lots/draw", sync_to_thread=True, include_in_schema=False)
def draw_page(request: AnyRequest, project_id: FromPath[int]) -> Response[Any]:
    """The form, the plan in words and the other ways of sampling beside it, before anything is drawn."""
    actor, house = actor_of(request), house_of(request)
    chosen = chosen_of(dict(request.query_params.items()))
    with house.reading() as connection:
        standing = authorise(connection, actor, project_id, Act.DRAW_LOT)
        rounds = [each for each in list_rounds(connection, project_id) if each.kind.resolves_at_once]
        figures = get_signed_figures(connection, project_id)
    round_id = pool_from(project_id, chosen).round_id
    waiting = list_waiting(house, actor, project_id, round_id)
    return page(
        request,
        "inspection/draw.html",
        project=standing.project,
        rounds=rounds,
        round_names=ROUND_NAMES,
        aqls=AQLS[:16],
        levels=LEVELS,
        figures=figures,
        waiting=waiting,
        chosen=chosen,
        said={name: value for name, value in chosen.items() if value},
        **_previewed(request, project_id, chosen, sum(one.count for one in waiting[Split.DAY])),
        **WORDS,
    )


def _previewed(request: AnyRequest, project_id: int, chosen: dict[str, str], waiting: int) -> dict[str, Any]:
    """What would be drawn: the plan with its words and curve, and the others; or why nothing would.

    `waiting` items wait in the whole round.
    """
    house, actor = house_of(request), actor_of(request)
    told: dict[str, Any] = {"preview": None, "error": None, "compared": None}
    try:
        pool, terms = pool_from(project_id, chosen), terms_from(chosen)
        counted = waiting if pool == Pool(project_id, pool.round_id) else None
        told["compared"] = compare_plans(house, actor, pool, terms, counted=counted)
        preview = preview_lot(house, actor, project_id, pool=pool, terms=terms, counted=counted)
    except Refusal as refusal:
        return {**told, "error": describe(refusal, words_of(request))}
    plan = preview.plan
    drawn = {"preview": preview, "done": describe_plan(plan), "meaning": meaning_of(plan), "curve": curve_of(plan)}
    return {**told, **drawn}


@post("/projects/{project_id:int}/lots", sync_to_thread=True, include_in_schema=False)
def draw_it(request: AnyRequest, project_id: FromPath[int], data: Form) -> Redirect:
    actor = actor_of(request, csrf=field(data, "csrf", required=False))
    house, chosen = house_of(request), chosen_of({name: field(data, name, required=False) for name in FIELDS})
    pool, split, terms = pool_from(project_id, chosen), split_from(chosen), terms_from(chosen)
    if split is None and not (chosen["several"] and terms.size):
        lot_id = draw_from(house, actor, pool, request_id_of(data), terms)
        return done(f"/projects/{project_id}/lots/{lot_id}")
    drawn = draw_lots(
        house, actor, pool, request_id_of(data), split=split, terms=terms, several=bool(chosen["several"])
    )
    said = quote_plus(DRAWN if not drawn.stopped else DRAWN_BUT_STOPPED)
    return done(f"/projects/{project_id}/lots?said={said}")


@get("/projects/{project_id:int}/lots/{lot_id:int}", sync_to_thread=True, include_in_schema=False)
def lot_page(
    request: AnyRequest, project_id: FromPath[int], lot_id: FromPath[int], prove: FromQuery[bool] = False
) -> Response[Any]:
    """One lot: where it stands, what was found, what to decide; with `prove`, its draw done again."""
    actor, house = actor_of(request), house_of(request)
    report = get_lot(house, actor, project_id, lot_id)
    with house.reading() as connection:
        standing = authorise(connection, actor, project_id, Act.SEE_REPORTS)
        names = {
            item_id: item.name
            for item_id, item in find_items(connection, project_id, [each.item_id for each in report.sample]).items()
        }
        rulebook = latest_published(connection, project_id)
        members = [each for each in list_members(connection, project_id) if each.roles & Role.ANNOTATOR]
        teams = list_teams(connection)
    return page(
        request,
        "inspection/lot.html",
        to_names=TO_NAMES,
        reworkers=[each for each in members if not each.blocked],
        teams=teams,
        project=standing.project,
        report=report,
        lot=report.lot,
        tally=report.tally,
        names=names,
        corrections=_corrections(report.sample, rulebook) if rulebook else {},
        done=describe_plan(report.lot.plan),
        meaning=meaning_of(report.lot.plan),
        curve=curve_of(report.lot.plan),
        now=report.standing,
        proof=prove_lot(house, actor, project_id, lot_id) if prove else None,
        inspects=actor.trusted or may(standing.roles, Act.INSPECT),
        decides=actor.trusted or may(standing.roles, Act.DECIDE_LOT),
        draws=actor.trusted or may(standing.roles, Act.DRAW_LOT),
        **WORDS,
    )


def _corrections(sample: list[SampleItem], rulebook: CompiledRulebook) -> dict[int, list[Used]]:
    """By item, the labels of what an inspector would have answered instead."""
    said = {each.item_id: each.verdict.finding.correction for each in sample if each.verdict}
    return {item: labels_used(correction, rulebook) for item, correction in said.items() if correction}


@post("/projects/{project_id:int}/lots/{lot_id:int}/decide", sync_to_thread=True, include_in_schema=False)
def decide_it(request: AnyRequest, project_id: FromPath[int], lot_id: FromPath[int], data: Form) -> Redirect:
    actor = actor_of(request, csrf=field(data, "csrf", required=False))
    scope = Scope.DEFECTS if field(data, "scope", required=False) == Scope.DEFECTS else Scope.ALL
    to = read_to(field(data, "to", required=False))
    state = decide_lot(house_of(request), actor, project_id, lot_id, request_id_of(data), scope=scope, to=to)
    said = N_("The lot is accepted.") if state is LotState.ACCEPTED else N_("The lot is rejected and back in rework.")
    return done(f"/projects/{project_id}/lots/{lot_id}?said={said}")


@post("/projects/{project_id:int}/lots/{lot_id:int}/resubmit", sync_to_thread=True, include_in_schema=False)
def resubmit_it(request: AnyRequest, project_id: FromPath[int], lot_id: FromPath[int], data: Form) -> Redirect:
    actor = actor_of(request, csrf=field(data, "csrf", required=False))
    return done(
        f"/projects/{project_id}/lots/{resubmit_lot(house_of(request), actor, project_id, lot_id, request_id_of(data))}"
    )


PAGES = [lots_page, draw_page, draw_it, lot_page, decide_it, resubmit_it]
