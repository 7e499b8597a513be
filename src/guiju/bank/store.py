"""SQL of deposits, their words and labels, and of draws."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, delete, exists, insert, or_, select, true, update
from sqlalchemy.dialects import postgresql, sqlite

from guiju.annotations import annotation_table, resolution_table
from guiju.bank import tables as t
from guiju.bank.clusters import clusters_of, compare_again, join_exact, leave_clusters, regroup
from guiju.bank.model import Held, Reader, Rights
from guiju.data import item_table, source_table
from guiju.inspection import entries_of
from guiju.scenes import placement_table, scene_map_table, scene_table
from guiju.storage import Tx


@dataclass(frozen=True, slots=True)
class Entry:
    """One item of an accepted lot, with what a deposit of it needs."""

    item_id: int
    resolution_id: int
    hash: str
    media: str
    name: str
    body: str | None
    answers: str
    rulebook_id: int
    rights: str
    clauses: str | None


def read_entries(connection: Connection, lot_id: int, after: int, limit: int) -> list[Entry]:
    entry, held, said = entries_of(lot_id, after, limit).subquery(), resolution_table, annotation_table
    i, gone = item_table.c, t.withdrawal_item.c
    removed = exists().where(gone.item_id == i.id, gone.removed)
    found = (
        select(i.id, held.c.id, i.hash, i.media, i.name, i.body, held.c.answers, held.c.rulebook_id)
        .add_columns(source_table.c.rights, said.c.clauses)
        .join_from(entry, item_table, i.id == entry.c.item_id)
        .join(held, held.c.id == entry.c.resolution_id)
        .join(source_table, source_table.c.id == i.source_id)
        .join(said, said.c.id == held.c.annotation_id, isouter=True)
        .where(~removed)
        .order_by(i.id)
    )
    return [Entry(*row) for row in connection.execute(found)]


def read_scenes_of(connection: Connection, project_id: int, items: Sequence[int]) -> dict[int, str]:
    """The name of the scene in which each item lies, of those that lie in one."""
    map_, placed, scene = scene_map_table.c, placement_table.c, scene_table.c
    found = (
        select(placed.item_id, scene.name)
        .join_from(placement_table, scene_table, scene.id == placed.scene_id)
        .join(scene_map_table, map_.id == placed.map_id)
        .where(map_.project_id == project_id, map_.state == "current", placed.item_id.in_(items))
    )
    return {row[0]: row[1] for row in connection.execute(found)}


@dataclass(frozen=True, slots=True)
class Deposit:
    """A deposit ready to be stored: its row, its words, its labels with whether each is an id."""

    row: dict[str, Any]
    words: tuple[str, ...]
    labels: Mapping[str, bool]


class Put(NamedTuple):
    """The deposits that were stored, and those of them that lay there before."""

    ids: list[int]
    known: list[int]


def put_deposits(tx: Tx, deposits: Sequence[Deposit]) -> Put:
    """Store deposits; an item that lies in the bank already is brought to what was accepted now."""
    if not deposits:
        return Put([], [])
    make = sqlite.insert if tx.dialect == "sqlite" else postgresql.insert
    rows = [{**each.row, "at": tx.at} for each in deposits]
    put = make(t.deposit)
    items = [each.row["item_id"] for each in deposits]
    known = _ids_of(tx, items)
    anew = {name: put.excluded[name] for name in rows[0] if name != "item_id"}
    again = put.on_conflict_do_update(index_elements=["item_id"], set_={**anew, "same_as": None})
    tx.execute(again if known else insert(t.deposit), rows)
    ids = _ids_of(tx, items)
    if known:
        tx.execute(delete(t.deposit_label).where(t.deposit_label.c.deposit_id.in_(known.values())))
        t.deposit_words.drop(tx, list(known.values()))
    t.deposit_words.add(tx, [(ids[each.row["item_id"]], each.words) for each in deposits])
    labels = [
        {"label": label, "deposit_id": ids[each.row["item_id"]], "is_id": is_id}
        for each in deposits
        for label, is_id in each.labels.items()
    ]
    if labels:
        tx.execute(insert(t.deposit_label), labels)
    stored = list(ids.values())
    regroup(tx, join_exact(tx, stored))
    if known:
        compare_again(tx, clusters_of(tx.connection, list(known.values())))
    return Put(stored, list(known.values()))


def deposited_lots(connection: Connection, project_id: int | None = None) -> list[tuple[int, int]]:
    """Every lot with deposits, as `(project, lot)`, of one project or of all."""
    d = t.deposit.c
    found = select(d.project_id, d.lot_id).distinct().order_by(d.lot_id)
    if project_id is not None:
        found = found.where(d.project_id == project_id)
    return [(row[0], row[1]) for row in connection.execute(found)]


def narrow(tx: Tx, consents: Sequence[int]) -> None:
    """What is general under these consents is for its customer from now on: they were ended."""
    under = t.deposit.c.consent_id.in_(consents)
    ids = list(tx.execute(select(t.deposit.c.id).where(under)).scalars())
    held = {"rights": Rights.CUSTOMER.value, "held": Held.NO_CONSENT.value, "until": None, "consent_id": None}
    tx.execute(update(t.deposit).where(under).values(held))
    rearrange(tx, ids)


def rearrange(tx: Tx, ids: Sequence[int]) -> None:
    """After the rights of these changed: who stands for whom, and what contradicts, is told anew."""
    clusters = clusters_of(tx.connection, ids)
    regroup(tx, clusters)
    compare_again(tx, clusters)


def remove_deposits(tx: Tx, ids: Sequence[int]) -> int:
    """Take deposits out of the bank, with their words, labels and draws; what stood behind one stands in its place."""
    d = t.deposit.c
    left = leave_clusters(tx, ids)
    for table in (t.deposit_label, t.draw):
        tx.execute(delete(table).where(table.c.deposit_id.in_(ids)))
    t.deposit_words.drop(tx, ids)
    gone = tx.execute(delete(t.deposit).where(d.id.in_(ids))).rowcount
    regroup(tx, left)
    compare_again(tx, left)
    return gone


def _ids_of(tx: Tx, items: Sequence[int]) -> dict[int, int]:
    found = select(t.deposit.c.item_id, t.deposit.c.id).where(t.deposit.c.item_id.in_(items))
    return {row.item_id: row.id for row in tx.execute(found)}


def visible(reader: Reader) -> ColumnElement[bool]:
    """The one door to deposits: of each group one that is general (while its consent holds) or the reader's.

    Where the reader owns a source of it, that is the one they see, the oldest of theirs; otherwise the one that stands.
    """
    d = t.deposit.c
    if reader.everything:
        return d.same_as.is_(None)
    head, mate = t.deposit.alias("head"), t.deposit.alias("mate")
    own = _is_own(d, reader)
    none_behind = ~exists().where(mate.c.same_as == d.id, _is_own(mate.c, reader))
    head_is_not = ~exists().where(head.c.id == d.same_as, _is_own(head.c, reader))
    is_oldest = ~exists().where(mate.c.same_as == d.same_as, mate.c.id < d.id, _is_own(mate.c, reader))
    stands = d.same_as.is_(None) & or_(own, none_behind)
    behind = d.same_as.is_not(None) & own & head_is_not & is_oldest
    return permitted(d, reader) & or_(stands, behind)


def permitted(d: Any, reader: Reader) -> ColumnElement[bool]:
    """Whether the reader may see a deposit (columns `d`), whoever stands for it."""
    if reader.everything:
        return true()
    general = (d.rights == Rights.GENERAL) & or_(d.until.is_(None), d.until > reader.at)
    return or_(general, _is_own(d, reader))


def _is_own(d: Any, reader: Reader) -> ColumnElement[bool]:
    return or_(d.project_id.in_(reader.projects), d.customer.in_(reader.customers))
