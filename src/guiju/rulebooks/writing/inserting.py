"""Something is added to a rulebook's document, and every other byte of it stays: comments, blank lines, quotes, order.

An edit replaces whole lines, so that an editor can make it its own, undone like anything that was typed.
"""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias, cast

from guiju.briefs import items_of, read_yaml
from guiju.kit import Refusal
from guiju.rulebooks.errors import DraftNotReadable
from guiju.rulebooks.writing.spots import Point, Spot, read_spots

Path: TypeAlias = tuple[str | int, ...]

_FRONT = re.compile(r"\A﻿?---[ \t]*\n(.*?\n)---[ \t]*(?:\n|\Z)", re.DOTALL)
_PLAIN = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]*")
_WORDS = frozenset(["true", "false", "null", "yes", "no", "on", "off", "y", "n"])
_EMPTY = re.compile(r"(?P<key>\s*(?:- )?[\w-]+:)(?:[ \t]*(?:\[[ \t]*\]|null|~))?(?P<rest>[ \t]*(?:#.*)?)")
_COMMENT = re.compile(r"#.*")


@dataclass(frozen=True, slots=True)
class Edit:
    """From line `line` (from 0) on, `gone` lines become `lines`."""

    line: int
    gone: int
    lines: tuple[str, ...]

    def apply(self, document: str) -> str:
        kept = document.split("\n")
        kept[self.line : self.line + self.gone] = self.lines
        return "\n".join(kept)


def insert_entry(document: str, section: str, entry: Mapping[str, object]) -> Edit:
    """An entry at the end of `labels`, `checks`, `examples` or `fields`. Raises `DraftNotReadable`."""
    return append_to(document, (section,), entry)


def append_to(document: str, path: Path, value: object) -> Edit:
    """One more in the list at `path`, `("fields", 0, "labels")`; a list that is not there yet is begun.

    Raises `DraftNotReadable` where the document cannot be read or something else than a list is there.
    """
    front = _front(document)
    root = read_spots(front, 1)
    if root.entries is None or root.in_brackets:
        raise DraftNotReadable(line=2)
    *above, last = path
    inside, found = root.find(above), root.find(path)
    lines = document.split("\n")
    if inside is None or inside.entries is None or not isinstance(last, str):
        raise DraftNotReadable(line=2)
    if found is None:
        return _begin(lines, inside, last, value, closing=front.count("\n") + 1 if not above else None)
    if found.items is None:
        if found.text not in {"", "null", "~"}:
            raise DraftNotReadable(line=found.start.line + 1)
        return _fill(lines, inside.entries[last][0].line, value)
    if found.in_brackets:
        return _into_flow(lines, found, value) if found.items else _fill(lines, found.start.line, value)
    return _below(lines, found, value)


def entries_of(document: str, section: str) -> list[Mapping[str, Any]]:
    """What a list of the front matter holds, as plain values. Raises `DraftNotReadable`."""
    try:
        found = items_of(read_yaml(_front(document), 1).find(section))
        return [one.mapping() for one in found]
    except Refusal as refusal:
        raise DraftNotReadable(line=int(str(refusal.details.get("line", 2)))) from refusal


def entry_lines(value: object, indent: int) -> list[str]:
    """The lines of one entry of a list, its dash `indent` deep: a mapping key by key, what is short on one line."""
    pad = " " * indent
    if not isinstance(value, Mapping):
        return [f"{pad}- {in_flow(value)}"]
    entries = cast("Mapping[str, object]", value)
    lines = [f"{pad}  {key}: {in_flow(one)}" for key, one in entries.items() if one is not None]
    return [f"{pad}- {lines[0][indent + 2 :]}", *lines[1:]]


def in_flow(value: object) -> str:
    """A value on one line of YAML.

    >>> in_flow({"label": "scratch", "x": 1.5, "note": "断续: 一条", "yes": [True, None]})
    '{label: scratch, x: 1.5, note: "断续: 一条", "yes": [true, null]}'
    """
    if isinstance(value, Mapping):
        entries = cast("Mapping[str, object]", value)
        return "{" + ", ".join(f"{in_flow(key)}: {in_flow(one)}" for key, one in entries.items()) + "}"
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, Sequence):
        return "[" + ", ".join(in_flow(one) for one in cast("Sequence[object]", value)) + "]"
    return json.dumps(value)


def _text(text: str) -> str:
    if _PLAIN.fullmatch(text) and text.lower() not in _WORDS:
        return text
    quoted = json.dumps(text, ensure_ascii=False)
    return "".join(sign if sign.isprintable() else _escaped(sign) for sign in quoted)


def _escaped(sign: str) -> str:
    """As YAML writes what cannot be printed, and what its older readers take for the end of a line."""
    return f"\\u{ord(sign):04x}" if ord(sign) < 0x10000 else f"\\U{ord(sign):08x}"


def _front(document: str) -> str:
    found = _FRONT.match(document)
    if found is None:
        raise DraftNotReadable(line=1)
    return found[1]


def _begin(lines: list[str], inside: Spot, key: str, value: object, *, closing: int | None) -> Edit:
    """A list that is not there: at the end of the front matter, or of the entry that it belongs to."""
    if closing is not None:
        return Edit(closing, 0, (f"{key}:", *entry_lines(value, 2)))
    if inside.in_brackets:
        return _replace(lines, inside.end, (", " if inside.entries else "") + f"{key}: [{in_flow(value)}]")
    return Edit(_last_line(lines, inside) + 1, 0, (f"{' ' * inside.start.column}{key}: [{in_flow(value)}]",))


def _fill(lines: list[str], line: int, value: object) -> Edit:
    """`examples: []  # none yet` gets its first entry below, and keeps its comment."""
    found = _EMPTY.fullmatch(lines[line])
    if found is None:
        raise DraftNotReadable(line=line + 1)
    if not isinstance(value, Mapping):
        return Edit(line, 1, (f"{found['key']} [{in_flow(value)}]{found['rest']}",))
    indent = len(lines[line]) - len(lines[line].lstrip()) + 2
    return Edit(
        line, 1, (f"{found['key']}{found['rest'].rstrip()}", *entry_lines(cast("Mapping[str, object]", value), indent))
    )


def _into_flow(lines: list[str], found: Spot, value: object) -> Edit:
    start, end = (found.items or [found])[-1].end, found.end
    tail = lines[start.line : end.line + 1]
    tail[-1] = tail[-1][: end.column - 1]
    tail[0] = tail[0][start.column :]
    has_comma = any("," in _COMMENT.sub("", line) for line in tail)
    return _replace(lines, end, (" " if has_comma else ", ") + in_flow(value))


def _replace(lines: list[str], end: Point, more: str) -> Edit:
    """`more` before the bracket that closes at `end`; behind the entry above it where the bracket stands alone."""
    line, column = end.line, end.column - 1
    kept, rest = lines[line][:column], lines[line][column:]
    bare = kept.rstrip()
    if bare or "#" in lines[line - 1] or not lines[line - 1].strip():
        return Edit(line, 1, ((bare or kept) + more + kept[len(bare) or len(kept) :] + rest,))
    return Edit(line - 1, 1, (lines[line - 1].rstrip() + more,))


def _below(lines: list[str], found: Spot, value: object) -> Edit:
    """Behind the last line of the last entry, as far in as the others, and apart from it if they are apart."""
    first = [entry.start.line for entry in found.items or ()]
    apart = len(first) > 1 and not lines[first[-1] - 1].strip()
    lined = entry_lines(value, found.start.column)
    return Edit(_last_line(lines, found) + 1, 0, ("", *lined) if apart else tuple(lined))


def _last_line(lines: list[str], spot: Spot) -> int:
    """The last line that says something."""
    last = spot.last
    if last.end.column or not last.is_literal:
        return last.end.line
    line = min(last.end.line - 1, len(lines) - 1)
    while not lines[line].strip():
        line -= 1
    return line
