"""What lots hold, for rooms above to join: in the labels of today, whatever was accepted or is being judged."""

from typing import Any

from sqlalchemy import Select, select

from guiju.annotations import newest_wording
from guiju.inspection import tables as t
from guiju.inspection.model import LotState


def accepted_entries(project_id: int, as_of: int, last: int | None = None) -> Select[*tuple[Any, ...]]:
    """`(item_id, resolution_id, lot_id, decided_event)` of the lots accepted by the journal's row `as_of`: for a join.
    An item that was accepted more than once has several rows; the newest decision counts. The resolution is what was
    accepted in the labels of today, or in those of the resolution `last`."""
    entry, lot = t.lot_entry, t.lot
    return (
        select(entry.c.item_id, newest_wording(entry.c.resolution_id, last), entry.c.lot_id, lot.c.decided_event)
        .join_from(entry, lot)
        .where(lot.c.project_id == project_id, lot.c.state == LotState.ACCEPTED, lot.c.decided_event <= as_of)
    )


def entries_of(lot_id: int, after: int, limit: int) -> Select[*tuple[Any, ...]]:
    """`(item_id, resolution_id)` of the next entries of a lot, by item: for a join."""
    entry = t.lot_entry
    worded = newest_wording(entry.c.resolution_id)
    mine = select(entry.c.item_id, worded).where(entry.c.lot_id == lot_id, entry.c.item_id > after)
    return mine.order_by(entry.c.item_id).limit(limit)
