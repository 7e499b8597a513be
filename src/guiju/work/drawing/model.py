"""How a trial's items are drawn, what would be drawn, and what was."""

import enum
from collections.abc import Mapping
from dataclasses import dataclass, field

import msgspec

from guiju.annotations import Round
from guiju.kit import N_, Sentence


class By(enum.StrEnum):
    """What the items are put together by before any is drawn."""

    RANDOM = "random"
    SCENE = "scene"
    LENGTH = "length"
    DOUBT = "doubt"
    LABEL = "label"


class Share(enum.StrEnum):
    """How many of the items each stratum gets."""

    PROPORTIONAL = "proportional"
    EQUAL = "equal"
    MIX = "mix"


class Earlier(enum.StrEnum):
    """What an earlier trial drew: left out, drawn again, or not looked at."""

    NEW = "new"
    SAME = "same"
    ANY = "any"


BY_NAMES = {
    By.RANDOM: N_("at random over all"),
    By.SCENE: N_("by scene"),
    By.LENGTH: N_("by length: short, middling, long"),
    By.DOUBT: N_("by how sure a model was"),
    By.LABEL: N_("by the label guessed"),
}
SHARE_NAMES = {
    Share.PROPORTIONAL: N_("as many as each holds: the figures speak for all items"),
    Share.EQUAL: N_("equally many of each: the rare ones are seen"),
    Share.MIX: N_("as the brief’s mix says"),
}
EARLIER_NAMES = {
    Earlier.NEW: N_("only items that no trial has drawn"),
    Earlier.SAME: N_("the items of an earlier trial again: compared item by item"),
    Earlier.ANY: N_("any item that waits, drawn before or not"),
}


@dataclass(frozen=True, slots=True)
class Wish:
    """A draw as somebody wants it.

    `of` says more where `by` needs it: the scenes' view, or the source of guesses (`round-3`, `annotator-7`). `trial`
    is the number of the trial that is drawn again with `Earlier.SAME`; 0 is the newest.
    """

    size: int = 50
    by: By = By.RANDOM
    of: str = ""
    share: Share = Share.PROPORTIONAL
    earlier: Earlier = Earlier.NEW
    trial: int = 0
    seed: str = ""


@dataclass(frozen=True, slots=True)
class Waiting:
    """An item that could be drawn: what its content is, and how large it is in the measure of its medium."""

    item_id: int
    hash: str
    media: str
    length: float


@dataclass(frozen=True, slots=True)
class Guess:
    """What somebody answered an item before: its labels, and how sure they were, in [0, 1]."""

    labels: tuple[str, ...]
    sure: float | None


@dataclass(frozen=True, slots=True)
class Stratum:
    """Items that are alike. `key` stays the same in every language; `drawn` are contents, in the order of the draw."""

    key: str
    name: Sentence
    waiting: int
    drawn: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Draw:
    """What a wish comes to: `items` are handed out in this order; `pool` items could be drawn, `digest` is theirs."""

    wish: Wish
    strata: tuple[Stratum, ...]
    items: tuple[int, ...]
    pool: int
    digest: str


class StratumDrawn(msgspec.Struct, frozen=True):
    key: str
    name: str
    places: dict[str, str | int | float]
    waiting: int
    drawn: int


@dataclass(frozen=True, slots=True)
class Record:
    """How a trial's items were drawn, as it is kept with the round."""

    wish: Wish
    strata: tuple[StratumDrawn, ...]
    pool: int
    digest: str


@dataclass(frozen=True, slots=True)
class Again:
    """A draw repeated: `same` items came out; `is_same_pool` says whether they were drawn from the same items."""

    round: Round
    record: Record
    same: bool
    is_same_pool: bool
    drawn: int


@dataclass(frozen=True, slots=True)
class Advice:
    """What a trial of so many items and people would say, take and cost.

    `half_width` is that of the 95% interval of observed agreement; `to_tell` the items that tell `gate` from `below`
    with 80% power. `median_ms` is of one answer, from the round `measured` or, without one, the brief's plan.
    """

    items: int
    annotators: int
    agreement: float
    likeness: float | None
    half_width: float
    low: float
    high: float
    gate: float
    below: float
    to_tell: int
    to_halve: int
    answers: int
    median_ms: float | None
    measured: Round | None
    price: float | None
    currency: str

    @property
    def hours(self) -> float | None:
        """Of all annotators together."""
        return None if self.median_ms is None else self.answers * self.median_ms / 3_600_000

    @property
    def hours_each(self) -> float | None:
        return None if self.hours is None else self.hours / self.annotators


@dataclass(frozen=True, slots=True)
class Known:
    """What an earlier trial has shown: its agreement, and how alike the pairs of an item were."""

    agreement: float
    likeness: float | None
    number: int


@dataclass(frozen=True, slots=True)
class Choices:
    """What a draw can be by in this project: sources of guesses, views with scenes, earlier trials, the brief's mix."""

    sources: tuple[tuple[str, str, int | None], ...] = ()
    views: tuple[str, ...] = ()
    trials: tuple[int, ...] = ()
    mix: Mapping[str, float] = field(default_factory=dict[str, float])
