"""How well and how fast the cast's annotators work, as figures that the simulated work draws from."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, TypeAlias

Confusions: TypeAlias = Mapping[tuple[str, str], float]
"""(true label, label given instead) → probability."""

_PAIRS: Final[Confusions] = {
    ("scratch", "crack"): 0.5,
    ("crack", "scratch"): 0.7,
    ("pitting", "inclusion"): 0.4,
    ("inclusion", "pitting"): 0.4,
    ("inclusion", "scale"): 0.8,
    ("scale", "inclusion"): 0.6,
    ("scale", "rolled_in"): 1.0,
    ("rolled_in", "scale"): 1.2,
    ("refund", "complaint"): 1.0,
    ("complaint", "refund"): 0.9,
    ("refund", "exchange"): 0.5,
    ("exchange", "refund"): 0.9,
    ("logistics", "complaint"): 0.5,
    ("product", "exchange"): 0.4,
    ("product", "promotion"): 0.4,
    ("promotion", "refund"): 0.3,
    ("chitchat", "complaint"): 0.3,
    ("complaint", "chitchat"): 0.3,
}
"""How tempting each mistake is, beside the others; a skill's `error` scales it."""


@dataclass(frozen=True, slots=True)
class Skill:
    """One annotator's profile.

    `confusions`: probability of each mistake on a plain item; `boundary_factor` multiplies it on a boundary item.
    `miss`: probability that a true defect is not boxed. `jitter_px`: standard deviation of each box edge, pixels.
    `unread`: the share of a written rule that does not reach this person. `leans`: where two labels look alike and no
    rule tells them apart, how often they take the later one of the alphabet: a habit, and each has their own.
    `seconds_choice`, `seconds_box`: median time for one message, and for one defect on an image.
    """

    confusions: Confusions
    boundary_factor: float
    miss: float
    jitter_px: float
    seconds_choice: float
    seconds_box: float
    unread: float = 0.3
    leans: float = 0.5

    def mistakes(self, truth: str, boundary: bool = False) -> dict[str, float]:
        """Label given instead of `truth` → probability; what is left up to 1 is the right answer."""
        factor = self.boundary_factor if boundary else 1.0
        found = {given: p * factor for (true, given), p in self.confusions.items() if true == truth}
        total = sum(found.values())
        return found if total <= 1 else {given: p / total for given, p in found.items()}


def _skill(  # noqa: PLR0917 - a profile has as many figures as it has
    error: float,
    boundary_factor: float,
    miss: float,
    jitter_px: float,
    seconds: tuple[float, float],
    unread: float,
    leans: float,
) -> Skill:
    confusions = MappingProxyType({pair: round(error * weight, 4) for pair, weight in _PAIRS.items()})
    return Skill(confusions, boundary_factor, miss, jitter_px, *seconds, unread, leans)


CAREFUL: Final = _skill(0.015, 3.0, 0.01, 0.8, (6.0, 9.0), 0.1, 0.1)
CARELESS: Final = _skill(0.09, 2.5, 0.08, 3.0, (2.5, 4.0), 0.3, 0.9)
NEW: Final = _skill(0.07, 4.0, 0.05, 2.2, (11.0, 17.0), 0.4, 0.5)
