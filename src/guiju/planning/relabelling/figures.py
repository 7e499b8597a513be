"""SQL of what a change of labels would touch beside the answers of record: work, lots, references, bank, deliveries."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Select, func, select

from guiju.annotations import RoundState, annotation_table, newest_wording, resolution_table, round_table
from guiju.bank import deposit_table
from guiju.delivery import DeliveryState, delivery_table
from guiju.inspection import LotState, lot_entry_table, lot_table
from guiju.planning.relabelling import tables as t
from guiju.planning.relabelling.store import naming
from guiju.rulings import reference_table

_a, _r, _c = annotation_table.c, resolution_table.c, t.change.c


def count_annotations(connection: Connection, project_id: int, labels: Sequence[str]) -> int:
    """Annotations, of whatever round, that name one of the labels; each person's on an item once."""
    rounds = select(round_table.c.id).where(round_table.c.project_id == project_id)
    mine = (
        select(_a.round_id, _a.item_id, _a.annotator_id)
        .where(_a.round_id.in_(rounds), naming(_a.answers, labels))
        .distinct()
    )
    return _count(connection, mine)


def count_between(connection: Connection, project_id: int, labels: Sequence[str]) -> int:
    """Items to which annotators of one round gave different ones of the labels."""
    rounds = select(round_table.c.id).where(round_table.c.project_id == project_id)
    one, other = annotation_table.alias("one"), annotation_table.alias("other")
    pairs = [
        naming(one.c.answers, [first]) & naming(other.c.answers, [second])
        for n, first in enumerate(labels)
        for second in labels[n + 1 :]
    ]
    if not pairs:
        return 0
    found: set[int] = set()
    same = (one.c.round_id == other.c.round_id) & (one.c.item_id == other.c.item_id)
    for pair in pairs:
        apart = select(one.c.item_id).join_from(one, other, same & (one.c.annotator_id != other.c.annotator_id))
        found |= set(connection.execute(apart.where(one.c.round_id.in_(rounds), pair).distinct()).scalars())
    return len(found)


def count_lots(connection: Connection, project_id: int, relabelling_id: int) -> tuple[int, int]:
    """The accepted lots and those being inspected that hold an item whose answer changes."""
    changed = select(_c.item_id).where(_c.relabelling_id == relabelling_id)
    mine = (
        select(lot_table.c.state, func.count(lot_table.c.id.distinct()))
        .join_from(lot_table, lot_entry_table, lot_entry_table.c.lot_id == lot_table.c.id)
        .where(lot_table.c.project_id == project_id, lot_entry_table.c.item_id.in_(changed))
        .group_by(lot_table.c.state)
    )
    states = {row[0]: row[1] for row in connection.execute(mine)}
    return states.get(LotState.ACCEPTED, 0), states.get(LotState.INSPECTING, 0)


def count_deposits(connection: Connection, project_id: int, labels: Sequence[str]) -> int:
    """What lies in the bank from this project and names one of the labels."""
    said = resolution_table.alias("said")
    mine = (
        select(deposit_table.c.id)
        .join_from(deposit_table, said, said.c.id == newest_wording(deposit_table.c.resolution_id))
        .where(deposit_table.c.project_id == project_id, naming(said.c.answers, labels))
    )
    return _count(connection, mine)


def count_references(connection: Connection, project_id: int, labels: Sequence[str]) -> int:
    """Known right answers, gold and rulings, that name one of them; those of examples follow the document."""
    mine = select(reference_table.c.id).where(
        reference_table.c.project_id == project_id,
        reference_table.c.origin != "example",
        naming(func.coalesce(reference_table.c.answers, ""), labels),
    )
    return _count(connection, mine)


def count_deliveries(connection: Connection, project_id: int) -> int:
    """Packages that were handed over, which stay byte for byte what they are."""
    mine = (delivery_table.c.project_id == project_id) & (delivery_table.c.state == DeliveryState.READY)
    return _count(connection, select(delivery_table.c.id).where(mine))


def count_open_rounds(connection: Connection, project_id: int) -> int:
    """Rounds that go on under the version that is in force until then."""
    states = [RoundState.DRAFT, RoundState.OPEN, RoundState.PAUSED]
    mine = (round_table.c.project_id == project_id) & round_table.c.state.in_(states)
    return _count(connection, select(round_table.c.id).where(mine))


def _count(connection: Connection, found: Select[*tuple[Any, ...]]) -> int:
    return connection.execute(select(func.count()).select_from(found.subquery())).scalar_one()
