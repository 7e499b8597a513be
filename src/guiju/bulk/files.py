"""A file of answers as a relation that DuckDB can read: which columns it has, and which of them are meant."""

import csv
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from re import search
from typing import Any, cast

import duckdb

from guiju.bulk.errors import AnswerColumnMissing, AnswersAbsent, AnswersUnreadable, TooManyColumns
from guiju.bulk.names import ALSO_KNOWN_AS
from guiju.data.intake.rules import decide_delimiter
from guiju.data.readers.encodings import find_encoding, text_lines

MEMORY = "1GB"
LOOKED_THROUGH = 200_000_000
"""Larger files are taken for UTF-8 without being read once more to make sure; DuckDB says where that does not hold."""
_REST = frozenset({"…", "..."})


@dataclass(frozen=True, slots=True)
class Picks:
    """What was said of the columns: all of them by name for a file without a header, and which one is which.

    `wide` names columns that hold one annotator's labels each, and `times` one that says how many items a row stands
    for; `skip` lines come before the table.
    """

    columns: tuple[str, ...] = ()
    item: str = ""
    annotator: str = ""
    label: str = ""
    gold: str = ""
    wide: tuple[str, ...] = ()
    times: str = ""
    skip: int = 0


@dataclass(frozen=True, slots=True)
class AnswerFile:
    """Where answers lie. `source` is SQL with one place, for `paths`; the columns are SQL expressions."""

    name: str
    paths: tuple[str, ...]
    source: str
    item: str
    annotator: str
    label: str
    gold: str | None = None

    def select(self, *columns: str) -> str:
        """SQL for these columns of every row that has a label."""
        said = ", ".join(f"{getattr(self, column)} AS {column}" for column in columns)
        return f"SELECT {said} FROM {self.source} WHERE {self.label} IS NOT NULL"  # noqa: S608 - identifiers are quoted

    @property
    def arguments(self) -> list[Any]:
        """What the place in `source` stands for, if it has one."""
        return [list(self.paths)] if self.paths else []


@dataclass(frozen=True, slots=True)
class Table:
    """A relation in SQL, its columns' names, and what SQL gives for the value of each."""

    name: str
    paths: tuple[str, ...]
    source: str
    names: tuple[str, ...]
    values: tuple[str, ...]

    def value(self, column: str, meant: str) -> str:
        """One column's value by its name. Raises `AnswerColumnMissing`."""
        place = _places(self.names).get(column.strip().casefold())
        if place is None:
            raise _missing(self.names, column, meant, self.name)
        return self.values[place]


@contextmanager
def engine(folder: Path | None = None) -> Generator[Any]:
    """DuckDB in memory, which asks nothing of the network and spills into `folder`."""
    settings = {"memory_limit": MEMORY, "preserve_insertion_order": "false"}
    settings |= {"autoinstall_known_extensions": "false", "autoload_known_extensions": "false"}
    if folder is not None:
        settings["temp_directory"] = str(folder / "spilled")
    connection = cast(Any, duckdb).connect(":memory:", config=settings)
    try:
        yield connection
    finally:
        connection.close()


@contextmanager
def readable(name: str) -> Generator[None]:
    """What DuckDB says of a file, as a refusal. Raises `AnswersUnreadable`."""
    try:
        yield
    except duckdb.Error as error:
        said = str(error)
        line = search(r"Line: (\d+)", said)
        where = f"line {line[1]}: " if line else ""
        kept = [part for part in said.splitlines() if part.startswith(("Expected", "Original"))] or said.splitlines()
        raise AnswersUnreadable(name=name, reason=where + "; ".join(kept[:2])[:300].rstrip(".")) from error


def open_answers(path: Path, picks: Picks, scratch: Path) -> AnswerFile:
    """Look at a file, or at a folder of Parquet files. A file that is not in UTF-8 is written anew in `scratch`.

    Raises `AnswersAbsent`, `AnswersUnreadable`, `AnswerColumnMissing`, `TooManyColumns`.
    """
    table = _open_table(path, picks, scratch)
    if picks.wide:
        return _open_wide(table, picks, scratch)
    found = _meant(table, picks, ("item", "annotator", "label"), ("gold",))
    return AnswerFile(table.name, table.paths, table.source, **found)


def open_known(path: Path, scratch: Path) -> AnswerFile:
    """Look at a file of known right answers, which names nobody who gave them. Raises as `open_answers` does."""
    table = _open_table(path, Picks(), scratch)
    found = _meant(table, Picks(), ("item", "gold"), ())
    return AnswerFile(table.name, table.paths, table.source, annotator=found["item"], label=found["gold"], **found)


def _open_table(path: Path, picks: Picks, scratch: Path) -> Table:
    if path.is_dir():
        return _open_parquet(path, tuple(sorted(str(each) for each in path.rglob("*.parquet"))), picks)
    if not path.is_file() or path.stat().st_size == 0:
        raise AnswersAbsent(name=path.name)
    if path.suffix.casefold() in {".parquet", ".pq"}:
        return _open_parquet(path, (str(path),), picks)
    return _open_rows(path, picks, scratch)


def _open_parquet(path: Path, files: tuple[str, ...], picks: Picks) -> Table:
    if not files:
        raise AnswersAbsent(name=path.name)
    with engine() as connection, readable(path.name):
        described = connection.execute("DESCRIBE SELECT * FROM read_parquet(?)", [list(files)]).fetchall()
    names = _renamed([str(row[0]) for row in described], picks.columns, path.name)
    values = tuple(_value(str(row[0]), str(row[1])) for row in described)
    return Table(path.name, files, "read_parquet(?)", tuple(names), values)


def _open_rows(path: Path, picks: Picks, scratch: Path) -> Table:
    encoding = find_encoding(path, path.name).encoding if path.stat().st_size <= LOOKED_THROUGH else "utf-8"
    lines = islice(text_lines(path, encoding, newline=""), picks.skip, None)
    first = next((line for line in lines if line.strip()), "")
    sign = _sign(first, path.suffix.casefold(), picks)
    header = [cell.strip() for cell in next(csv.reader([first], delimiter=sign), list[str]())]
    if encoding not in {"utf-8", "utf-8-sig", "ascii"}:
        path = _in_utf8(path, encoding, scratch)
    places = ", ".join(f"'c{place}': 'VARCHAR'" for place in range(len(header)))
    # one sign stands in the text, and it is one of five: nothing of the file's own does
    has_header = "false" if picks.columns else "true"
    source = (
        f"read_csv(?, auto_detect=false, header={has_header}, skip={picks.skip:d}, delim='{sign}', quote='\"',"
        f" escape='\"', columns={{{places}}})"
    )
    names = _renamed(header, picks.columns, path.name)
    values = tuple(_value(f"c{place}", "VARCHAR") for place in range(len(header)))
    return Table(path.name, (str(path),), source, tuple(names), values)


def _sign(first: str, suffix: str, picks: Picks) -> str:
    """What divides the cells: a space only where nothing else does and several columns were named."""
    sign = decide_delimiter(first, suffix)
    return " " if sign not in first and len(picks.columns) > 1 and " " in first.strip() else sign


def _open_wide(table: Table, picks: Picks, scratch: Path) -> AnswerFile:
    """A column for each annotator becomes a row for each answer, in a file of its own."""
    long = scratch / "long.parquet"
    with engine(scratch) as connection, readable(table.name):
        connection.execute("SET preserve_insertion_order = true")
        items = table.value(picks.item, "item") if picks.item else "CAST(row_number() OVER () AS VARCHAR)"
        labels = [table.value(name, "label") for name in picks.wide]
        said = ", ".join(f"{value} AS l{place}" for place, value in enumerate(labels))
        times = table.value(picks.times, "label") if picks.times else "1"
        query = f"SELECT {items} AS item, CAST({times} AS BIGINT) AS times, {said} FROM {table.source}"  # noqa: S608 - identifiers are quoted
        connection.execute(f"CREATE TEMP TABLE wide AS {query}", [list(table.paths)])
        item = "item || '.' || unnest(range(times))" if picks.times else "item"
        rows = " UNION ALL ".join(
            f"SELECT {item} AS item, {_quoted(name)} AS annotator, l{place} AS label FROM wide"  # noqa: S608 - a quoted text
            for place, name in enumerate(picks.wide)
        )
        connection.execute(f"COPY ({rows}) TO {_quoted(str(long))} (FORMAT parquet)")
    return AnswerFile(table.name, (str(long),), "read_parquet(?)", '"item"', '"annotator"', '"label"')


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _in_utf8(path: Path, encoding: str, scratch: Path) -> Path:
    written = scratch / f"utf8-{path.name}"
    with written.open("w", encoding="utf-8", errors="replace", newline="") as out:
        out.writelines(text_lines(path, encoding, newline=""))
    return written


def _renamed(found: Sequence[str], told: tuple[str, ...], name: str) -> list[str]:
    """The columns' names: those that were told, from the left; a last … stands for the rest."""
    told = told[:-1] if told and told[-1] in _REST else told
    if len(told) > len(found):
        raise TooManyColumns(name=name, told=len(told), found=len(found))
    return list(found) if not told else [*told, *("" for _ in found[len(told) :])]


def _meant(table: Table, picks: Picks, needed: Sequence[str], may_be: Sequence[str]) -> dict[str, str]:
    """SQL for each of the columns that are `needed` and that `may_be`; `a+b` are two columns together."""
    places = _places(table.names)

    def find(meant: str) -> tuple[int, ...]:
        told = str(getattr(picks, meant))
        ways = [(told,), tuple(told.split("+"))] if told else [(name,) for name in ALSO_KNOWN_AS[meant]]
        for way in ways:
            found = [places.get(column.strip().casefold(), -1) for column in way]
            if min(found) >= 0:
                return tuple(found)
        if told or meant in needed:
            raise _missing(table.names, told or meant, meant, table.name)
        return ()

    found = {meant: find(meant) for meant in (*needed, *may_be)}
    return {meant: _joined([table.values[place] for place in several]) for meant, several in found.items() if several}


def _places(header: Sequence[str]) -> dict[str, int]:
    return {column.casefold(): place for place, column in reversed(list(enumerate(header))) if column}


def _missing(header: Sequence[str], column: str, meant: str, name: str) -> AnswerColumnMissing:
    shown = ", ".join(column for column in header if column)[:500]
    return AnswerColumnMissing(name=name, column=column, meant=meant, found=shown)


def _joined(values: Sequence[str]) -> str:
    """The value of one column, or of several together."""
    if len(values) == 1:
        return values[0]
    return "(" + " || '+' || ".join(f"CAST({value} AS VARCHAR)" for value in values) + ")"


def _value(column: str, kind: str) -> str:
    """A column's value: whole numbers as they are, anything else as text without space around it; empty is missing."""
    quoted = '"' + column.replace('"', '""') + '"'
    if kind.rstrip("0123456789").removeprefix("U").endswith("INT") or kind in {"INTEGER", "UINTEGER"}:
        return quoted
    return f"nullif(trim(CAST({quoted} AS VARCHAR)), '')"
