"""Known answers are mixed into a round, read by those who lead it, and somebody who was stopped is let back in."""

from dataclasses import dataclass

from sqlalchemy import Connection

from guiju.annotations import Round, RoundKind, RoundState, find_annotator, insert_round, list_annotators
from guiju.kit import new_secret
from guiju.people import Act
from guiju.projects import authorise
from guiju.rulebooks import CompiledRulebook, get_published
from guiju.rulings import ReferenceOrigin
from guiju.rulings.marking import Known, list_known
from guiju.stats.intervals import wilson
from guiju.storage import Actor, Event, House, Tx
from guiju.work.gold import store
from guiju.work.gold.errors import NoGoldHere, NothingKnown, NotStopped, WordUnexplained
from guiju.work.gold.mixing import stopped
from guiju.work.gold.model import Gold, GoldLine, GoldWish, Stop
from guiju.work.gold.rules import WINDOW, check_wish, decide_rate
from guiju.work.queue.actions import led_round
from guiju.work.store import unresolved_items

MOST_POOL = 1_000


def known_unseen(connection: Connection, rulebook: CompiledRulebook) -> list[Known]:
    """What could be mixed in: ruled or brought as known, of the sources that wait, and no example of the rulebook.

    Examples stand beside every item with their answers; an item from a source of its own could be told by its name.
    Rulings are taken only where too few were brought in: who annotates does not read those while they are mixed in.
    """
    known = [each for each in list_known(connection, rulebook) if each.item_id is not None]
    examples = {each.item_id for each in known if each.origin is ReferenceOrigin.EXAMPLE} | _shown(connection, rulebook)
    waiting = store.sources_among(connection, unresolved_items(rulebook.project_id))
    source = store.source_of(connection, [each.item_id for each in known if each.item_id])
    fit = [each for each in known if each.item_id not in examples and source.get(each.item_id or 0) in waiting]
    brought = [each for each in fit if each.origin is ReferenceOrigin.GOLD]
    return (brought if len(brought) >= WINDOW else fit)[:MOST_POOL]


def _shown(connection: Connection, rulebook: CompiledRulebook) -> set[int | None]:
    names = [each.item for each in rulebook.rulebook.examples if each.item]
    return store.items_named(connection, rulebook.project_id, names)


def open_gold(tx: Tx, actor: Actor, round_: Round, wish: GoldWish) -> None:
    """Mix known answers into a round that is being opened, once; the caller has authorised.

    Raises `NothingKnown`, `BadGoldShare`, `BadLine`.
    """
    wish = check_wish(wish)
    if store.find_policy(tx.connection, round_.id) is not None:
        return
    rulebook = get_published(tx.connection, round_.rulebook_id)
    pool = known_unseen(tx.connection, rulebook)
    if not pool:
        raise NothingKnown
    gold_round = insert_round(
        tx,
        project_id=round_.project_id,
        kind=RoundKind.GOLD,
        rulebook_id=round_.rulebook_id,
        state=RoundState.OPEN,
        created_by=actor.id,
    )
    store.insert_policy(tx, Gold(round_.id, gold_round, wish, new_secret(20)[:32]))
    store.insert_items(tx, round_.id, [(each.item_id or 0, each.id) for each in pool])
    facts: dict[str, object] = {"base": wish.base, "line": wish.line, "items": len(pool)}
    tx.journal(Event(actor.id, "gold.mixed-in", round_.project_id, round_.id, facts=facts))


def change_gold(house: House, actor: Actor, round_id: int, wish: GoldWish) -> None:
    """Change how much is mixed in and where the line lies. Raises `NoGoldHere`, `BadGoldShare`, `BadLine`."""
    wish = check_wish(wish)

    def write(tx: Tx) -> None:
        round_ = led_round(tx.connection, actor, round_id)
        if store.find_policy(tx.connection, round_id) is None:
            raise NoGoldHere
        store.update_policy(tx, round_id, wish)
        facts: dict[str, object] = {"base": wish.base, "line": wish.line, "stops": wish.stops, "tells": wish.tells}
        tx.journal(Event(actor.id, "gold.changed", round_.project_id, round_id, facts=facts))

    house.write(write)


def read_gold(connection: Connection, gold: Gold, accounts: dict[int, int]) -> list[GoldLine]:
    """What known answers say of people (`accounts`: account by annotator); the caller has authorised."""
    stops, marked = store.stops_of(connection, gold.round_id), store.marked_in(connection, gold.round_id)
    lines: list[GoldLine] = []
    for annotator_id in sorted(marked & accounts.keys()):
        record = store.record_of(connection, gold.round_id, annotator_id, WINDOW)
        low, high = wilson(min(record.right, record.n), record.n)
        rate = decide_rate(gold.wish, record)
        lines.append(GoldLine(accounts[annotator_id], record, low, high, rate, stops.get(annotator_id)))
    return lines


@dataclass(frozen=True, slots=True)
class GoldOfRound:
    """How known answers are mixed into a round, how many there are, and what they say of its people."""

    wish: GoldWish
    pool: int
    people: list[GoldLine]


def known_of_round(connection: Connection, round_: Round) -> GoldOfRound | None:
    """For those who lead the round; the caller has authorised."""
    gold = store.find_policy(connection, round_.id)
    if gold is None:
        return None
    who = list_annotators(connection, store.marked_in(connection, round_.id))
    accounts = {each.id: each.account_id for each in who.values() if each.account_id}
    return GoldOfRound(gold.wish, store.count_items(connection, round_.id), read_gold(connection, gold, accounts))


@dataclass(frozen=True, slots=True)
class Halted:
    """Somebody who is stopped in a round that is worked on, and by which figures."""

    account_id: int
    name: str
    stop: Stop


def who_is_stopped(connection: Connection, project_id: int) -> dict[int, list[Halted]]:
    """By round, for those who lead it: without those whom the exam brought back since. The caller has authorised."""
    found: dict[int, list[Halted]] = {}
    stops = store.stopped_in(connection, project_id)
    people = list_annotators(connection, {each.annotator_id for each in stops})
    for stop in stops:
        who, gold = people[stop.annotator_id], store.find_policy(connection, stop.round_id)
        if gold is None or who.account_id is None or stopped(connection, gold, who.account_id, who.id) is None:
            continue
        found.setdefault(stop.round_id, []).append(Halted(who.account_id, who.name, stop))
    return found


def admit(house: House, actor: Actor, round_id: int, account_id: int, *, reason: str) -> None:
    """Let somebody who was stopped back in, with the trainer's signed word. What they answer counts anew.

    Raises `NotStopped`, `WordUnexplained`.
    """
    why = reason.strip()[:2_000]
    if not why:
        raise WordUnexplained

    def write(tx: Tx) -> None:
        round_ = led_round(tx.connection, actor, round_id)
        authorise(tx.connection, actor, round_.project_id, Act.DECIDE_GATE)
        annotator_id = find_annotator(tx.connection, account_id)
        stop = store.find_stop(tx.connection, round_id, annotator_id) if annotator_id else None
        if stop is None:
            raise NotStopped
        store.lift(tx, stop.id, "word", actor.id, why)
        facts: dict[str, object] = {"how": "word", "annotator": annotator_id, "reason": why}
        tx.journal(Event(actor.id, "work.resumed", round_.project_id, round_id, facts=facts))

    house.write(write)
