"""JSON of the inspector's bench: the next places of a sample, and verdicts on them."""

from typing import Any

import msgspec
from litestar import get, post
from litestar.params import FromPath, FromQuery, JSONBody

from guiju.inspection.bench.actions import lay_before, tally_lot
from guiju.inspection.bench.model import Laid
from guiju.inspection.judging import judge
from guiju.inspection.model import DefectType, Finding, Outcome, Tally, Weight
from guiju.kinds import decode_answers, encode_answers
from guiju.kit import is_request_id
from guiju.site import actor_of, house_of
from guiju.site.forms import BadRequestId
from guiju.site.guards import AnyRequest
from guiju.work import TaskItem


class SaidAnswer(msgspec.Struct):
    """What was found on a place before."""

    outcome: Outcome
    type: DefectType | None
    severity: Weight | None
    clause: str | None
    note: str | None


class LaidAnswer(msgspec.Struct):
    """A place of the sample on the inspector's bench: `judged` is the answer that is judged, `answers` what was said
    instead of it if a correction was said; `slot` is the item's id and `revision` that of the verdict that holds."""

    slot: int
    lease: str
    lease_until: str | None
    item: TaskItem
    revision: int
    answers: Any
    note: str | None
    place: int
    judged: Any
    said: SaidAnswer | None


class BenchAnswer(msgspec.Struct):
    tasks: list[LaidAnswer]


class CountAnswer(msgspec.Struct):
    """How far a sample is, in items."""

    n: int
    judged: int
    defective: int
    left: int


class VerdictRequest(msgspec.Struct):
    """`revision` is that of the verdict which was seen, 0 where there was none: then a verdict given meanwhile refuses
    this one. Left out, it is put over any."""

    id: str
    item: int
    outcome: Outcome
    type: DefectType | None = None
    severity: Weight | None = None
    clause: str | None = None
    note: str | None = None
    correction: dict[str, Any] | None = None
    revision: int | None = None


class VerdictCreated(msgspec.Struct):
    verdict: int
    tally: CountAnswer


def count_answer(tally: Tally) -> CountAnswer:
    return CountAnswer(tally.n, tally.judged, tally.defective, tally.left)


def laid_answer(laid: Laid) -> LaidAnswer:
    verdict = laid.place.verdict
    found = verdict.finding if verdict else None
    judged = msgspec.Raw(laid.answers.encode())
    said = SaidAnswer(found.outcome, found.defect_type, found.severity, found.clause, found.note) if found else None
    return LaidAnswer(
        laid.place.item_id,
        "laid",
        None,
        laid.item,
        verdict.revision if verdict else 0,
        msgspec.Raw(found.correction.encode()) if found and found.correction else judged,
        None,
        laid.place.place,
        judged,
        said,
    )


@get("/projects/{project_id:int}/lots/{lot_id:int}/bench", sync_to_thread=True)
def get_bench(  # noqa: PLR0917 - whose, of what, how many
    request: AnyRequest,
    project_id: FromPath[int],
    lot_id: FromPath[int],
    rulebook: FromQuery[int] = 0,
    want: FromQuery[int] = 3,
    item: FromQuery[int | None] = None,
) -> BenchAnswer:
    """The next places of the sample for an inspector's bench, of those made under one rulebook version (`rulebook`)."""
    laid = lay_before(
        house_of(request), actor_of(request), project_id, lot_id, rulebook_id=rulebook, want=want, item_id=item
    )
    return BenchAnswer([laid_answer(each) for each in laid])


@post("/projects/{project_id:int}/lots/{lot_id:int}/verdicts", sync_to_thread=True)
def post_verdict(
    request: AnyRequest, project_id: FromPath[int], lot_id: FromPath[int], data: JSONBody[VerdictRequest]
) -> VerdictCreated:
    """Say what was found on one item of the sample.

    `correction`, `{field: answer}`, is what should have been answered; fields left out stay as they were judged.
    """
    actor = actor_of(request)
    correction = encode_answers(decode_answers(data.correction)).decode() if data.correction else None
    finding = Finding(data.outcome, data.type, data.severity, data.clause, data.note, correction)
    if not is_request_id(data.id):
        raise BadRequestId(id=data.id[:80])
    house = house_of(request)
    verdict = judge(house, actor, project_id, lot_id, data.item, data.id, finding, seen=data.revision)
    return VerdictCreated(verdict, count_answer(tally_lot(house, actor, project_id, lot_id)))


API = [get_bench, post_verdict]
