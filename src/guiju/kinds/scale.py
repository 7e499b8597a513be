"""The scale of a rating: from `low` to `high` by `step`, with words at some of its points."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, TypeAlias

Apart: TypeAlias = Literal["ordinal", "interval"]
MOST_POINTS = 101


@dataclass(frozen=True, slots=True)
class Anchor:
    """What a point of the scale means, in both languages."""

    at: float
    words: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Scale:
    """`apart` says how the trial's report reads differences: by rank only (`ordinal`), or as distances (`interval`)."""

    low: float
    high: float
    step: float = 1.0
    anchors: tuple[Anchor, ...] = ()
    apart: Apart = "ordinal"

    @property
    def steps(self) -> float:
        """How many steps lie between its ends; whole where the scale is sound."""
        return (self.high - self.low) / self.step if self.step else 0.0

    @property
    def is_sound(self) -> bool:
        """It rises, by whole steps, to its end, and is no longer than people can tell apart."""
        rises = self.step > 0 and self.low < self.high
        return rises and abs(self.steps - round(self.steps)) < 1e-6 and self.steps < MOST_POINTS

    def has(self, value: float) -> bool:
        """Whether `value` is a point of the scale.

        >>> Scale(1, 5).has(3), Scale(1, 5).has(3.5), Scale(1, 5, 0.5).has(3.5), Scale(1, 5).has(6)
        (True, False, True, False)
        """
        steps = (value - self.low) / self.step
        return self.low <= value <= self.high and abs(steps - round(steps)) < 1e-6
