"""Where each value of a YAML text stands, in lines and columns from 0."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from guiju.rulebooks.errors import DraftNotReadable


class Point(NamedTuple):
    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Spot:
    """A value: `entries` of a mapping (with where each key stands), `items` of a list, or a `text`.

    `in_brackets` is written on, `is_literal` below its line behind a bar; a block's own `end` is only where the next
    thing begins.
    """

    start: Point
    end: Point
    text: str | None = None
    entries: Mapping[str, tuple[Point, "Spot"]] | None = None
    items: Sequence["Spot"] | None = None
    in_brackets: bool = False
    is_literal: bool = False

    def find(self, path: Sequence[str | int]) -> "Spot | None":
        """What stands at `("fields", 0, "labels")`, if anything does."""
        at: Spot | None = self
        for part in path:
            if at is None:
                return None
            if isinstance(part, int):
                at = at.items[part] if at.items is not None and part < len(at.items) else None
            else:
                at = at.entries[part][1] if at.entries is not None and part in at.entries else None
        return at

    @property
    def last(self) -> "Spot":
        """The innermost value that ends it; it itself where it ends by a bracket."""
        inside = [one for _, one in self.entries.values()] if self.entries else list(self.items or ())
        return inside[-1].last if inside and not self.in_brackets else self


def read_spots(text: str, lines_above: int) -> Spot:
    """The root of a YAML text that begins `lines_above` down its document. Raises `DraftNotReadable`."""
    import yaml  # noqa: PLC0415 - only documents need it

    compose: Any = getattr(yaml, "compose")  # noqa: B009 - untyped
    loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        root: Any = compose(text, Loader=loader)
        return _spot(root, lines_above)
    except (yaml.YAMLError, ValueError, RecursionError, AttributeError, TypeError) as error:
        mark: Any = getattr(error, "problem_mark", None)
        raise DraftNotReadable(line=(mark.line if mark else 0) + lines_above + 1) from error


def _spot(node: Any, above: int) -> Spot:
    start, end = _point(node.start_mark, above), _point(node.end_mark, above)
    name = type(node).__name__
    if name == "MappingNode":
        entries = {str(key.value): (_point(key.start_mark, above), _spot(value, above)) for key, value in node.value}
        return Spot(start, end, entries=entries, in_brackets=bool(node.flow_style))
    if name == "SequenceNode":
        items = [_spot(one, above) for one in node.value]
        return Spot(start, end, items=items, in_brackets=bool(node.flow_style))
    return Spot(start, end, text=str(node.value), is_literal=node.style in {"|", ">"})


def _point(mark: Any, above: int) -> Point:
    return Point(int(mark.line) + above, int(mark.column))
