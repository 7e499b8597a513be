"""A query's answer written to a file as it comes: JSON Lines, one row in memory for each row that the batch has."""

import math
import shutil
from base64 import b64encode
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, TypeAlias, cast

import msgspec

from guiju.data.intake.layouts import name_columns
from guiju.feeds.errors import TooManyRows, TooMuchData
from guiju.feeds.rules import columns_named
from guiju.feeds.wells.model import Answer, Limits
from guiju.storage.full import writing_files

KEPT_FREE = 200_000_000
_PLAIN = frozenset({str, bool, type(None)})
_LARGEST = 2**63
Pick: TypeAlias = Callable[[Sequence[bytes]], Sequence[bytes]]
_encoder = msgspec.json.Encoder(enc_hook=str)


def write_rows(
    answer: Answer, path: Path, limits: Limits, name: str, *, pick: Pick = list, each: Callable[[int], None]
) -> tuple[int, int]:
    """Write the rows that `pick` lets through; how many there were, and how many were written.

    `each` is told the number of rows after every batch.

    Raises `TooManyRows`, `TooMuchData`, `TooManyColumns`, `StorageFull`, and what reading the answer raises.
    """
    columns = name_columns(name, columns_named(answer.columns))
    rows = written = 0
    with path.open("wb") as file, writing_files():
        for batch in answer.batches:
            rows += len(batch)
            if rows > limits.rows:
                raise TooManyRows(rows=f"{limits.rows:,}")
            free = shutil.disk_usage(path.parent).free
            if free < KEPT_FREE:
                raise TooMuchData(size=f"{file.tell():,}", free=f"{free:,}")
            lines = pick([_line(columns, row) for row in batch])
            file.writelines(lines)
            written += len(lines)
            each(rows)
    return rows, written


def _line(columns: Sequence[str], row: Sequence[object]) -> bytes:
    return _encoder.encode(dict(zip(columns, map(plain, row), strict=True))) + b"\n"


def write_sample(answer: Answer, path: Path, rows: int, name: str) -> int:
    """Write the first rows; how many there were."""
    columns = name_columns(name, columns_named(answer.columns))
    taken: list[Sequence[Any]] = []
    for batch in answer.batches:
        taken += batch[: rows - len(taken)]
        if len(taken) >= rows:
            break
    path.write_bytes(b"".join(_line(columns, row) for row in taken))
    return len(taken)


def plain(value: object) -> object:
    """What JSON knows: decimals, dates and all else as their text; bytes as text where they are UTF-8, else Base64.

    >>> plain(b"\\xe4\\xb8\\xad"), plain(b"\\xff\\x00"), plain(2**70)
    ('中', '/wA=', '1180591620717411303424')
    """
    kind = type(value)
    if kind in _PLAIN:
        return value
    if kind is int or kind is float:
        return value if _is_said(cast(float, value)) else str(value)
    if isinstance(value, bytes | bytearray | memoryview):
        return _text_of(cast("bytes", value))
    if isinstance(value, list | tuple):
        return [plain(one) for one in cast("list[object]", value)]
    if isinstance(value, dict):
        return {str(key): plain(one) for key, one in cast("dict[object, object]", value).items()}
    return str(value)


def _is_said(number: float) -> bool:
    """Whether JSON can say it, and whoever reads it knows it again."""
    return -_LARGEST <= number < _LARGEST if isinstance(number, int) else math.isfinite(number)


def _text_of(content: bytes) -> str:
    value = bytes(content)
    try:
        text = value.decode()
    except UnicodeDecodeError:
        return b64encode(value).decode()
    return b64encode(value).decode() if "\0" in text else text
