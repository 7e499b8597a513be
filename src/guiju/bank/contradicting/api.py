"""JSON routes of contradictions."""

from typing import Any

import msgspec
from litestar import get, post
from litestar.params import FromPath, FromQuery, JSONBody

from guiju.bank.contradicting.actions import (
    ask_about_side,
    get_contradiction,
    list_contradictions,
    rule_on_contradiction,
)
from guiju.bank.contradicting.model import Case, Fate, Side, State
from guiju.kit import PageRequest, iso
from guiju.site import actor_of, house_of
from guiju.site.guards import AnyRequest


class SideAnswer(msgspec.Struct):
    """One of the answers; of a stranger's `item`, `project`, `question` and `reason` say nothing. `sources` is how
    often it was deposited."""

    deposit: int
    item: int
    project: int
    project_name: str
    rulebook: str
    grade: str
    clauses: list[str]
    rights: str
    answers: msgspec.Raw
    likeness: float
    sources: int
    fate: Fate
    reason: str
    question: int
    may_ask: bool
    may_rule: bool


class CaseAnswer(msgspec.Struct):
    id: int
    state: State
    media: str
    found_at: str
    settled_at: str | None
    sides: list[SideAnswer]


class CasesAnswer(msgspec.Struct):
    """`open` and `settled` count at most 10,000."""

    contradictions: list[CaseAnswer]
    cursor: str | None
    open: int
    settled: int


class AskRequest(msgspec.Struct):
    id: str
    deposit: int
    text: str
    clause: str | None = None


class AskedAnswer(msgspec.Struct):
    question: int


class RuleRequest(msgspec.Struct):
    """`stands` lets one side stand and sets aside what contradicts it; `aside` names sides; neither sets all aside."""

    id: str
    reason: str
    stands: int = 0
    aside: list[int] = []


def side_answer(one: Side) -> SideAnswer:
    named = (one.deposit_id, one.item_id, one.project_id, one.project, one.rulebook, one.grade)
    clauses = [each.strip() for each in one.clauses.split(",") if each.strip()]
    said = (clauses, one.rights, msgspec.Raw(one.answers.encode()), one.likeness, one.sources)
    return SideAnswer(*named, *said, one.fate, one.reason, one.question_id, one.may_ask, one.may_rule)


def case_answer(one: Case) -> CaseAnswer:
    settled = iso(one.settled_at) if one.settled_at else None
    return CaseAnswer(
        one.id, one.state, one.media, iso(one.found_at), settled, [side_answer(each) for each in one.sides]
    )


def read_state(said: str) -> State:
    """Whatever is not known is open."""
    return State(said) if said in set(State) else State.OPEN


@get("/bank/contradictions", sync_to_thread=True)
def list_them(
    request: AnyRequest,
    which: FromQuery[str] = "open",
    cursor: FromQuery[str | None] = None,
    limit: FromQuery[int] = 50,
) -> CasesAnswer:
    """Deposits that answer the same content otherwise; `which` is open, settled or gone; the newest first."""
    found, counted = list_contradictions(
        house_of(request), actor_of(request), read_state(which), PageRequest(limit, cursor)
    )
    return CasesAnswer([case_answer(one) for one in found.rows], found.cursor, counted.open, counted.settled)


@get("/bank/contradictions/{contradiction_id:int}", sync_to_thread=True)
def show_it(request: AnyRequest, contradiction_id: FromPath[int]) -> CaseAnswer:
    """One contradiction, its answers side by side."""
    return case_answer(get_contradiction(house_of(request), actor_of(request), contradiction_id))


@post("/bank/contradictions/{contradiction_id:int}/questions", sync_to_thread=True)
def ask_it(request: AnyRequest, contradiction_id: FromPath[int], data: JSONBody[AskRequest]) -> AskedAnswer:
    """Ask about one side in the project whose deposit it is."""
    house, actor = house_of(request), actor_of(request)
    return AskedAnswer(ask_about_side(house, actor, contradiction_id, data.id, data.deposit, data.text, data.clause))


@post("/bank/contradictions/{contradiction_id:int}/ruling", sync_to_thread=True)
def rule_it(request: AnyRequest, contradiction_id: FromPath[int], data: JSONBody[RuleRequest]) -> CaseAnswer:
    """Rule which side stands, or set some or all aside."""
    house, actor = house_of(request), actor_of(request)
    ruled = rule_on_contradiction(house, actor, contradiction_id, data.id, data.stands, data.aside, data.reason)
    return case_answer(ruled)


API: list[Any] = [list_them, show_it, ask_it, rule_it]
