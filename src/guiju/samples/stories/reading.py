"""How people read a rulebook: which labels it tells apart, and what somebody says who is in doubt between two.

The model: where two labels look alike in an item and the rules are silent, people go by a habit of their own, and no
two have the same. A clause about both labels puts most of them right, an example on the boundary nearly all; how much
of what is written a person takes in is theirs.
"""

import random
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from enum import IntEnum
from typing import TypeAlias

from guiju.rulebooks import Polarity, Rulebook
from guiju.samples.crowd import Skill

FEW = 3
"""A clause about more labels than these gives an order among all, and tells no two of them apart."""


class Told(IntEnum):
    """What a rulebook says about the border between two labels."""

    NOTHING = 0
    A_CLAUSE = 1
    A_CASE = 2
    """A clause, and an example on the boundary that cites it."""


Borders: TypeAlias = Mapping[frozenset[str], Told]


@dataclass(frozen=True, slots=True)
class Doubt:
    """What one mark of an item can be taken for, and how much it looks like it: 0 plain, 1 beyond telling."""

    second: str
    weight: float


def borders_of(rulebook: Rulebook, read: Collection[str] | None = None) -> Borders:
    """The pairs of labels that the rulebook tells apart, with how; of the clauses `read` alone, if they are named."""
    found: dict[frozenset[str], Told] = {}
    shown = {one.clause for one in rulebook.examples if one.polarity is Polarity.BOUNDARY}
    for clause in rulebook.clauses:
        if read is not None and clause.id not in read:
            continue
        if any(clause.text.values()) and 2 <= len(clause.labels) <= FEW:
            told = Told.A_CASE if clause.id in shown else Told.A_CLAUSE
            for a in clause.labels:
                for b in clause.labels:
                    if a < b:
                        pair = frozenset({a, b})
                        found[pair] = max(found.get(pair, Told.NOTHING), told)
    return found


def clause_between(rulebook: Rulebook, a: str, b: str) -> str | None:
    """The clause that tells two labels apart."""
    about = [clause for clause in rulebook.clauses if {a, b} <= set(clause.labels) and any(clause.text.values())]
    return min(about, key=lambda clause: len(clause.labels)).id if about else None


def habit_rate(skill: Skill, true: str, doubt: Doubt, borders: Borders, haste: float = 1.0) -> float:
    """How probable it is that somebody goes by habit instead of by the rules."""
    told = borders.get(frozenset({true, doubt.second}), Told.NOTHING)
    missed = (1.0, skill.unread, skill.unread / 3)[told]
    return doubt.weight * min(1.0, missed * (haste if told else 1.0))


def label_in_doubt(  # noqa: PLR0917 - who is in doubt about what, and what they have read
    skill: Skill, true: str, doubt: Doubt, borders: Borders, rng: random.Random, haste: float = 1.0
) -> str:
    """The label that somebody gives: what the rules say, or by habit."""
    if rng.random() >= habit_rate(skill, true, doubt, borders, haste):
        return true
    first, last = sorted((true, doubt.second))
    return last if rng.random() < skill.leans else first


UNSURE, STEADY = 3.0, 0.5
"""How a hand errs at its first work, beside a usual day, and in practised work."""
KNOWN = 0.9
"""A mark from which on an answer taught nothing new."""


@dataclass
class Learner:
    """Somebody new. Of the rules they know the clauses that a mark has shown them, and each mark steadies the hand."""

    haste: float = UNSURE
    read: set[str] = field(default_factory=set[str])

    def borders(self, rulebook: Rulebook) -> Borders:
        return borders_of(rulebook, self.read)

    def learn(self, score: float, clause: str | None) -> None:
        """An answer was marked: what was wrong teaches more than what was right."""
        self.haste = max(STEADY, self.haste * (0.95 if score >= KNOWN else 0.8))
        if clause is not None:
            self.read.add(clause)
