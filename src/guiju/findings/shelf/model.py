"""What lies on the shelf."""

import enum
from dataclasses import dataclass

from guiju.data import Item
from guiju.rulebooks import Edit


class Of(enum.StrEnum):
    """Where its items come from: a search, the last trial's dearest, the newest pick."""

    SEARCH = "search"
    COSTLY = "costly"
    PICK = "pick"


@dataclass(frozen=True, slots=True)
class Laid:
    """One item: the labels of its answer of record, and how far a trial's annotators agreed on it."""

    item: Item
    labels: tuple[str, ...]
    observed: float | None = None


@dataclass(frozen=True, slots=True)
class Shelf:
    """`unread` of the project's items are not in the index of words yet: a search may find more soon."""

    items: tuple[Laid, ...]
    cursor: str | None = None
    unread: int = 0


@dataclass(frozen=True, slots=True)
class Placed:
    """An example as it goes into the text: its id, and the lines that become others."""

    id: str
    edit: Edit
