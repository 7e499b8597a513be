"""SQL of rework: who made what."""

from collections import defaultdict
from collections.abc import Sequence

from sqlalchemy import Connection, and_, or_, select

from guiju.annotations import annotation_table, annotator_table, resolution_table
from guiju.inspection import tables as t

IN_ONE = 500


def authors_of(connection: Connection, lot_id: int, items: Sequence[int]) -> dict[int, set[int]]:
    """The accounts that answered each item in the round that resolved it."""
    entry, held, said, who = t.lot_entry.c, resolution_table.c, annotation_table.c, annotator_table.c
    in_round = and_(said.item_id == held.item_id, said.round_id == held.round_id)
    found: dict[int, set[int]] = defaultdict(set)
    for start in range(0, len(items), IN_ONE):
        rows = connection.execute(
            select(entry.item_id, who.account_id)
            .join_from(t.lot_entry, resolution_table, held.id == entry.resolution_id)
            .join(annotation_table, in_round, isouter=True)
            .join(annotator_table, or_(who.id == said.annotator_id, who.id == held.annotator_id))
            .where(entry.lot_id == lot_id, entry.item_id.in_(items[start : start + IN_ONE]))
            .where(who.account_id.is_not(None))
            .distinct()
        )
        for item, account in rows:
            found[item].add(account)
    return found
