"""Pages of inspection: the lots, the draw, one lot, one item of its sample."""

from dataclasses import replace
from typing import Any

from litestar import get, post
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect, Response

from guiju.annotations import ROUND_NAMES, AnswersRefused, list_rounds
from guiju.data import find_items, read_text
from guiju.inspection.correcting import ask_choices, chosen_answers, labels_in
from guiju.inspection.drawing import Preview, Terms, draw_lot, preview_lot, resubmit_lot
from guiju.inspection.errors import DefectIncomplete, FiguresMissing, NothingToInspect
from guiju.inspection.judging import decide_lot, judge, kinds_of
from guiju.inspection.model import (
    DEFECT_NAMES,
    LOT_STATE_NAMES,
    STRICTNESS_NAMES,
    WEIGHT_NAMES,
    DefectType,
    Finding,
    LotState,
    Outcome,
    SampleItem,
    Scope,
    Weight,
)
from guiju.inspection.passages import cut_text
from guiju.inspection.reading import Look, get_lot, list_lots, look_at
from guiju.inspection.rules import can_be_decided, defect_types
from guiju.inspection.showing import ShownLabel, show_answers, show_label
from guiju.kinds import Choice, decode_answers, encode_answers
from guiju.kit import N_, PageRequest, Refusal, describe
from guiju.people import Act, may
from guiju.projects import authorise
from guiju.rulebooks import CompiledRulebook, get_published, latest_published
from guiju.site import Form, actor_of, done, field, house_of, number, page, request_id_of, signed_in_of, words_of
from guiju.site.forms import many
from guiju.site.guards import AnyRequest
from guiju.stats.acceptance.tables105e import AQLS, LEVELS
from guiju.storage import Actor, House

WORDS: dict[str, Any] = {
    "defect_names": DEFECT_NAMES,
    "state_names": LOT_STATE_NAMES,
    "strictness_names": STRICTNESS_NAMES,
    "weight_names": WEIGHT_NAMES,
}


def _number(text: str) -> int | None:
    return int(text) if text.isdecimal() else None


@get("/projects/{project_id:int}/lots", sync_to_thread=True, include_in_schema=False)
def lots_page(request: AnyRequest, project_id: FromPath[int], cursor: FromQuery[str | None] = None) -> Response[Any]:
    """Every lot, the newest first."""
    actor, house = actor_of(request), house_of(request)
    found = list_lots(house, actor, project_id, PageRequest(cursor=cursor))
    with house.reading() as connection:
        standing = authorise(connection, actor, project_id, Act.SEE_REPORTS)
    draws = actor.trusted or may(standing.roles, Act.DRAW_LOT)
    return page(
        request,
        "inspection/lots.html",
        project=standing.project,
        rows=found.rows,
        cursor=found.cursor,
        draws=draws,
        **WORDS,
    )


@get("/projects/{project_id:int}/lots/draw", sync_to_thread=True, include_in_schema=False)
def draw_page(  # noqa: PLR0917 - the form's fields
    request: AnyRequest,
    project_id: FromPath[int],
    round: FromQuery[str] = "",  # noqa: A002 - the form's own word
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
    preview, error = _try_preview(request, project_id, _number(round), terms)
    return page(
        request,
        "inspection/draw.html",
        project=standing.project,
        rounds=rounds,
        round_names=ROUND_NAMES,
        aqls=AQLS[:16],
        levels=LEVELS,
        chosen={"round": round, "size": size, "aql": aql, "level": level},
        preview=preview,
        error=error,
        **WORDS,
    )


def _try_preview(
    request: AnyRequest, project_id: int, round_id: int | None, terms: Terms
) -> tuple[Preview | None, dict[str, object] | None]:
    try:
        return preview_lot(house_of(request), actor_of(request), project_id, round_id=round_id, terms=terms), None
    except (NothingToInspect, FiguresMissing) as refusal:
        return None, describe(refusal, words_of(request))


@post("/projects/{project_id:int}/lots", sync_to_thread=True, include_in_schema=False)
def draw_it(request: AnyRequest, project_id: FromPath[int], data: Form) -> Redirect:
    actor = actor_of(request, csrf=field(data, "csrf", required=False))
    size = int(number(data, "size", low=0, default=0))
    lot_id = draw_lot(
        house_of(request),
        actor,
        project_id,
        request_id_of(data),
        round_id=_number(field(data, "round", required=False)),
        size=size or None,
        aql=field(data, "aql", required=False) or None,
        level=field(data, "level", required=False) or None,
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
        decidable=can_be_decided(report.lot.plan, report.tally),
        inspects=actor.trusted or may(standing.roles, Act.INSPECT),
        decides=actor.trusted or may(standing.roles, Act.DECIDE_LOT),
        draws=actor.trusted or may(standing.roles, Act.DRAW_LOT),
        **WORDS,
    )


def _corrections(sample: list[SampleItem], rulebook: CompiledRulebook) -> dict[int, list[ShownLabel]]:
    """By item, the labels that an inspector would have chosen."""
    said = {each.item_id: each.verdict.finding.correction for each in sample if each.verdict}
    decoded = {item: decode_answers(correction) for item, correction in said.items() if correction}
    return {
        item: [show_label(label, rulebook) for name in answers for label in labels_in(answers, name)]
        for item, answers in decoded.items()
    }


@get("/projects/{project_id:int}/lots/{lot_id:int}/inspect", sync_to_thread=True, include_in_schema=False)
def inspect_page(
    request: AnyRequest, project_id: FromPath[int], lot_id: FromPath[int], item: FromQuery[int | None] = None
) -> Response[Any] | Redirect:
    """One item of the sample with its answers, the rule beside it, pass or defect."""
    actor, house = actor_of(request), house_of(request)
    look = look_at(house, actor, project_id, lot_id, item)
    if look is None:
        return done(f"/projects/{project_id}/lots/{lot_id}?said={ALL_JUDGED}")
    return _inspecting(request, project_id, look)


ALL_JUDGED = N_("Nothing of the sample is left for you to judge.")


def _inspecting(
    request: AnyRequest, project_id: int, look: Look, refusal: Refusal | None = None, said: dict[str, Any] | None = None
) -> Response[Any]:
    actor, house = signed_in_of(request).actor, house_of(request)
    with house.reading() as connection:
        standing = authorise(connection, actor, project_id, Act.INSPECT)
        rulebook = get_published(connection, look.rulebook_id)
        item = find_items(connection, project_id, [look.place.item_id])[look.place.item_id]
    held = decode_answers(look.answers)
    text = read_text(house, item) if item.media == "text" else None
    fields = show_answers(held, rulebook, item)
    spans = [span for each in fields for span in each.spans]
    verdict = look.place.verdict.finding if look.place.verdict else Finding(Outcome.PASS)
    before = decode_answers(verdict.correction) if verdict.correction else {}
    return page(
        request,
        "inspection/inspect.html",
        status=refusal.status if refusal else 200,
        project=standing.project,
        look=look,
        lot=look.lot,
        item=item,
        text=text,
        fields=fields,
        pieces=cut_text(text, spans) if text is not None and spans else None,
        asked=ask_choices(rulebook, held, _choices(said) if said else before),
        clauses=rulebook.for_workbench()["clauses"],
        types=defect_types(kinds_of(rulebook)),
        weights=list(Weight),
        said=said or _said(verdict),
        error=describe(refusal, words_of(request)) if refusal else None,
        **WORDS,
    )


def _said(finding: Finding) -> dict[str, Any]:
    """An earlier verdict as the form would have said it, so that a new revision starts from it."""
    named = {"type": finding.defect_type, "severity": finding.severity, "clause": finding.clause, "note": finding.note}
    return {name: str(told) for name, told in named.items() if told}


def _choices(data: dict[str, Any]) -> dict[str, Choice]:
    """What the form says should have been chosen, of every field that it asked for."""
    return {name: Choice(tuple(many(data, f"right-{name}"))) for name in many(data, "asked")}


@post("/projects/{project_id:int}/lots/{lot_id:int}/verdicts", sync_to_thread=True, include_in_schema=False)
def judge_it(
    request: AnyRequest, project_id: FromPath[int], lot_id: FromPath[int], data: Form
) -> Response[Any] | Redirect:
    """Store the verdict and go on with the next item at once."""
    actor = actor_of(request, csrf=field(data, "csrf", required=False))
    item_id, house = int(number(data, "item")), house_of(request)
    finding = _finding(data)
    if finding.outcome is Outcome.DEFECT and data.get("asked"):
        finding = replace(
            finding, correction=_correction(house, _look(house, actor, project_id, lot_id, item_id), data)
        )
    try:
        judge(house, actor, project_id, lot_id, item_id, request_id_of(data), finding)
    except (DefectIncomplete, AnswersRefused) as refusal:
        return _inspecting(request, project_id, _look(house, actor, project_id, lot_id, item_id), refusal, data)
    return done(f"/projects/{project_id}/lots/{lot_id}/inspect")


def _look(house: House, actor: Actor, project_id: int, lot_id: int, item_id: int) -> Look:
    look = look_at(house, actor, project_id, lot_id, item_id)
    assert look is not None  # an item that is named is shown or refused
    return look


def _correction(house: House, look: Look, data: dict[str, Any]) -> str | None:
    """What was chosen otherwise than it was answered; nothing where the answer was left as it is."""
    with house.reading() as connection:
        rulebook = get_published(connection, look.rulebook_id)
    chosen = {name: answer.labels for name, answer in _choices(data).items()}
    said = chosen_answers(chosen, rulebook, decode_answers(look.answers))
    return encode_answers(said).decode() if said else None


def _finding(data: dict[str, Any]) -> Finding:
    outcome = Outcome.DEFECT if field(data, "outcome") == Outcome.DEFECT else Outcome.PASS
    kind, severity = field(data, "type", required=False), field(data, "severity", required=False)
    return Finding(
        outcome,
        DefectType(kind) if kind in set(DefectType) else None,
        Weight(severity) if severity in set(Weight) else None,
        field(data, "clause", required=False) or None,
        field(data, "note", required=False) or None,
    )


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


PAGES = [lots_page, draw_page, draw_it, lot_page, inspect_page, judge_it, decide_it, resubmit_it]
