"""What a draft would touch, as it was measured."""

from collections.abc import Mapping
from dataclasses import dataclass

import msgspec


@dataclass(frozen=True, slots=True)
class Touch:
    """Answers that a change makes doubtful: of one `field` (any, where empty) with one of `labels` (any, where empty).

    `everything` where it concerns items whatever was answered, such as a field that is new.
    """

    group: str
    id: str
    weight: str
    sentence: str
    details: Mapping[str, object]
    field: str = ""
    labels: frozenset[str] = frozenset()
    everything: bool = False


class Touched(msgspec.Struct, frozen=True):
    """A change with the items it touches; `shown` are the first of them. The sentence is a msgid."""

    group: str
    id: str
    weight: str
    sentence: str
    details: dict[str, object]
    items: int
    shown: list[int]


class Refused(msgspec.Struct, frozen=True):
    """A check with the items that it would refuse, and how many things marked in them. `is_new`: changed or added."""

    check: str
    message: dict[str, str]
    is_new: bool
    items: int
    parts: int
    shown: list[int]


class Impact(msgspec.Struct, frozen=True):
    """What the draft whose digest it is would touch of `examined` answers of record.

    `touched` items are touched by a change of meaning or refused by a check that is new; `listed` are the first of
    them. `lots` are the accepted lots that hold any of them.
    """

    digest: str
    before: str
    examined: int
    touched: int
    lots: int
    changes: list[Touched]
    refused: list[Refused]
    listed: list[int]
