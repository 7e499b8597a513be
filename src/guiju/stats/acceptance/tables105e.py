"""The single-sampling tables of MIL-STD-105E as the staircase they are.

Formula: a plan lies on the stair s = letter + AQL, both counted from 0. On a stair the acceptance number is the same,
and the arrows of the printed table lead to the next stair that has a plan: zero defects on stair 14 (15 when
tightened), one or more from 17 (18) on. Stairs end at 24, and later in the columns above 100, which only the first
letters reach.
Assumes: numbers of defective items; an AQL above 10 counts defects per hundred items, of which an item may have
several.
Source: MIL-STD-105E (1989), tables I and II-A to II-C, public domain; normal and tightened equal ISO 2859-1.
"""

from bisect import bisect_left
from dataclasses import dataclass
from enum import Enum
from typing import NamedTuple


class Severity(Enum):
    """How strictly lots are inspected now; switching rules move between them."""

    NORMAL = "normal"
    TIGHTENED = "tightened"
    REDUCED = "reduced"


LETTERS = tuple("ABCDEFGHJKLMNPQR")
LEVELS = ("S-1", "S-2", "S-3", "S-4", "I", "II", "III")
AQLS = (
    *("0.010", "0.015", "0.025", "0.040", "0.065", "0.10", "0.15", "0.25", "0.40", "0.65"),
    *("1.0", "1.5", "2.5", "4.0", "6.5", "10", "15", "25", "40", "65", "100", "150", "250", "400", "650", "1000"),
)

_LOT_UP_TO = (8, 15, 25, 50, 90, 150, 280, 500, 1200, 3200, 10_000, 35_000, 150_000, 500_000)
_LETTERS_OF_LOT = (
    *("AAAAAAB", "AAAAABC", "AABBBCD", "ABBCCDE", "BBCCCEF", "BBCDDFG", "BCDEEGH", "BCDEFHJ"),
    *("CCEFGJK", "CDEGHKL", "CDFGJLM", "CDFHKMN", "DEGJLNP", "DEGJMPQ", "DEHKNQR"),
)

_SIZES = (2, 3, 5, 8, 13, 20, 32, 50, 80, 125, 200, 315, 500, 800, 1250, 2000, 3150)
_REDUCED_SIZES = (2, 2, *_SIZES)


class TablePlan(NamedTuple):
    """One cell of the table, arrows followed."""

    n: int
    accept: int
    reject: int


class Cell(NamedTuple):
    """Where the arrows lead: the row of the plan (counted from A = 0; 16 is the letter S of one tightened plan)."""

    letter: int
    plan: TablePlan


@dataclass(frozen=True, slots=True)
class _Stairs:
    """`zero` is the stair of no defect, `first` the next that has plans; `counts` are (Ac, Re) from `first` on.

    Letters on stairs up to `arrows_up_to` are led to `zero`, those between it and `first` on to `first`.
    """

    zero: int
    arrows_up_to: int
    first: int
    sizes: tuple[int, ...]
    last_letter: int
    counts: tuple[tuple[int, int], ...]


def _next_up(*accept: int) -> tuple[tuple[int, int], ...]:
    return tuple((count, count + 1) for count in accept)


_STAIRS = {
    Severity.NORMAL: _Stairs(14, 15, 17, _SIZES, 15, _next_up(1, 2, 3, 5, 7, 10, 14, 21, 30, 44)),
    # One plan of the tightened table, R at 0.025, lies a letter beyond R: n = 3150, printed as letter S.
    Severity.TIGHTENED: _Stairs(15, 15, 18, _SIZES, 16, _next_up(1, 2, 3, 5, 8, 12, 18, 27, 41)),
    Severity.REDUCED: _Stairs(
        14,
        15,
        17,
        _REDUCED_SIZES,
        15,
        ((0, 2), (1, 3), (1, 4), (2, 5), (3, 6), (5, 8), (7, 10), (10, 13), (14, 17), (21, 24), (30, 31)),
    ),
}

_COLUMN_6_5 = AQLS.index("6.5")
_COLUMN_100 = AQLS.index("100")
_COLUMN_25 = AQLS.index("25")


def letter_index(lot: int, level: str) -> int:
    """The row for a lot of `lot` items at a known `level`; a lot of one item is treated as the smallest.

    >>> LETTERS[letter_index(1200, "II")]
    'J'
    """
    return LETTERS.index(_LETTERS_OF_LOT[bisect_left(_LOT_UP_TO, lot)][LEVELS.index(level)])


def table_plan(letter: int, column: int, severity: Severity) -> TablePlan:
    """The single plan at a letter's and an AQL's index.

    >>> table_plan(LETTERS.index("J"), AQLS.index("1.0"), Severity.TIGHTENED)
    TablePlan(n=80, accept=1, reject=2)
    """
    return table_cell(letter, column, severity).plan


def table_cell(letter: int, column: int, severity: Severity) -> Cell:
    """The single plan at a letter's and an AQL's index, with the row in which the arrows end.

    >>> cell = table_cell(LETTERS.index("A"), AQLS.index("10"), Severity.NORMAL)
    >>> LETTERS[cell.letter], cell.plan.n
    ('C', 5)
    """
    corner = _reduced_corner(letter, column) if severity is Severity.REDUCED else None
    if corner is not None:
        return Cell(letter, corner)
    stairs = _STAIRS[severity]
    stair = _follow_arrows(letter, column, stairs, severity)
    accept, reject = (0, 1) if stair == stairs.zero else stairs.counts[stair - stairs.first]
    return Cell(stair - column, TablePlan(stairs.sizes[stair - column], accept, reject))


def sample_size(letter: int, severity: Severity) -> int:
    """The size of the single sample in a row; double samples are a row smaller each, multiple ones three rows.

    >>> sample_size(LETTERS.index("J"), Severity.NORMAL), sample_size(LETTERS.index("J") - 1, Severity.NORMAL)
    (80, 50)
    """
    return _STAIRS[severity].sizes[letter]


def _follow_arrows(letter: int, column: int, stairs: _Stairs, severity: Severity) -> int:
    """The stair of the plan: `letter` moves along its column until it meets a plan."""
    stair = letter + column
    if stair >= stairs.first:
        return min(stair, _top_stair(column, severity))
    if column > _COLUMN_6_5:
        return stairs.first
    beyond = stairs.first - column > stairs.last_letter
    return stairs.zero if stair <= stairs.arrows_up_to or beyond else stairs.first


def _top_stair(column: int, severity: Severity) -> int:
    """The highest stair of a column: 24, and two or three more where only the letters A to E have plans."""
    if column <= _COLUMN_100:
        return 24
    if column == _COLUMN_100 + 1:
        return 25
    return 27 if severity is Severity.REDUCED and column == len(AQLS) - 1 else 26


def _reduced_corner(letter: int, column: int) -> TablePlan | None:
    """Letters A and B from AQL 25 on, where the reduced table leaves its stairs: both look at two items."""
    if letter > 1 or column < _COLUMN_25 or (letter == 1 and column == _COLUMN_25):
        return None
    accept = (1, 2, 3, 5, 7, 10, 14, 21, 30)[column - _COLUMN_25]
    gap = 2 if letter == 1 and accept <= 3 else 1
    return TablePlan(2, accept, accept + gap)
