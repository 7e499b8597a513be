"""What somebody holds of a round goes to others: handed over by who leads, or given back when they leave."""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, Connection, or_, select

from guiju.annotations import Round, annotator_of_account
from guiju.people import find_account, list_teams
from guiju.storage import Actor, Event, House, Tx
from guiju.work import tables as t
from guiju.work.errors import NotAnAnnotatorHere
from guiju.work.model import ANYBODY, SlotState
from guiju.work.queue import store
from guiju.work.queue.actions import annotators_of, in_windows, movable
from guiju.work.queue.errors import HandsUnclear, NothingHeld, SameHands
from guiju.work.queue.model import Moved
from guiju.work.queue.rules import renamed
from guiju.work.queue.store import BACK

_s = t.slot.c


@dataclass(frozen=True, slots=True)
class Hands:
    """Somebody, a team, or (neither) anybody."""

    account_id: int | None = None
    team_id: int | None = None

    @property
    def key(self) -> str:
        """As a form says it."""
        if self.account_id:
            return f"person-{self.account_id}"
        return f"team-{self.team_id}" if self.team_id else ""


def read_hands(value: str) -> Hands:
    """`person-7`, `team-2`, or nothing for anybody. Raises `HandsUnclear`."""
    kind, _, number = value.partition("-")
    if not value:
        return Hands()
    if kind not in {"person", "team"} or not number.isdecimal() or len(number) > 12:
        raise HandsUnclear(value=value[:40])
    return Hands(account_id=int(number)) if kind == "person" else Hands(team_id=int(number))


def hand_over(house: House, actor: Actor, round_id: int, give: Hands, take: Hands) -> Moved:
    """Let `take` have what waits of a round for `give`, and what they have in hand; what they answered stays theirs.

    Drafts stay their writer's: nobody else is shown them. Of a trial or an exam nothing is handed over. Raises
    `SameHands`, `NothingHeld`, `NotAnAnnotatorHere`, `HandsUnclear`, `NotSplittable`, `RoundOver`.
    """
    if give == take or give == Hands():
        raise SameHands if give == take else HandsUnclear(value="")

    def prepare(tx: Tx) -> tuple[int, int, bool, int]:
        round_ = movable(tx.connection, actor, round_id)
        _check_here(tx.connection, round_.project_id, take)
        before, after = _reserved(tx, give), _reserved(tx, take)
        named = _rename(tx, round_, give, take)
        return before, after, named, round_.project_id

    before, after, named, project_id = house.write(prepare)
    mine = _held(round_id, before)
    moved = in_windows(
        house, round_id, lambda tx, window: store.move_some(tx, window, mine & _may_go(after), **BACK, reserved=after)
    )
    if before > 0:
        house.write(lambda tx: store.take_back_beside(tx, round_id, _s.annotator_id == before))
    with house.reading() as connection:
        left = store.count_where(connection, mine)
    if not (moved or left or named):
        raise NothingHeld
    facts: dict[str, object] = {"from": give.key, "to": take.key, "moved": moved, "left": left}
    house.write(lambda tx: tx.journal(Event(actor.id, "batch.reassigned", project_id, round_id, facts=facts)))
    return Moved(moved, left)


def _check_here(connection: Connection, project_id: int, take: Hands) -> None:
    if take.account_id and take.account_id not in {each.account_id for each in annotators_of(connection, project_id)}:
        raise NotAnAnnotatorHere(account=take.account_id)
    if take.team_id and take.team_id not in {team.id for team in list_teams(connection)}:
        raise HandsUnclear(value=take.key)


def _reserved(tx: Tx, hands: Hands) -> int:
    """The number that slots kept for them bear."""
    if hands.team_id:
        return -hands.team_id
    if hands.account_id is None:
        return ANYBODY
    account = find_account(tx.connection, hands.account_id)
    if account is None:
        raise NotAnAnnotatorHere(account=hands.account_id)
    return annotator_of_account(tx, account.id, account.name)


def _rename(tx: Tx, round_: Round, give: Hands, take: Hands) -> bool:
    """In the batches that name them, name the others; handed to anybody, or to another sort, they are named no more."""
    teams = give.team_id is not None
    gives = [give.team_id or give.account_id or 0]
    takes = [take.team_id if teams else take.account_id]
    changed = False
    for batch in store.batches_of(tx.connection, round_.id):
        demands = renamed(batch.demands, gives, [each for each in takes if each], teams=teams)
        if demands != batch.demands:
            store.update_batch(tx, batch.id, demands=store.json_of(demands))
            changed = True
    return changed


def _held(round_id: int, reserved: int) -> ColumnElement[bool]:
    """What waits for them, and what they have in hand."""
    waits = (_s.state == SlotState.OPEN.value) & (_s.reserved == reserved)
    in_hand = (_s.state == SlotState.LEASED.value) & (_s.annotator_id == reserved)
    return (_s.round_id == round_id) & (waits | in_hand if reserved > 0 else waits)


def _may_go(reserved: int) -> ColumnElement[bool]:
    """Nobody is given an item that they have, or had, in the same round."""
    other = t.slot.alias("other")
    same = (other.c.round_id == _s.round_id) & (other.c.item_id == _s.item_id) & (other.c.id != _s.id)
    theirs = or_(other.c.annotator_id == reserved, other.c.reserved == reserved)
    return ~select(other.c.id).where(same, theirs).exists() if reserved > 0 else _s.id > 0
