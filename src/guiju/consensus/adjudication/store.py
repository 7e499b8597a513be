"""SQL of adjudication: which items of a round are answered differently, with nothing that holds."""

from sqlalchemy import Connection, Select, func, select

from guiju.annotations import annotation_table, resolution_table
from guiju.consensus.tables import consensus_unsure
from guiju.work import slot_table

_OPEN_OR_LEASED = 2


def undecided(round_id: int, after: int = 0) -> Select[int]:
    """The round's items for which nothing holds, by item: their annotators wrote different answers, or what these come
    to is less sure than was asked for.
    """
    said, later, held = annotation_table, annotation_table.alias("later"), resolution_table
    newer = select(later.c.id).where(
        later.c.round_id == said.c.round_id,
        later.c.item_id == said.c.item_id,
        later.c.annotator_id == said.c.annotator_id,
        later.c.revision > said.c.revision,
    )
    u = consensus_unsure.c
    unsure = said.c.item_id.in_(select(u.item_id).where(u.round_id == round_id))
    holding = select(held.c.id).where(held.c.item_id == said.c.item_id, held.c.holds)
    return (
        select(said.c.item_id)
        .where(said.c.round_id == round_id, said.c.item_id > after, ~newer.exists(), ~holding.exists())
        .group_by(said.c.item_id)
        .having((func.count() > 1) & ((func.count(func.distinct(said.c.answers)) > 1) | unsure))
        .order_by(said.c.item_id)
    )


def undecided_items(connection: Connection, round_id: int, after: int, limit: int) -> list[int]:
    return list(connection.execute(undecided(round_id, after).limit(limit)).scalars())


def count_undecided(connection: Connection, round_id: int, most: int) -> int:
    """How many there are, counted up to `most`."""
    found = undecided(round_id).limit(most).subquery()
    return connection.execute(select(func.count()).select_from(found)).scalar_one()


def answers_to_come(connection: Connection, round_id: int, item_id: int) -> int:
    """How many answers to the item the round still waits for."""
    slot = slot_table.c
    waiting = select(func.count()).where(
        slot.round_id == round_id, slot.item_id == item_id, slot.state < _OPEN_OR_LEASED
    )
    return connection.execute(waiting).scalar_one()
