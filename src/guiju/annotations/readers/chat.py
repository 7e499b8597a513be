"""Conversations for tuning a model, JSON Lines of `messages`: the last one is what the assistant should say.

That is the written answer; what comes before it is the item. Of a line that a delivery wrote, `meta` names item and
field; several lines about one item are one record.
"""

from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from typing import Any, TypeAlias

import msgspec

from guiju.annotations.imports.errors import MarkUnreadable, WorkUnreadable
from guiju.annotations.imports.model import ImportOptions, Mark, Opened, Read, RefusedMark, Said
from guiju.annotations.imports.parts import TEXT
from guiju.data.intake.dialogues import About, listed_or_refused
from guiju.data.intake.model import DialogueRecord


class _Message(msgspec.Struct, frozen=True):
    role: str
    content: str


class _Meta(msgspec.Struct, frozen=True):
    """Where a delivered line is from; lines of other makers have none of it."""

    name: str = ""
    sha256: str = ""
    field: str = ""
    kind: str = TEXT
    annotator: str = ""


class _Line(msgspec.Struct, frozen=True):
    messages: list[_Message]
    meta: _Meta = _Meta()


_decoder = msgspec.json.Decoder(_Line)
_Numbered: TypeAlias = tuple[int, _Line]


def open_messages(path: Path, name: str, options: ImportOptions) -> Opened:
    """Count the lines. Raises `WorkUnreadable` where not even the first one is an object."""
    with path.open("rb") as file:
        first = next((line for line in file if line.strip()), b"")
    if not first.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"{"):
        raise WorkUnreadable(name=name, format="messages", reason="it has no lines with an object each")
    with path.open("rb") as file:
        total = sum(1 for line in file if line.strip())
    return Opened(total, lambda: _marks(path, options.annotator))


def _marks(path: Path, maker: str) -> Iterator[Read]:
    for _, group in groupby(_lines(path), _about):
        some = list(group)
        yield from (one for one in some if isinstance(one, RefusedMark))
        if lines := [one for one in some if not isinstance(one, RefusedMark)]:
            yield _mark(lines, maker)


def _about(read: RefusedMark | _Numbered) -> tuple[object, ...]:
    """Lines that a delivery wrote of one item stand together; any other is a record of its own."""
    if isinstance(read, RefusedMark):
        return (read.position,)
    position, line = read
    meta = line.meta
    own = (meta.name, meta.sha256, meta.annotator)
    return own if meta.name and meta.sha256 and meta.field else (position,)


def _lines(path: Path) -> Iterator[RefusedMark | _Numbered]:
    with path.open("rb") as file:
        for position, raw in enumerate(file, start=1):
            if raw.strip():
                yield _read(position, raw.removeprefix(b"\xef\xbb\xbf"))


def _read(position: int, raw: bytes) -> RefusedMark | _Numbered:
    try:
        line = _decoder.decode(raw)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        return _refused(position, "", str(error))
    if len(line.messages) < 2 or line.messages[-1].role != "assistant":
        return _refused(position, line.meta.name, "it does not end in what the assistant says to something")
    if line.meta.kind != TEXT:
        return _refused(position, line.meta.name, "it says which answer was best, and not how the others were ranked")
    return position, line


def _refused(position: int, item: str, reason: str) -> RefusedMark:
    details: dict[str, object] = {"reason": reason.rstrip(".")[:200]}
    return RefusedMark(position, item, "", MarkUnreadable.code, MarkUnreadable.sentence, details)


def _mark(lines: list[_Numbered], maker: str) -> Mark:
    position, first = lines[0]
    said, *more = (_said(line) for _, line in lines)
    return Mark(
        position,
        first.meta.name,
        first.meta.annotator or maker,
        said.labels,
        field=said.field,
        text=_content(first.messages[:-1]),
        more=tuple(more),
        cell=said.cell,
        kinds=said.kinds,
    )


def _said(line: _Line) -> Said:
    answer = line.messages[-1].content
    return Said(line.meta.field, (answer,), cell=answer, kinds=(TEXT,))


def _content(before: list[_Message]) -> str | None:
    """What an item of these messages holds: one thing that the user says is a text, more is a dialogue."""
    if len(before) == 1 and before[0].role == "user":
        return before[0].content
    told: list[Any] = [{"role": one.role, "content": one.content} for one in before]
    record = listed_or_refused(told, About(0, "", None, "UTF-8"))
    return record.body if isinstance(record, DialogueRecord) else None
