"""Routes about who works on what: one to read it, one for all that is done about it."""

from typing import Literal

import msgspec
from litestar import get, post
from litestar.params import FromPath, JSONBody

from guiju.annotations import get_round
from guiju.kit import is_request_id
from guiju.people import account_ids_of, list_teams
from guiju.site import actor_of, house_of
from guiju.site.forms import BadRequestId
from guiju.site.guards import AnyRequest
from guiju.storage import House
from guiju.work.gold.actions import admit, change_gold, known_of_round
from guiju.work.gold.model import GoldLine, GoldWish, Returns
from guiju.work.overlap import Way, read_overlap
from guiju.work.overlap.actions import ask_for_several
from guiju.work.overlap.model import USUAL_ALIKE, USUAL_SURE
from guiju.work.queue.actions import change_batch, led_round, put_back, split_batch, withdraw_batch
from guiju.work.queue.errors import HandsUnclear
from guiju.work.queue.handing import Hands, hand_over
from guiju.work.queue.model import By, Change, Counts, Demands, Part, Priority, QueuePage
from guiju.work.queue.reading import read_queue


class CountsOut(msgspec.Struct):
    open: int
    leased: int
    done: int
    withdrawn: int


class BatchOut(msgspec.Struct):
    """A part of the round; `takers` are the project's annotators who may take from it."""

    id: int
    name: str
    priority: int
    due: str | None
    languages: list[str]
    skills: list[str]
    certified: bool
    people: list[int]
    teams: list[int]
    withdrawn: str | None
    counts: CountsOut
    takers: int


class PersonOut(msgspec.Struct):
    """Somebody's part: `counts.open` is what is kept for them alone, `drafts` what they began and did not finish."""

    account: int
    name: str
    here: bool
    languages: list[str]
    skills: list[str]
    counts: CountsOut
    drafts: int


class KnownOut(msgspec.Struct):
    """Of the latest `n` items of somebody whose answer is known `right` were right, with the 95% interval; the share of
    such items among their next ones; whether they are stopped.
    """

    account: int
    n: int
    right: float
    low: float
    high: float
    share: float
    stopped: bool


class QueueAnswer(msgspec.Struct):
    round: int
    batches: list[BatchOut]
    people: list[PersonOut]
    known: list[KnownOut] | None = None


class _Settings(msgspec.Struct, kw_only=True):
    """What a batch is called, when it is handed out (1 later, 5 normal, 7 first, 9 urgent), and whom it is kept for:
    `people` by e-mail address, `teams` by name.
    """

    name: str
    priority: int = Priority.NORMAL.value
    due: str | None = None
    languages: list[str] = []
    skills: list[str] = []
    certified: bool = False
    people: list[str] = []
    teams: list[str] = []


class SplitIn(_Settings, tag_field="act", tag="split", kw_only=True):
    """Split a part off a batch: the last `value` items, or those of a source or scene (its number), or those whose
    `column` says `value`.
    """

    id: str
    batch: int
    by: Literal["count", "source", "scene", "column"] = "count"
    value: str
    column: str = ""


class ChangeIn(_Settings, tag_field="act", tag="change", kw_only=True):
    """Change a batch; what is left out is as in a new one."""

    batch: int


class WithdrawIn(msgspec.Struct, tag_field="act", tag="withdraw"):
    """Take what waits of a batch out of the round."""

    batch: int
    reason: str


class PutBackIn(msgspec.Struct, tag_field="act", tag="put-back"):
    """Let a withdrawn batch be handed out again."""

    batch: int


class HandOverIn(msgspec.Struct, tag_field="act", tag="hand-over", rename={"give": "from", "take": "to"}):
    """Give what waits for somebody, and what they have in hand, to others: e-mail addresses, names of teams, or "" for
    anybody.
    """

    give: str
    take: str = ""


class AdmitIn(msgspec.Struct, tag_field="act", tag="admit"):
    """Let somebody who was stopped back in, by e-mail address, with your signed reason."""

    person: str
    reason: str


class GoldChangeIn(msgspec.Struct, tag_field="act", tag="gold"):
    """Change how many known answers are mixed in, and the line."""

    base: float
    line: float
    stops: bool = True
    tells: bool = True
    returns: Returns = Returns.PRACTICE


class SeveralIn(msgspec.Struct, tag_field="act", tag="several"):
    """Ask for several answers to each item that waits in a rework or a recheck: as production is opened for several."""

    id: str
    way: Way = Way.FIXED
    least: int = 2
    most: int = 2
    share: float = 0.2
    sure: float = USUAL_SURE
    alike: float = USUAL_ALIKE


class Done(msgspec.Struct):
    """What an act made or moved: `batch` of a split, `moved` slots, and `left` where who should get them has answered
    the item.
    """

    batch: int | None = None
    moved: int | None = None
    left: int | None = None


@get("/rounds/{round_id:int}/queue", sync_to_thread=True)
def queue(request: AnyRequest, round_id: FromPath[int]) -> QueueAnswer:
    """The round's batches and people: what waits, is in hand and answered."""
    house = house_of(request)
    page = describe_queue(read_queue(house, actor_of(request), round_id))
    with house.reading() as connection:
        known = known_of_round(connection, get_round(connection, round_id))
    page.known = [_known(each) for each in known.people] if known else None
    return page


def _known(of: GoldLine) -> KnownOut:
    record = (of.account_id, of.record.n, of.record.right, of.low, of.high)
    return KnownOut(*record, of.rate.share, of.stop is not None)


def describe_queue(page: QueuePage) -> QueueAnswer:
    """The page for a program."""
    batches = [
        BatchOut(
            line.batch.id,
            line.batch.name,
            line.batch.priority,
            line.batch.due,
            list(line.batch.demands.languages),
            list(line.batch.demands.skills),
            line.batch.demands.certified,
            list(line.batch.demands.accounts),
            list(line.batch.demands.teams),
            line.batch.withdrawn_why,
            _counts(line.counts),
            line.takers,
        )
        for line in page.batches
    ]
    people = [
        PersonOut(
            each.account_id,
            each.name,
            each.here,
            list(each.languages),
            list(each.skills),
            _counts(each.counts),
            each.drafts,
        )
        for each in page.people
    ]
    return QueueAnswer(page.round_id, batches, people)


def _counts(counts: Counts) -> CountsOut:
    return CountsOut(counts.open, counts.leased, counts.done, counts.withdrawn)


@post("/rounds/{round_id:int}/queue", sync_to_thread=True, status_code=200)
def act_on_queue(  # noqa: PLR0911 - one return an act
    request: AnyRequest,
    round_id: FromPath[int],
    data: JSONBody[SplitIn | ChangeIn | WithdrawIn | PutBackIn | HandOverIn | AdmitIn | GoldChangeIn | SeveralIn],
) -> Done:
    """Split, change, withdraw or put back a batch, hand somebody's work over, or ask for several
    answers, as `act` says."""
    house, actor = house_of(request), actor_of(request)
    with house.reading() as connection:
        led_round(connection, actor, round_id)  # before names are looked up, so that a stranger cannot ask for them
    if isinstance(data, SplitIn):
        if not is_request_id(data.id):
            raise BadRequestId(id=data.id[:80])
        part = Part(By(data.by), data.value, data.column)
        made = split_batch(house, actor, round_id, data.batch, part, change_of(house, data), request_id=data.id)
        return Done(made)
    if isinstance(data, ChangeIn):
        change_batch(house, actor, round_id, data.batch, change_of(house, data))
        return Done(data.batch)
    if isinstance(data, WithdrawIn):
        return Done(data.batch, withdraw_batch(house, actor, round_id, data.batch, reason=data.reason))
    if isinstance(data, PutBackIn):
        return Done(data.batch, put_back(house, actor, round_id, data.batch))
    if isinstance(data, GoldChangeIn):
        change_gold(house, actor, round_id, GoldWish(data.base, data.line, data.stops, data.tells, data.returns))
        return Done()
    if isinstance(data, SeveralIn):
        if not is_request_id(data.id):
            raise BadRequestId(id=data.id[:80])
        wanted = read_overlap(data.way, data.least, data.most, data.share, data.sure, data.alike)
        return Done(None, ask_for_several(house, actor, round_id, wanted, request_id=data.id))
    if isinstance(data, AdmitIn):
        admit(house, actor, round_id, account_ids_of(house, [data.person])[0], reason=data.reason)
        return Done()
    moved = hand_over(house, actor, round_id, hands_named(house, data.give), hands_named(house, data.take))
    return Done(None, moved.moved, moved.left)


def change_of(house: House, told: _Settings) -> Change:
    """The settings with accounts and teams looked up by name."""
    accounts = tuple(account_ids_of(house, told.people))
    teams = tuple(hands_named(house, each).team_id or 0 for each in told.teams)
    demands = Demands(tuple(told.languages), tuple(told.skills), told.certified, accounts, teams)
    return Change(told.name, told.priority, told.due, demands)


def hands_named(house: House, name: str) -> Hands:
    """Somebody by e-mail address, a team by name, or anybody. Raises `AccountNotFound`, `HandsUnclear`."""
    if not name.strip():
        return Hands()
    if "@" in name:
        return Hands(account_id=account_ids_of(house, [name])[0])
    with house.reading() as connection:
        found = next((team.id for team in list_teams(connection) if team.name == name.strip()), None)
    if found is None:
        raise HandsUnclear(value=name[:40])
    return Hands(team_id=found)


API = [queue, act_on_queue]
