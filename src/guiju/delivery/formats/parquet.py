"""Parquet, and with a README a folder that the datasets library opens. docs/formats/parquet.md describes both.

DuckDB writes it from JSON Lines beside it, on one thread and uncompressed: the same rows, the same bytes.
"""

import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import msgspec

from guiju.delivery.formats.model import EVERYTHING, Format, Source
from guiju.delivery.model import Row
from guiju.delivery.packing import named_part
from guiju.kinds import ITEM, KINDS, Answer, Choice, ChoiceOptions, FieldShape, Rating, Written, decode_answers
from guiju.kit import N_

FILE = "annotations.parquet"
PIECE = 1 << 20
# A group of rows is held in memory until it is written.
ROWS_IN_GROUP = 10_240
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
        with lines.open("wb") as out:
            for row in source.rows():
                out.write(_encode(_record(row, columns)) + b"\n")
        settings = {"threads": "1", "memory_limit": "512MB", "preserve_insertion_order": "true"}
        offline = {"autoinstall_known_extensions": "false", "autoload_known_extensions": "false"}
        with duckdb.connect(config={**settings, **offline, "temp_directory": str(Path(folder, "spilled"))}) as engine:
            said = ", ".join(f"{_quoted(name)}: {_quoted(kind)}" for name, kind in columns.items())
            rows = f"read_json({_quoted(str(lines))}, format='newline_delimited', columns={{{said}}}"
            select = f"SELECT * FROM {rows}, maximum_object_size=33554432)"  # noqa: S608 - our own names, quoted
            form = f"FORMAT parquet, COMPRESSION uncompressed, ROW_GROUP_SIZE {ROWS_IN_GROUP}"
            engine.execute(f"COPY ({select}) TO {_quoted(str(target))} ({form})")
        with target.open("rb") as file:
            while piece := file.read(PIECE):
                yield piece


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _record(row: Row, columns: Mapping[str, str]) -> dict[str, Any]:
    status = "accepted" if row.accepted else "resolved"
    own = {"name": row.name, "media": row.media, "sha256": row.hash, "status": status, "rulebook": row.rulebook}
    sizes = {"text": row.text, "width": row.width, "height": row.height, "duration": row.duration}
    answers = decode_answers(row.answers)
    asked = {name: _value(answers.get(name.removeprefix("answer.")), kind) for name, kind in columns.items()}
    told = {name: value for name, value in asked.items() if name not in _OWN}
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
