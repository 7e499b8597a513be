"""Arrow's file format (IPC, Feather version 2): the columns of Parquet. docs/formats/parquet.md describes both.

It is written by pyarrow, which is optional; not compressed, a batch of rows at a time: the same rows, the same bytes.
"""

import tempfile
from collections.abc import Iterator
from typing import Any

from guiju.delivery.formats.model import EVERYTHING, Format, Source
from guiju.delivery.formats.parquet import GROUP_BYTES, PIECE, columns_of, record_of
from guiju.kinds import KINDS
from guiju.kit import N_

ROWS_IN_BATCH = 2_048
_TYPES = {"VARCHAR": "string", "INTEGER": "int32", "DOUBLE": "float64"}


def write(source: Source) -> Iterator[bytes]:
    import pyarrow as pa  # noqa: PLC0415 - an extra, 100 MB that only this format costs

    arrow: Any = pa
    columns = columns_of(source.fields)
    plain = {name: getattr(arrow, _TYPES[kind.removesuffix("[]")])() for name, kind in columns.items()}
    types = {name: arrow.list_(plain[name]) if kind.endswith("[]") else plain[name] for name, kind in columns.items()}
    schema = arrow.schema(list(types.items()))
    with tempfile.TemporaryFile() as file:
        with arrow.ipc.new_file(file, schema) as out:
            for records in _batches(source, columns):
                out.write_batch(arrow.RecordBatch.from_pylist(records, schema=schema))
        file.seek(0)
        while piece := file.read(PIECE):
            yield piece


def _batches(source: Source, columns: dict[str, str]) -> Iterator[list[dict[str, Any]]]:
    """So many rows, or as many as have so many bytes."""
    some, weight = list[dict[str, Any]](), 0
    for row in source.rows():
        some.append(record_of(row, columns))
        weight += len(row.answers) + len(row.text or "")
        if len(some) == ROWS_IN_BATCH or weight >= GROUP_BYTES:
            yield some
            some, weight = [], 0
    if some:
        yield some


ARROW = Format(
    "arrow",
    N_("Arrow (Feather): the columns of Parquet, as a program maps them into its memory"),
    "annotations.arrow",
    frozenset(KINDS),
    write,
    targets=EVERYTHING,
    needs=("arrow", "pyarrow"),
)
