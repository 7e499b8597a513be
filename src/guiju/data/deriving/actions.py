"""What a slice above makes of items, on its way into a source that lands when it is whole."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass

import msgspec

from guiju.data import store
from guiju.data.deriving.store import find_ids
from guiju.data.intake.actions import clear_source
from guiju.data.intake.model import Candidate, ChunkPlan, Known, Record, RefusedRecord
from guiju.data.intake.rules import plan_chunk
from guiju.data.intake.store import ContentRacedError, find_known, insert_chunk
from guiju.data.model import NewItem
from guiju.data.taking.store import look_at
from guiju.storage import House, Tx


@dataclass(frozen=True, slots=True)
class Derived:
    """What became of each record, by its position: the content that stands for it, or why there is none."""

    hashes: dict[int, str]
    refused: dict[int, RefusedRecord]
    held: frozenset[int]


def derive_chunk(
    house: House,
    project_id: int,
    source_id: int,
    records: Sequence[Record],
    *,
    metas: Mapping[int, str],
    write: Callable[[Callable[[Tx, Collection[int]], None], Derived], None],
) -> None:
    """Look at the records and let `write` store them: it is given what became of each, and what inserts those that it
    names by their positions, within its transaction.

    `metas` are the other columns, as JSON, by position: a picture's or a sound's own record has none.
    `held` are positions whose content another import is bringing at this moment: neither here nor there yet. `write`
    is called again when another import was faster with the same content; it must have kept nothing then.
    """
    looked = [look_at(house, record)[0] for record in records]
    candidates = [_with_meta(one, metas.get(one.position)) for one in looked if isinstance(one, Candidate)]
    refused = {one.position: one for one in looked if isinstance(one, RefusedRecord)}
    while True:
        known, dropped = find_known(house, project_id, source_id, [one.item.hash for one in candidates])
        for in_the_way in dropped:
            clear_source(house, in_the_way)
        derived = _derived(candidates, refused, known)
        try:
            return write(_inserting(project_id, source_id, candidates, known), derived)
        except ContentRacedError:
            continue


def _with_meta(candidate: Candidate, meta: str | None) -> Candidate:
    return Candidate(candidate.position, msgspec.structs.replace(candidate.item, meta=meta))


def _derived(candidates: Sequence[Candidate], refused: dict[int, RefusedRecord], known: Mapping[str, Known]) -> Derived:
    held = frozenset(one.position for one in candidates if (there := known.get(one.item.hash)) and there.staging)
    return Derived({one.position: one.item.hash for one in candidates if one.position not in held}, refused, held)


def _inserting(
    project_id: int, source_id: int, candidates: Sequence[Candidate], known: Mapping[str, Known]
) -> Callable[[Tx, Collection[int]], None]:
    def insert(tx: Tx, positions: Collection[int]) -> None:
        plan = plan_chunk([one for one in candidates if one.position in positions], [], known)
        # Content that is there already stands for itself: that is no leftover.
        insert_chunk(tx, project_id, source_id, ChunkPlan(plan.items, [], plan.duplicates, 0))

    return insert


def ids_of_contents(tx: Tx, project_id: int, hashes: Sequence[str]) -> dict[str, int]:
    """The items that have these contents, within the transaction that stored them."""
    return find_ids(tx.connection, project_id, hashes)


def drop_derived(tx: Tx, source_id: int) -> None:
    """Let nobody see the source's items any more."""
    store.drop(tx, source_id)


def insert_new_items(tx: Tx, project_id: int, source_id: int, items: Sequence[NewItem]) -> tuple[int, dict[str, int]]:
    """Items whose contents a slice above looked at and stored; how many were new, and the id of each by its content."""
    fresh = store.insert_items(tx, project_id, source_id, items)
    return fresh, find_ids(tx.connection, project_id, [item.hash for item in items])
