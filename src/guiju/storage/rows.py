"""Rows of any table on their way between two databases, a bounded chunk at a time."""

import base64
import math
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import contextmanager
from typing import Any, TypeAlias

import msgspec
from sqlalchemy import Column, Connection, Float, LargeBinary, Table, insert, select
from sqlalchemy.exc import DBAPIError

from guiju.kit import N_, Refusal
from guiju.storage.full import StorageFull, is_full
from guiju.storage.tables import metadata

CHUNK_ROWS = 2_000
CHUNK_BYTES = 4 << 20
_HELD = (bool, int, float, str, bytes)
Row: TypeAlias = tuple[Any, ...]
Values: TypeAlias = list[Any]


class RowsRefused(Refusal):
    """The other database does not take what this one holds."""

    code = "rows-refused"
    status = 422
    sentence = N_("The new database did not take the rows of “{table}”: {fault}.")
    next_step = N_("Nothing was changed. Correct these rows where they come from, then try again.")


def tables() -> list[Table]:
    """Every table of the program, those that others refer to first."""
    return list(metadata.sorted_tables)


def columns_of(table: Table) -> list[Column[Any]]:
    """What a backup holds of `table`: not what the database computes, nor what holds on one server alone."""
    kept = [column for column in table.columns if column.computed is None and column.info.get("backed_up", True)]
    for column in kept:
        if column.type.python_type not in _HELD:
            raise TypeError(f"{column} is of a type that a backup cannot hold: {column.type!r}")
    return kept


def read_rows(connection: Connection, table: Table) -> Iterator[list[Row]]:
    """All rows of `table` by primary key, in chunks of at most `CHUNK_ROWS`."""
    wanted = select(*columns_of(table)).order_by(*table.primary_key.columns)
    answer = connection.execute(wanted, execution_options={"yield_per": CHUNK_ROWS})
    for rows in answer.partitions():
        yield [tuple(row) for row in rows]


def encode_rows(table: Table, chunks: Iterable[list[Row]]) -> Iterator[tuple[bytes, int]]:
    """JSON lines and the number of rows in them; about `CHUNK_BYTES` at most, whatever a row weighs."""
    floats = [at for at, column in enumerate(columns_of(table)) if isinstance(column.type, Float)]
    lines, count = bytearray(), 0
    for row in (row for chunk in chunks for row in chunk):
        lines += msgspec.json.encode(_finite(row, floats) if floats else row) + b"\n"
        count += 1
        if len(lines) >= CHUNK_BYTES or count == CHUNK_ROWS:
            yield bytes(lines), count
            lines, count = bytearray(), 0
    if count:
        yield bytes(lines), count


def _finite(row: Row, floats: list[int]) -> Values:
    """JSON has no word for infinity and for what is not a number: they go as text."""
    values = list(row)
    for at in floats:
        if values[at] is not None and not math.isfinite(values[at]):
            values[at] = str(values[at])
    return values


def decode_rows(table: Table, lines: bytes) -> list[Row]:
    """The rows that `encode_rows` wrote. Raises `msgspec.DecodeError`, `ValueError`."""
    turns = {at: turn for at, column in enumerate(columns_of(table)) if (turn := _turn(column)) is not None}
    rows: list[Values] = msgspec.json.Decoder(Values).decode_lines(lines)
    for row in rows:
        for at, turn in turns.items():
            if row[at] is not None:
                row[at] = turn(row[at])
    return [tuple(row) for row in rows]


def _turn(column: Column[Any]) -> Callable[[Any], Any] | None:
    if isinstance(column.type, LargeBinary):
        return base64.b64decode
    return float if isinstance(column.type, Float) else None


def fill(connection: Connection, chunks: Iterable[tuple[Table, list[Row]]]) -> dict[str, int]:
    """Insert rows in the order given; returns how many each table got. Raises `RowsRefused`, `StorageFull`."""
    counts = dict.fromkeys((table.name for table in tables()), 0)
    for table, rows in chunks:
        names = [column.key for column in columns_of(table)]
        with _naming(table):
            connection.execute(insert(table), [dict(zip(names, row, strict=True)) for row in rows])
        counts[table.name] += len(rows)
    if connection.dialect.name == "postgresql":
        _set_sequences(connection)
    return counts


@contextmanager
def _naming(table: Table) -> Generator[None]:
    try:
        yield
    except DBAPIError as error:
        if is_full(error):
            raise StorageFull from error
        raise RowsRefused(table=table.name, fault=str(error.orig).strip().splitlines()[0]) from error


def _set_sequences(connection: Connection) -> None:
    """Let PostgreSQL go on counting after the highest id that was given out."""
    quote = connection.dialect.identifier_preparer
    for table in tables():
        column = table.autoincrement_column
        if column is None:
            continue
        name, key = quote.format_table(table), quote.format_column(column)
        connection.exec_driver_sql(
            f"SELECT setval(pg_get_serial_sequence(%s, %s), coalesce(max({key}), 0) + 1, false) FROM {name}",  # noqa: S608
            (name, column.name),
        )
