"""Lists page by cursor: the key of the last row seen, never an offset that grows with the store."""

import base64
import binascii
from dataclasses import dataclass
from typing import Generic, TypeVar

import msgspec

from guiju.kit.errors import Refusal
from guiju.kit.words import N_

MAX_LIMIT = 200
Row = TypeVar("Row")


class BadCursor(Refusal):
    """A cursor that this server did not give out."""

    code = "bad-cursor"
    sentence = N_("The place in the list could not be read.")
    next_step = N_("Start from the first page of the list.")


@dataclass(frozen=True, slots=True)
class PageRequest:
    """Which page is wanted: at most `limit` rows after `cursor` (the key of the last row seen, or `None`)."""

    limit: int = 50
    cursor: str | None = None

    @property
    def size(self) -> int:
        return max(1, min(self.limit, MAX_LIMIT))


@dataclass(frozen=True, slots=True)
class Page(Generic[Row]):
    """One page of a list, and the cursor of the next one (`None` at the end)."""

    rows: list[Row]
    cursor: str | None


def encode_cursor(key: list[int | str | None]) -> str:
    """A sort key as an opaque cursor."""
    return base64.urlsafe_b64encode(msgspec.json.encode(key)).decode().rstrip("=")


def decode_cursor(cursor: str) -> list[int | str | None]:
    """The sort key in `cursor`. Raises `BadCursor`."""
    try:
        raw = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4))
        return msgspec.json.decode(raw, type=list[int | str | None])
    except (binascii.Error, ValueError, msgspec.DecodeError) as error:
        raise BadCursor(cursor=cursor[:40]) from error
