"""JSON routes of disputes and of the findings on one's own work."""

from typing import Any

import msgspec
from litestar import get, post
from litestar.params import FromPath, FromQuery, JSONBody

from guiju.inspection.disputes.actions import (
    list_disputes,
    list_my_findings,
    raise_dispute,
    reopen_lot,
    rule_dispute,
)
from guiju.inspection.disputes.model import Dispute, Disputed, DisputeRuling, DisputeState, MyFinding
from guiju.inspection.model import DefectType, Finding, Weight
from guiju.kit import PageRequest, iso
from guiju.site import actor_of, house_of
from guiju.site.guards import AnyRequest


class FoundAnswer(msgspec.Struct):
    """What was found: type, severity, clause, the inspector's note and correction."""

    type: DefectType | None
    severity: Weight | None
    clause: str | None
    note: str | None
    correction: dict[str, Any] | None


class DisputeAnswer(msgspec.Struct):
    id: int
    lot: int
    item: int
    state: DisputeState
    reason: str
    raised_at: str
    ruling: str | None
    clause: str | None
    gap: bool
    ruled_at: str | None


class DisputedAnswer(msgspec.Struct):
    dispute: DisputeAnswer
    found: FoundAnswer
    judged: dict[str, Any]


class DisputesAnswer(msgspec.Struct):
    disputes: list[DisputedAnswer]
    cursor: str | None


class MyFindingAnswer(msgspec.Struct):
    lot: int
    item: int
    at: str
    found: FoundAnswer
    judged: dict[str, Any]
    dispute: DisputeAnswer | None


class MyFindingsAnswer(msgspec.Struct):
    findings: list[MyFindingAnswer]
    cursor: str | None


class DisputeRequest(msgspec.Struct):
    id: str
    item: int
    reason: str


class DisputeRaised(msgspec.Struct):
    dispute: int


class RulingRequest(msgspec.Struct):
    id: str
    withdraw: bool
    text: str
    clause: str | None = None
    gap: bool = False


class DisputeSettled(msgspec.Struct):
    state: DisputeState


class ReopenRequest(msgspec.Struct):
    id: str


class LotReopened(msgspec.Struct):
    lot: int


def _answers(stored: str | None) -> dict[str, Any] | None:
    return msgspec.json.decode(stored, type=dict[str, Any]) if stored else None


def found_answer(said: Finding) -> FoundAnswer:
    return FoundAnswer(said.defect_type, said.severity, said.clause, said.note, _answers(said.correction))


def dispute_answer(one: Dispute) -> DisputeAnswer:
    return DisputeAnswer(
        one.id,
        one.lot_id,
        one.item_id,
        one.state,
        one.reason,
        iso(one.raised_at),
        one.ruling,
        one.clause,
        one.gap,
        iso(one.ruled_at) if one.ruled_at else None,
    )


def disputed_answer(row: Disputed) -> DisputedAnswer:
    return DisputedAnswer(dispute_answer(row.dispute), found_answer(row.finding), _answers(row.judged) or {})


def my_finding_answer(row: MyFinding) -> MyFindingAnswer:
    return MyFindingAnswer(
        row.lot_id,
        row.item_id,
        iso(row.at),
        found_answer(row.finding),
        _answers(row.judged) or {},
        dispute_answer(row.dispute) if row.dispute else None,
    )


@get("/projects/{project_id:int}/disputes", sync_to_thread=True)
def get_disputes(
    request: AnyRequest,
    project_id: FromPath[int],
    show: FromQuery[DisputeState | None] = None,
    cursor: FromQuery[str | None] = None,
    limit: FromQuery[int] = 50,
) -> DisputesAnswer:
    """The project's disputes, the newest first."""
    states = [show] if show else list(DisputeState)
    found = list_disputes(house_of(request), actor_of(request), project_id, states, PageRequest(limit, cursor))
    return DisputesAnswer([disputed_answer(row) for row in found.rows], found.cursor)


@get("/projects/{project_id:int}/my-findings", sync_to_thread=True)
def get_my_findings(
    request: AnyRequest, project_id: FromPath[int], cursor: FromQuery[str | None] = None, limit: FromQuery[int] = 50
) -> MyFindingsAnswer:
    """What inspectors found wrong with one's own answers, the newest first."""
    found = list_my_findings(house_of(request), actor_of(request), project_id, PageRequest(limit, cursor))
    return MyFindingsAnswer([my_finding_answer(row) for row in found.rows], found.cursor)


@post("/projects/{project_id:int}/lots/{lot_id:int}/disputes", sync_to_thread=True)
def post_dispute(
    request: AnyRequest, project_id: FromPath[int], lot_id: FromPath[int], data: JSONBody[DisputeRequest]
) -> DisputeRaised:
    """Dispute what was found on one's own answer to an item of the lot."""
    house, actor = house_of(request), actor_of(request)
    raised = raise_dispute(house, actor, project_id, lot_id, data.item, request_id=data.id, reason=data.reason)
    return DisputeRaised(raised)


@post("/projects/{project_id:int}/disputes/{dispute_id:int}/ruling", sync_to_thread=True)
def post_dispute_ruling(
    request: AnyRequest, project_id: FromPath[int], dispute_id: FromPath[int], data: JSONBody[RulingRequest]
) -> DisputeSettled:
    """Withdraw the defect or confirm it."""
    said = DisputeRuling(data.withdraw, data.text, data.clause, data.gap)
    state = rule_dispute(house_of(request), actor_of(request), project_id, dispute_id, said, request_id=data.id)
    return DisputeSettled(state)


@post("/projects/{project_id:int}/lots/{lot_id:int}/reopen", sync_to_thread=True)
def post_reopening(
    request: AnyRequest, project_id: FromPath[int], lot_id: FromPath[int], data: JSONBody[ReopenRequest]
) -> LotReopened:
    """Take a rejection back that withdrawn defects no longer carry."""
    reopen_lot(house_of(request), actor_of(request), project_id, lot_id, request_id=data.id)
    return LotReopened(lot_id)


API = [get_disputes, get_my_findings, post_dispute, post_dispute_ruling, post_reopening]
