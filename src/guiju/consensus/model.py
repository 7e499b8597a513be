"""Several answers, and the one that they come to."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from guiju.kinds import Answer


@dataclass(frozen=True, slots=True)
class Decided:
    """One answer to every field, and how much of what was said stands behind it, in [0, 1]."""

    answers: Mapping[str, Answer]
    confidence: float


Method: TypeAlias = Callable[[Sequence[Mapping[str, Answer]]], Decided | None]
"""Several annotators' answers to one item → what they come to, or `None` where they do not decide."""


@dataclass(frozen=True, slots=True)
class ResolvedItem:
    """An item that its answers decide; `answers` as JSON."""

    item_id: int
    answers: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Plan:
    """What a method makes of a round: the items it decides, and those it leaves to a person."""

    method: str
    resolved: tuple[ResolvedItem, ...]
    ties: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a round: `ties` are left open; what was ruled before (`kept`) stands."""

    method: str
    resolved: int
    ties: tuple[int, ...]
    kept: int
