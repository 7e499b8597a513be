"""A search of the bank, what it finds, and what can be chosen beside it."""

import enum
from collections.abc import Mapping
from dataclasses import dataclass, field

from guiju.bank.model import Rights
from guiju.kit import N_


class Facet(enum.StrEnum):
    """What a search can be narrowed by; several values of one are any of them, several facets are all of them."""

    MEDIA = "media"
    KIND = "kind"
    LANGUAGE = "language"
    DOMAIN = "domain"
    SCENE = "scene"
    GRADE = "grade"
    LABEL = "label"
    CLAUSE = "clause"
    RULEBOOK = "rulebook"
    PROJECT = "project"
    RIGHTS = "rights"


FACET_NAMES = {
    Facet.MEDIA: N_("Medium"),
    Facet.KIND: N_("Kind"),
    Facet.LANGUAGE: N_("Language"),
    Facet.DOMAIN: N_("Trade"),
    Facet.SCENE: N_("Scene"),
    Facet.GRADE: N_("Grade"),
    Facet.LABEL: N_("Label"),
    Facet.CLAUSE: N_("Clause"),
    Facet.RULEBOOK: N_("Rulebook"),
    Facet.PROJECT: N_("From project"),
    Facet.RIGHTS: N_("Rights"),
}
OF_ITS_PROJECT = frozenset({Facet.PROJECT, Facet.SCENE})
"""What tells whose a deposit is: of a stranger's general deposit neither said nor counted."""


@dataclass(frozen=True, slots=True)
class Search:
    """Words that must all be there, a label by id or name, chosen values of facets, and something to be like.

    `like` is the number of a deposit, `picture:…`, or a text. `into` is a project: only what it may use and has not
    drawn yet.
    """

    q: str = ""
    label: str = ""
    facets: Mapping[Facet, frozenset[str]] = field(default_factory=dict[Facet, frozenset[str]])
    like: str = ""
    into: int = 0

    @property
    def is_empty(self) -> bool:
        return not (self.q or self.label or self.facets or self.like)

    @property
    def chosen(self) -> tuple[str, ...]:
        """The facets as an address says them."""
        return tuple(f"{facet.value}:{value}" for facet, values in self.facets.items() for value in sorted(values))


@dataclass(frozen=True, slots=True)
class Find:
    """A deposit that was found. `text` is the item's text, cut; `labels` are ids; `closeness` is a cosine, where
    something was compared; `doubt` is open or aside, where another deposit contradicts it. Of a stranger's deposit
    `project` and `name` say nothing."""

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
    grade: str
    answers: str
    is_stranger: bool
    doubt: str | None = None
    closeness: float | None = None


@dataclass(frozen=True, slots=True)
class Counted:
    """A facet's values with how many there are; `is_chosen` of those that narrow the search."""

    facet: Facet
    values: tuple[tuple[str, int, bool], ...]


@dataclass(frozen=True, slots=True)
class Counts:
    """What can be chosen beside a search. `total` deposits fit it; where that is `most`, the newest `most` were
    counted, and where something was compared, the `most` that are most like it."""

    total: int
    most: int
    facets: tuple[Counted, ...]
