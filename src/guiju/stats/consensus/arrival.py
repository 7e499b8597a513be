"""What asking until the answers are sure would have cost: a crowd's answers replayed in a random order.

Formula: the answers to each item are put into a random order. Every item is given its first `least`, layer by layer; an
item whose label is less than `sure` probable is given its next, up to `most` and as far as there are any. After each
answer two items in turn are weighed again. What is believed in the end is `online.Crowd`'s.
Assumes: whoever answered an item might as well have been asked earlier or later. Reliabilities are learned from the
answers given so far and from nothing else: no known answer, and none that was not asked for.
Source: the replay of Sheng, Provost & Ipeirotis 2008, doi:10.1145/1401890.1401965; the model is `online`'s.
"""

import random
from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from guiju.stats.consensus.online import Belief, Crowd

SECOND_LOOKS = 2


@dataclass(frozen=True, slots=True)
class Replay:
    """What was asked for, of how many that there are, and what is believed of each item."""

    used: int
    there: int
    beliefs: Mapping[Hashable, Belief]

    @property
    def saved(self) -> float:
        """The share of the answers that was not asked for."""
        return 1 - self.used / self.there

    def accuracy(self, gold: Mapping[Any, str]) -> float:
        """The share of items with a known answer that are right; a tie of k with the right one among them is 1/k."""
        return credit({item: tied(belief) for item, belief in self.beliefs.items()}, gold)


def tied(belief: Belief) -> list[str]:
    """The labels than which none is more probable.

    >>> tied(Belief({"a": 0.5, "b": 0.5}, ((1, "a"), (2, "b"))))
    ['a', 'b']
    """
    top = max(belief.labels.values())
    return [label for label, p in belief.labels.items() if p > top - 1e-9]


def credit(said: Mapping[Any, Sequence[str]], gold: Mapping[Any, str]) -> float:
    """The share that is right of the items with a known answer.

    >>> credit({1: ["a"], 2: ["a", "b"]}, {1: "a", 2: "b"})
    0.75
    """
    known = [(labels, gold[item]) for item, labels in said.items() if gold.get(item)]
    return sum((right in labels) / len(labels) for labels, right in known) / len(known)


def replay(
    answers: Iterable[tuple[Hashable, int, str]], *, least: int, most: int, sure: float, seed: int, classes: int
) -> Replay:
    """Replay `(item, annotator, label)`.

    >>> rows = [(item, who, "a" if who < 4 else "ab"[item % 2]) for item in range(50) for who in range(5)]
    >>> found = replay(rows, least=2, most=5, sure=0.95, seed=1, classes=2)
    >>> found.saved > 0.4, found.accuracy(dict.fromkeys(range(50), "a"))
    (True, 1.0)
    """
    dice = random.Random(seed)  # noqa: S311 - an order, no secret
    waiting: dict[Hashable, list[tuple[int, str]]] = defaultdict(list)
    for item, who, label in answers:
        waiting[item].append((who, label))
    for one in waiting.values():
        dice.shuffle(one)
    desk = _Desk(waiting, Crowd(classes), least, most, sure)
    order = list(waiting)
    while True:
        dice.shuffle(order)
        if not sum(desk.ask(item) for item in order):
            break
    desk.look_again(len(order))
    return Replay(sum(map(len, desk.given.values())), sum(map(len, waiting.values())), desk.beliefs)


class _Desk:
    def __init__(
        self, waiting: Mapping[Hashable, list[tuple[int, str]]], crowd: Crowd, least: int, most: int, sure: float
    ) -> None:
        self.waiting, self.crowd, self.least, self.most, self.sure = waiting, crowd, least, most, sure
        self.given: dict[Hashable, list[tuple[int, str]]] = {item: [] for item in waiting}
        self.beliefs: dict[Hashable, Belief] = {}
        self.items, self.place = list(waiting), 0

    def ask(self, item: Hashable) -> bool:
        """Give the item its next answer if it wants one."""
        given, there = self.given[item], self.waiting[item]
        if len(given) >= min(self.most, len(there)):
            return False
        if len(given) >= self.least and self.crowd.believe(given).best[1] >= self.sure:
            return False
        given.append(there[len(given)])
        self.beliefs[item] = self.crowd.weigh(list(given), self.beliefs.get(item))
        self.look_again(SECOND_LOOKS)
        return True

    def look_again(self, items: int) -> None:
        for _ in range(items):
            item = self.items[self.place % len(self.items)]
            self.place += 1
            if item in self.beliefs:
                self.beliefs[item] = self.crowd.weigh(self.given[item], self.beliefs[item])
