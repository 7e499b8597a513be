"""What is checked of a draw."""

import enum
from dataclasses import dataclass

from guiju.kit import N_


class Check(enum.StrEnum):
    COMMITTED = "committed"
    SECRET = "secret"  # noqa: S105 - a name
    CONTENTS = "contents"
    SEED = "seed"
    SAMPLE = "sample"
    JOURNAL = "journal"


CHECK_NAMES = {
    Check.COMMITTED: N_("The journal held the hash of the random bytes before the lot was drawn."),
    Check.SECRET: N_("The random bytes have the hash that the journal held."),
    Check.CONTENTS: N_("The lot holds what it held when it was drawn."),
    Check.SEED: N_("The seed follows from the random bytes and the lot's contents."),
    Check.SAMPLE: N_("Drawn again, the sample is the one that is inspected, in the same order."),
    Check.JOURNAL: N_("The journal's row of the draw agrees with plan, contents, seed and sample."),
}

BROKEN = {
    Check.COMMITTED: N_("The journal has no hash of these random bytes from before the draw."),
    Check.SECRET: N_("The random bytes are others than those whose hash the journal held."),
    Check.CONTENTS: N_("The lot's items or answers were changed after it was drawn."),
    Check.SEED: N_("The seed is another than the one that follows from the random bytes and the contents."),
    Check.SAMPLE: N_("Drawn again, the sample is another: items were swapped."),
    Check.JOURNAL: N_("The journal's row of the draw says something else than the lot."),
}


@dataclass(frozen=True, slots=True)
class Checked:
    """One check and whether it holds; `items` are those that are in the sample or in the draw but not in both."""

    check: Check
    holds: bool
    items: tuple[int, ...] = ()

    @property
    def sentence(self) -> str:
        """What was found, still to be translated."""
        return CHECK_NAMES[self.check] if self.holds else BROKEN[self.check]


@dataclass(frozen=True, slots=True)
class Commitment:
    """Random bytes that the machine made for the next lot of a project, and their hash in the journal's row `event`."""

    id: int
    commitment: str
    secret: str
    event: int
    at: int
