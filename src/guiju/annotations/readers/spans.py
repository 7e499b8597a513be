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
from guiju.annotations.imports.model import ImportOptions, Mark, Opened, RawSpan, Read, RefusedMark

ACCEPTED = "accept"


class _Span(msgspec.Struct):
    start: int
    end: int
    label: str
    score: float | None = None
    pieces: tuple[tuple[int, int], ...] = ()


class _Line(msgspec.Struct, rename={"prodigy": "_annotator_id"}):
    text: str
    spans: list[_Span] = []
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
    return Mark(position, item, who, text=line.text, spans=spans)


def _refused(position: int, item: str, annotator: str, reason: str) -> RefusedMark:
    return RefusedMark(position, item, annotator, MarkUnreadable.code, MarkUnreadable.sentence, {"reason": reason})
