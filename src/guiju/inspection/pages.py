"""Pages of inspection: the lots, the draw, one lot, one item of its sample."""

from typing import Any
from urllib.parse import quote_plus

from litestar import get, post
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect, Response

from guiju.annotations import ROUND_NAMES, list_rounds
from guiju.data import find_items
from guiju.inspection.disputes.store import count_open
from guiju.inspection.drawing import (
    Preview,
    Terms,
    draw_each,
    draw_lot,
    list_waiting,
    preview_lot,
    resubmit_lot,
)
from guiju.inspection.errors import FiguresMissing, NothingToInspect
from guiju.inspection.judging import decide_lot
from guiju.inspection.model import (
    DEFECT_NAMES,
    LOT_STATE_NAMES,
    STRICTNESS_NAMES,
    WEIGHT_NAMES,
    LotState,
    SampleItem,
    Scope,
)
from guiju.inspection.reading import Used, get_lot, labels_used, list_lots
from guiju.inspection.rules import can_be_decided, curve_of
from guiju.inspection.streams.errors import InspectionStopped
from guiju.kit import N_, PageRequest, describe
from guiju.people import Act, may
from guiju.projects import authorise
from guiju.rulebooks import CompiledRulebook, latest_published
from guiju.site import Form, actor_of, done, field, house_of, number, page, request_id_of, words_of
from guiju.site.guards import AnyRequest
from guiju.stats.acceptance.tables105e import AQLS, LEVELS

WORDS: dict[str, Any] = {
    "defect_names": DEFECT_NAMES,
    "state_names": LOT_STATE_NAMES,
    "strictness_names": STRICTNESS_NAMES,
    "weight_names": WEIGHT_NAMES,
}


EACH = "each"
EACH_DRAWN = N_("A lot was drawn for each annotator whose work waits.")
EACH_BUT_STOPPED = N_("Lots were drawn, but not for annotators whose inspection is stopped.")


def _number(text: str) -> int | None:
    return int(text) if text.isdecimal() else None


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
def draw_page(  # noqa: PLR0917 - the form's fields
    request: AnyRequest,
    project_id: FromPath[int],
    round: FromQuery[str] = "",  # noqa: A002 - the form's own word
    whose: FromQuery[str] = "",
    size: FromQuery[str] = "",
    aql: FromQuery[str] = "",
    level: FromQuery[str] = "",
) -> Response[Any]:
    """The form, and the plan in words before anything is drawn."""
    actor, house = actor_of(request), house_of(request)
    terms = Terms(_number(size), aql or None, level or None)
    with house.reading() as connection:
        standing = authorise(connection, actor, project_id, Act.DRAW_LOT)
        rounds = [each for each in list_rounds(connection, project_id) if each.kind.resolves_at_once]
    preview, error = _try_preview(request, project_id, _number(round), _number(whose), terms)
    return page(
        request,
        "inspection/draw.html",
        project=standing.project,
        rounds=rounds,
        round_names=ROUND_NAMES,
        aqls=AQLS[:16],
        levels=LEVELS,
        waiting=list_waiting(house, actor, project_id, _number(round)),
        chosen={"round": round, "whose": whose, "size": size, "aql": aql, "level": level},
        preview=preview,
        curve=curve_of(preview.plan) if preview else None,
        error=error,
        **WORDS,
    )


def _try_preview(
    request: AnyRequest, project_id: int, round_id: int | None, annotator_id: int | None, terms: Terms
) -> tuple[Preview | None, dict[str, object] | None]:
    house, actor = house_of(request), actor_of(request)
    try:
        return preview_lot(house, actor, project_id, round_id=round_id, annotator_id=annotator_id, terms=terms), None
    except (NothingToInspect, FiguresMissing, InspectionStopped) as refusal:
        return None, describe(refusal, words_of(request))


@post("/projects/{project_id:int}/lots", sync_to_thread=True, include_in_schema=False)
def draw_it(request: AnyRequest, project_id: FromPath[int], data: Form) -> Redirect:
    actor = actor_of(request, csrf=field(data, "csrf", required=False))
    house, whose = house_of(request), field(data, "whose", required=False)
    round_id, size = _number(field(data, "round", required=False)), int(number(data, "size", low=0, default=0))
    aql, level = field(data, "aql", required=False) or None, field(data, "level", required=False) or None
    if whose == EACH:
        terms = Terms(size or None, aql, level)
        drawn = draw_each(house, actor, project_id, request_id_of(data), round_id=round_id, terms=terms)
        said = quote_plus(EACH_DRAWN if not drawn.stopped else EACH_BUT_STOPPED)
        return done(f"/projects/{project_id}/lots?said={said}")
    lot_id = draw_lot(
        house,
        actor,
        project_id,
        request_id_of(data),
        round_id=round_id,
        annotator_id=_number(whose),
        size=size or None,
        aql=aql,
        level=level,
    )
    return done(f"/projects/{project_id}/lots/{lot_id}")


@get("/projects/{project_id:int}/lots/{lot_id:int}", sync_to_thread=True, include_in_schema=False)
def lot_page(request: AnyRequest, project_id: FromPath[int], lot_id: FromPath[int]) -> Response[Any]:
    """One lot: where it stands, what was found, what to decide."""
    actor, house = actor_of(request), house_of(request)
    report = get_lot(house, actor, project_id, lot_id)
    with house.reading() as connection:
        standing = authorise(connection, actor, project_id, Act.SEE_REPORTS)
        names = {
            item_id: item.name
            for item_id, item in find_items(connection, project_id, [each.item_id for each in report.sample]).items()
        }
        rulebook = latest_published(connection, project_id)
    return page(
        request,
        "inspection/lot.html",
        project=standing.project,
        report=report,
        lot=report.lot,
        tally=report.tally,
        names=names,
        corrections=_corrections(report.sample, rulebook) if rulebook else {},
        curve=curve_of(report.lot.plan),
        decidable=can_be_decided(report.lot.plan, report.tally),
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
    state = decide_lot(house_of(request), actor, project_id, lot_id, request_id_of(data), scope=scope)
    said = N_("The lot is accepted.") if state is LotState.ACCEPTED else N_("The lot is rejected and back in rework.")
    return done(f"/projects/{project_id}/lots/{lot_id}?said={said}")


@post("/projects/{project_id:int}/lots/{lot_id:int}/resubmit", sync_to_thread=True, include_in_schema=False)
def resubmit_it(request: AnyRequest, project_id: FromPath[int], lot_id: FromPath[int], data: Form) -> Redirect:
    actor = actor_of(request, csrf=field(data, "csrf", required=False))
    return done(
        f"/projects/{project_id}/lots/{resubmit_lot(house_of(request), actor, project_id, lot_id, request_id_of(data))}"
    )


PAGES = [lots_page, draw_page, draw_it, lot_page, decide_it, resubmit_it]
