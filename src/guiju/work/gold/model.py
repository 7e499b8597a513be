"""How known answers are mixed in, and what they say of somebody."""

import enum
from collections.abc import Mapping
from dataclasses import dataclass, field

from guiju.kit import N_


class Returns(enum.StrEnum):
    """What brings somebody back who was stopped, beside the trainer's signed word."""

    PRACTICE = "practice"
    EXAM = "exam"
    WORD = "word"


RETURN_NAMES = {
    Returns.PRACTICE: N_("practice passed, or the exam"),
    Returns.EXAM: N_("the exam passed"),
    Returns.WORD: N_("the trainer’s word alone"),
}


@dataclass(frozen=True, slots=True)
class GoldWish:
    """`base`: the share of items whose answer is known, for people whose answers are good; `line`: the share of right
    answers that is asked for; whether somebody surely below it `stops`, and is told (`tells`) their figures then; what
    brings them back (`returns`).
    """

    base: float
    line: float = 0.8
    stops: bool = True
    tells: bool = True
    returns: Returns = Returns.PRACTICE


@dataclass(frozen=True, slots=True)
class Gold:
    """The policy of a round, and the round that its known answers lie in."""

    round_id: int
    gold_round_id: int
    wish: GoldWish
    key: str


@dataclass(frozen=True, slots=True)
class Record:
    """Of the latest `n` known items `right` were answered right, partial answers in part."""

    right: float
    n: int


@dataclass(frozen=True, slots=True)
class Rate:
    """Of how many items the answer is known, as a share, and why: `why` is a msgid with `places`."""

    share: float
    why: str
    places: Mapping[str, object] = field(default_factory=dict[str, object])


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether somebody is stopped, by the interval of their share of right answers."""

    stops: bool
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Stop:
    """Somebody was stopped in a round, by which figures; one that holds was not lifted yet."""

    id: int
    round_id: int
    annotator_id: int
    at: int
    n: int
    right: float
    low: float
    high: float
    line: float
    lifted_at: int | None = None


@dataclass(frozen=True, slots=True)
class GoldLine:
    """Somebody's known answers in a round, as those who lead it see them."""

    account_id: int
    record: Record
    low: float
    high: float
    rate: Rate
    stop: Stop | None
