"""What a certificate says."""

import enum
from dataclasses import dataclass

from guiju.kit import N_


class Lapse(enum.StrEnum):
    """Why a certificate counts no more."""

    VERSION = "version"


LAPSE_NAMES = {Lapse.VERSION: N_("the rules changed their meaning with version {version}")}


@dataclass(frozen=True, slots=True)
class Certificate:
    """Who passed the exam of a rulebook's line, under which version, with which score in [0, 1].

    It counts for the version's major number and, where it did not lapse, for those before.
    """

    id: int
    account_id: int
    project_id: int
    rulebook_id: int
    version: str
    major: int
    sitting_id: int
    score: float
    granted_at: int
    lapsed_at: int | None
    lapsed_why: Lapse | None
    lapsed_by: str | None

    @property
    def is_live(self) -> bool:
        return self.lapsed_at is None
