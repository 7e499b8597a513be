"""In which encoding a text file is written: its mark, then UTF-8 if it holds, then what its bytes look like."""

import codecs
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from io import TextIOWrapper
from pathlib import Path

from guiju.data.intake.errors import EncodingUnknown, EncodingWrong

LINE_BYTES = 8_000_000
LINE_CHARACTERS = 8_000_000
SAMPLE_BYTES = 200_000
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_LIKELY = 0.7


@dataclass(frozen=True, slots=True)
class Written:
    """What a look through a file says: its encoding and about how many lines it has."""

    encoding: str
    lines: int


def find_encoding(path: Path, name: str, asked: str | None = None) -> Written:
    """Look through the whole file once; `asked` is the encoding that somebody said.

    Raises `EncodingUnknown`, `EncodingWrong`.
    """
    about = path.stat()
    found = _found(path, Path(name).name, about.st_size, about.st_mtime_ns, asked is None)
    return Written(_known(asked), found.lines) if asked is not None else found


def _known(asked: str) -> str:
    try:
        known = codecs.lookup(asked).name
        "".encode(known)
    except (LookupError, UnicodeError) as error:
        raise EncodingWrong(encoding=asked[:40]) from error
    return known


@lru_cache(64)  # a page asks for the same file again with each change of its mapping
def _found(path: Path, name: str, size: int, changed: int, guess: bool) -> Written:  # noqa: ARG001 - its key
    with path.open("rb") as file:
        head = file.read(4096)
    marked = next((encoding for mark, encoding in _MARKS if head.startswith(mark)), None) or _without_mark(head)
    lines, good, bad, sample = _look_through(path)
    if not guess:
        return Written("", lines)
    if marked is not None:
        return Written(marked, lines)
    if bad == 0 or good > bad:
        return Written("utf-8", lines)
    return Written(_legacy(sample, name), lines)


def _without_mark(head: bytes) -> str | None:
    """UTF-16 without its mark: commas, digits and line ends leave zeros at every other place, and UTF-8 it is not."""
    even, odd = head[0::2].count(0), head[1::2].count(0)
    most, least = max(even, odd), min(even, odd)
    if most < 2 or least * 4 > most or (most * 4 < len(head) and _is_utf8(head)):
        return None
    return "utf-16-le" if odd > even else "utf-16-be"


def _is_utf8(head: bytes) -> bool:
    try:
        codecs.getincrementaldecoder("utf-8")().decode(head)
    except UnicodeDecodeError:
        return False
    return True


def _look_through(path: Path) -> tuple[int, int, int, bytes]:
    """Lines; those beyond ASCII that are UTF-8 and that are not; a sample of the latter."""
    lines = good = bad = 0
    sample = bytearray()
    with path.open("rb") as file:
        while line := file.readline(LINE_BYTES):
            lines += 1
            if line.isascii():
                continue
            try:
                line.decode()
                good += 1
            except UnicodeDecodeError:
                bad += 1
                if len(sample) < SAMPLE_BYTES:
                    sample += line[:SAMPLE_BYTES]
    return lines, good, bad, bytes(sample)


def _legacy(sample: bytes, name: str) -> str:
    gb, big5 = _share_of_common(sample, "gb18030"), _share_of_common(sample, "big5")
    if max(gb, big5) >= _LIKELY:
        return "gb18030" if gb >= big5 else "big5"
    from charset_normalizer import from_bytes  # noqa: PLC0415 - 40 ms that only a file in a rare encoding costs

    best = from_bytes(sample).best()
    if best is None:
        raise EncodingUnknown(name=name)
    return best.encoding


def _share_of_common(sample: bytes, encoding: str) -> float:
    """The share of characters beyond ASCII that are everyday hanzi or punctuation in this encoding.

    GB 2312 puts its 3,755 commonest hanzi at lead bytes B0-D7, Big5 its 5,401 at A4-C6, both punctuation at A1-A3.
    """
    low, high = (0xB0, 0xD7) if encoding == "gb18030" else (0xA4, 0xC6)
    common = total = 0
    for character in sample.decode(encoding, errors="replace"):
        if character.isascii():
            continue
        total += 1
        code = character.encode(encoding, errors="ignore") if character != "\ufffd" else b""
        is_plain = encoding != "gb18030" or (len(code) == 2 and code[1] >= 0xA1)
        common += bool(code) and is_plain and (low <= code[0] <= high or 0xA1 <= code[0] <= 0xA3)
    return common / total if total else 0.0


def text_lines(path: Path, encoding: str, *, newline: str | None) -> Iterator[str]:
    """The file's lines. A byte that is no character comes as a lone surrogate (in UTF-16 as U+FFFD).

    A line without an end comes in pieces of `LINE_CHARACTERS`, so that it cannot fill the memory.
    """
    wide = encoding.startswith(("utf-16", "utf-32"))
    with path.open("rb") as raw:
        text = TextIOWrapper(raw, encoding, errors="replace" if wide else "surrogateescape", newline=newline)
        while line := text.readline(LINE_CHARACTERS):
            yield line
