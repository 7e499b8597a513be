"""Pairs that were compared: the columns left, right, outcome, and who said so, as codes.

Formula: outcome is +1 where the left item won, -1 where the right one did, 0 for a tie; each row counts `times`.
Assumes: a row is one judgement. A missing outcome (`None`, NaN) is no judgement, and no tie.
Source: the data contract of this project.
"""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass

import numpy as np

from guiju.stats.columns import Codes, Floats, in_order, is_missing
from guiju.stats.consensus.ability_errors import BadWins, ComparedWithItself, UnevenComparisons, UnknownOutcome
from guiju.stats.consensus.cells import sums

_OUTCOMES: dict[Hashable, int] = {"left": 1, "tie": 0, "right": -1}


@dataclass(frozen=True, slots=True, eq=False)
class Comparisons:
    """Aligned arrays of codes into `items` and `annotators` (whose code is 0 where nobody is named)."""

    items: tuple[Hashable, ...]
    annotators: tuple[Hashable, ...]
    left: Codes
    right: Codes
    outcome: Codes
    annotator: Codes
    times: Floats

    def __len__(self) -> int:
        return len(self.left)

    @property
    def per_item(self) -> Floats:
        """How often each item was compared."""
        n = len(self.items)
        return sums(self.left, self.times, n) + sums(self.right, self.times, n)


def encode_comparisons(
    left: Sequence[Hashable],
    right: Sequence[Hashable],
    outcome: Sequence[Hashable],
    annotator: Sequence[Hashable] | None = None,
) -> Comparisons:
    """The comparisons as codes; an outcome is "left", "right", "tie", or missing. Formula: see the module.

    Raises `UnevenComparisons`, `UnknownOutcome`, `ComparedWithItself`.

    >>> pairs = encode_comparisons(["a", "a", "b"], ["b", "c", "c"], ["left", "tie", None])
    >>> pairs.items, pairs.outcome.tolist()
    (('a', 'b', 'c'), [1, 0])
    """
    who = [""] * len(left) if annotator is None else annotator
    if not len(left) == len(right) == len(outcome) == len(who):
        raise UnevenComparisons(left=len(left), right=len(right), outcomes=len(outcome))
    rows = [row for row in zip(left, right, outcome, who, strict=True) if not is_missing(row[2])]
    for row in rows:
        if row[2] not in _OUTCOMES:
            raise UnknownOutcome(outcome=row[2])
        if row[0] == row[1]:
            raise ComparedWithItself(item=row[0])
    items = tuple(in_order({*left, *right}))
    people = tuple(in_order({row[3] for row in rows}))
    place, person = ({name: code for code, name in enumerate(names)} for names in (items, people))
    one = np.array([place[row[0]] for row in rows], np.int64)
    other = np.array([place[row[1]] for row in rows], np.int64)
    said = np.array([_OUTCOMES[row[2]] for row in rows], np.int64)
    by = np.array([person[row[3]] for row in rows], np.int64)
    return Comparisons(items, people, one, other, said, by, np.ones(len(rows)))


def from_wins(wins: Sequence[Sequence[float]], items: Sequence[Hashable] | None = None) -> Comparisons:
    """Comparisons from a table: `wins[i][j]` is how often i won against j. Formula: see the module. Raises `BadWins`.

    >>> from_wins([[0, 3], [1, 0]], ["a", "b"]).times.tolist()
    [3.0, 1.0]
    """
    table = _table(wins, items)
    one, other = np.nonzero(table)
    names = tuple(range(len(table))) if items is None else tuple(items)
    ones = np.ones(len(one), np.int64)
    return Comparisons(names, ("",), one, other, ones, 0 * ones, table[one, other])


def _table(wins: Sequence[Sequence[float]], items: Sequence[Hashable] | None) -> Floats:
    if len({len(row) for row in wins} | {len(wins)}) > 1:
        raise BadWins(why="rows differ in length")
    table = np.array(wins, float).reshape(len(wins), len(wins))
    if items is not None and len(items) != len(table):
        raise BadWins(why=f"{len(items)} names for {len(table)} rows")
    if not np.isfinite(table).all() or (table < 0).any():
        raise BadWins(why="a count is negative or not a number")
    if table.diagonal().any():
        raise BadWins(why="the diagonal is not 0")
    return table
