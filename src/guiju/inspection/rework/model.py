"""To whom rework goes."""

import enum
from dataclasses import dataclass

from guiju.kit import N_


class To(enum.StrEnum):
    SAME = "same"
    OTHERS = "others"
    TEAM = "team"
    PERSON = "person"


TO_NAMES = {
    To.SAME: N_("who made it"),
    To.OTHERS: N_("the other annotators, shared out evenly"),
}


@dataclass(frozen=True, slots=True)
class ReworkTo:
    """`whom` is the team's id, or the person's account."""

    to: To = To.SAME
    whom: int = 0


def read_to(said: str) -> ReworkTo:
    """As a form says it: `same`, `others`, `team-3`, `person-12`.

    >>> read_to("person-12").whom, read_to("anything").to.value
    (12, 'same')
    """
    kind, _, whom = said.partition("-")
    known = To(kind) if kind in set(To) else To.SAME
    return ReworkTo(known, int(whom) if whom.isdecimal() else 0)
