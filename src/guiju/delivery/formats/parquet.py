"""Parquet, and with a README a folder that the datasets library opens. docs/formats/parquet.md describes both.

DuckDB writes it from JSON Lines beside it, on one thread and uncompressed: the same rows, the same bytes. What it holds
at once is measured by the rows, never by the machine: a buffer as large as the longest line needs, and groups of rows
that have so many bytes at most.
"""

import errno
import os
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from guiju.delivery.formats.model import EVERYTHING, Format, Source
from guiju.delivery.model import Row
from guiju.delivery.packing import named_part
from guiju.kinds import ITEM, KINDS, Answer, Choice, ChoiceOptions, FieldShape, Rating, Written, decode_stored
from guiju.kit import N_

FILE = "annotations.parquet"
PIECE = 1 << 20
# A group of rows is held in memory until it is written.
ROWS_IN_GROUP = 10_240
GROUP_BYTES = 32 << 20
ROWS_WEIGHED = 1_024
LEAST_LINE = 1 << 20
# What the engine needs beside the lines; more would be filled with pages that nobody reads again.
ENGINE_BYTES = 128 << 20
LINES_HELD = 8
_OWN = {
    "name": "VARCHAR",
    "media": "VARCHAR",
    "sha256": "VARCHAR",
    "status": "VARCHAR",
    "rulebook": "VARCHAR",
    "text": "VARCHAR",
    "width": "INTEGER",
    "height": "INTEGER",
    "duration": "INTEGER",
    "meta": "VARCHAR",
    "answers": "VARCHAR",
}
_encode = msgspec.json.Encoder().encode


def columns_of(fields: tuple[FieldShape, ...]) -> dict[str, str]:
    """The columns with their types in DuckDB's words: the item's own, then one for each plain answer about it."""
    asked = {f"answer.{field.id}": kind for field in fields if (kind := _type_of(field))}
    return {**_OWN, **asked}


def _type_of(field: FieldShape) -> str | None:
    if field.target != ITEM:
        return None
    if field.kind == "choice":
        return "VARCHAR[]" if field.option(ChoiceOptions).multiple else "VARCHAR"
    return {"rating": "DOUBLE", "text": "VARCHAR"}.get(field.kind)


def write(source: Source) -> Iterator[bytes]:
    import duckdb  # noqa: PLC0415 - 30 MB that only Parquet costs

    columns = columns_of(source.fields)
    with tempfile.TemporaryDirectory() as folder:
        lines, target = Path(folder, "rows.jsonl"), Path(folder, FILE)
        weight = _write_lines(lines, (_encode(record_of(row, columns)) + b"\n" for row in source.rows()))
        limit = (ENGINE_BYTES + LINES_HELD * weight.longest) >> 20
        settings = {"threads": "1", "memory_limit": f"{limit}MiB", "preserve_insertion_order": "true"}
        offline = {"autoinstall_known_extensions": "false", "autoload_known_extensions": "false"}
        with duckdb.connect(config={**settings, **offline, "temp_directory": str(Path(folder, "spilled"))}) as engine:
            said = ", ".join(f"{_quoted(name)}: {_quoted(kind)}" for name, kind in columns.items())
            rows = f"read_json({_quoted(str(lines))}, format='newline_delimited', columns={{{said}}}"
            select = f"SELECT * FROM {rows}, maximum_object_size={weight.longest})"  # noqa: S608 - our own names, quoted
            form = f"FORMAT parquet, COMPRESSION uncompressed, ROW_GROUP_SIZE {weight.rows_in_group}"
            try:
                engine.execute(f"COPY ({select}) TO {_quoted(str(target))} ({form})")
            except duckdb.IOException as error:
                raise _as_full(error) from error
        with target.open("rb") as file:
            while piece := file.read(PIECE):
                yield piece


class _Weight(NamedTuple):
    """How long the longest line is, and how many rows a group may have: as many as their heaviest neighbours allow."""

    longest: int
    rows_in_group: int


def _write_lines(place: Path, lines: Iterable[bytes]) -> _Weight:
    longest, weight, heaviest = LEAST_LINE, 0, 1
    with place.open("wb") as out:
        for number, line in enumerate(lines, 1):
            out.write(line)
            longest, weight = max(longest, len(line)), weight + len(line)
            if number % ROWS_WEIGHED == 0:
                heaviest, weight = max(heaviest, weight), 0
    heaviest = max(heaviest, weight)
    return _Weight(longest, max(1, min(ROWS_IN_GROUP, GROUP_BYTES * ROWS_WEIGHED // heaviest)))


def _as_full(error: Exception) -> Exception:
    """The engine says in words alone that the disk is full."""
    return OSError(errno.ENOSPC, str(error)) if os.strerror(errno.ENOSPC) in str(error) else error


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def record_of(row: Row, columns: Mapping[str, str]) -> dict[str, Any]:
    """What stands in each column of a row."""
    status = "accepted" if row.accepted else "resolved"
    own = {"name": row.name, "media": row.media, "sha256": row.hash, "status": status, "rulebook": row.rulebook}
    sizes = {"text": row.text, "width": row.width, "height": row.height, "duration": row.duration}
    plain = [(name, kind) for name, kind in columns.items() if name not in _OWN]
    answers = decode_stored(row.answers) if plain else {}
    told = {name: _value(answers.get(name.removeprefix("answer.")), kind) for name, kind in plain}
    return {**own, **sizes, "meta": row.meta, "answers": row.answers, **told}


def _value(answer: Answer | None, kind: str) -> object:
    match answer:
        case Choice(labels=labels):
            return list(labels) if kind.endswith("[]") else next(iter(labels), None)
        case Rating(value=value):
            return value
        case Written(text=text):
            return text
        case _:
            return None


def write_readme(source: Source) -> Iterator[bytes]:
    """The head that the datasets library reads: which file is which split."""
    files = [(part, named_part(FILE, part)) for part in source.parts] or [("train", FILE)]
    lines = ["---", f"pretty_name: {_json(source.project)}", "configs:", "- config_name: default", "  data_files:"]
    lines += [f"  - split: {part}\n    path: {name}" for part, name in files]
    told = f"Labels: {', '.join(label.id for label in source.labels)}. Rulebook {source.rulebook}; see data_card.md."
    yield "\n".join([*lines, "---", "", f"# {source.project}", "", told, ""]).encode()


def _json(text: str) -> str:
    return _encode(text).decode()


PARQUET = Format(
    "parquet",
    N_("Parquet: one item a row, plain answers as columns, all of them as JSON"),
    FILE,
    frozenset(KINDS),
    write,
    targets=EVERYTHING,
)
DATASETS = Format(
    "datasets",
    N_("A folder for Hugging Face datasets: Parquet with its README"),
    FILE,
    frozenset(KINDS),
    write,
    targets=EVERYTHING,
    once={"README.md": write_readme},
)
