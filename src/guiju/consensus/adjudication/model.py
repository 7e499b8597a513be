"""An item with what several annotators answered."""

from collections.abc import Mapping
from dataclasses import dataclass

from guiju.rulings import Ruling
from guiju.work import TaskItem


@dataclass(frozen=True, slots=True)
class Voice:
    """An answer (JSON) and who gave it: letters that stand for annotators within this item alone, their annotations,
    and their names where the reader may see them.
    """

    letters: tuple[str, ...]
    annotations: tuple[int, ...]
    answers: str
    names: tuple[str, ...] | None


@dataclass(frozen=True, slots=True)
class Agreement:
    """How far the voices agree on one field, in [0, 1]: each with each, and on average over all annotators."""

    shares: tuple[tuple[float, ...], ...]
    overall: float


@dataclass(frozen=True, slots=True)
class Lean:
    """What consensus would have made of the item, less surely than was asked for: the letters of who said just that
    (none: nobody did), how sure it is, and by which method.
    """

    letters: tuple[str, ...]
    confidence: float
    method: str


@dataclass(frozen=True, slots=True)
class Case:
    """A disagreement as it is laid before an adjudicator. `last` is the newest of its annotations."""

    item: TaskItem
    voices: tuple[Voice, ...]
    agreement: Mapping[str, Agreement]
    last: int
    ruling: Ruling | None
    lean: Lean | None = None


@dataclass(frozen=True, slots=True)
class RulingSaid:
    """What an adjudicator says: the right answer (JSON), the reason, its clause. `last` and `ruling` are of the case
    that they saw.
    """

    answers: str
    text: str
    clause: str | None
    last: int
    ruling: int
