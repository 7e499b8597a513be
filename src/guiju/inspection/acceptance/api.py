"""JSON of the customer's acceptance: the offer, the draw, verdicts, the signature and its proof."""

from datetime import date
from typing import Any

import msgspec
from litestar import get, post
from litestar.params import FromPath, FromQuery, JSONBody
from litestar.response import Response

from guiju.inspection.acceptance.actions import judge_place, lay_places, open_acceptance
from guiju.inspection.acceptance.model import (
    Acceptance,
    AcceptanceState,
    CauseCount,
    Counted,
    Decision,
    LotOffered,
    Promise,
    Sizing,
    Statement,
    VersionUsed,
)
from guiju.inspection.acceptance.reading import (
    Report,
    get_acceptance,
    list_acceptances,
    look_at_offer,
    prove_acceptance,
    read_content,
)
from guiju.inspection.acceptance.signing import Said, meet_condition, sign_acceptance
from guiju.inspection.api import PlaceAnswer, place_answer
from guiju.inspection.bench.api import (
    BenchAnswer,
    CountAnswer,
    VerdictCreated,
    VerdictRequest,
    count_answer,
    laid_answer,
)
from guiju.inspection.model import Finding
from guiju.kit import is_request_id, iso
from guiju.site import actor_of, house_of, words_of
from guiju.site.forms import BadRequestId
from guiju.site.guards import AnyRequest


class OfferAnswer(msgspec.Struct):
    """What waits for the customer: `lots` by id, `issues` in the reader's language."""

    items: int
    lots: dict[int, LotOffered]
    versions: list[VersionUsed]
    ours: Counted
    disputed: int
    issues: list[str]


class AcceptanceRow(msgspec.Struct):
    id: int
    number: int
    state: AcceptanceState
    items: int
    sample: int
    opened_at: str
    signed_at: str | None
    digest: str | None


class AcceptancesAnswer(msgspec.Struct):
    offer: OfferAnswer
    acceptances: list[AcceptanceRow]


class OpenRequest(msgspec.Struct):
    """`n` items, or as many as show that at most the share `share` is defective; `lots` by id, none: all that wait."""

    id: str
    n: int | None = None
    share: float | None = None
    lots: list[int] = []


class AcceptanceCreated(msgspec.Struct):
    acceptance: int


class ConditionAnswer(msgspec.Struct):
    number: int
    text: str
    due: str
    evidence: str | None
    met_at: str | None


class AcceptanceAnswer(msgspec.Struct):
    """`mark` is what a signature names: the digest of everything that is shown here."""

    acceptance: AcceptanceRow
    seed: str
    content: str
    lots: list[int]
    versions: list[VersionUsed]
    tally: CountAnswer
    ours: Counted
    theirs: Counted
    difference: str
    causes: list[CauseCount]
    issues: list[str]
    disputed: int
    conditions: list[ConditionAnswer]
    sample: list[PlaceAnswer]
    mark: str
    statement: Statement | None


class PromiseSaid(msgspec.Struct):
    text: str
    due: date


class SignRequest(msgspec.Struct):
    id: str
    decision: Decision
    name: str = ""
    mark: str = ""
    conditions: list[PromiseSaid] = []
    reason: str = ""
    items: list[int] = []


class DecisionAnswer(msgspec.Struct):
    decision: Decision


class MeetRequest(msgspec.Struct):
    id: str
    evidence: str


class ProofAnswer(msgspec.Struct):
    """`holds` says that the journal has the digest, that the statement gives it, and that the answers give
    `content`."""

    holds: bool
    digest: str
    in_journal: bool
    statement_holds: bool
    content: str
    content_holds: bool
    statement: Statement


def acceptance_row(one: Acceptance) -> AcceptanceRow:
    signed = iso(one.signed_at) if one.signed_at else None
    return AcceptanceRow(one.id, one.number, one.state, one.items, one.n, iso(one.opened_at), signed, one.digest)


def report_answer(found: Report, words: Any) -> AcceptanceAnswer:
    """An acceptance as a program reads it."""
    one = found.acceptance
    conditions = [
        ConditionAnswer(
            each.number, each.text, each.due.isoformat(), each.evidence, iso(each.met_at) if each.met_at else None
        )
        for each in found.conditions
    ]
    return AcceptanceAnswer(
        acceptance_row(one),
        one.seed,
        one.content,
        [row.lot.id for row in found.rows],
        list(found.versions),
        count_answer(found.tally),
        found.ours,
        found.theirs,
        found.difference.spoken(words),
        list(found.causes),
        [each.spoken(words) for each in found.issues],
        found.disputed,
        conditions,
        [place_answer(place) for place in found.sample],
        found.mark,
        one.statement,
    )


@get("/projects/{project_id:int}/acceptances", sync_to_thread=True)
def get_acceptances(request: AnyRequest, project_id: FromPath[int]) -> AcceptancesAnswer:
    """What is offered to the customer, and the acceptances so far."""
    house, actor = house_of(request), actor_of(request)
    offer = look_at_offer(house, actor, project_id)
    words = words_of(request)
    lots = {
        row.lot.id: LotOffered(row.lot.number, row.lot.plan.lot, row.tally.judged, row.tally.defective)
        for row in offer.rows
    }
    issues = [each.spoken(words) for each in offer.issues]
    said = OfferAnswer(offer.items, lots, list(offer.versions), offer.ours, offer.disputed, issues)
    return AcceptancesAnswer(said, [acceptance_row(one) for one in list_acceptances(house, actor, project_id)])


@post("/projects/{project_id:int}/acceptances", sync_to_thread=True)
def post_acceptance(request: AnyRequest, project_id: FromPath[int], data: JSONBody[OpenRequest]) -> AcceptanceCreated:
    """Draw the customer's own sample of what is offered."""
    sizing = Sizing(data.n, data.share)
    house, actor = house_of(request), actor_of(request)
    opened = open_acceptance(house, actor, project_id, request_id=data.id, sizing=sizing, lots=data.lots)
    return AcceptanceCreated(opened)


@get("/projects/{project_id:int}/acceptances/{acceptance_id:int}", sync_to_thread=True)
def get_one_acceptance(
    request: AnyRequest, project_id: FromPath[int], acceptance_id: FromPath[int]
) -> AcceptanceAnswer:
    """An acceptance: both inspections side by side, the sample with its verdicts, conditions, what was signed."""
    found = get_acceptance(house_of(request), actor_of(request), project_id, acceptance_id)
    return report_answer(found, words_of(request))


@get("/projects/{project_id:int}/acceptances/{acceptance_id:int}/bench", sync_to_thread=True)
def get_bench(  # noqa: PLR0917 - whose, of what, how many
    request: AnyRequest,
    project_id: FromPath[int],
    acceptance_id: FromPath[int],
    rulebook: FromQuery[int] = 0,
    want: FromQuery[int] = 3,
    item: FromQuery[int | None] = None,
) -> BenchAnswer:
    """The next places of the customer's sample, of those made under one rulebook version (`rulebook`)."""
    laid = lay_places(
        house_of(request), actor_of(request), project_id, acceptance_id, want=want, rulebook_id=rulebook, item_id=item
    )
    return BenchAnswer([laid_answer(each) for each in laid])


@post("/projects/{project_id:int}/acceptances/{acceptance_id:int}/verdicts", sync_to_thread=True)
def post_verdict(
    request: AnyRequest, project_id: FromPath[int], acceptance_id: FromPath[int], data: JSONBody[VerdictRequest]
) -> VerdictCreated:
    """Say what the customer found on one item of their sample; a `correction` is not taken."""
    house, actor = house_of(request), actor_of(request)
    finding = Finding(data.outcome, data.type, data.severity, data.clause, data.note)
    if not is_request_id(data.id):
        raise BadRequestId(id=data.id[:80])
    verdict = judge_place(house, actor, project_id, acceptance_id, data.item, data.id, finding, seen=data.revision)
    return VerdictCreated(verdict, count_answer(get_acceptance(house, actor, project_id, acceptance_id).tally))


@post("/projects/{project_id:int}/acceptances/{acceptance_id:int}/sign", sync_to_thread=True)
def post_signature(
    request: AnyRequest, project_id: FromPath[int], acceptance_id: FromPath[int], data: JSONBody[SignRequest]
) -> DecisionAnswer:
    """Accept, accept with conditions, send back (whole lots, or `items`), or put it aside unsigned (`dropped`)."""
    promises = tuple(Promise(one.text.strip(), one.due) for one in data.conditions)
    said = Said(data.decision, data.name, data.mark, promises, data.reason, tuple(data.items))
    house, actor = house_of(request), actor_of(request)
    return DecisionAnswer(sign_acceptance(house, actor, project_id, acceptance_id, said, request_id=data.id))


@post(
    "/projects/{project_id:int}/acceptances/{acceptance_id:int}/conditions/{number:int}",
    sync_to_thread=True,
    status_code=204,
)
def post_evidence(
    request: AnyRequest,
    project_id: FromPath[int],
    acceptance_id: FromPath[int],
    number: FromPath[int],
    data: JSONBody[MeetRequest],
) -> None:
    """Close a condition with what shows that it is met."""
    house, actor = house_of(request), actor_of(request)
    meet_condition(house, actor, project_id, acceptance_id, number, evidence=data.evidence, request_id=data.id)


@get("/projects/{project_id:int}/acceptances/{acceptance_id:int}/proof", sync_to_thread=True)
def get_proof(request: AnyRequest, project_id: FromPath[int], acceptance_id: FromPath[int]) -> ProofAnswer | None:
    """The signature held against the journal and the answers of today; null while nothing is signed."""
    found = prove_acceptance(house_of(request), actor_of(request), project_id, acceptance_id)
    if found is None:
        return None
    checks = (found.digest, found.in_journal, found.statement_holds, found.content, found.content_holds)
    return ProofAnswer(found.holds, *checks, found.statement)


@get("/projects/{project_id:int}/acceptances/{acceptance_id:int}/content", sync_to_thread=True)
def get_content(request: AnyRequest, project_id: FromPath[int], acceptance_id: FromPath[int]) -> Response[bytes]:
    """What was offered, a line an answer: lot, SHA-256 of the item, rulebook version, SHA-256 of the answers. The
    file's own SHA-256 is `content`."""
    lines = read_content(house_of(request), actor_of(request), project_id, acceptance_id)
    name = f'attachment; filename="acceptance-{acceptance_id}.tsv"'
    return Response(lines, media_type="text/tab-separated-values", headers={"Content-Disposition": name})


API: list[Any] = [
    get_acceptances,
    post_acceptance,
    get_one_acceptance,
    get_bench,
    post_verdict,
    post_signature,
    post_evidence,
    get_proof,
    get_content,
]
