"""What lies in the bank, who may see it, and what came of a draw."""

import enum
from dataclasses import dataclass


class Rights(enum.StrEnum):
    CUSTOMER = "customer"
    GENERAL = "general"


@dataclass(frozen=True, slots=True)
class Reader:
    """How far somebody sees into the bank.

    `everything` is whoever holds the home; otherwise general deposits, those of `projects`, and those left for one of
    `customers`: the projects that the reader leads and their customers.
    """

    everything: bool
    projects: frozenset[int]
    customers: frozenset[str]


@dataclass(frozen=True, slots=True)
class Wanted:
    """A search: words that must all be there, and a label by id or name; at least one of the two."""

    tokens: tuple[str, ...] = ()
    label: str = ""

    @property
    def is_empty(self) -> bool:
        return not self.tokens and not self.label


@dataclass(frozen=True, slots=True)
class Find:
    """A deposit that was found. `text` is the item's text, cut; `labels` are ids."""

    id: int
    item_id: int
    project_id: int
    project: str
    rulebook: str
    rights: Rights
    media: str
    name: str
    text: str | None
    labels: tuple[str, ...]
    at: int


@dataclass(frozen=True, slots=True)
class Drawn:
    """What a draw did: `items` came anew into `source`, `answers` of them with theirs; `duplicates` were there."""

    source: int
    items: int
    answers: int
    duplicates: int
