"""What lies in the bank, who may see it, and what came of a draw."""

import enum
from dataclasses import dataclass
from typing import NamedTuple

from guiju.kit import N_


class Rights(enum.StrEnum):
    CUSTOMER = "customer"
    GENERAL = "general"


class Held(enum.StrEnum):
    """Why a deposit is left for its customer though its project and its source leave their data to all."""

    NO_CONSENT = "no-consent"
    PERSONAL = "personal-data"
    NOT_LOOKED_AT = "not-looked-at"


HELD_NAMES = {
    Held.NO_CONSENT: N_("no consent of the customer is on record"),
    Held.PERSONAL: N_("personal data was found in it"),
    Held.NOT_LOOKED_AT: N_("nobody has said that its pictures and recordings were looked through for people"),
}


class Consented(NamedTuple):
    """A consent as a deposit needs it: until when it holds (microseconds), and whether media were looked through."""

    id: int
    until: int | None
    looked_through: bool


class Allowed(NamedTuple):
    """With which rights something is deposited, and why not with more."""

    rights: Rights
    held: Held | None = None
    consent: Consented | None = None


@dataclass(frozen=True, slots=True)
class Reader:
    """How far somebody sees into the bank.

    `everything` is whoever holds the home; otherwise general deposits, those of `projects`, and those left for one of
    `customers`: the projects that the reader leads and their customers. `at` is when: a consent may have run out.
    """

    everything: bool
    projects: frozenset[int]
    customers: frozenset[str]
    at: int = 0
