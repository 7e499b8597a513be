"""brat's standoff: an .ann with its .txt beside it, in a folder, a zip, or alone.

`T` lines are spans, `R` lines links; a `*` line says of several spans that they are the same, each with each. Offsets
count Unicode code points. An item is the file's path without its ending, else its text finds it. Events, attributes,
notes and numbers of other programs are no spans and no links, and are left out.
"""

import re
import zipfile
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path

from guiju.annotations.imports.errors import MarkUnreadable, WorkGone, WorkUnreadable
from guiju.annotations.imports.model import ImportOptions, Mark, Opened, RawLink, RawSpan, Read, RefusedMark

FILE_BYTES = 50_000_000
ENDING = ".ann"
_TEXT = ".txt"
_SPAN = re.compile(r"(T\S+)\t(\S+) (-?\d+ -?\d+(?:;-?\d+ -?\d+)*)(?:\t.*)?")
_LINK = re.compile(r"R\S+\t(\S+) \S+?:(\S+) \S+?:(\S+)\s*")
_EQUAL = re.compile(r"\*\t(\S+)((?: \S+)+)\s*")


class _BrokenError(Exception):
    """Why a line makes no sense."""


def open_brat(path: Path, name: str, options: ImportOptions) -> Opened:
    """Find the .ann files, by name in their order. Raises `WorkUnreadable`, `WorkGone`."""
    if not path.exists():
        raise WorkGone(name=name)
    names = _names(path, name)
    if not any(each.lower().endswith(ENDING) for each in names):
        raise WorkUnreadable(name=name, format="brat", reason="there is no .ann in it")
    total = sum(each.lower().endswith(ENDING) for each in names)
    return Opened(total, lambda: _marks(path, names, options.annotator or "brat"))


def _names(path: Path, name: str) -> list[str]:
    if path.is_dir():
        return sorted(found.relative_to(path).as_posix() for found in path.rglob("*") if found.is_file())
    if path.suffix.lower() == ENDING:
        return [each.name for each in (path, path.with_suffix(_TEXT)) if each.exists()]
    try:
        with zipfile.ZipFile(path) as archive:
            return sorted(entry for entry in archive.namelist() if not entry.endswith("/"))
    except (zipfile.BadZipFile, OSError) as error:
        raise WorkUnreadable(name=name, format="brat", reason="it is neither a folder nor a whole zip") from error


def _marks(path: Path, names: list[str], maker: str) -> Iterator[Read]:
    known = set(names)
    wanted = [each for each in names if each.lower().endswith(ENDING)]
    with _Files(path) as files:
        for position, name in enumerate(wanted, start=1):
            item = name[: -len(ENDING)]
            try:
                text = files.read(item + _TEXT) if item + _TEXT in known else None
                yield _mark(position, item, maker, files.read(name), text)
            except (_BrokenError, UnicodeDecodeError, zipfile.BadZipFile, OSError) as error:
                details: dict[str, object] = {"reason": str(error)[:200] or "it cannot be read"}
                yield RefusedMark(position, item, maker, MarkUnreadable.code, MarkUnreadable.sentence, details)


class _Files:
    """The files of a folder or a zip, by their names; line ends stay as they are, for offsets count them."""

    def __init__(self, path: Path) -> None:
        self._folder = path if path.is_dir() else path.parent
        is_zip = not path.is_dir() and path.suffix.lower() != ENDING
        self._archive = zipfile.ZipFile(path) if is_zip else None

    def __enter__(self) -> "_Files":
        return self

    def __exit__(self, *_: object) -> None:
        if self._archive is not None:
            self._archive.close()

    def read(self, name: str) -> str:
        with (self._folder / name).open("rb") if self._archive is None else self._archive.open(name) as file:
            content = file.read(FILE_BYTES + 1)
        if len(content) > FILE_BYTES:
            raise _BrokenError(f"it is larger than {FILE_BYTES:,} bytes")
        return content.decode("utf-8-sig")


def _mark(position: int, item: str, maker: str, standoff: str, text: str | None) -> Mark:
    spans: dict[str, RawSpan] = {}
    drawn: list[tuple[int, str, list[str]]] = []
    for number, line in enumerate(standoff.split("\n"), start=1):
        told = line.rstrip("\r")
        if told[:1] == "T":
            name, span = _span(number, told, text)
            if name in spans:
                raise _BrokenError(f"line {number}: {name} stands twice")
            spans[name] = span
        elif told[:1] in {"R", "*"}:
            drawn.append(_link(number, told))
    places = {name: at for at, name in enumerate(spans)}
    links = tuple(link for number, label, names in drawn for link in _joined(number, label, names, places))
    return Mark(position, item, maker, text=text, spans=tuple(spans.values()), links=links)


def _span(number: int, line: str, text: str | None) -> tuple[str, RawSpan]:
    found = _SPAN.fullmatch(line)
    if found is None:
        raise _BrokenError(f"line {number} has another form than “T1, label, start and end, words”")
    name, label, places = found.groups()
    stretches = [(int(start), int(end)) for start, _, end in (place.partition(" ") for place in places.split(";"))]
    pieces = _rejoined(stretches, text)
    start, end = pieces[0][0], pieces[-1][1]
    if not all(0 <= one < other for one, other in pieces) or (text is not None and end > len(text)):
        raise _BrokenError(f"line {number}: {name} does not lie in its text")
    return name, RawSpan(label, start, end, pieces=tuple(pieces) if len(pieces) > 1 else ())


def _rejoined(stretches: list[tuple[int, int]], text: str | None) -> list[tuple[int, int]]:
    """Pieces that only the end of a line divides are one: brat's words are one line, so it cuts them there."""
    joined = sorted(stretches)[:1]
    for start, end in sorted(stretches)[1:]:
        between = None if text is None else text[joined[-1][1] : start]
        if between and not between.strip("\r\n"):
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return joined


def _link(number: int, line: str) -> tuple[int, str, list[str]]:
    if found := _LINK.fullmatch(line):
        return number, found[1], [found[2], found[3]]
    if found := _EQUAL.fullmatch(line):
        return number, found[1], found[2].split()
    raise _BrokenError(f"line {number} has another form than “R1, label, Arg1:T1 Arg2:T2”")


def _joined(number: int, label: str, names: list[str], places: dict[str, int]) -> Iterator[RawLink]:
    for name in names:
        if name not in places:
            raise _BrokenError(f"line {number} joins {name}, which is no span of this file")
    for one, other in combinations(names, 2):
        yield RawLink(label, places[one], places[other])
