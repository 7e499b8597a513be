"""A trial's items are drawn: looked at first, opened with the draw on record, and drawn again by whoever doubts it."""

import contextlib
from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy import Connection

from guiju.annotations import Round, RoundKind, RoundState, annotator_of_account, list_rounds
from guiju.briefs import get_current_brief
from guiju.data import find_items
from guiju.data.model import Item
from guiju.kit import Refusal, new_id
from guiju.people import Account, Act, Role, find_account
from guiju.projects import authorise, list_members
from guiju.scenes import NoMap, View, hashes_by_scene, scene_names
from guiju.storage import Actor, Event, House, Tx
from guiju.work.drawing import store
from guiju.work.drawing.errors import (
    AllDrawnBefore,
    BadSeed,
    DrawOvertaken,
    NoDrawOnRecord,
    NoGuesses,
    NoTrialToRepeat,
)
from guiju.work.drawing.model import Again, By, Draw, Earlier, Record, Stratum, StratumDrawn, Waiting, Wish
from guiju.work.drawing.rules import (
    MOST_ITEMS,
    Strata,
    by_doubt,
    by_label,
    by_length,
    by_scene,
    check_size,
    digest_of,
    in_one,
    plan_draw,
)
from guiju.work.errors import NobodyToAnnotate, NotAnAnnotatorHere, NothingToAnnotate
from guiju.work.opening import insert_trial
from guiju.work.prefill import list_sources, read_policy
from guiju.work.rules import spread
from guiju.work.store import insert_slots
from guiju.work.trial.actions import allowed_round

SEED_CHARACTERS = 64


def preview_draw(house: House, actor: Actor, project_id: int, wish: Wish) -> Draw:
    """What would be drawn now. Without a seed the machine makes one, which the draw carries.

    Raises `TooFewToDraw`, `BadSeed`, `NothingToAnnotate`, `AllDrawnBefore`, `NoTrialToRepeat`, `NoMap`, `NoGuesses`,
    `NotSure`, `NoMix`, and what a source of suggestions that is not there raises.
    """
    with house.reading() as connection:
        authorise(connection, actor, project_id, Act.OPEN_ROUND)
    wanted = _settled(wish)
    return _draw(house, actor, project_id, wanted, _pool(house, project_id, wanted))


def show_drawn(house: House, actor: Actor, project_id: int, draw: Draw, each: int = 4) -> dict[str, list[Item]]:
    """The first `each` items of every stratum, by its key; what only a trainer may see is left out."""
    with house.reading() as connection:
        authorise(connection, actor, project_id, Act.OPEN_ROUND)
        wanted = [key for stratum in draw.strata for key in stratum.drawn[:each]]
        known = {item.hash: item for item in _items(connection, project_id, wanted)}
    return {one.key: [known[key] for key in one.drawn[:each] if key in known] for one in draw.strata}


def _items(connection: Connection, project_id: int, hashes: Sequence[str]) -> list[Item]:
    wanted = store.ids_of(connection, project_id, hashes)
    return list(find_items(connection, project_id, wanted, withheld=False).values())


def _settled(wish: Wish) -> Wish:
    check_size(wish.size)
    seed = wish.seed.strip() or new_id()
    if len(seed) > SEED_CHARACTERS or not seed.isprintable():
        raise BadSeed(seed=seed[:80])
    return replace(wish, seed=seed)


def _pool(house: House, project_id: int, wish: Wish) -> list[Waiting]:
    with house.reading() as connection:
        if wish.earlier is Earlier.SAME:
            return _pool_again(connection, project_id, wish.trial)
        waiting = store.read_waiting(connection, project_id)
        if not waiting:
            raise NothingToAnnotate
        if wish.earlier is Earlier.ANY:
            return waiting
        drawn = store.read_drawn(connection, project_id)
    left = [each for each in waiting if each.item_id not in drawn]
    if not left:
        raise AllDrawnBefore(count=len(waiting))
    return left


def _pool_again(connection: Connection, project_id: int, number: int) -> list[Waiting]:
    trials = [each for each in earlier_trials(connection, project_id) if number in {0, each.number}]
    found = store.read_of_round(connection, project_id, trials[-1].id) if trials else []
    if not found:
        raise NoTrialToRepeat(number=number or "")
    return found


def earlier_trials(connection: Connection, project_id: int) -> list[Round]:
    """The project's trials, oldest first."""
    trials = list_rounds(connection, project_id, RoundKind.TRIAL)
    return [each for each in trials if each.state is not RoundState.DRAFT]


def _draw(house: House, actor: Actor, project_id: int, wish: Wish, pool: Sequence[Waiting]) -> Draw:
    with house.reading() as connection:
        brief = get_current_brief(connection, project_id)
    strata = _strata(house, actor, project_id, wish, pool)
    return plan_draw(pool, strata, wish, brief.mix if brief else {})


def _strata(house: House, actor: Actor, project_id: int, wish: Wish, pool: Sequence[Waiting]) -> Strata:
    if wish.by is By.SCENE:
        return _scenes(house, actor, project_id, wish.of, pool)
    if wish.by is By.LENGTH:
        return by_length(pool)
    if wish.by is By.RANDOM:
        return in_one(pool)
    return _guessed(house, project_id, wish, pool)


def _guessed(house: House, project_id: int, wish: Wish, pool: Sequence[Waiting]) -> Strata:
    """By what the source said; unless one is named, by the first that said anything. Raises `NoGuesses`, `NotSure`."""
    items = [each.item_id for each in pool]
    with house.reading() as connection:
        keys = [wish.of] if wish.of else [source.key for source in list_sources(connection, project_id)]
        found = (store.read_guesses(connection, read_policy(connection, project_id, key), items) for key in keys)
        guesses = next(filter(None, found), None)
    if not guesses:
        raise NoGuesses
    return by_label(pool, guesses) if wish.by is By.LABEL else by_doubt(pool, guesses)


def _scenes(house: House, actor: Actor, project_id: int, view: str, pool: Sequence[Waiting]) -> Strata:
    """Raises `NoMap`."""
    chosen = View(view) if view in set(View) else next(iter(views_of(house, actor, project_id)), View.TEXT)
    scenes = hashes_by_scene(house, actor, project_id, chosen)
    with house.reading() as connection:
        names = dict(scene_names(connection, project_id))
    return by_scene(pool, scenes, names)


def views_of(house: House, actor: Actor, project_id: int) -> list[View]:
    """The views that have a map: the one with most scenes first."""
    found: dict[View, int] = {}
    for view in View:
        with contextlib.suppress(NoMap):
            found[view] = len(hashes_by_scene(house, actor, project_id, view))
    return sorted(found, key=lambda view: -found[view])


def open_trial(  # noqa: PLR0913 - each is a choice of its own
    house: House,
    actor: Actor,
    project_id: int,
    *,
    request_id: str,
    account_ids: Sequence[int],
    size: int = 50,
    wish: Wish | None = None,
    certified: bool = False,
) -> int:
    """Open a trial: the same drawn items for each of the annotators, blind. Returns the round.

    The gate is the signed brief's. Without a `wish`, `size` items that no trial has drawn, at random; without a seed
    the request's own id is one, so that the same request draws the same sample of the same data in any house, and
    anybody can draw it again. `certified`: for people who passed the exam. Raises `BriefNotSigned`,
    `RulebookNotPublished`, `NobodyToAnnotate`, `NotAnAnnotatorHere`, `DrawOvertaken`, and what `preview_draw` raises.
    """
    wanted = wish or Wish(size=min(size, MOST_ITEMS))
    with house.reading() as connection:
        authorise(connection, actor, project_id, Act.OPEN_ROUND)
        accounts = annotators_of(connection, project_id, account_ids)
    planned = _planned(house, actor, project_id, replace(wanted, seed=wanted.seed or request_id))

    def write(tx: Tx) -> int:
        authorise(tx.connection, actor, project_id, Act.OPEN_ROUND)
        return tx.once(
            request_id,
            actor.id,
            f"round.open.{project_id}",
            lambda: open_drawn(tx, actor, project_id, planned, accounts, certified=certified),
        )

    return house.write(write)


def annotators_of(connection: Connection, project_id: int, account_ids: Sequence[int]) -> list[Account]:
    """Those who take part, each once. Raises `NobodyToAnnotate`, `NotAnAnnotatorHere`."""
    chosen = list(dict.fromkeys(account_ids))
    members = list_members(connection, project_id)
    known = {each.account_id for each in members if each.roles & Role.ANNOTATOR and not each.blocked}
    stranger = next((each for each in chosen if each not in known), None)
    if stranger is not None:
        raise NotAnAnnotatorHere(account=stranger)
    if len(chosen) < 2:
        raise NobodyToAnnotate(count=len(chosen))
    return [account for each in chosen if (account := find_account(connection, each))]


def _planned(house: House, actor: Actor, project_id: int, wish: Wish) -> Draw | Refusal:
    """The draw, or why there is none: a request that comes again is answered by what it did, not by what is left."""
    try:
        return preview_draw(house, actor, project_id, wish)
    except Refusal as refusal:
        return refusal


def open_drawn(
    tx: Tx,
    actor: Actor,
    project_id: int,
    planned: Draw | Refusal,
    accounts: Sequence[Account],
    *,
    certified: bool = False,
) -> int:
    """The transaction of `open_trial`; raises `planned` where the draw was refused, and `DrawOvertaken`."""
    if isinstance(planned, Refusal):
        raise planned
    if planned.wish.earlier is Earlier.NEW:
        taken = store.read_drawn(tx.connection, project_id) & set(planned.items)
        if taken:
            raise DrawOvertaken(count=len(taken))
    round_id = insert_trial(tx, actor, project_id, len(accounts), certified=certified)
    annotators = [annotator_of_account(tx, account.id, account.name) for account in accounts]
    insert_slots(tx, round_id, spread(list(planned.items), annotators))
    store.insert_record(tx, round_id, _record(planned))
    wish = planned.wish
    facts: dict[str, object] = {"items": list(planned.items), "seed": wish.seed, "by": wish.by, "share": wish.share}
    tx.journal(Event(actor.id, "round.opened", project_id, round_id, facts=facts))
    return round_id


def _record(draw: Draw) -> Record:
    return Record(draw.wish, tuple(_drawn(each) for each in draw.strata), draw.pool, draw.digest)


def _drawn(one: Stratum) -> StratumDrawn:
    places: dict[str, str | int | float] = {name: str(value) for name, value in one.name.places.items()}
    return StratumDrawn(one.key, one.name.msgid, places, one.waiting, len(one.drawn))


def read_draw(house: House, actor: Actor, round_id: int) -> tuple[Round, Record]:
    """How a round's items were drawn. Raises `RoundNotFound`, `NoDrawOnRecord`."""
    with house.reading() as connection:
        round_ = allowed_round(connection, actor, round_id, Act.SEE_REPORTS)
        record = store.find_record(connection, round_id)
    if record is None:
        raise NoDrawOnRecord
    return round_, record


def draw_again(house: House, actor: Actor, round_id: int) -> Again:
    """Draw a trial's items a second time, from what waited when it was opened: do the same come out?

    Where data went or came since, or guesses and scenes changed, the pool or the strata are others, and it says so.
    Raises `RoundNotFound`, `NoDrawOnRecord`, `NotAllowed`.
    """
    round_, record = read_draw(house, actor, round_id)
    with house.reading() as connection:
        authorise(connection, actor, round_.project_id, Act.OPEN_ROUND)
        pool = _pool_then(connection, round_, record)
        given = store.items_of(connection, round_id)
    digest = digest_of(pool)
    try:
        items = set(_draw(house, actor, round_.project_id, record.wish, pool).items) if pool else set[int]()
    except Refusal:  # what it was drawn by is not there any more
        items = set[int]()
    return Again(round_, record, items == given, digest == record.digest, len(items & given))


def _pool_then(connection: Connection, round_: Round, record: Record) -> list[Waiting]:
    wish = record.wish
    if wish.earlier is Earlier.SAME:
        before = [each for each in earlier_trials(connection, round_.project_id) if each.id < round_.id]
        meant = [each for each in before if wish.trial in {0, each.number}]
        return store.read_of_round(connection, round_.project_id, meant[-1].id) if meant else []
    waiting = store.read_waiting(connection, round_.project_id, before=store.opened_at(connection, round_.id))
    drawn = (
        store.read_drawn(connection, round_.project_id, before=round_.id) if wish.earlier is Earlier.NEW else set[int]()
    )
    return [each for each in waiting if each.item_id not in drawn]
