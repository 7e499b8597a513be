"""Parquet: columns, read by DuckDB a piece at a time."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from guiju.data.intake import errors
from guiju.data.intake.layouts import MOST_COLUMNS, name_columns
from guiju.data.intake.model import Columns
from guiju.data.readers.errors import ParquetUnreadable
from guiju.data.readers.jsonl import look_at_entries
from guiju.data.readers.table import Entry, Looked

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_ROWS = 2_000
_MEMORY = "512MB"


def look_at_parquet(path: Path, name: str, columns: Columns) -> Looked:  # noqa: ARG001 - as every reader
    """Raises `ParquetUnreadable`, `NothingToImport`, `TooManyColumns`."""
    from duckdb import Error  # noqa: PLC0415 - 30 MB that only Parquet costs

    try:
        with _opened() as connection:
            said = connection.execute("SELECT name FROM parquet_schema(?) LIMIT ?", [str(path), 3 * MOST_COLUMNS])
            if len(said.fetchall()) >= 3 * MOST_COLUMNS:
                raise errors.TooManyColumns(name=name, columns=f"{3 * MOST_COLUMNS:,}", limit=f"{MOST_COLUMNS:,}")
            total = connection.execute("SELECT num_rows FROM parquet_file_metadata(?)", [str(path)]).fetchone()
        looked = look_at_entries(name, int(total[0]) if total else 0, "Parquet", lambda: read_entries(path))
    except (Error, UnicodeError) as error:
        raise ParquetUnreadable(name=name) from error
    name_columns(name, looked.header)
    return looked


def _opened() -> "DuckDBPyConnection":
    import duckdb  # noqa: PLC0415

    settings = {"autoinstall_known_extensions": "false", "autoload_known_extensions": "false", "threads": "1"}
    return duckdb.connect(config={**settings, "memory_limit": _MEMORY, "preserve_insertion_order": "true"})


def read_entries(path: Path) -> Iterator[Entry]:
    """Every row by its columns, in the order of the file; a file that breaks off ends in a refusal."""
    from duckdb import Error  # noqa: PLC0415

    number = 0
    with _opened() as connection:
        try:
            found = connection.execute("SELECT * FROM read_parquet(?)", [str(path)])
            names = [column[0] for column in cast("list[Any]", found.description)]
            while rows := found.fetchmany(_ROWS):
                for row in rows:
                    number += 1
                    yield Entry(number, {name: _plain(value) for name, value in zip(names, row, strict=True)})
        except Error:
            yield Entry(number + 1, errors.RestUnreadable())


def _plain(value: Any) -> Any:
    """What JSON knows: numbers, texts, lists, objects; anything else as its text. Bytes that are text are text."""
    if value is None or isinstance(value, str | bool | int | float):
        return value
    if isinstance(value, bytes):
        return value.decode("utf-8", errors="surrogateescape")
    if isinstance(value, list | tuple):
        return [_plain(one) for one in cast("list[Any]", value)]
    if isinstance(value, dict):
        return {str(key): _plain(one) for key, one in cast("dict[Any, Any]", value).items()}
    return str(value)
