"""SQL of rounds for one annotator."""

from sqlalchemy import Connection, select

from guiju.work import store
from guiju.work.model import Slot
from guiju.work.tables import slot


def slot_of(connection: Connection, round_id: int, item_id: int, annotator_id: int) -> Slot | None:
    """The slot for an item that a round keeps for this annotator."""
    mine = (slot.c.round_id == round_id) & (slot.c.item_id == item_id) & (slot.c.reserved == annotator_id)
    found = connection.execute(select(slot.c.id).where(mine)).scalar()
    return None if found is None else store.find_slot(connection, found)
