"""Items are picked from a finding, and something is done about them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy.exc import IntegrityError

from guiju.data import Item, find_items
from guiju.findings.marks import labels_of_items
from guiju.findings.picks import store
from guiju.findings.picks.choosing import items_of
from guiju.findings.picks.errors import ItemNotPicked, NothingPicked, NothingWaits, PickNotFound, TooManyPicked
from guiju.findings.picks.model import Deed, Done, Of, Pick
from guiju.findings.picks.rules import MOST_ITEMS, PLACES, WORDS_CHARACTERS, digest_of
from guiju.findings.upward.actions import add_clause_to_draft, add_item_example
from guiju.people import Act
from guiju.projects import Standing, authorise
from guiju.rulings import Alike, ask_about, find_alike
from guiju.storage import Actor, Event, House, Tx
from guiju.work import Estimate, bring_forward, estimate_recheck, open_assigned_trial, open_recheck

SHOWN = 100


def make_pick(
    house: House, actor: Actor, project_id: int, *, of: Of, details: Mapping[str, str], items: Sequence[int] = ()
) -> int:
    """Pick the items of a finding, or those `items` of it that are named; the same pick again is the one there is.

    Raises `NothingPicked`, `TooManyPicked`, `FindingUnknown`, and what a search raises.
    """
    with house.reading() as connection:
        authorise(connection, actor, project_id, Act.SEE_ITEMS)
        known = find_items(connection, project_id, sorted(set(items)), withheld=False) if items else {}
    kept = {name: said[:WORDS_CHARACTERS] for name in (*PLACES, "scene_id", "view") if (said := details.get(name))}
    chosen = list(known) if items else list(dict.fromkeys(items_of(house, actor, project_id, of, kept)))
    if not chosen:
        raise NothingPicked
    if len(chosen) > MOST_ITEMS:
        raise TooManyPicked(count=len(chosen), most=MOST_ITEMS)
    digest = digest_of(of, kept, chosen)

    def write(tx: Tx) -> int:
        authorise(tx.connection, actor, project_id, Act.SEE_ITEMS)
        there = store.find_same(tx.connection, project_id, digest)
        if there is not None:
            return there
        made = store.insert_pick(tx, project_id, of, kept, chosen, digest, actor.id)
        tx.journal(Event(actor.id, "findings.picked", project_id, made, facts={"of": of.value, "items": len(chosen)}))
        return made

    try:
        return house.write(write)
    except IntegrityError:  # somebody picked the same at the same moment
        return house.write(write)


@dataclass(frozen=True, slots=True)
class Shown:
    """A pick with the first of its items, their labels, what was done about it, and open questions about the same."""

    standing: Standing
    pick: Pick
    items: list[Item]
    labels: Mapping[int, Sequence[str]]
    deeds: list[Done]
    alike: list[Alike]


def get_pick(house: House, actor: Actor, project_id: int, pick_id: int) -> tuple[Standing, Pick]:
    """Raises `PickNotFound`."""
    with house.reading() as connection:
        standing = authorise(connection, actor, project_id, Act.SEE_ITEMS)
        pick = store.find_pick(connection, project_id, pick_id)
    if pick is None:
        raise PickNotFound(pick=pick_id)
    return standing, pick


def look_at_pick(house: House, actor: Actor, project_id: int, pick_id: int) -> Shown:
    """Raises `PickNotFound`."""
    standing, pick = get_pick(house, actor, project_id, pick_id)
    first = list(pick.items[:SHOWN])
    with house.reading() as connection:
        found = find_items(connection, project_id, first, withheld=False)
        labels = labels_of_items(connection, first)
        deeds = store.list_deeds(connection, pick_id)
        alike = find_alike(connection, project_id, pick.items)
    return Shown(standing, pick, [found[each] for each in first if each in found], labels, deeds, alike)


def list_picks(house: House, actor: Actor, project_id: int, limit: int = 50) -> list[Pick]:
    """The newest first."""
    with house.reading() as connection:
        authorise(connection, actor, project_id, Act.SEE_ITEMS)
        return store.list_picks(connection, project_id, limit)


def _items(pick: Pick, items: Sequence[int]) -> list[int]:
    """Those that are named, or all. Raises `ItemNotPicked`."""
    picked = set(pick.items)
    stranger = next((each for each in items if each not in picked), None)
    if stranger is not None:
        raise ItemNotPicked(item=stranger)
    return list(dict.fromkeys(items)) or list(pick.items)


def _note(  # noqa: PLR0917 - a row
    house: House, actor: Actor, pick: Pick, request_id: str, deed: Deed, subject: int | None, said: str = ""
) -> None:
    def write(tx: Tx) -> int:
        key = f"pick.deed.{pick.id}"
        return tx.once(
            f"{request_id[:58]}-note",
            actor.id,
            key,
            lambda: store.insert_deed(tx, pick.id, deed, actor.id, subject, said),
        )

    house.write(write)


def estimate_for_pick(
    house: House,
    actor: Actor,
    project_id: int,
    pick_id: int,
    *,
    items: Sequence[int] = (),
    account_ids: Sequence[int] = (),
) -> Estimate:
    """What a recheck of picked items would take. Raises `PickNotFound`, `ItemNotPicked`, `NobodyToRecheck`."""
    _, pick = get_pick(house, actor, project_id, pick_id)
    chosen = _items(pick, items)
    with house.reading() as connection:
        inspected = store.under_inspection(connection, chosen)
    return estimate_recheck(house, actor, project_id, items=chosen, account_ids=account_ids, inspected=inspected)


def recheck_pick(  # noqa: PLR0913 - what the recheck is
    house: House,
    actor: Actor,
    project_id: int,
    pick_id: int,
    *,
    request_id: str,
    items: Sequence[int] = (),
    account_ids: Sequence[int] = (),
    shown: bool = False,
) -> int:
    """Open a recheck of picked items (all, or those named); the round. Raises what `open_recheck` raises."""
    _, pick = get_pick(house, actor, project_id, pick_id)
    chosen = _items(pick, items)
    with house.reading() as connection:
        inspected = store.under_inspection(connection, chosen)
    options: dict[str, Any] = {"items": chosen, "account_ids": account_ids, "shown": shown, "inspected": inspected}
    round_id = open_recheck(house, actor, project_id, request_id=request_id, **options)
    _note(house, actor, pick, request_id, Deed.RECHECK, round_id)
    return round_id


def ask_of_pick(  # noqa: PLR0913 - a question is asked in one call
    house: House,
    actor: Actor,
    project_id: int,
    pick_id: int,
    *,
    request_id: str,
    text: str,
    items: Sequence[int] = (),
    clause: str | None = None,
    again: bool = False,
) -> int:
    """Ask the expert one question about picked items; the question. Raises `AskedAlready` and what `ask_about` does."""
    _, pick = get_pick(house, actor, project_id, pick_id)
    asked: dict[str, Any] = {"text": text, "items": _items(pick, items), "clause": clause, "again": again}
    question = ask_about(house, actor, project_id, request_id=request_id, **asked)
    _note(house, actor, pick, request_id, Deed.QUESTION, question)
    return question


def clause_from_pick(
    house: House, actor: Actor, project_id: int, pick_id: int, *, request_id: str, title: str, text: str
) -> str:
    """Write a clause into the rulebook's draft; its number. Raises what `add_clause_to_draft` raises."""
    _, pick = get_pick(house, actor, project_id, pick_id)
    labels = [said.rpartition(".")[2] for name in ("label", "other") if (said := pick.details.get(name))]
    told: dict[str, Any] = {"title": title, "text": text, "labels": labels}
    clause = add_clause_to_draft(house, actor, project_id, request_id=request_id, **told)
    _note(house, actor, pick, request_id, Deed.CLAUSE, None, clause)
    return clause


def example_from_pick(  # noqa: PLR0913 - an example is said in one call
    house: House,
    actor: Actor,
    project_id: int,
    pick_id: int,
    *,
    request_id: str,
    item: int,
    note: str,
    clause: str | None = None,
) -> str:
    """Put a picked item into the rulebook's draft as a boundary example; its number."""
    _, pick = get_pick(house, actor, project_id, pick_id)
    _items(pick, [item])
    told: dict[str, Any] = {"item_id": item, "note": note, "clause": clause}
    example = add_item_example(house, actor, project_id, request_id=request_id, **told)
    _note(house, actor, pick, request_id, Deed.EXAMPLE, None, example)
    return example


def trial_of_pick(
    house: House,
    actor: Actor,
    project_id: int,
    pick_id: int,
    *,
    request_id: str,
    account_ids: Sequence[int],
    items: Sequence[int] = (),
) -> int:
    """Open a trial of picked items for these people; the round. Raises what `open_assigned_trial` raises."""
    _, pick = get_pick(house, actor, project_id, pick_id)
    assignments = [(item, account) for item in _items(pick, items) for account in sorted(set(account_ids))]
    round_id = open_assigned_trial(house, actor, project_id, request_id=request_id, assignments=assignments)
    _note(house, actor, pick, request_id, Deed.TRIAL, round_id)
    return round_id


def put_next(
    house: House, actor: Actor, project_id: int, pick_id: int, *, request_id: str, items: Sequence[int] = ()
) -> int:
    """Let picked items be handed out before all others in production; how many. Raises `NothingWaits`."""
    _, pick = get_pick(house, actor, project_id, pick_id)
    moved = bring_forward(house, actor, project_id, request_id=request_id, items=_items(pick, items))
    if not moved:
        raise NothingWaits
    _note(house, actor, pick, request_id, Deed.NEXT, None)
    return moved
