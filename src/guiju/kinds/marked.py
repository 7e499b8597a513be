"""What all kinds that mark several things share beside their geometry: the short form of examples, one label's share,
and which label was taken for which.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, TypeAlias, TypeVar, cast

import msgspec

from guiju.kinds.model import Part, Swap

SAME_PLACE = 0.5
"""IoU from which two shapes or spans are taken to mean the same thing."""
NOTHING = ""
_SHORT = {"width": "w", "height": "h"}

P = TypeVar("P", bound=Part)
Close: TypeAlias = Iterable[tuple[float, int, int]]
"""How much two parts share, and the place of each among its own."""


def expand_into(kind: str, member: str) -> Callable[[Any], object]:
    """The long form of a list of parts: each gets an id, `width` and `height` their short names."""

    def expand(value: Any) -> object:
        if not isinstance(value, list):
            return value
        entries = cast("list[Any]", value)
        return {"kind": kind, member: [_entry(entry, number) for number, entry in enumerate(entries, 1)]}

    return expand


def _entry(entry: Any, number: int) -> Any:
    if not isinstance(entry, Mapping):
        return entry
    parts = {_SHORT.get(key, key): part for key, part in cast("Mapping[str, Any]", entry).items()}
    return {"id": f"e{number}", **parts}


def of_label(parts: Iterable[P], label: str) -> tuple[P, ...]:
    return tuple(part for part in parts if part.label == label)


def not_of_label(parts: Iterable[P], label: str) -> tuple[P, ...]:
    return tuple(part for part in parts if part.label != label)


def relabelled(parts: Iterable[P], swap: Swap) -> tuple[P, ...]:
    """Each thing marked as it is, under the label that stands now; two that become alike stay two."""
    return tuple(_under(part, swap(part.label, part.id)) for part in parts)


def _under(part: P, label: str) -> P:
    return part if part.label == label else msgspec.structs.replace(cast("Any", part), label=label)


def all_pairs(one: Sequence[P], other: Sequence[P], share: Callable[[P, P], float]) -> Close:
    return ((share(a, b), i, j) for i, a in enumerate(one) for j, b in enumerate(other))


def confused_parts(one: Sequence[Part], other: Sequence[Part], close: Close) -> list[tuple[str, str]]:
    """The labels that two answers give to the same thing; `NOTHING` where only one of them saw it.

    Parts are the same thing when they share at least `SAME_PLACE`, whatever their labels; the closest go first.
    """
    left, right = set(range(len(one))), set(range(len(other)))
    found: list[tuple[str, str]] = []
    for share, i, j in sorted(close, key=lambda entry: (-entry[0], entry[1], entry[2])):
        if share < SAME_PLACE:
            break
        if i in left and j in right:
            left.discard(i)
            right.discard(j)
            found += [(one[i].label, other[j].label)] if one[i].label != other[j].label else []
    return found + [(one[i].label, NOTHING) for i in sorted(left)] + [(NOTHING, other[j].label) for j in sorted(right)]
