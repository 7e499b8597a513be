"""What is compared, how, and how far that is done."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol


class Nearest(Protocol):
    """Something to which deposits are compared. Pairs are (deposit, cosine), the nearest first."""

    def __len__(self) -> int: ...

    def all(self, count: int) -> list[tuple[int, float]]: ...

    def among(self, deposits: Sequence[int], count: int) -> list[tuple[int, float]]: ...


@dataclass(frozen=True, slots=True)
class Likeness:
    """One medium: the way that compares, the ways there are (name, words), how many deposits it has and are compared.

    `indexed` of them are found by an index, tuned to `recall`, the rest one by one.
    """

    medium: str
    way: str
    ways: tuple[tuple[str, str], ...]
    deposits: int
    compared: int
    indexed: int
    recall: float | None
    bytes: int
