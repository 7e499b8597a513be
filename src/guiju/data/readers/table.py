"""What every reader of rows shares: a table that was looked at, and a row's other columns as JSON."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import msgspec

from guiju.data.intake.model import Record

_encode = msgspec.json.Encoder().encode


@dataclass(frozen=True, slots=True)
class TextTable:
    """A text file ready to be read: about `total` records, in `encoding`."""

    total: int
    encoding: str
    records: Callable[[], Iterator[Record]]


def meta_of(columns: dict[str, object]) -> str | None:
    """A record's other columns as a JSON object. Lone surrogates and NUL become U+FFFD: only the text must be exact."""
    if not columns:
        return None
    try:
        encoded = _encode(columns).decode()
    except (UnicodeEncodeError, msgspec.ValidationError, TypeError, ValueError):
        encoded = _encode({_clean(key): _clean(value) for key, value in columns.items()}).decode()
    return encoded.replace("\\u0000", "\ufffd")


def _clean(value: object) -> str:
    return str(value).encode("utf-8", errors="replace").decode()
