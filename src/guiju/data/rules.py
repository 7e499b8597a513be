"""What is decided about the copies that are served: types, ranges of bytes, cells of a table. Pure."""

import re
from dataclasses import dataclass

SERVED_AS = {
    "image/tiff": "image/png",
    "image/bmp": "image/png",
    "image/heic": "image/png",
    "audio/x-wav": "audio/flac",
}
_RANGE = re.compile(r"bytes=(\d*)-(\d*)")


@dataclass(frozen=True, slots=True)
class ByteRange:
    """Bytes `start` to `end`, both included."""

    start: int
    end: int

    @property
    def length(self) -> int:
        return self.end - self.start + 1


def plan_range(header: str | None, size: int) -> ByteRange | None:
    """The one range that a `Range` header asks for; `None` for the whole. Raises `LookupError` outside of it."""
    asked = _RANGE.fullmatch((header or "").strip())
    if asked is None or asked.group(0) == "bytes=-":
        return None
    first, last = asked.groups()
    if not first:
        start, end = max(size - int(last), 0), size - 1
    else:
        start, end = int(first), min(int(last), size - 1) if last else size - 1
    if start > end or start >= size:
        raise LookupError(header)
    return ByteRange(start, end)


def safe_cell(text: str) -> str:
    """A cell that a spreadsheet shows and does not compute."""
    return "'" + text if text[:1] in {"=", "+", "-", "@", "\t", "\r"} else text
