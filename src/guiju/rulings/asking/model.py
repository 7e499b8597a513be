"""What a question is compared by, and how like another one is."""

import enum
from dataclasses import dataclass

from guiju.kit import N_
from guiju.rulings.model import QuestionState, Ruling


class Why(enum.StrEnum):
    """What two questions share."""

    WORDS = "words"
    ITEM = "item"
    LIKE_ITEM = "like-item"
    LABELS = "labels"


WHY_NAMES = {
    Why.WORDS: N_("much the same words"),
    Why.ITEM: N_("the same item"),
    Why.LIKE_ITEM: N_("an item almost like it"),
    Why.LABELS: N_("the same labels in doubt"),
}


@dataclass(frozen=True, slots=True)
class Known:
    """A question as it is compared."""

    id: int
    text: str
    state: QuestionState
    items: frozenset[int]
    labels: frozenset[str]


@dataclass(frozen=True, slots=True)
class Likeness:
    """How like a question is, from 0 to 1, and by what."""

    id: int
    score: float
    why: tuple[Why, ...]


@dataclass(frozen=True, slots=True)
class Similar:
    """A question like another one, with its ruling if there is one."""

    id: int
    text: str
    state: QuestionState
    asked_by: int
    score: float
    why: tuple[Why, ...]
    ruling: Ruling | None
