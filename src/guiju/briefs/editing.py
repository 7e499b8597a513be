"""A YAML document changed in place: only the values that differ are written anew, every other byte stays.

`edit_yaml(text, old, new)` takes what the document says now and what it shall say, both as plain values, finds the
places by the reader's own marks, and leaves comments, order, quotes and line ends around them alone.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from difflib import SequenceMatcher
from typing import Any, NamedTuple, cast

_PLAIN = re.compile(r"[^\W\d_][\w（）()/.]*(?:[ ，。、；：？！“”‘’·–-]+[\w（）()/.，。、；：？！“”‘’·]+)*[。！？]?")
_WORDS_OF_YAML = frozenset({"null", "true", "false", "yes", "no", "on", "off", "y", "n", "nan", "inf"})
_UNWRITABLE = re.compile("[\x7f-\x9f\u2028\u2029\ufeff]")


class Edit(NamedTuple):
    """Characters `start` to `end` of the text give way to `text`."""

    start: int
    end: int
    text: str


def edit_yaml(text: str, old: Mapping[str, Any], new: Mapping[str, Any]) -> str:
    """`text`, which says `old`, so that it says `new`. The root is a mapping; lists hold mappings with a `text`."""
    from ruamel.yaml import YAML  # noqa: PLC0415 - only documents need it

    root: Any = YAML(typ="rt").compose(text)  # pyright: ignore[reportUnknownMemberType]
    edits = sorted(_mapping(text, root, old, new))
    line_end = "\r\n" if "\r\n" in text else "\n"
    for edit in reversed(edits):
        start = edit.start
        if edit.text.startswith("\n"):  # no blank is left behind the colon
            start = len(text[:start].rstrip(" "))
        text = text[:start] + edit.text.replace("\n", line_end) + text[edit.end :]
    return text


def _mapping(text: str, node: Any, old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Edit]:
    entries = {str(key.value): (key, value) for key, value in node.value}
    added: dict[str, Any] = {}
    for name in [*old, *(name for name in new if name not in old)]:
        before, after = old.get(name), new.get(name)
        if before == after:
            continue
        if name in entries:
            yield from _value(text, *entries[name], before, after, in_flow=bool(node.flow_style))
        else:
            added[name] = after
    if added:
        yield _added(text, node, added)


def _value(text: str, key: Any, node: Any, before: Any, after: Any, *, in_flow: bool) -> Iterator[Edit]:
    kind = type(node).__name__
    if kind == "MappingNode" and isinstance(before, Mapping) and isinstance(after, Mapping):
        yield from _mapping(text, node, cast("Mapping[str, Any]", before), cast("Mapping[str, Any]", after))
    elif kind == "SequenceNode" and not node.flow_style and isinstance(after, list) and after and before:
        yield from _sequence(text, node, cast("list[Any]", before), cast("list[Any]", after))
    else:
        start = _colon(text, key) if _is_empty(node) else node.start_mark.index
        style = getattr(node, "style", None) if kind == "ScalarNode" else None
        written = write_value(after, key.start_mark.column, in_flow=in_flow, style=style)
        breaks = written.startswith("\n") and not _is_empty(node) and _begins_line(text, start)
        if breaks:  # the value stands on lines of its own already
            written = written.lstrip("\n")[node.start_mark.column :]
        yield Edit(start, max(start, _content_end(text, key, node)), _spaced(written) if _is_empty(node) else written)


def _sequence(text: str, node: Any, old: list[Any], new: list[Any]) -> Iterator[Edit]:
    items: list[Any] = node.value
    told = SequenceMatcher(None, [each.get("text") for each in old], [each.get("text") for each in new], autojunk=False)
    for act, a, b, c, d in told.get_opcodes():
        pairs = min(b - a, d - c) if act in ("equal", "replace") else 0
        for n in range(pairs):
            yield from _mapping(text, items[a + n], old[a + n], new[c + n])
        for n in range(a + pairs, b):
            yield Edit(_line_start(text, items[n].start_mark.index), _line_after(text, _end(text, items[n])), "")
        if c + pairs < d:
            column = node.start_mark.column
            lines = "".join(_item(each, column) for each in new[c + pairs : d])
            if b:
                at = _line_after(text, _end(text, items[b - 1]))
                yield Edit(at, at, lines if text[at - 1 : at] == "\n" else f"\n{lines}")
            else:
                at = _line_start(text, items[0].start_mark.index)
                yield Edit(at, at, lines)


def _item(value: Mapping[str, Any], column: int) -> str:
    rows = write_block(value, column + 2)
    return f"{' ' * column}- {rows[column + 2 :]}"


def _added(text: str, node: Any, added: Mapping[str, Any]) -> Edit:
    if node.flow_style:
        at = node.end_mark.index - 1
        rows = ", ".join(f"{name}: {write_value(value, 0, in_flow=True)}" for name, value in added.items())
        return Edit(at, at, f", {rows}" if node.value else rows)
    column = node.value[0][0].start_mark.column
    at = _line_after(text, _end(text, node))
    rows = write_block(added, column)
    return Edit(at, at, rows if text[at - 1 : at] == "\n" else f"\n{rows}")


def write_block(value: Mapping[str, Any], column: int) -> str:
    """A mapping's entries, a line each, from `column` on."""
    rows = (
        f"{' ' * column}{name}:{_spaced(write_value(entry, column, in_flow=False))}\n" for name, entry in value.items()
    )
    return "".join(rows)


def _spaced(written: str) -> str:
    return written if written.startswith("\n") else f" {written}"


def write_value(value: Any, column: int, *, in_flow: bool, style: str | None = None) -> str:
    """A value behind its key, whose column is given; what needs lines of its own begins with a line break."""
    if isinstance(value, Mapping):
        return _write_mapping(cast("Mapping[str, Any]", value), column, in_flow=in_flow)
    if isinstance(value, list):
        return _write_list(cast("list[Any]", value), column, in_flow=in_flow)
    if isinstance(value, str):
        return _write_text(value, column, in_flow=in_flow, style=style)
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    return value.isoformat() if isinstance(value, date) else repr(value)


def _write_mapping(value: Mapping[str, Any], column: int, *, in_flow: bool) -> str:
    if in_flow or not value:
        return "{" + ", ".join(f"{name}: {write_value(each, 0, in_flow=True)}" for name, each in value.items()) + "}"
    return "\n" + write_block(value, column + 2).rstrip("\n")


def _write_list(value: Sequence[Any], column: int, *, in_flow: bool) -> str:
    if in_flow or not value:
        return "[" + ", ".join(write_value(each, 0, in_flow=True) for each in value) + "]"
    return "\n" + "".join(_item(each, column + 2) for each in value).rstrip("\n")


def _write_text(value: str, column: int, *, in_flow: bool, style: str | None) -> str:
    lines = value.split("\n")
    if len(lines) > 1 and not in_flow and lines[0] and lines[-1] and all(map(_stands_alone, lines)):
        pad = " " * (column + 2)
        return "|-\n" + "\n".join(f"{pad}{line}" if line else "" for line in lines)
    plain = value.isalpha() if in_flow else _PLAIN.fullmatch(value) is not None
    if style is None and plain and value.lower() not in _WORDS_OF_YAML:
        return value
    quoted = json.dumps(value, ensure_ascii=False)
    return _UNWRITABLE.sub(lambda found: f"\\u{ord(found.group()):04x}", quoted)


def _stands_alone(line: str) -> bool:
    return line == line.strip() and not _UNWRITABLE.search(line) and "\r" not in line and "\t" not in line


def _is_empty(node: Any) -> bool:
    return type(node).__name__ == "ScalarNode" and node.start_mark.index == node.end_mark.index


def _colon(text: str, key: Any) -> int:
    """Just behind the colon of a key."""
    return text.index(":", key.end_mark.index) + 1


def _end(text: str, node: Any) -> int:
    """Where a node's last character stands, without the blank lines and comments that its block carries along."""
    kind = type(node).__name__
    if kind == "ScalarNode":
        written = text[node.start_mark.index : node.end_mark.index]
        return node.start_mark.index + len(written.rstrip() if node.style in ("|", ">") else written)
    if node.flow_style or not node.value:
        return node.end_mark.index
    if kind == "SequenceNode":
        return _end(text, node.value[-1])
    return _content_end(text, *node.value[-1])


def _content_end(text: str, key: Any, node: Any) -> int:
    return _colon(text, key) if _is_empty(node) else _end(text, node)


def _begins_line(text: str, at: int) -> bool:
    return not text[_line_start(text, at) : at].strip()


def _line_start(text: str, at: int) -> int:
    return text.rfind("\n", 0, at) + 1


def _line_after(text: str, at: int) -> int:
    """The start of the line behind the one that holds `at`, or the text's end."""
    found = text.find("\n", at)
    return len(text) if found < 0 else found + 1
