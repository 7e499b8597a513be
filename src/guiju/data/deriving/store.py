"""SQL of derived items."""

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import msgspec
from sqlalchemy import Column, Connection, select, text

from guiju.data import tables as t
from guiju.storage import metadata

_MOST_USES = 10


class Use(NamedTuple):
    """A table that refers to items of a source, and of which rounds (`trial 2`), if its rows are of rounds."""

    table: str
    rounds: tuple[str, ...]


def find_ids(connection: Connection, project_id: int, hashes: Sequence[str]) -> dict[str, int]:
    given = "SELECT value FROM json_each(:hashes)"
    if connection.dialect.name != "sqlite":
        given = "SELECT value FROM json_array_elements_text(CAST(:hashes AS json))"
    wanted = select(t.item.c.hash, t.item.c.id).where(t.item.c.project_id == project_id, t.item.c.hash.in_(text(given)))
    return {row.hash: row.id for row in connection.execute(wanted, {"hashes": msgspec.json.encode(hashes).decode()})}


def find_uses(connection: Connection, source_id: int) -> list[Use]:
    """What refers to items of a source, of whatever slice; what goes with the items (`ON DELETE CASCADE`) does not."""
    mine = (t.item.c.source_id == source_id) & (t.item.c.project_id.is_not(None))
    found: list[Use] = []
    for column in _referring():
        rounds = column.table.c.get("round_id")
        shown = rounds if rounds is not None else column
        rows = select(shown).join_from(t.item, column.table, column == t.item.c.id).where(mine).distinct()
        ids = tuple(connection.execute(rows.limit(_MOST_USES)).scalars())
        if ids:
            found.append(Use(column.table.name, _names_of(connection, ids) if rounds is not None else ()))
    return found


def _names_of(connection: Connection, rounds: Sequence[int]) -> tuple[str, ...]:
    """Rounds as people call them. They live in a room above; their table is known to the house by its name."""
    table = metadata.tables["round"]
    named = select(table.c.kind, table.c.number).where(table.c.id.in_(rounds)).order_by(table.c.id)
    return tuple(f"{row.kind} {row.number}" for row in connection.execute(named))


def find_used(connection: Connection, items: Sequence[int], *, but: str) -> set[int]:
    """Those of `items` that some table refers to, `but` the one of that name."""
    found: set[int] = set()
    for column in _referring():
        if column.table.name != but:
            found.update(connection.execute(select(column).where(column.in_(items)).distinct()).scalars())
    return found


def _referring() -> Iterator[Column[Any]]:
    for table in metadata.sorted_tables:
        for foreign in table.foreign_keys:
            if foreign.column is t.item.c.id and foreign.ondelete != "CASCADE":
                yield foreign.parent
