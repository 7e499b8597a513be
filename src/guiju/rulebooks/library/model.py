"""Entries of another rulebook beside one's own."""

from collections.abc import Mapping
from dataclasses import dataclass

from guiju.rulebooks.model import Rulebook


@dataclass(frozen=True, slots=True)
class Book:
    """A published version that may be taken from; `name` is its project's."""

    id: int
    project_id: int
    name: str
    version: str

    @property
    def source(self) -> str:
        return f"{self.name} {self.version}"


@dataclass(frozen=True, slots=True)
class Row:
    """One entry as it is there, and as its like is here. `as_id` is the id that it would get; `same` is there already.

    `hindrance` is why it cannot be taken: a msgid.
    """

    group: str
    id: str
    theirs: Mapping[str, str]
    mine: Mapping[str, str] | None
    as_id: str
    same: bool = False
    hindrance: str = ""

    @property
    def key(self) -> str:
        return f"{self.group}.{self.id}"


@dataclass(frozen=True, slots=True)
class Beside:
    """Another rulebook beside the draft, entry by entry."""

    book: Book
    rulebook: Rulebook
    rows: tuple[Row, ...]
