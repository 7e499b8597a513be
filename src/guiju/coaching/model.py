"""What is practised, and how well it is remembered."""

from collections.abc import Mapping
from dataclasses import dataclass

from guiju.rulings.marking.model import Known as Reference

START_EASE = 2.5


@dataclass(frozen=True, slots=True)
class Memory:
    """How well one known answer sits: SM-2's state.

    `streak` counts the passed repetitions in a row, `ease` is the E-factor (1.3 or more), `interval` days lay before
    `due_at` (microseconds). `again`: it was weak, and comes once more in the same sitting.
    """

    streak: int
    ease: float
    interval: int
    due_at: int
    again: bool = False


@dataclass(frozen=True, slots=True)
class Card:
    """A known answer that a person has practised."""

    id: int
    key: str
    digest: str
    memory: Memory
    answered: int
    score: float
    begun_at: int
    at: int


@dataclass(frozen=True, slots=True)
class Known:
    """A reference as practice sees it. `key` is the same in every version of the rulebook, `digest` is of its content;
    `labels` are those that it gives, or that it is an example of.
    """

    reference: Reference
    key: str
    digest: str
    name: str
    labels: tuple[str, ...]


RIGHT = 0.999
HALF = 0.5


def verdict_of(score: float) -> str:
    """`right`, `part` or `wrong`."""
    return "right" if score >= RIGHT else "wrong" if score < HALF else "part"


@dataclass(frozen=True, slots=True)
class LabelState:
    """Where a person stands with one label: known answers that sit, that do not sit yet, that were never asked."""

    label: str
    sits: int
    shaky: int
    fresh: int

    @property
    def total(self) -> int:
        return self.sits + self.shaky + self.fresh


@dataclass(frozen=True, slots=True)
class Standing:
    """What is due today, what sits and what does not. `missed` were wrong in an exam and not practised since;
    `next_at` is when the next one comes back, if none is due.
    """

    missed: int
    due: int
    again: int
    fresh: int
    fresh_today: int
    sits: int
    shaky: int
    next_at: int | None
    labels: tuple[LabelState, ...]
    weak: tuple[tuple[Known, Card], ...]
    by_key: Mapping[str, Card]

    @property
    def now(self) -> int:
        """How many can be practised at this moment."""
        return self.missed + self.due + self.again + self.fresh_today
