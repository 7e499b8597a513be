"""How many answers an item gets."""

import enum
from dataclasses import dataclass

from guiju.kit import N_

MOST_ANSWERS = 9
USUAL_SURE, USUAL_ALIKE = 0.95, 0.8


class Way(enum.StrEnum):
    FIXED = "fixed"
    SHARE = "share"
    UNTIL = "until"


WAY_NAMES = {
    Way.FIXED: N_("the same for every item"),
    Way.SHARE: N_("several for a share of the items"),
    Way.UNTIL: N_("until the answers are sure"),
}


@dataclass(frozen=True, slots=True)
class Overlap:
    """Every item gets `least` answers and none more than `most`.

    `share` of the items, drawn by `seed`, get `most`. Until sure: an item with one label to choose is asked again while
    its label is less than `sure` probable; any other while no majority of its answers agrees by `alike`.
    """

    way: Way = Way.FIXED
    least: int = 1
    most: int = 1
    share: float = 0.0
    sure: float = USUAL_SURE
    alike: float = USUAL_ALIKE
    seed: str = ""


ONE = Overlap()


def overlap_of(said: int | Overlap) -> Overlap:
    """A plain number is as many answers for every item, one to nine."""
    if isinstance(said, Overlap):
        return said
    n = max(1, min(said, MOST_ANSWERS))
    return Overlap(Way.FIXED, n, n)
