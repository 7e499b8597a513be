"""The page of a trial: the gate, the confusions with their items, and what to do next."""

from functools import partial
from typing import Any
from urllib.parse import quote_plus, urlencode

from litestar import get, post
from litestar.params import FromPath
from litestar.response import Redirect, Response

from guiju.annotations import ROUND_NAMES, Round, RoundKind, RoundState, list_rounds
from guiju.data import find_items
from guiju.kit import N_, Words
from guiju.kit.words import bilingual
from guiju.people import Act, may
from guiju.rulebooks import CompiledRulebook
from guiju.site import Form, actor_of, done, field, house_of, page, words_of
from guiju.site.forms import number, request_id_of
from guiju.site.guards import AnyRequest
from guiju.storage import House
from guiju.work.drawing.store import find_record
from guiju.work.trial.actions import (
    annotator_names,
    decide_gate,
    keep_example,
    look_at_trial,
    look_beside,
    make_report,
)
from guiju.work.trial.model import Blame, ConfusionLine, TrialReport
from guiju.work.trial.rules import CAUSE_NAMES, MEASURE_NAMES, drivers_of

BESIDE = 6
EXAMPLE = N_("The item stands in the draft as a boundary example; check its answer and write why it holds.")
CLOSED = N_("The trial is closed; production can be opened.")


@get("/projects/{project_id:int}/rounds/{round_id:int}/trial", sync_to_thread=True, include_in_schema=False)
def trial_page(request: AnyRequest, project_id: FromPath[int], round_id: FromPath[int]) -> Response[Any]:
    """What the answers say about the rules."""
    house, actor = house_of(request), actor_of(request)
    seen = look_at_trial(house, actor, project_id, round_id)
    report = make_report(house, actor, round_id)
    names, words = annotator_names(house, report), words_of(request)
    worst = next((one.worst for one in report.fields if one.worst), ())
    return page(
        request,
        "work/trial/report.html",
        project=seen.standing.project,
        round=seen.round,
        round_name=ROUND_NAMES[seen.round.kind],
        rulebook=seen.rulebook,
        report=report,
        sentence=report.gate.sentence(words),
        measure=MEASURE_NAMES[report.gate.measure],
        names=names,
        earlier=_has_earlier(house, seen.round),
        drawn=(actor.trusted or may(seen.standing.roles, Act.OPEN_ROUND)) and _was_drawn(house, seen.round),
        titles={one.id: one.title for one in seen.rulebook.rulebook.fields},
        noted=partial(_noted, seen.round),
        causes=CAUSE_NAMES,
        evidence=partial(_evidence, words, names),
        drivers=_drivers(report, seen.rulebook, names, words),
        beside=look_beside(house, actor, round_id, worst[:BESIDE]),
        writes=actor.trusted or may(seen.standing.roles, Act.WRITE_RULEBOOK),
        item_names=_item_names(house, project_id, report),
        decision=seen.decision,
        decides=_decides(seen.round.kind, actor.trusted or may(seen.standing.roles, Act.DECIDE_GATE))
        and seen.decision is None,
        rules=actor.trusted or may(seen.standing.roles, Act.RULE),
        resolves=seen.round.state is RoundState.CLOSED and may(seen.standing.roles, Act.DECIDE_GATE),
        seconds=_seconds,
    )


def _was_drawn(house: House, round_: Round) -> bool:
    with house.reading() as connection:
        return find_record(connection, round_.id) is not None


def _has_earlier(house: House, round_: Round) -> bool:
    """Whether a trial went before this one, that it can be compared with."""
    with house.reading() as connection:
        trials = list_rounds(connection, round_.project_id, RoundKind.TRIAL)
    return round_.kind is RoundKind.TRIAL and any(
        each.id < round_.id and each.state is not RoundState.DRAFT for each in trials
    )


def _evidence(words: Words, names: dict[int, str], blame: Blame) -> str:
    return blame.sentence(words, names)


def _noted(round_: Round, line: ConfusionLine) -> str:
    """What the rulebook's editor is told of a confusion: where to open, and what was confused how often."""
    told = {"clause": line.clause or "", "trial": round_.number, "a": line.a, "b": line.b, "n": line.count}
    return urlencode(told)


def _drivers(report: TrialReport, rulebook: CompiledRulebook, names: dict[int, str], words: Words) -> list[str]:
    """What drives agreement down, in sentences, of the field that the gate reads: the one with the least."""

    def name_of(label: str) -> str:
        known = rulebook.labels.get(label)
        return f"“{bilingual(known.name, words.locale)}”" if known else label

    asked = [one for one in report.fields if one.alpha.value is not None]
    worst = min(asked, key=lambda one: one.alpha.value or 0.0, default=None)
    return [sentence.spoken(words) for sentence in drivers_of(worst, names, name_of)] if worst else []


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


@post("/projects/{project_id:int}/rounds/{round_id:int}/example", sync_to_thread=True, include_in_schema=False)
def post_example(request: AnyRequest, project_id: FromPath[int], round_id: FromPath[int], data: Form) -> Redirect:
    """An item that people disagree on becomes a boundary example of the rulebook's draft."""
    actor = actor_of(request, csrf=field(data, "csrf", required=False))
    item_id = int(number(data, "item", default=0))
    project_id = keep_example(house_of(request), actor, round_id, item_id, request_id=request_id_of(data))
    return done(f"/projects/{project_id}/rulebook/edit?said={quote_plus(EXAMPLE)}")


def _seconds(ms: int | None) -> str:
    return "–" if ms is None else f"{ms / 1000:.1f}"


PAGES: list[Any] = [trial_page, post_decision, post_example]
