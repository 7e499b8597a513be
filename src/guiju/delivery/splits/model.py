"""How a package is split, as it is asked for and kept."""

import msgspec

SOURCE = "source"
"""As a column to group by: whatever came in one import stays together."""


class Splits(msgspec.Struct, frozen=True, omit_defaults=True):
    """`shares` sum to 1, by the parts' names in their order.

    `by` is the field whose labels each part has in the same shares; without it the first field with labels. `group`
    are columns of the items (a session, a speaker, a patient) whose values stay together, beside near-duplicates and
    pieces of one original, which always do. `seed` decides what chance would. `keep` is an earlier delivery of which
    every item stays in its part.
    """

    shares: dict[str, float]
    by: str | None = None
    group: tuple[str, ...] = ()
    seed: str = "1"
    keep: int | None = None
