"""How much of what a brief wants lies in the bank."""

from collections.abc import Mapping
from dataclasses import dataclass

from guiju.bank.finding.model import Search


@dataclass(frozen=True, slots=True)
class Found:
    """How many deposits there are under one rulebook with one grade; `is_doubtful` are contradicted by others."""

    rulebook_id: int
    grade: str
    count: int
    is_doubtful: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """A number, and the search that finds what it counts."""

    count: int
    search: Search


@dataclass(frozen=True, slots=True)
class Offer:
    """What lies in the bank for a project. `wanted` is the brief's volume, `lacks` what is not known of it.

    `sure` may hold as they are: grade A or B under a rulebook that means the same; `recheck` are to be looked at again
    first, of them `doubtful` once somebody has settled what contradicts them. `grades` are those of the sure. `own` of
    the project's items have the same content as a deposit; `drawn` hold an answer of the bank already, `rechecking`
    were drawn and hold none yet. `samples` are beginnings of its texts, to look for what is like them.
    """

    wanted: int | None
    sure: Part
    recheck: Part
    grades: Mapping[str, int]
    own: int
    drawn: int
    samples: tuple[str, ...]
    has_rulebook: bool
    doubtful: int = 0
    is_cut: bool = False
    rechecking: int = 0

    @property
    def saved(self) -> int:
        """New annotations that are not needed any more when the sure ones are drawn, beyond those drawn already."""
        if self.wanted is None:
            return self.sure.count
        return max(0, min(self.sure.count, self.wanted - self.drawn))
