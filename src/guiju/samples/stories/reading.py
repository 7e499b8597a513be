"""How people read a rulebook: which labels it tells apart, and what somebody says who is in doubt between two.

The model: where two labels look alike in an item and the rules are silent, people go by a habit of their own, and no
two have the same. A clause about both labels puts most of them right, an example on the boundary nearly all; how much
of what is written a person takes in is theirs.
"""

import random
from collections.abc import Mapping
from dataclasses import dataclass
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


def borders_of(rulebook: Rulebook) -> Borders:
    """The pairs of labels that the rulebook tells apart, with how."""
    found: dict[frozenset[str], Told] = {}
    shown = {one.clause for one in rulebook.examples if one.polarity is Polarity.BOUNDARY}
    for clause in rulebook.clauses:
        if any(clause.text.values()) and 2 <= len(clause.labels) <= FEW:
            told = Told.A_CASE if clause.id in shown else Told.A_CLAUSE
            for a in clause.labels:
                for b in clause.labels:
                    if a < b:
                        pair = frozenset({a, b})
                        found[pair] = max(found.get(pair, Told.NOTHING), told)
    return found


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
