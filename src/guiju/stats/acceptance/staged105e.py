"""The double and multiple sampling tables of MIL-STD-105E: what each single plan's counterpart counts.

Formula: a plan stands in the row of its single counterpart. Double samples have the size of the row before, multiple
ones of the third row before; the numbers follow from the single plan's (Ac, Re) alone, wherever in the table it stands.
Assumes: rows too early for so small a sample have no such plan; the tables then send to double, or to single plans, as
they do for every plan that accepts at zero.
Source: MIL-STD-105E (1989), tables III-A to III-C and IV-A to IV-C, public domain, by the public transcription in R's
AQLSchemes. At Ac = 3 it has the first rejection number 2 in IV-B and 3 in IV-A, for the same single plan. The number
here is 3: of the two it comes nearer to the single plan's OC curve.
"""

from collections.abc import Mapping
from typing import TypeAlias

from guiju.stats.acceptance.stages import Stage, Stages
from guiju.stats.acceptance.tables105e import Cell, Severity, sample_size

# (Ac, Re) of the single plan: (Ac, Re) after each stage, None where nothing can be accepted yet
_Numbers: TypeAlias = tuple[tuple[int | None, int], ...]
_Table: TypeAlias = Mapping[tuple[int, int], _Numbers]


def _seven(accept: str, reject: str) -> _Numbers:
    """Seven stages as the standard prints them, with # where nothing can be accepted yet."""
    pairs = zip(accept.split(), reject.split(), strict=True)
    return tuple((None if ac == "#" else int(ac), int(re)) for ac, re in pairs)


_BOTH_DOUBLE: _Table = {
    (1, 2): ((0, 2), (1, 2)),
    (2, 3): ((0, 3), (3, 4)),
    (3, 4): ((1, 4), (4, 5)),
    (5, 6): ((2, 5), (6, 7)),
}
_BOTH_MULTIPLE: _Table = {
    (1, 2): _seven("# # 0 0 1 1 2", "2 2 2 3 3 3 3"),
    (2, 3): _seven("# 0 0 1 2 3 4", "2 3 3 4 4 5 5"),
    (3, 4): _seven("# 0 1 2 3 4 6", "3 3 4 5 6 6 7"),
    (5, 6): _seven("# 1 2 3 5 7 9", "4 5 6 7 8 9 10"),
}
_DOUBLE: Mapping[Severity, _Table] = {
    Severity.NORMAL: {
        **_BOTH_DOUBLE,
        (7, 8): ((3, 7), (8, 9)),
        (10, 11): ((5, 9), (12, 13)),
        (14, 15): ((7, 11), (18, 19)),
        (21, 22): ((11, 16), (26, 27)),
        (30, 31): ((17, 22), (37, 38)),
        (44, 45): ((25, 31), (56, 57)),
    },
    Severity.TIGHTENED: {
        **_BOTH_DOUBLE,
        (8, 9): ((3, 7), (11, 12)),
        (12, 13): ((6, 10), (15, 16)),
        (18, 19): ((9, 14), (23, 24)),
        (27, 28): ((15, 20), (34, 35)),
        (41, 42): ((23, 29), (52, 53)),
    },
    Severity.REDUCED: {
        (0, 2): ((0, 2), (0, 2)),
        (1, 3): ((0, 3), (0, 4)),
        (1, 4): ((0, 4), (1, 5)),
        (2, 5): ((0, 4), (3, 6)),
        (3, 6): ((1, 5), (4, 7)),
        (5, 8): ((2, 7), (6, 9)),
        (7, 10): ((3, 8), (8, 12)),
        (10, 13): ((5, 10), (12, 16)),
        (14, 17): ((7, 12), (18, 22)),
        (21, 24): ((11, 17), (26, 30)),
    },
}
_MULTIPLE: Mapping[Severity, _Table] = {
    Severity.NORMAL: {
        **_BOTH_MULTIPLE,
        (7, 8): _seven("0 1 3 5 7 10 13", "4 6 8 10 11 12 14"),
        (10, 11): _seven("0 3 6 8 11 14 18", "5 8 10 13 15 17 19"),
        (14, 15): _seven("1 4 8 12 17 21 25", "7 10 13 17 20 23 26"),
        (21, 22): _seven("2 7 13 19 25 31 37", "9 14 19 25 29 33 38"),
        (30, 31): _seven("4 11 19 27 36 45 53", "12 19 27 34 40 47 54"),
        (44, 45): _seven("6 17 29 40 53 65 77", "16 27 39 49 58 68 78"),
    },
    Severity.TIGHTENED: {
        **_BOTH_MULTIPLE,
        (8, 9): _seven("0 2 4 6 9 12 14", "4 7 9 11 12 14 15"),
        (12, 13): _seven("0 3 7 10 14 18 21", "6 9 12 15 17 20 22"),
        (18, 19): _seven("1 6 11 16 22 27 32", "8 12 17 22 25 29 33"),
        (27, 28): _seven("3 10 17 24 32 40 48", "10 17 24 31 37 43 49"),
        (41, 42): _seven("6 16 26 37 49 61 72", "15 25 36 46 55 64 73"),
    },
    Severity.REDUCED: {
        (0, 2): _seven("# # 0 0 0 0 1", "2 2 2 3 3 3 3"),
        (1, 3): _seven("# # 0 0 0 1 1", "2 3 3 4 4 5 5"),
        (1, 4): _seven("# # 0 0 1 1 2", "3 3 4 5 6 6 7"),
        (2, 5): _seven("# 0 0 1 2 3 4", "3 4 5 6 7 7 8"),
        (3, 6): _seven("# 0 1 2 3 4 6", "4 5 6 7 8 9 10"),
        (5, 8): _seven("# 1 2 3 5 7 9", "4 6 8 10 11 12 14"),
        (7, 10): _seven("0 1 3 5 7 10 13", "5 7 9 12 13 15 17"),
        (10, 13): _seven("0 3 6 8 11 14 18", "6 9 12 15 17 20 22"),
    },
}
_FIRST_DOUBLE = {Severity.NORMAL: 1, Severity.TIGHTENED: 1, Severity.REDUCED: 3}
_FIRST_MULTIPLE = {Severity.NORMAL: 3, Severity.TIGHTENED: 3, Severity.REDUCED: 5}


def double_stages(cell: Cell, severity: Severity) -> Stages | None:
    """The two samples of a cell's double plan; None where the table sends to the single plan.

    >>> from guiju.stats.acceptance.tables105e import AQLS, LETTERS, table_cell
    >>> cell = table_cell(LETTERS.index("J"), AQLS.index("1.0"), Severity.NORMAL)
    >>> [tuple(stage) for stage in double_stages(cell, Severity.NORMAL)]
    [(50, 0, 3), (50, 3, 4)]
    """
    if cell.letter < _FIRST_DOUBLE[severity]:
        return None
    return _stages(_DOUBLE[severity], cell, 1, severity)


def multiple_stages(cell: Cell, severity: Severity) -> Stages | None:
    """The seven samples of a cell's multiple plan; None where the table sends to the double or single plan.

    >>> from guiju.stats.acceptance.tables105e import AQLS, LETTERS, table_cell
    >>> cell = table_cell(LETTERS.index("J"), AQLS.index("1.0"), Severity.NORMAL)
    >>> [tuple(stage) for stage in multiple_stages(cell, Severity.NORMAL)][:3]
    [(20, None, 2), (20, 0, 3), (20, 0, 3)]
    """
    if cell.letter < _FIRST_MULTIPLE[severity]:
        return None
    return _stages(_MULTIPLE[severity], cell, 3, severity)


def _stages(table: _Table, cell: Cell, rows_before: int, severity: Severity) -> Stages | None:
    numbers = table.get((cell.plan.accept, cell.plan.reject))
    if numbers is None:
        return None
    n = sample_size(cell.letter - rows_before, severity)
    return tuple(Stage(n, accept, reject) for accept, reject in numbers)
