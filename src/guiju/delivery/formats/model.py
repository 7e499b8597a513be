"""What a delivery format is: a name, what it can hold, and how rows become one file."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from guiju.delivery.model import Label, Row
from guiju.kinds import FieldShape


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


Write: TypeAlias = Callable[[Source], Iterator[bytes]]


@dataclass(frozen=True, slots=True)
class Format:
    """`title` is a msgid; `holds` the kinds of answer it can carry; `write` gives the file's bytes piece by piece.

    `beside` are further files, by name; each name sorts before `data_card.md`, as `file` does. Of a
    package in parts every part has files of its own, unless the format tells parts apart itself (`parts_itself`).
    """

    name: str
    title: str
    file: str
    holds: frozenset[str]
    write: Write
    beside: Mapping[str, Write] = field(default_factory=dict[str, Write])
    parts_itself: bool = False
