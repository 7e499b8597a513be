"""A file of answers as a relation that DuckDB can read: which columns it has, and which of them are meant."""

import csv
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
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
    """What was said of the columns: all of them by name for a file without a header, and which one is which."""

    columns: tuple[str, ...] = ()
    item: str = ""
    annotator: str = ""
    label: str = ""
    gold: str = ""


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
    if path.is_dir():
        return _open_parquet(path, tuple(sorted(str(each) for each in path.rglob("*.parquet"))), picks)
    if not path.is_file() or path.stat().st_size == 0:
        raise AnswersAbsent(name=path.name)
    if path.suffix.casefold() in {".parquet", ".pq"}:
        return _open_parquet(path, (str(path),), picks)
    return _open_rows(path, picks, scratch)


def _open_parquet(path: Path, files: tuple[str, ...], picks: Picks) -> AnswerFile:
    if not files:
        raise AnswersAbsent(name=path.name)
    with engine() as connection, readable(path.name):
        described = connection.execute("DESCRIBE SELECT * FROM read_parquet(?)", [list(files)]).fetchall()
    told = _renamed([str(row[0]) for row in described], picks.columns, path.name)
    kinds = {row[0]: str(row[1]) for row in described}
    found = _meant(told, picks, path.name)
    columns = {
        meant: _joined([(described[place][0], kinds[described[place][0]]) for place in places])
        for meant, places in found.items()
    }
    return AnswerFile(path.name, files, "read_parquet(?)", **columns)


def _open_rows(path: Path, picks: Picks, scratch: Path) -> AnswerFile:
    encoding = find_encoding(path, path.name).encoding if path.stat().st_size <= LOOKED_THROUGH else "utf-8"
    first = next((line for line in text_lines(path, encoding, newline="") if line.strip()), "")
    sign = decide_delimiter(first, path.suffix.casefold())
    header = [cell.strip() for cell in next(csv.reader([first], delimiter=sign), list[str]())]
    if encoding not in {"utf-8", "utf-8-sig", "ascii"}:
        path = _in_utf8(path, encoding, scratch)
    found = _meant(_renamed(header, picks.columns, path.name), picks, path.name)
    places = ", ".join(f"'c{place}': 'VARCHAR'" for place in range(len(header)))
    # one sign stands in the text, and it is one of four: nothing of the file's own does
    has_header = "false" if picks.columns else "true"
    source = (
        f"read_csv(?, auto_detect=false, header={has_header}, delim='{sign}', quote='\"', escape='\"',"
        f" columns={{{places}}})"
    )
    columns = {meant: _joined([(f"c{place}", "VARCHAR") for place in several]) for meant, several in found.items()}
    return AnswerFile(path.name, (str(path),), source, **columns)


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


def _meant(header: Sequence[str], picks: Picks, name: str) -> dict[str, tuple[int, ...]]:
    """Which places have the item, the annotator, the label, and the gold answer if there is one; `a+b` are two."""
    places = {column.casefold(): place for place, column in reversed(list(enumerate(header))) if column}

    def find(meant: str, told: str) -> tuple[int, ...]:
        ways = [(told,), tuple(told.split("+"))] if told else [(name,) for name in ALSO_KNOWN_AS[meant]]
        for way in ways:
            found = [places.get(column.strip().casefold(), -1) for column in way]
            if min(found) >= 0:
                return tuple(found)
        if told or meant != "gold":
            shown = ", ".join(column for column in header if column)[:500]
            raise AnswerColumnMissing(name=name, column=told or meant, meant=meant, found=shown)
        return ()

    told = {"item": picks.item, "annotator": picks.annotator, "label": picks.label, "gold": picks.gold}
    found = {meant: find(meant, column) for meant, column in told.items()}
    return {meant: several for meant, several in found.items() if several}


def _joined(columns: Sequence[tuple[str, str]]) -> str:
    """The value of one column, or of several together."""
    values = [_value(column, kind) for column, kind in columns]
    if len(values) == 1:
        return values[0]
    return "(" + " || '+' || ".join(f"CAST({value} AS VARCHAR)" for value in values) + ")"


def _value(column: str, kind: str) -> str:
    """A column's value: whole numbers as they are, anything else as text without space around it; empty is missing."""
    quoted = '"' + column.replace('"', '""') + '"'
    if kind.rstrip("0123456789").removeprefix("U").endswith("INT") or kind in {"INTEGER", "UINTEGER"}:
        return quoted
    return f"nullif(trim(CAST({quoted} AS VARCHAR)), '')"
