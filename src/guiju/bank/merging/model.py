"""Where a deposit came from, as often as it was deposited."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Source:
    """One source of what a deposit holds. Of a stranger's, `project`, `lot`, `paper` and `consent_id` say nothing.

    `likeness` is 1 where the content is the same byte by byte. `consent_until` is the last moment of the consent under
    which it is general.
    """

    deposit_id: int
    is_stranger: bool
    project_id: int
    project: str
    lot_id: int
    lot: int
    accepted_at: int | None
    rulebook: str
    grade: str
    rights: str
    consent_id: int
    paper: str
    consent_until: int | None
    at: int
    likeness: float
    stands: bool
