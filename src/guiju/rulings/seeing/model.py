"""Rulings and who has seen them."""

from dataclasses import dataclass

from guiju.rulings.model import Ruling


@dataclass(frozen=True, slots=True)
class Unseen:
    """A ruling that somebody has not seen: the question, the items that it is about or that are almost like them, and
    the labels in doubt.
    """

    ruling: Ruling
    question: str
    items: tuple[int, ...]
    labels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SeenBy:
    """Of those who work by the rulebook: who has seen a ruling and when, `(name, at)`, and who has not."""

    seen: tuple[tuple[str, int], ...]
    not_yet: tuple[str, ...]

    @property
    def of(self) -> int:
        return len(self.seen) + len(self.not_yet)
