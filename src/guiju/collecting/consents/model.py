"""Consents on record, and what a withdrawal did."""

from dataclasses import dataclass

import msgspec

from guiju.kinds import Consent


@dataclass(frozen=True, slots=True)
class Agreed:
    """What one person agreed to in one project; `withdrawn_at` is there when it holds no more."""

    id: int
    project_id: int
    project: str
    annotator_id: int
    consent: Consent
    agreed_at: int
    withdrawn_at: int | None
    contributions: int


class Withdrawn(msgspec.Struct, frozen=True):
    """What became of what was given: `removed` contributions; `items` made of them that went with them; `kept` items
    that are at work in rounds, lots or deliveries already: they are given out no more, and the trainer decides.
    """

    removed: int
    items: int
    kept: list[int]
