"""JSON Lines: one item a line with its answers, of every kind. docs/formats/jsonl.md describes it."""

from collections.abc import Iterator

import msgspec

from guiju.delivery.formats.model import EVERYTHING, Format, Source
from guiju.delivery.model import Row
from guiju.kinds import KINDS
from guiju.kit import N_

LINES_AT_ONCE = 1_000


class _Line(msgspec.Struct, frozen=True, omit_defaults=True):
    """Fields in the order in which they are written; what is absent is left out."""

    name: str
    media: str
    sha256: str
    answers: msgspec.Raw
    rulebook: str
    status: str
    text: str | None = None
    width: int | None = None
    height: int | None = None
    meta: msgspec.Raw | None = None


def _line(row: Row) -> _Line:
    return _Line(
        row.name,
        row.media,
        row.hash,
        msgspec.Raw(row.answers.encode()),
        row.rulebook,
        "accepted" if row.accepted else "resolved",
        row.text,
        row.width,
        row.height,
        msgspec.Raw(row.meta.encode()) if row.meta else None,
    )


def write(source: Source) -> Iterator[bytes]:
    encode = msgspec.json.Encoder().encode_lines
    waiting: list[_Line] = []
    for row in source.rows():
        waiting.append(_line(row))
        if len(waiting) == LINES_AT_ONCE:
            yield encode(waiting)
            waiting = []
    if waiting:
        yield encode(waiting)


JSONL = Format(
    "jsonl", N_("JSON Lines, one item a line"), "annotations.jsonl", frozenset(KINDS), write, targets=EVERYTHING
)
