"""SQL of the index of words and of searches over items."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    bindparam,
    delete,
    exists,
    func,
    insert,
    select,
    update,
)

from guiju.annotations import resolution_table
from guiju.data import Item, aside_table, find_items, is_aside, item_table, source_table
from guiju.findings.marks import label_mark_table
from guiju.findings.search import tables as t
from guiju.findings.search.model import Kept, Search, State
from guiju.scenes import placement_table, scene_map_table
from guiju.storage import Tx

# The index


def unread_sources(connection: Connection, project_id: int) -> list[tuple[int, int | None]]:
    """Landed sources of a project whose words were not all read, with the job that was asked to."""
    s, r = source_table.c, t.words_read.c
    found = (
        select(s.id, r.job_id)
        .join_from(source_table, t.words_read, r.source_id == s.id, isouter=True)
        .where(s.project_id == project_id, s.state == "landed", (r.done.is_(None)) | (~r.done))
    )
    return [(row[0], row[1]) for row in connection.execute(found.order_by(s.id))]


def projects_with_sources(connection: Connection) -> list[int]:
    return list(connection.execute(select(source_table.c.project_id).distinct()).scalars())


def set_job(tx: Tx, project_id: int, source_id: int, job_id: int) -> None:
    mine = t.words_read.c.source_id == source_id
    if not tx.execute(update(t.words_read).where(mine).values(job_id=job_id)).rowcount:
        row = {"source_id": source_id, "project_id": project_id, "upto": 0, "done": False, "job_id": job_id}
        tx.execute(insert(t.words_read), row)


def forget_reading(tx: Tx) -> None:
    tx.execute(delete(t.words_read))
    t.item_words.clear(tx)


def read_upto(connection: Connection, source_id: int) -> int:
    found = connection.execute(select(t.words_read.c.upto).where(t.words_read.c.source_id == source_id)).scalar()
    return int(found or 0)


def items_behind(connection: Connection, source_id: int, after: int, limit: int) -> list[Item]:
    i = item_table.c
    ids = select(i.id, i.project_id).where(i.source_id == source_id, i.id > after).order_by(i.id).limit(limit)
    rows = connection.execute(ids).all()
    return list(find_items(connection, rows[0].project_id, [row.id for row in rows]).values()) if rows else []


def put_words(tx: Tx, source_id: int, words: Sequence[tuple[int, Sequence[str]]]) -> None:
    """The words of these items from now on. An id may have had others: SQLite gives those of deleted items again."""
    t.item_words.put(tx, words)
    tx.execute(update(t.words_read).where(t.words_read.c.source_id == source_id).values(upto=words[-1][0]))


def finish(tx: Tx, source_id: int) -> None:
    tx.execute(update(t.words_read).where(t.words_read.c.source_id == source_id).values(done=True))


# Searching


def ids_by_words(connection: Connection, said: Sequence[str], before: int, limit: int) -> list[int]:
    """Items of the index with all these words, the newest first."""
    found = select(t.item_words.rowid).where(t.item_words.having(connection, said), t.item_words.rowid < before)
    return list(connection.execute(found.order_by(t.item_words.rowid.desc()).limit(limit)).scalars())


def ids_by_label(connection: Connection, project_id: int, label: str, before: int, limit: int) -> list[int]:
    m = label_mark_table.c
    found = select(m.item_id).where(m.project_id == project_id, m.label == label, m.item_id < before).distinct()
    return list(connection.execute(found.order_by(m.item_id.desc()).limit(limit)).scalars())


def ids_by_state(connection: Connection, project_id: int, state: State, before: int, limit: int) -> list[int]:
    """Items with an answer of record, or set aside, each by the index of what makes them so."""
    r, a = resolution_table.c, aside_table.c
    if state is State.RESOLVED:
        found = select(r.item_id).where(r.project_id == project_id, r.holds, r.item_id < before)
        return list(connection.execute(found.order_by(r.item_id.desc()).limit(limit)).scalars())
    found = select(a.item_id).where(a.project_id == project_id, a.item_id < before).distinct()
    return list(connection.execute(found.order_by(a.item_id.desc()).limit(limit)).scalars())


def ids_by_scene(connection: Connection, scene: int, before: int, limit: int) -> list[int]:
    p, of = placement_table.c, scene_map_table.c
    found = select(p.item_id).join_from(placement_table, scene_map_table, (of.id == p.map_id) & (of.state == "current"))
    found = found.where(p.scene_id == scene, p.item_id < before)
    return list(connection.execute(found.order_by(p.item_id.desc()).limit(limit)).scalars())


def ids_in_order(connection: Connection, project_id: int, wanted: Search, before: int, limit: int) -> list[int]:
    """Items by their source's index, or by the project's."""
    i = item_table.c
    mine = i.source_id == wanted.source if wanted.source is not None else i.project_id == project_id
    found = select(i.id).where(mine, i.id < before)
    return list(connection.execute(found.order_by(i.id.desc()).limit(limit)).scalars())


def keep_fitting(connection: Connection, project_id: int, wanted: Search, ids: Sequence[int]) -> list[int]:
    """Those of `ids` that are seen, and fit whatever is wanted but the words, in their order."""
    i, s = item_table.c, source_table.c
    found = (
        select(i.id)
        .join_from(item_table, source_table, s.id == i.source_id)
        .where(i.project_id == project_id, s.state == "landed", i.id.in_(bindparam("ids", expanding=True)))
        .where(*_conditions(project_id, wanted))
    )
    fitting = set(connection.execute(found, {"ids": list(ids)}).scalars())
    return [each for each in ids if each in fitting]


def _conditions(project_id: int, wanted: Search) -> list[ColumnElement[bool]]:
    i, m, r = item_table.c, label_mark_table.c, resolution_table.c
    asked: list[ColumnElement[bool]] = []
    if wanted.source is not None:
        asked.append(i.source_id == wanted.source)
    if wanted.media is not None:
        asked.append(i.media == wanted.media.value)
    if wanted.label:
        asked.append(exists().where(m.project_id == project_id, m.label == wanted.label, m.item_id == i.id))
    if wanted.scene is not None:
        p, of = placement_table.c, scene_map_table.c
        shown = (of.id == p.map_id) & (of.state == "current")
        asked.append(exists().where(p.item_id == i.id, p.scene_id == wanted.scene, shown))
    held = exists().where(r.item_id == i.id, r.holds)
    by_state = {State.ANY: [], State.OPEN: [~held, ~is_aside()], State.RESOLVED: [held], State.ASIDE: [is_aside()]}
    return [*asked, *by_state[wanted.state]]


def with_words(connection: Connection, words: Sequence[str], ids: Sequence[int]) -> list[int]:
    """Those of `ids` that have all these words, in their order.

    One walk over the words' postings between the outermost ids: looked up one by one, each id would walk anew (`+ 0`
    keeps SQLite from that).
    """
    if not ids:
        return []
    between = t.item_words.rowid.between(min(ids), max(ids))
    found = select(t.item_words.rowid).where(
        t.item_words.having(connection, words), between, (t.item_words.rowid + 0).in_(ids)
    )
    fitting = set(connection.execute(found).scalars())
    return [each for each in ids if each in fitting]


def count_up_to(connection: Connection, said: Sequence[str], most: int) -> int:
    """How many items of the index have these words; `most` at most."""
    some = select(t.item_words.rowid).where(t.item_words.having(connection, said)).limit(most).subquery()
    return int(connection.execute(select(func.count()).select_from(some)).scalar_one())


def states_of(connection: Connection, ids: Sequence[int]) -> dict[int, tuple[bool, bool]]:
    """Whether each of these items has an answer of record, and whether it is set aside."""
    i, r = item_table.c, resolution_table.c
    held = exists().where(r.item_id == i.id, r.holds)
    rows: Select[*tuple[Any, ...]] = select(i.id, held, is_aside()).where(i.id.in_(ids))
    return {row[0]: (bool(row[1]), bool(row[2])) for row in connection.execute(rows)}


# Searches that are kept


def insert_kept(tx: Tx, project_id: int, name: str, query: str, created_by: int) -> int:
    row = {"project_id": project_id, "name": name, "query": query, "created_by": created_by, "created_at": tx.at}
    return tx.insert(insert(t.kept_search), row)


def list_kept(connection: Connection, project_id: int) -> list[Kept]:
    k = t.kept_search.c
    rows = select(k.id, k.name, k.query, k.created_by).where(k.project_id == project_id).order_by(k.name)
    return [Kept(*row) for row in connection.execute(rows)]


def delete_kept(tx: Tx, kept_id: int) -> None:
    tx.execute(delete(t.kept_search).where(t.kept_search.c.id == kept_id))


def count_unread(connection: Connection, project_id: int) -> int:
    """How many items of landed sources are not in the index of words yet."""
    s, r, i = source_table.c, t.words_read.c, item_table.c
    unread = (
        select(func.count())
        .select_from(source_table)
        .join(t.words_read, r.source_id == s.id, isouter=True)
        .join(item_table, (i.source_id == s.id) & (i.id > func.coalesce(r.upto, 0)))
        .where(s.project_id == project_id, s.state == "landed", (r.done.is_(None)) | (~r.done))
    )
    return int(connection.execute(unread).scalar_one())
