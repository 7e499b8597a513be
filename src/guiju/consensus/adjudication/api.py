"""JSON of adjudication: disagreements, and rulings on them."""

from typing import Annotated, Any

import msgspec
from litestar import get, post
from litestar.params import FromPath, FromQuery, JSONBody
from msgspec import Meta

from guiju.consensus.adjudication.actions import get_case, list_cases, rule_on_case
from guiju.consensus.adjudication.model import Case, RulingSaid
from guiju.kinds import decode_answers, encode_answers
from guiju.kit import iso
from guiju.site import actor_of, house_of
from guiju.site.guards import AnyRequest
from guiju.work import TaskItem

RequestId = Annotated[str, Meta(pattern="^[A-Za-z0-9_-]{8,64}$")]


class VoiceAnswer(msgspec.Struct):
    """An answer, the letters that stand for those who gave it, and their names for those who lead them."""

    letters: list[str]
    names: list[str] | None
    answers: Any


class AgreementAnswer(msgspec.Struct):
    """How far each answer agrees with each, and all annotators on average: 1 is the same."""

    shares: list[list[float]]
    overall: float


class RulingBefore(msgspec.Struct):
    id: int
    text: str
    clause: str | None
    at: str


class LeanAnswer(msgspec.Struct):
    """What consensus would have made of it, less surely than was asked for; `letters` said just that."""

    letters: list[str]
    confidence: float
    method: str


class CaseAnswer(msgspec.Struct):
    """An item that several answered, as a task of the adjudicator's bench; `slot` is the item's id. `last` and
    `ruling` go back with the ruling, so that nobody rules on what they have not seen."""

    slot: int
    lease: str
    lease_until: str | None
    item: TaskItem
    revision: int
    answers: Any
    note: str | None
    voices: list[VoiceAnswer]
    agreement: dict[str, AgreementAnswer]
    last: int
    ruling: RulingBefore | None
    lean: LeanAnswer | None = None


class CasesAnswer(msgspec.Struct):
    tasks: list[CaseAnswer]


class CaseRuling(msgspec.Struct):
    """`answers` are the right ones; `last` and `ruling` (0: none) are the case's own, as it was seen."""

    id: RequestId
    answers: dict[str, Any]
    last: int
    text: str = ""
    clause: str | None = None
    ruling: int = 0


class Ruled(msgspec.Struct):
    ruling: int


def case_answer(case: Case) -> CaseAnswer:
    ruling = case.ruling
    return CaseAnswer(
        case.item.id,
        "case",
        None,
        case.item,
        0,
        msgspec.Raw(ruling.answers.encode()) if ruling and ruling.answers else None,
        None,
        [
            VoiceAnswer(
                list(each.letters), list(each.names) if each.names else None, msgspec.Raw(each.answers.encode())
            )
            for each in case.voices
        ],
        {
            name: AgreementAnswer([list(row) for row in each.shares], each.overall)
            for name, each in case.agreement.items()
        },
        case.last,
        RulingBefore(ruling.id, ruling.text, ruling.clause, iso(ruling.at)) if ruling else None,
        LeanAnswer(list(case.lean.letters), case.lean.confidence, case.lean.method) if case.lean else None,
    )


@get("/rounds/{round_id:int}/cases", sync_to_thread=True)
def cases(
    request: AnyRequest,
    round_id: FromPath[int],
    want: FromQuery[int] = 3,
    after: FromQuery[int] = 0,
    item: FromQuery[int | None] = None,
) -> CasesAnswer:
    """The items of a round that its annotators answer differently and for which nothing holds, after item `after`; or
    one `item` that several answered, and then the others."""
    house, actor = house_of(request), actor_of(request)
    first = [get_case(house, actor, round_id, item)] if item is not None else []
    found = list_cases(house, actor, round_id, want=want, after=after)
    known = {case.item.id for case in first}
    return CasesAnswer([case_answer(each) for each in (*first, *(case for case in found if case.item.id not in known))])


@post("/rounds/{round_id:int}/cases/{item_id:int}/ruling", sync_to_thread=True)
def rule(request: AnyRequest, round_id: FromPath[int], item_id: FromPath[int], data: JSONBody[CaseRuling]) -> Ruled:
    """Rule on an item that several answered: what holds from now on, why, and by which clause."""
    answers = encode_answers(decode_answers(data.answers)).decode()
    said = RulingSaid(answers, data.text, data.clause, data.last, data.ruling)
    return Ruled(rule_on_case(house_of(request), actor_of(request), round_id, item_id, request_id=data.id, said=said))


API: list[Any] = [cases, rule]
