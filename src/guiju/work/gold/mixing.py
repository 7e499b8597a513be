"""Known answers on the way of work: handed out in the place of others, marked when answered, and what comes of it."""

from collections.abc import Callable, Collection, Iterable, Sequence
from secrets import SystemRandom

from sqlalchemy import Connection

from guiju.annotations import Round, RoundKind, get_round
from guiju.kinds import decode_answers
from guiju.people import certificates_of
from guiju.rulebooks import CompiledRulebook, latest_published
from guiju.rulings.marking import mark_answers
from guiju.storage import Actor, Event, Tx
from guiju.work import store as queue
from guiju.work.gold import store
from guiju.work.gold.errors import REFUSALS
from guiju.work.gold.met import met_by
from guiju.work.gold.model import Gold, Record, Returns, Stop
from guiju.work.gold.naming import inner_name
from guiju.work.gold.rules import WINDOW, decide_back, decide_rate, decide_stop
from guiju.work.model import Slot, SlotState
from guiju.work.prefill import Policy, suggest
from guiju.work.queue.store import BACK, add_beside, move_where
from guiju.work.rules import Standing, decide_standing
from guiju.work.tables import slot as slot_table

_dice = SystemRandom()
# After how many of their other answers it is looked whether somebody is stopped, as a share.
JUDGED = 0.5
_s = slot_table.c


# what is in hand of known answers goes the way of what is in hand of their round
add_beside(store.gold_rounds_of)


def find_gold(connection: Connection, round_: Round) -> Gold | None:
    """What is mixed into a round."""
    return store.find_policy(connection, round_.id) if round_.kind is RoundKind.PRODUCTION else None


def mix(  # noqa: PLR0917 - who asks for what
    tx: Tx, gold: Gold, round_: Round, actor: Actor, annotator_id: int, offers: Sequence[queue.Offer]
) -> list[queue.Offer]:
    """The same, some of them in the place of an item whose answer is known: that one waits for the next who asks.

    Each place is decided by itself, with the rate of this person now. Where nothing waits nothing is mixed in.
    """
    if not offers:
        return []
    rate = decide_rate(gold.wish, store.record_of(tx.connection, gold.round_id, annotator_id, WINDOW)).share
    taken = set[int]()
    mixed: list[queue.Offer] = []
    for offer in offers:
        known = _known_offer(tx, gold, round_, (actor.id, annotator_id), taken) if _dice.random() < rate else None
        if known is not None and (known.suggestion is None) is not (offer.suggestion is None):
            known = None  # an item that alone comes without a suggestion, or with one, would be known by that
        if known is not None:
            taken.add(known.slot)
            # where the batch of the item in whose place it came is taken back, so is it
            move_where(tx, _s.id == known.slot, batch_id=offer.batch)
        mixed.append(known or offer)
    return mixed


def _known_offer(tx: Tx, gold: Gold, round_: Round, who: tuple[int, int], taken: set[int]) -> queue.Offer | None:
    """One that came back to them (`who`: account and annotator), or a new one from a random place of the pool."""
    account_id, annotator_id = who

    def waiting() -> queue.Offer | None:
        found = queue.known_open(tx.connection, gold.gold_round_id, annotator_id, most=len(taken) + 1)
        return next((each for each in found if each.slot not in taken), None)

    there = waiting()
    if there is not None:
        return there
    item = _somewhere(tx.connection, gold, account_id, annotator_id)
    if item is None:
        return None
    queue.insert_slots(tx, gold.gold_round_id, [{"item_id": item, "ordinal": 0, "reserved": annotator_id}])
    if round_.suggests:
        source = Policy(round_.suggest_round_id, round_.suggest_annotator_id)
        suggest(tx, gold.gold_round_id, source, item - 1, item)
    return waiting()


def _somewhere(connection: Connection, gold: Gold, account_id: int, annotator_id: int) -> int | None:
    span = store.span_of_pool(connection, gold.round_id)
    if span is None:
        return None
    met = met_by(connection, account_id, store.project_of(connection, gold.round_id))
    after = _dice.randint(span[0] - 1, span[1])
    found = _next_new(connection, gold, annotator_id, after, met)
    return found if found is not None else _next_new(connection, gold, annotator_id, 0, met)


def _next_new(connection: Connection, gold: Gold, annotator_id: int, after: int, met: Collection[int]) -> int | None:
    found = store.next_new_to(connection, gold, annotator_id, after)
    while found in met:
        found = store.next_new_to(connection, gold, annotator_id, found or 0)
    return found


def settle_by_chance(
    tx: Tx, gold: Gold, rulebook: CompiledRulebook, actor: Actor, *, given: tuple[int, int], known: bool
) -> None:
    """After every other answer (`given`: by whom, and its number), drawn by chance: mark what its giver answered
    before, and stop who is surely below the line. At a `known` item nobody is stopped: that would tell which it was;
    and were it marked there and then, the time that it takes would.
    """
    annotator_id, answer = given
    if _dice.random() >= JUDGED:
        return
    _mark(tx, gold, rulebook, store.unmarked(tx.connection, gold, annotator_id, answer))
    record = store.record_of(tx.connection, gold.round_id, annotator_id, WINDOW)
    verdict = decide_stop(gold.wish, record)
    is_stopped = store.find_stop(tx.connection, gold.round_id, annotator_id) is not None
    if known or is_stopped or not verdict.stops:
        return
    figures = {"n": record.n, "right": record.right, "low": verdict.low, "high": verdict.high}
    store.insert_stop(tx, gold.round_id, annotator_id, **figures, line=gold.wish.line)
    rounds = _s.round_id.in_([gold.round_id, gold.gold_round_id])
    in_hand = rounds & (_s.annotator_id == annotator_id) & (_s.state == SlotState.LEASED.value)
    returned = move_where(tx, in_hand, **BACK)
    facts: dict[str, object] = {**figures, "line": gold.wish.line, "annotator": annotator_id, "returned": returned}
    tx.journal(Event(actor.id, "work.stopped", rulebook.project_id, gold.round_id, facts=facts))


def _mark(tx: Tx, gold: Gold, rulebook: CompiledRulebook, given: Iterable[store.Unmarked]) -> None:
    for each in given:
        score = mark_answers(decode_answers(each.said), decode_answers(each.right), rulebook.fields).score
        who = {"round_id": gold.round_id, "annotator_id": each.annotator_id, "reference_id": each.reference_id}
        store.keep_mark(tx, each.slot_id, **who, score=score, at=each.at)


def mark_rest(tx: Tx, round_: Round) -> None:
    """When a round is closed: what nobody's later answer was drawn for. It stops nobody any more."""
    gold = find_gold(tx.connection, round_)
    rulebook = latest_published(tx.connection, round_.project_id)
    if gold is not None and rulebook is not None:
        _mark(tx, gold, rulebook, store.all_unmarked(tx.connection, gold))


def stopped(connection: Connection, gold: Gold, account_id: int, annotator_id: int) -> Stop | None:
    """What stops somebody now: nothing any more once they passed the exam after it."""
    stop = store.find_stop(connection, gold.round_id, annotator_id)
    return stop if stop is None or not _passed_since(connection, account_id, gold, stop) else None


def _passed_since(connection: Connection, account_id: int, gold: Gold, stop: Stop) -> bool:
    if gold.wish.returns is Returns.WORD:
        return False
    project_id = store.project_of(connection, gold.round_id)
    mine = certificates_of(connection, [account_id])
    return any(each.is_live and each.project_id == project_id and each.granted_at > stop.at for each in mine)


def settle_return(tx: Tx, gold: Gold, account_id: int, annotator_id: int, project_id: int) -> None:
    """Somebody who passed the exam since they were stopped is back: what they answer counts from now."""
    stop = store.find_stop(tx.connection, gold.round_id, annotator_id)
    if stop is not None and _passed_since(tx.connection, account_id, gold, stop):
        store.lift(tx, stop.id, "exam", None, None)
        facts: dict[str, object] = {"how": "exam", "annotator": annotator_id}
        tx.journal(Event(account_id, "work.resumed", project_id, gold.round_id, facts=facts))


def check_going_on(connection: Connection, round_: Round, account_id: int, annotator_id: int | None) -> None:
    """Raises `WorkStopped`, which says kindly why, as far as the round tells, and what to do."""
    gold = find_gold(connection, round_)
    stop = stopped(connection, gold, account_id, annotator_id) if gold and annotator_id else None
    if gold is None or stop is None:
        return
    where = f"/projects/{round_.project_id}/practice"
    refusal = REFUSALS[gold.wish.returns][gold.wish.tells]
    figures = {"n": stop.n, "right": f"{stop.right:g}", "line": f"{stop.line:.0%}"} if gold.wish.tells else {}
    raise refusal(where=where, asked=f"{stop.line:.0%}", **figures)


def is_sealed_beside(connection: Connection, gold: Gold, slot: Slot, annotator_id: int) -> bool:
    """Whether the ordinary answer beside this one lies in a lot: then this one cannot be corrected either."""
    return store.state_beside(connection, gold, slot, annotator_id) is SlotState.SEALED


def come_back(tx: Tx, account_id: int, annotator_id: int, project_id: int, practised: Callable[[int], Record]) -> int:
    """Let somebody back in whose practice since they were stopped passes, where the round's policy permits that; in
    how many rounds. `practised(since)` is what they practised since a moment; the caller has authorised.
    """
    lifted = 0
    for stop in store.stopped_in(tx.connection, project_id, annotator_id):
        gold = store.find_policy(tx.connection, stop.round_id)
        if gold is None or gold.wish.returns is not Returns.PRACTICE:
            continue
        record = practised(stop.at)
        if not decide_back(stop.line, record):
            continue
        store.lift(tx, stop.id, "practice", None, None)
        facts: dict[str, object] = {"how": "practice", "annotator": annotator_id, "n": record.n, "right": record.right}
        tx.journal(Event(account_id, "work.resumed", project_id, stop.round_id, facts=facts))
        lifted += 1
    return lifted


def slot_named(connection: Connection, round_: Round, name: int) -> tuple[Slot | None, Round, Gold | None]:
    """The slot that somebody calls so, the round that asks for it, and what is mixed in, if anything is."""
    gold = find_gold(connection, round_)
    if gold is None:
        return queue.find_slot(connection, name), round_, None
    slot = queue.find_slot(connection, inner_name(gold.key, name))
    is_known = slot is not None and slot.round_id == gold.gold_round_id
    return slot, get_round(connection, gold.gold_round_id) if is_known else round_, gold


def standing_of(  # noqa: PLR0917 - whose answer with which lease
    tx: Tx, slot: Slot | None, asks: Round, annotator_id: int, lease: str, gold: Gold | None
) -> Standing:
    """How an answer finds its slot. One to a known item, which lies in no lot, can be corrected just as long as the
    ordinary one beside it.
    """
    standing = decide_standing(slot, asks.id, annotator_id, lease, tx.at)
    if slot is None or gold is None or standing not in {Standing.REVISED, Standing.SEALED}:
        return standing
    # asked of ordinary items too, so that it takes as long
    sealed = is_sealed_beside(tx.connection, gold, slot, annotator_id)
    return Standing.SEALED if sealed and asks.id == gold.gold_round_id else standing
