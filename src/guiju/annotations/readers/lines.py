"""JSON Lines in the house's own form: `{"name", "answers": {field: answer}}`, as a delivery writes them, of every kind.

Who answered is `annotator`, how sure they were `confidence`, and of single parts `scores: {field: {part: score}}`.
Other members of a delivered line (`sha256`, `rulebook`, `status` …) are passed over.
"""

from collections.abc import Iterator
from pathlib import Path

import msgspec

from guiju.annotations.imports.errors import MarkUnreadable, WorkUnreadable
from guiju.annotations.imports.model import ImportOptions, Mark, Opened, Read, RefusedMark
from guiju.annotations.readers.rows import milliseconds, moment
from guiju.kinds import Answer
from guiju.kinds.codec import tidy_answers


class _Line(msgspec.Struct):
    answers: dict[str, Answer]
    name: str = ""
    text: str | None = None
    media: str = ""
    annotator: str = ""
    confidence: float | None = None
    scores: dict[str, dict[str, float]] = {}
    seconds: float | None = None
    at: str = ""


_decoder = msgspec.json.Decoder(_Line)


def open_lines(path: Path, name: str, options: ImportOptions) -> Opened:
    """Count the lines. Raises `WorkUnreadable` where not even the first one is an object."""
    with path.open("rb") as file:
        first = next((line for line in file if line.strip()), b"")
    if not first.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"{"):
        raise WorkUnreadable(name=name, format="jsonl", reason="it has no lines with an object each")
    with path.open("rb") as file:
        total = sum(1 for line in file if line.strip())
    return Opened(total, lambda: _marks(path, options.annotator))


def _marks(path: Path, maker: str) -> Iterator[Read]:
    with path.open("rb") as file:
        for position, raw in enumerate(file, start=1):
            line = raw.removeprefix(b"\xef\xbb\xbf")
            if line.strip():
                yield read_line(position, line, maker)


def read_line(position: int, raw: bytes, maker: str) -> Read:
    """One record in the house's own form, or why it is none."""
    try:
        line = _decoder.decode(raw)
        at = moment(line.at) if line.at else None
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError, ValueError) as error:
        details: dict[str, object] = {"reason": str(error).rstrip(".")[:200]}
        return RefusedMark(position, "", "", MarkUnreadable.code, MarkUnreadable.sentence, details)
    return Mark(
        position,
        line.name,
        line.annotator or maker,
        text=line.text,
        active_ms=milliseconds(line.seconds) if line.seconds is not None else None,
        at=at,
        confidence=line.confidence,
        answers=tidy_answers(line.answers),
        scores=line.scores,
        on_image=line.media == "image",
    )
