"""What a delivery format is: a name, what it can hold, and how rows become one file."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from importlib.util import find_spec
from typing import TypeAlias

from guiju.delivery.model import Label, Loss, Row
from guiju.kinds import ITEM, TURN, FieldShape


@dataclass(frozen=True, slots=True)
class Source:
    """What a format writes from. `rows()` starts anew each time it is called, always in the same order.

    `parts` are the names of the package's parts; only a format that writes them itself meets more than one in its rows.
    """

    project: str
    rulebook: str
    labels: tuple[Label, ...]
    fields: tuple[FieldShape, ...]
    rows: Callable[[], Iterator[Row]]
    parts: tuple[str, ...] = ()


PART = "part"
EVERYTHING = frozenset({ITEM, TURN, PART})
Write: TypeAlias = Callable[[Source], Iterator[bytes]]


@dataclass(frozen=True, slots=True)
class Format:
    """`title` is a msgid; `holds` the kinds of answer it can carry; `write` gives the file's bytes piece by piece.

    `beside` are further files, by name; each name sorts before `data_card.md`, as `file` does. Of a
    package in parts every part has files of its own, unless the format tells parts apart itself (`parts_itself`).
    `targets` say what it has a place for: what is asked of the whole item, of each turn, of each thing marked; `told`
    names the only fields of the last that it knows, where it knows but some. `once` are files that there is one of
    whatever the parts. `needs` is the optional part of Guiju that must be installed to write it, with its module.
    """

    name: str
    title: str
    file: str
    holds: frozenset[str]
    write: Write
    beside: Mapping[str, Write] = field(default_factory=dict[str, Write])
    parts_itself: bool = False
    targets: frozenset[str] = frozenset({ITEM})
    told: frozenset[str] | None = None
    once: Mapping[str, Write] = field(default_factory=dict[str, Write])
    needs: tuple[str, str] | None = None

    def lacks(self) -> str | None:
        """The optional part of Guiju that would have to be installed first."""
        return self.needs[0] if self.needs and find_spec(self.needs[1]) is None else None

    def losses(self, fields: Sequence[FieldShape]) -> tuple[Loss, ...]:
        """The fields that would not travel: said before a package is built, and in its report."""
        return tuple(Loss(field.id, why) for field in fields if (why := self._lost(field)))

    def _lost(self, field: FieldShape) -> str | None:
        target = field.target if field.target in {ITEM, TURN} else PART
        if target not in self.targets or (target == PART and self.told is not None and field.id not in self.told):
            return target
        return "kind" if target == ITEM and field.kind not in self.holds else None
