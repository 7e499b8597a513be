"""A consent on record, and what a project has left in the bank under its consents."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Given:
    """What the requester says: `until` is the last day, such as 2030-12-31, or nothing for as long as it is not ended.

    `looked_through`: somebody looked through pictures and recordings for people, which no pattern here can.
    """

    purpose: str
    words: str
    document: str
    until: str = ""
    looked_through: bool = False


@dataclass(frozen=True, slots=True)
class Consent:
    """A consent on record; `ended_at` is there once it was ended, `until` its last moment if it has one."""

    id: int
    project_id: int
    customer: str
    purpose: str
    words: str
    document: str
    looked_through: bool
    until: int | None
    given_by: str
    given_at: int
    ended_by: str | None
    ended_at: int | None
    paper: str | None = None
    """The file's name of the signed paper, where it is on record."""

    def holds(self, at: int) -> bool:
        return self.ended_at is None and (self.until is None or self.until > at)


@dataclass(frozen=True, slots=True)
class HeldBack:
    """An item that is left for its customer alone though it was to be general, and what was found in it."""

    item_id: int
    name: str
    held: str
    found: str | None


@dataclass(frozen=True, slots=True)
class Left:
    """What a project left in the bank: deposits by grade, by rights, by what held them back; the first held back."""

    deposits: int
    grades: Mapping[str, int]
    general: int
    held: Mapping[str, int]
    merged: int
    examples: list[HeldBack]
