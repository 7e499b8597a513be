"""The moment of an act: all that was read ahead is turned on in one transaction, so that nobody sees half of it."""

from typing import Any, NamedTuple

from sqlalchemy import Select, delete, exists, func, insert, literal, literal_column, select, text

from guiju.annotations import insert_resolutions, resolution_table, retire
from guiju.planning.relabelling import tables as t
from guiju.storage import Tx

_c, _r = t.change.c, resolution_table.c


class Switched(NamedTuple):
    """How many answers of record changed, how many that were read hold no longer, and which resolutions were made."""

    answers: int
    kept: int
    low: int
    high: int


def switch(tx: Tx, relabelling_id: int, rulebook_id: int) -> Switched:
    """Let what was kept for this act hold from now on, under the version `rulebook_id`.

    Answers that somebody gave since they were read are left alone. What holds no item, but stands in a lot, goes in
    first: of each item the last resolution is the one that holds.
    """
    if tx.dialect == "postgresql":
        tx.execute(text("LOCK TABLE resolution IN SHARE ROW EXCLUSIVE MODE"))
    mine = _c.relabelling_id == relabelling_id
    stale = delete(t.change).where(mine, _c.held, ~exists().where(_r.id == _c.resolution_id, _r.holds))
    kept = tx.execute(stale.execution_options(preserve_rowcount=True)).rowcount
    _follow(tx, relabelling_id)
    retire(tx, select(_c.resolution_id).where(mine, _c.held, _c.answers != ""))
    low = _last(tx)
    insert_resolutions(tx, _made(tx, relabelling_id, rulebook_id, held=False))
    answers = insert_resolutions(tx, _made(tx, relabelling_id, rulebook_id, held=True))
    return Switched(answers, kept, low, _last(tx))


def _follow(tx: Tx, relabelling_id: int) -> None:
    """What holds of an item whose lot is restated, and does not change itself, is written again behind it."""
    beside, now = t.change.alias("beside"), resolution_table.alias("now")
    changes = exists().where(
        beside.c.relabelling_id == relabelling_id, beside.c.resolution_id == now.c.id, beside.c.held
    )
    again = (
        select(literal(relabelling_id), now.c.id, now.c.item_id, now.c.answers, now.c.rulebook_id)
        .add_columns(func.coalesce(now.c.restates, now.c.id), literal_column("1 = 1"), literal_column("1 = 0"))
        .join_from(t.change, now, (now.c.item_id == _c.item_id) & now.c.holds)
        .where(_c.relabelling_id == relabelling_id, ~_c.held, ~changes)
        .distinct()
    )
    names = ["relabelling_id", "resolution_id", "item_id", "answers", "rulebook_id", "restates", "held", "eyes"]
    tx.execute(insert(t.change).from_select(names, again))


def _made(tx: Tx, relabelling_id: int, rulebook_id: int, *, held: bool) -> Select[*tuple[Any, ...]]:
    """In the order of the table's columns."""
    return (
        select(_r.project_id, _r.item_id, func.coalesce(_c.rulebook_id, rulebook_id), _r.round_id, _r.origin)
        .add_columns(_r.annotation_id, _r.annotator_id, _c.answers, _r.confidence, _c.restates)
        .add_columns(literal_column("1 = 1" if held else "1 = 0"), literal(tx.at))
        .join_from(t.change, resolution_table, _r.id == _c.resolution_id)
        .where(_c.relabelling_id == relabelling_id, _c.held.is_(held), _c.answers != "")
        .order_by(_c.resolution_id)
    )


def _last(tx: Tx) -> int:
    return int(tx.scalar(select(func.coalesce(func.max(_r.id), 0))))
