"""JSON of the workbench: lease, submit, drafts, one's own answers.

Lease and submit run wholly in the writer's transaction, on the event loop's own await: these two are what 200
annotators press all day.
"""

import asyncio
from functools import partial
from typing import Any, Literal

import msgspec
from litestar import get, post, put
from litestar.openapi import ResponseSpec
from litestar.params import FromPath, FromQuery, JSONBody

from guiju.annotations import Round, RoundKind, list_rounds
from guiju.kinds import Answer, Given
from guiju.kit import is_request_id
from guiju.people import Act, account_ids_of, may
from guiju.projects import authorise
from guiju.site import actor_of, house_of, words_of
from guiju.site.direct import Direct, SentJson, decoded, encoded
from guiju.site.forms import BadRequestId
from guiju.site.guards import AnyRequest, FindActor, finder
from guiju.storage import Actor, House
from guiju.work.actions import Answered, lease_tasks, save_draft, submit_annotation
from guiju.work.drawing import Wish, open_trial
from guiju.work.drawing.api import DrawIn
from guiju.work.errors import LeaseLapsed
from guiju.work.giving import give, place_of, told_of
from guiju.work.gold.model import GoldWish, Returns
from guiju.work.gold.seen import progress_seen_by
from guiju.work.mine import Mine, list_mine
from guiju.work.model import Lapsed, RoundProgress, Task
from guiju.work.opening import open_assigned_trial, open_production
from guiju.work.overlap import Overlap, Way, read_overlap
from guiju.work.overlap.model import USUAL_ALIKE, USUAL_SURE
from guiju.work.prefill import BLIND, Policy, TrialIsBlind, policy_of
from guiju.work.store import progress_of_rounds


class LeaseRequest(msgspec.Struct):
    want: int = 3


class LeaseAnswer(msgspec.Struct):
    tasks: list[Task]


class SubmitRequest(msgspec.Struct):
    id: str
    slot: int
    answers: dict[str, Answer]
    lease: str = ""
    revision: int = 0
    active_ms: int | None = None
    clauses: list[str] = []
    want: int = 0
    hidden_below: float = 0.0


class StoredAnnotation(msgspec.Struct):
    id: int
    revision: int


class SubmitAnswer(msgspec.Struct):
    annotation: StoredAnnotation
    tasks: list[Task]


class DraftRequest(msgspec.Struct):
    slot: int
    lease: str
    answers: dict[str, Answer]


class MineAnswer(msgspec.Struct):
    annotations: list[Mine]


_lease_decoder = msgspec.json.Decoder(LeaseRequest)
_submit_decoder = msgspec.json.Decoder(SubmitRequest)


async def _lease(house: House, find_actor: FindActor, round_id: int, body: bytes) -> bytes:
    data = decoded(body or b"{}", _lease_decoder)
    return encoded(LeaseAnswer(await house.write_async(lease_tasks(house, find_actor, round_id, data.want))))


async def _submit(house: House, find_actor: FindActor, round_id: int, body: bytes) -> bytes:
    data = decoded(body, _submit_decoder)
    if not is_request_id(data.id):
        raise BadRequestId(id=data.id[:80])
    answered = Answered(
        data.id,
        data.slot,
        data.lease,
        data.revision,
        data.answers,
        data.active_ms,
        tuple(data.clauses),
        data.want,
        data.hidden_below,
    )
    stored = await house.write_async(submit_annotation(find_actor, round_id, answered))
    if isinstance(stored, Lapsed):
        raise LeaseLapsed(slot=stored.slot)
    return encoded(SubmitAnswer(StoredAnnotation(stored.annotation_id, stored.revision), stored.tasks))


@post("/rounds/{round_id:int}/lease", status_code=200, responses={200: ResponseSpec(LeaseAnswer)})
async def lease(request: AnyRequest, round_id: FromPath[int]) -> SentJson:
    """Take the next items of a round, the ones in hand first. Takes `{"want": 3}`."""
    return SentJson(await _lease(house_of(request), finder(request), round_id, await request.body()))


@post("/rounds/{round_id:int}/annotations", status_code=200, responses={200: ResponseSpec(SubmitAnswer)})
async def submit(request: AnyRequest, round_id: FromPath[int]) -> SentJson:
    """Store an answer; the same `id` again stores nothing and answers the same.

    Takes `{"id", "slot", "lease", "revision", "answers", "active_ms", "clauses", "want", "hidden_below"}`.
    """
    return SentJson(await _submit(house_of(request), finder(request), round_id, await request.body()))


@put("/rounds/{round_id:int}/drafts", status_code=204)
async def draft(request: AnyRequest, round_id: FromPath[int], data: JSONBody[DraftRequest]) -> None:
    """Keep an unfinished answer."""
    await house_of(request).write_async(save_draft(finder(request), round_id, data.slot, data.lease, data.answers))


@get("/rounds/{round_id:int}/mine", sync_to_thread=True)
def mine(request: AnyRequest, round_id: FromPath[int], limit: FromQuery[int] = 20) -> MineAnswer:
    """My own latest answers, to look at or correct."""
    return MineAnswer(list_mine(house_of(request), actor_of(request), round_id, max(1, min(limit, 100))))


class ReceivedAnswer(msgspec.Struct):
    """What was measured, and everything that is wrong with it in the reader's language; without faults it is kept."""

    kept: bool
    given: Given
    problems: list[dict[str, Any]]


@post("/rounds/{round_id:int}/contributions", request_max_body_size=None, status_code=200)
async def contribute(  # noqa: PLR0917 - a query has as many parts as it has
    request: AnyRequest,
    round_id: FromPath[int],
    id: FromQuery[str] = "",  # noqa: A002 - what every write calls its client-made id
    slot: FromQuery[int] = 0,
    field: FromQuery[str] = "",
    lease: FromQuery[str] = "",
) -> ReceivedAnswer:
    """Give a recording, a photograph or a text (the request's body) for an item in hand; measured at once.

    The same `id` again answers the same. What is kept goes into the answer as it came back here, and is let go after a
    day without one. Without the consent that the field asks for it is refused before anything is stored.
    """
    house, words = house_of(request), words_of(request)
    actor = await asyncio.to_thread(actor_of, request)
    if not is_request_id(id):
        raise BadRequestId(id=id[:80])
    place = await asyncio.to_thread(partial(place_of, house, actor, round_id, slot, lease=lease, field=field))
    received = await give(house, actor, place, id, request.stream())
    return ReceivedAnswer(received.kept, received.given, told_of(received, words))


class SuggestFrom(msgspec.Struct):
    """Where suggestions come from: a round, an annotator by name, or that annotator's answers of the round."""

    round: int | None = None
    annotator: str | None = None


class OverlapIn(msgspec.Struct):
    """How many answers an item gets.

    `fixed`: `most` for every item. `share`: `most` for a `share` of them, one for the others. `until`: `least`, and
    more up to `most` while its label is less than `sure` probable, or a majority of other answers is less than `alike`.
    """

    way: Way
    least: int = 2
    most: int = 5
    share: float = 0.2
    sure: float = USUAL_SURE
    alike: float = USUAL_ALIKE


class GoldIn(msgspec.Struct):
    """Known answers mixed in unseen: `base`, their share for people whose answers are good (0.05); `line`, the share of
    right answers that is asked for; whether somebody surely below it `stops`, and is told their figures then; what
    brings them back beside the trainer's word (`returns`).
    """

    base: float = 0.05
    line: float = 0.8
    stops: bool = True
    tells: bool = True
    returns: Returns = Returns.PRACTICE


class NewRound(msgspec.Struct):
    """A round to open. A trial takes `annotators` (e-mail addresses) and `size` or `draw`, or `assignments` of items.

    Without `draw` it is `size` items at random, of those that no trial has drawn.

    Production takes `suggest`: where its suggestions come from. Without it the round is blind, as a trial always is.
    """

    id: str
    kind: Literal["trial", "production"]
    annotators: list[str] = []
    size: int = 50
    draw: DrawIn | None = None
    assignments: list[tuple[int, str]] = []
    # how many answers every item gets, or a policy
    overlap: int | OverlapIn = 1
    team: int | None = None
    annotator: str | None = None
    reason: str | None = None
    suggest: SuggestFrom | None = None
    # whether it gives items only to people who passed the exam
    certified: bool = False
    # known answers mixed into production unseen
    gold: GoldIn | None = None


class RoundOut(msgspec.Struct):
    id: int
    kind: str
    number: int
    state: str
    rulebook: int
    overlap: int
    least: int
    asks: bool
    open: int
    leased: int
    done: int
    suggests: bool
    certified: bool


class RoundList(msgspec.Struct):
    rounds: list[RoundOut]


class NewRoundAnswer(msgspec.Struct):
    round: int


@get("/projects/{project_id:int}/rounds", sync_to_thread=True)
def rounds(request: AnyRequest, project_id: FromPath[int]) -> RoundList:
    """The project's rounds and how far each is."""
    with house_of(request).reading() as connection:
        actor = actor_of(request)
        standing = authorise(connection, actor, project_id, Act.SEE_PROJECT)
        found = [each for each in list_rounds(connection, project_id) if each.kind is not RoundKind.GOLD]
        ids, reads = [each.id for each in found], actor.trusted or may(standing.roles, Act.SEE_REPORTS)
        progress = progress_of_rounds(connection, ids) if reads else progress_seen_by(connection, ids, actor.id)
    return RoundList([_round_out(each, progress[each.id]) for each in found])


def _round_out(round_: Round, progress: RoundProgress) -> RoundOut:
    told = (round_.id, round_.kind.value, round_.number, round_.state.value, round_.rulebook_id, round_.overlap)
    told += (round_.least, round_.asks)
    return RoundOut(*told, progress.open, progress.leased, progress.done, round_.suggests, round_.certified)


@post("/projects/{project_id:int}/rounds", sync_to_thread=True, status_code=201)
def open_round(request: AnyRequest, project_id: FromPath[int], data: JSONBody[NewRound]) -> NewRoundAnswer:
    """Open a trial or production."""
    house, actor = house_of(request), actor_of(request)
    if not is_request_id(data.id):
        raise BadRequestId(id=data.id[:80])
    if data.kind == "trial" and data.suggest is not None:
        raise TrialIsBlind
    wanted: dict[str, Any] = {"certified": data.certified}
    if data.kind == "production":
        kept_for = account_ids_of(house, [data.annotator])[0] if data.annotator else None
        options: dict[str, Any] = {
            "overlap": _overlap(data.overlap),
            "team_id": data.team,
            "account_id": kept_for,
            **wanted,
        }
        options["policy"] = _policy(house, actor, project_id, data.suggest)
        if data.gold:
            options["gold"] = GoldWish(**msgspec.structs.asdict(data.gold))
        opened = open_production(house, actor, project_id, request_id=data.id, reason=data.reason, **options)
    elif data.assignments:
        accounts = dict(
            zip(emails := sorted({who for _, who in data.assignments}), account_ids_of(house, emails), strict=True)
        )
        pairs = [(item, accounts[who]) for item, who in data.assignments]
        opened = open_assigned_trial(house, actor, project_id, request_id=data.id, assignments=pairs, **wanted)
    else:
        ids = account_ids_of(house, data.annotators)
        wish = data.draw.wish if data.draw else Wish(data.size)
        opened = open_trial(house, actor, project_id, request_id=data.id, account_ids=ids, wish=wish, **wanted)
    return NewRoundAnswer(opened)


def _overlap(said: int | OverlapIn) -> int | Overlap:
    if isinstance(said, int):
        return said
    return read_overlap(said.way, said.least, said.most, said.share, said.sure, said.alike)


def _policy(house: House, actor: Actor, project_id: int, said: SuggestFrom | None) -> Policy:
    if said is None:
        return BLIND
    with house.reading() as connection:
        authorise(connection, actor, project_id, Act.OPEN_ROUND)
        return policy_of(connection, project_id, round_id=said.round, annotator=said.annotator)


API = [lease, submit, draft, mine, contribute, rounds, open_round]
DIRECT: dict[tuple[str, str], Direct] = {
    ("/api/v1/rounds/", "/lease"): _lease,
    ("/api/v1/rounds/", "/annotations"): _submit,
}
