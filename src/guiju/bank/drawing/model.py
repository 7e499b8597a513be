"""What is drawn, as what, and what came of it."""

import enum
from collections.abc import Mapping
from dataclasses import dataclass, field

import msgspec

from guiju.bank.finding.model import Facet, Search
from guiju.kinds import Media
from guiju.kit import N_


class DrawAs(enum.StrEnum):
    """What deposits become in the project that draws them."""

    ANSWERS = "answers"
    ITEMS = "items"
    PREFILL = "prefill"
    GOLD = "gold"
    EXAM = "exam"


AS_NAMES = {
    DrawAs.ANSWERS: N_("items with their answers; what is doubtful goes into a recheck"),
    DrawAs.ITEMS: N_("items alone, to be annotated anew"),
    DrawAs.PREFILL: N_("items with their answers as suggestions"),
    DrawAs.GOLD: N_("hidden gold: items whose answer is known to be right"),
    DrawAs.EXAM: N_("questions of exams and practice"),
}


class Fit(enum.StrEnum):
    """What an answer of the bank is worth under the project's rulebook."""

    HOLDS = "holds"
    RECHECK = "recheck"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Choice:
    """What is to be drawn: these deposits, or what a search finds, at most `most`."""

    deposits: tuple[int, ...] = ()
    search: Search = field(default_factory=Search)
    as_: DrawAs = DrawAs.ANSWERS
    most: int | None = None


@dataclass(frozen=True, slots=True)
class Usable:
    """A deposit as a draw needs it. `is_own` is whether whoever draws may know whose it is, `doubt` why its answer is
    left out."""

    id: int
    item_id: int
    project_id: int
    project_name: str
    rulebook_id: int
    rights: str
    customer: str
    grade: str
    answers: str
    media: Media
    size: int
    body: str | None
    width: int | None
    height: int | None
    parts: int | None
    duration: int | None
    speakers: str | None
    doubt: str | None
    is_own: bool


@dataclass(frozen=True, slots=True)
class Settled:
    """One deposit's answer in the words of the project's rulebook, and what of it was lost on the way."""

    fit: Fit
    answers: str = ""
    lost: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Drawn:
    """What a draw did: `items` came anew into `source`, `duplicates` were in the project and were left alone, and
    `doubtful` were left out since another deposit contradicts them.

    Of the new ones `answers` hold their answer, `recheck` wait in the round `recheck_round`, `suggested` have it as a
    suggestion of the round `round`, `known` are references; `lost` says which labels the mapping could not carry, and
    of how many answers.
    """

    source: int
    items: int
    duplicates: int
    doubtful: int = 0
    answers: int = 0
    recheck: int = 0
    suggested: int = 0
    known: int = 0
    round: int = 0
    recheck_round: int = 0
    lost: Mapping[str, int] = field(default_factory=dict[str, int])


class ManyState(enum.StrEnum):
    DRAWING = "drawing"
    DONE = "done"
    FAILED = "failed"


MANY_NAMES = {
    ManyState.DRAWING: N_("being drawn; nothing of it is seen yet"),
    ManyState.DONE: N_("drawn"),
    ManyState.FAILED: N_("not drawn; nothing of it was kept"),
}


class Asked(msgspec.Struct):
    """A `Choice` as it is kept, with whether whoever asked holds the home."""

    deposits: list[int]
    q: str
    label: str
    facets: dict[str, list[str]]
    like: str
    into: int
    as_: DrawAs
    most: int | None
    is_trusted: bool

    @classmethod
    def of(cls, chosen: Choice, *, is_trusted: bool) -> "Asked":
        search = chosen.search
        facets = {facet.value: sorted(values) for facet, values in search.facets.items()}
        said = (search.q, search.label, facets, search.like, search.into)
        return cls(list(chosen.deposits), *said, chosen.as_, chosen.most, is_trusted)

    @property
    def choice(self) -> Choice:
        facets = {Facet(name): frozenset(values) for name, values in self.facets.items()}
        search = Search(self.q, self.label, facets, self.like, self.into)
        return Choice(tuple(self.deposits), search, self.as_, self.most)


@dataclass(frozen=True, slots=True)
class DrawMany:
    """A draw of many, as it stands; `result` is there once all of it is."""

    id: int
    project_id: int
    chosen: Choice
    state: ManyState
    job_id: int | None
    source_id: int
    round_id: int
    rulebook_id: int
    result: Drawn | None
    asked_by: int
    asked_at: int
    is_trusted: bool

    @property
    def most(self) -> int:
        return min(self.chosen.most or MOST_AT_ONCE, MOST_AT_ONCE)

    @property
    def name(self) -> str:
        """The state in words, still to be translated."""
        return MANY_NAMES[self.state]


MOST_DRAWN = 2_000
"""So many come in one act; more are drawn by a job."""
MOST_AT_ONCE = 100_000
