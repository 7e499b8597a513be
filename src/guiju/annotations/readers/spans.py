"""JSON Lines of spans, as spaCy and Prodigy have them: `{"text", "spans": [{"start", "end", "label"}]}`.

A span in several pieces has them as `pieces`, `[[start, end], …]`, as a delivery writes them.

Offsets count Unicode code points. An item's name is `meta.name`, `name` or `id`; without one its text finds it. Who
answered is `annotator`, else Prodigy's `_annotator_id`; what was not answered "accept" is no answer and is left out.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec

from guiju.annotations.imports.errors import MarkUnreadable, WorkUnreadable
from guiju.annotations.imports.model import ImportOptions, Mark, Opened, RawLink, RawSpan, Read, RefusedMark

ACCEPTED = "accept"


class _Span(msgspec.Struct):
    start: int
    end: int
    label: str
    score: float | None = None
    pieces: tuple[tuple[int, int], ...] = ()


class _End(msgspec.Struct):
    start: int
    end: int
    label: str | None = None


class _Relation(msgspec.Struct):
    label: str
    head_span: _End
    child_span: _End
    score: float | None = None


class _Line(msgspec.Struct, rename={"prodigy": "_annotator_id"}):
    text: str
    spans: list[_Span] = []
    relations: list[_Relation] | None = None
    meta: dict[str, Any] = {}
    name: str = ""
    id: int | str = ""
    annotator: str = ""
    prodigy: str = ""
    answer: str = ACCEPTED


_decoder = msgspec.json.Decoder(_Line)


def open_spans(path: Path, name: str, options: ImportOptions) -> Opened:
    """Count the lines. Raises `WorkUnreadable` where not even the first one is an object."""
    with path.open("rb") as file:
        first = next((line for line in file if line.strip()), b"")
    if not first.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"{"):
        raise WorkUnreadable(name=name, format="spacy", reason="it has no lines with an object each")
    with path.open("rb") as file:
        total = sum(1 for line in file if line.strip())
    return Opened(total, lambda: _marks(path, options.annotator))


def _marks(path: Path, maker: str) -> Iterator[Read]:
    with path.open("rb") as file:
        for position, raw in enumerate(file, start=1):
            line = raw.removeprefix(b"\xef\xbb\xbf")
            if not line.strip():
                continue
            try:
                found = _decoder.decode(line)
            except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
                yield _refused(position, "", "", str(error).rstrip(".")[:200])
                continue
            if found.answer == ACCEPTED:
                yield _mark(position, found, maker)


def _mark(position: int, line: _Line, maker: str) -> Read:
    item = str(line.meta.get("name") or line.name or line.id)
    who = line.annotator or line.prodigy or maker
    behind = next((span for span in line.spans if not 0 <= span.start < span.end <= len(line.text)), None)
    if behind is not None:
        reason = f"a span from {behind.start} to {behind.end} does not lie in its text of {len(line.text)} characters"
        return _refused(position, item, who, reason)
    spans = tuple(RawSpan(span.label, span.start, span.end, span.score, span.pieces) for span in line.spans)
    try:
        links = None if line.relations is None else tuple(_link(one, line.spans) for one in line.relations)
    except _NoSpanError as error:
        return _refused(position, item, who, str(error))
    return Mark(position, item, who, text=line.text, spans=spans, links=links)


class _NoSpanError(Exception):
    """A relation has an end that is no span of its line."""


def _link(one: _Relation, spans: list[_Span]) -> RawLink:
    return RawLink(one.label, _place_of(one.head_span, spans), _place_of(one.child_span, spans), one.score)


def _place_of(end: _End, spans: list[_Span]) -> int:
    """The place of the span that a relation ends at, by where it lies and, where it says so, its label."""
    fits = (end.label is None or span.label == end.label for span in spans)
    for at, (span, fit) in enumerate(zip(spans, fits, strict=True)):
        if fit and (span.start, span.end) == (end.start, end.end):
            return at
    raise _NoSpanError(f"a relation ends from {end.start} to {end.end}, where there is no such span")


def _refused(position: int, item: str, annotator: str, reason: str) -> RefusedMark:
    return RefusedMark(position, item, annotator, MarkUnreadable.code, MarkUnreadable.sentence, {"reason": reason})
