"""Plain documents that people write in YAML, read with the line and the place of whatever is wrong in them.

`read_yaml(text)` gives a `Node`; `node.need("fields").items()`, `.text()`, `.two()` and so on walk it, and refuse by
name what is not as the format says.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from io import StringIO
from typing import Any, cast

from guiju.briefs.errors import (
    DocumentTooLarge,
    EntryMissing,
    NotAList,
    NotAMapping,
    NotAText,
    NotATruth,
    NotNumeric,
    NotOneOf,
    UnknownEntry,
    YamlBroken,
)
from guiju.briefs.quick import LinedDict, LinedList, read_quickly

MOST_CHARACTERS = 1_000_000
MOST_PARTS = 20_000


@dataclass(frozen=True, slots=True)
class Node:
    """One value of a document, with its place (`figures.agreement.at_least`) and its line (from 1)."""

    value: Any
    place: str
    line: int

    def find(self, key: str) -> "Node | None":
        """The entry `key`, or `None` where it is absent or empty. Raises `NotAMapping`."""
        value = self.mapping().get(key)
        return None if value is None else Node(value, f"{self.place}.{key}".lstrip("."), self._line_of(key))

    def need(self, key: str) -> "Node":
        """The entry `key`. Raises `EntryMissing`, `NotAMapping`."""
        found = self.find(key)
        if found is None:
            raise EntryMissing(line=self.line, place=f"{self.place}.{key}".lstrip("."))
        return found

    def only(self, *keys: str) -> "Node":
        """This node, if it has no other entries than `keys`. Raises `UnknownEntry`."""
        for key in self.mapping():
            if key not in keys:
                place = f"{self.place}.{key}".lstrip(".")
                raise UnknownEntry(line=self._line_of(str(key)), place=place, known=", ".join(keys))
        return self

    def mapping(self) -> Mapping[str, Any]:
        if not isinstance(self.value, Mapping):
            raise NotAMapping(line=self.line, place=self.place or "…")
        return cast("Mapping[str, Any]", self.value)

    def items(self) -> "list[Node]":
        """The entries of a list. Raises `NotAList`."""
        if not isinstance(self.value, list):
            raise NotAList(line=self.line, place=self.place)
        values = cast("list[Any]", self.value)
        return [Node(value, f"{self.place}[{n + 1}]", self._line_of(n)) for n, value in enumerate(values)]

    def text(self) -> str:
        """A text; numbers and dates count as they are written. Raises `NotAText`."""
        if isinstance(self.value, bool) or not isinstance(self.value, str | int | float | date):
            raise NotAText(line=self.line, place=self.place)
        return str(self.value).strip()

    def number(self) -> float:
        if isinstance(self.value, bool) or not isinstance(self.value, int | float):
            raise NotNumeric(line=self.line, place=self.place, value=str(self.value)[:40])
        return float(self.value)

    def truth(self) -> bool:
        if not isinstance(self.value, bool):
            raise NotATruth(line=self.line, place=self.place)
        return self.value

    def one_of(self, known: Sequence[str]) -> str:
        value = self.text()
        if value not in known:
            raise NotOneOf(line=self.line, place=self.place, value=value[:40], known=", ".join(known))
        return value

    def two(self) -> dict[str, str]:
        """A text in both languages, `{zh, en}`; a plain text stands for both."""
        if isinstance(self.value, str):
            return {"zh": self.value.strip(), "en": self.value.strip()}
        self.only("zh", "en")
        return {key: (found.text() if (found := self.find(key)) else "") for key in ("zh", "en")}

    def texts(self) -> tuple[str, ...]:
        return tuple(entry.text() for entry in self.items())

    def plain(self) -> object:
        """The value as plain JSON, free of the YAML reader. A bomb of aliases raises `DocumentTooLarge`."""
        return _plain(self.value, [MOST_PARTS])

    def _line_of(self, key: str | int) -> int:
        if isinstance(self.value, LinedDict):
            return self.value.lines.get(key, self.line - 1) + 1
        if isinstance(self.value, LinedList):
            return self.value.lines[int(key)] + 1
        try:
            where = self.value.lc.key(key) if isinstance(key, str) else self.value.lc.item(key)
            return int(where[0]) + 1 + self._offset
        except (AttributeError, KeyError, TypeError, IndexError):
            return self.line

    @property
    def _offset(self) -> int:
        """Lines that stand above the YAML in its document: kept by the reader on each collection."""
        return int(getattr(self.value, "lines_above", 0))


def text_of(node: Node | None, default: str = "") -> str:
    """The node's text, or `default` where there is no node."""
    return default if node is None else node.text()


def two_of(node: Node | None) -> dict[str, str]:
    """The node's text in both languages, empty where there is no node."""
    return {"zh": "", "en": ""} if node is None else node.two()


def items_of(node: Node | None) -> list[Node]:
    return [] if node is None else node.items()


def _plain(value: Any, budget: list[int]) -> object:
    budget[0] -= 1
    if budget[0] < 0:
        raise DocumentTooLarge(limit=MOST_PARTS)
    if isinstance(value, Mapping):
        entries = cast("Mapping[Any, Any]", value)
        return {str(key): _plain(entry, budget) for key, entry in entries.items()}
    if isinstance(value, list):
        return [_plain(entry, budget) for entry in cast("list[Any]", value)]
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, int):
        return int(value)
    return float(value) if isinstance(value, float) else str(value)


def read_yaml(text: str, lines_above: int = 0) -> Node:
    """The document's root, a mapping. `lines_above` is where it starts in its file.

    Raises `DocumentTooLarge`, `YamlBroken`, `NotAMapping`.
    """
    if len(text) > MOST_CHARACTERS:
        raise DocumentTooLarge(limit=MOST_CHARACTERS)
    quick = read_quickly(text, lines_above)
    return read_carefully(text, lines_above) if quick is None else Node(quick, "", 1 + lines_above)


def read_carefully(text: str, lines_above: int = 0) -> Node:
    """As `read_yaml`, by the reader that knows all of YAML and says what is wrong."""
    from ruamel.yaml import YAML  # noqa: PLC0415 - only documents need it
    from ruamel.yaml.error import MarkedYAMLError, YAMLError  # noqa: PLC0415

    try:
        value: Any = YAML(typ="rt").load(text)  # pyright: ignore[reportUnknownMemberType]
    except MarkedYAMLError as error:
        said: Any = error
        mark = said.problem_mark or said.context_mark
        line = (mark.line if mark else 0) + 1 + lines_above
        raise YamlBroken(line=line, reason=str(said.problem or said.context or "")) from error
    except (YAMLError, ValueError, RecursionError) as error:
        raise YamlBroken(line=1 + lines_above, reason=str(error).splitlines()[0][:120]) from error
    root = Node(value, "", 1 + lines_above)
    root.mapping()
    _mark_lines(value, lines_above, set())
    return root


def _mark_lines(value: Any, lines_above: int, seen: set[int]) -> None:
    """Tell every collection how many lines stand above the YAML; aliases are visited once."""
    if not lines_above or id(value) in seen or not isinstance(value, Mapping | list):
        return
    collection = cast("Any", value)
    seen.add(id(collection))
    collection.lines_above = lines_above
    for entry in list(collection.values()) if isinstance(value, Mapping) else collection:
        _mark_lines(entry, lines_above, seen)


def write_yaml(value: Mapping[str, Any]) -> str:
    """A mapping as YAML: the same value gives the same text, long texts unbroken, nothing escaped but by need."""
    from ruamel.yaml import YAML  # noqa: PLC0415 - only documents need it

    yaml = YAML(typ="rt")
    yaml.width = 1_000_000
    yaml.allow_unicode = True
    yaml.indent(mapping=2, sequence=4, offset=2)
    yaml.representer.add_representer(type(None), _represent_null)  # pyright: ignore[reportUnknownMemberType]
    out = StringIO()
    yaml.dump(value, out)  # pyright: ignore[reportUnknownMemberType]
    return out.getvalue()


def _represent_null(representer: Any, _value: None) -> Any:
    return representer.represent_scalar("tag:yaml.org,2002:null", "null")
