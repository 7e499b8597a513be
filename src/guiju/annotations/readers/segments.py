"""Segments of sounds: RTTM, and TextGrids of Praat in their long and their short form, alone, in a folder or a zip.

An item is the file that RTTM names, or the TextGrid's own name without its ending. In an RTTM what is marked is the
line's label; in a TextGrid each interval with a text, whose label is that text. Seconds become whole milliseconds.
Neither says who marked: whoever made the files is named for all of them.
"""

import re
import zipfile
from collections.abc import Iterator
from itertools import islice
from pathlib import Path, PurePosixPath
from urllib.parse import unquote

from guiju.annotations.imports.errors import MarkUnreadable, WorkGone, WorkUnreadable
from guiju.annotations.imports.model import ImportOptions, Mark, Opened, RawSpan, Read, RefusedMark

FILE_BYTES = 50_000_000
ENDING = ".textgrid"
_INDEX = re.compile(r"\[\d*\]")
_TOKEN = re.compile(r'"((?:[^"]|"")*)"|(<exists>|<absent>)|(?<![\w.])(-?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?)(?![\w.])')


class _BrokenError(Exception):
    """Why a line or a file makes no sense."""


def open_rttm(path: Path, name: str, options: ImportOptions) -> Opened:
    """Read it whole: lines of one file may stand apart. Raises `WorkUnreadable`, `WorkGone`."""
    if not path.exists():
        raise WorkGone(name=name)
    try:
        lines = [line for line in path.read_text(encoding="utf-8-sig").splitlines() if line.strip()]
    except UnicodeDecodeError as error:
        raise WorkUnreadable(name=name, format="rttm", reason="it is not UTF-8") from error
    if not any(line.split()[0] == "SPEAKER" for line in lines):
        raise WorkUnreadable(name=name, format="rttm", reason="it has no line that begins with SPEAKER")
    marks = list(_of_lines(lines, options.annotator or "rttm"))
    return Opened(len(marks), lambda: iter(marks))


def _of_lines(lines: list[str], maker: str) -> Iterator[Read]:
    """One mark a file, in the order of their first lines; a line that makes no sense is refused with its file."""
    found: dict[str, list[RawSpan]] = {}
    broken: dict[str, str] = {}
    for number, line in enumerate(lines, start=1):
        words = line.split()
        if words[0] != "SPEAKER":
            continue
        name = unquote(words[1]) if len(words) > 1 else ""
        found.setdefault(name, [])
        try:
            found[name].append(_of_line(words))
        except (_BrokenError, ValueError) as error:
            broken.setdefault(name, f"line {number}: {error}")
    for position, (name, spans) in enumerate(found.items(), start=1):
        if name in broken:
            yield _refused(position, name, maker, broken[name])
        else:
            yield Mark(position, name, maker, spans=tuple(spans))


def _of_line(words: list[str]) -> RawSpan:
    if len(words) < 8:
        raise _BrokenError(f"it has {len(words)} words, RTTM has 9 or 10")
    start = round(float(words[3]) * 1000)
    return RawSpan(unquote(words[7]), start, start + round(float(words[4]) * 1000))


def open_textgrid(path: Path, name: str, options: ImportOptions) -> Opened:
    """Find the TextGrids, by name in their order. Raises `WorkUnreadable`, `WorkGone`."""
    if not path.exists():
        raise WorkGone(name=name)
    names = _names(path, name)
    if not names:
        raise WorkUnreadable(name=name, format="textgrid", reason="there is no .TextGrid in it")
    return Opened(len(names), lambda: _of_files(path, names, options.annotator or "textgrid"))


def _names(path: Path, name: str) -> list[str]:
    if path.is_dir():
        inside = (found.relative_to(path).as_posix() for found in path.rglob("*") if found.is_file())
        return sorted(each for each in inside if each.lower().endswith(ENDING))
    if path.suffix.lower() == ENDING:
        return [path.name]
    try:
        with zipfile.ZipFile(path) as archive:
            return sorted(entry for entry in archive.namelist() if entry.lower().endswith(ENDING))
    except (zipfile.BadZipFile, OSError) as error:
        raise WorkUnreadable(name=name, format="textgrid", reason="it is neither a folder nor a whole zip") from error


def _contents(path: Path, names: list[str]) -> Iterator[tuple[str, bytes]]:
    if path.is_dir() or path.suffix.lower() == ENDING:
        folder = path if path.is_dir() else path.parent
        for name in names:
            with (folder / name).open("rb") as file:
                yield name, file.read(FILE_BYTES + 1)
        return
    with zipfile.ZipFile(path) as archive:
        for name in names:
            with archive.open(name) as file:
                yield name, file.read(FILE_BYTES + 1)


def _of_files(path: Path, names: list[str], maker: str) -> Iterator[Read]:
    for position, (name, content) in enumerate(_contents(path, names), start=1):
        item = str(PurePosixPath(name))[: -len(ENDING)]
        try:
            yield Mark(position, item, maker, spans=tuple(_intervals(content)))
        except (_BrokenError, ValueError, StopIteration) as error:
            yield _refused(position, item, maker, str(error) or "it ends too early")


def _intervals(content: bytes) -> Iterator[RawSpan]:
    """The intervals with a text, of all tiers; points have no length and are passed over."""
    if len(content) > FILE_BYTES:
        raise _BrokenError(f"it is larger than {FILE_BYTES:,} bytes")
    tokens = _tokens(_decoded(content))
    head = list(islice(tokens, 6))
    if head[:2] != ["ooTextFile", "TextGrid"] or len(head) < 6:
        raise _BrokenError("it is no TextGrid")
    for _ in range(int(head[5])):
        kind, _name, _low, _high, count = _take(tokens, 5)
        points = kind == "TextTier"
        for _ in range(int(count)):
            values = _take(tokens, 2 if points else 3)
            if not points and values[2].strip():
                yield RawSpan(values[2].strip(), round(float(values[0]) * 1000), round(float(values[1]) * 1000))


def _take(tokens: Iterator[str], count: int) -> list[str]:
    found = list(islice(tokens, count))
    if len(found) < count:
        raise _BrokenError("it ends too early")
    return found


def _tokens(text: str) -> Iterator[str]:
    """Texts, flags and numbers one after another: all that either form means."""
    for found in _TOKEN.finditer(_without_indexes(text)):
        quoted, flag, number = found.groups()
        yield quoted.replace('""', '"') if quoted is not None else flag or number


def _without_indexes(text: str) -> str:
    """Without `[3]` outside of quotation marks."""
    parts = re.split(r'("(?:[^"]|"")*")', text)
    return "".join(part if at % 2 else _INDEX.sub("", part) for at, part in enumerate(parts))


def _decoded(content: bytes) -> str:
    """UTF-8, or UTF-16 by its mark, as Praat saves it."""
    encoding = "utf-16" if content[:2] in {b"\xff\xfe", b"\xfe\xff"} else "utf-8-sig"
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        raise _BrokenError("it is neither UTF-8 nor UTF-16") from error


def _refused(position: int, item: str, annotator: str, reason: str) -> RefusedMark:
    return RefusedMark(
        position, item, annotator, MarkUnreadable.code, MarkUnreadable.sentence, {"reason": reason[:200]}
    )
