"""Small tables of answers for the tests of agreement, random ones, and the packages of others to compare with."""

import importlib
import warnings
from typing import Any, TypeAlias

from hypothesis import strategies as st

from guiju.stats.columns import Columns, encode

Rows: TypeAlias = list[tuple[int, int, int]]
"""(item, annotator, label)."""


def oracle(name: str) -> Any:
    """A package of others, whose warnings at import are not ours and whose types are not known."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return importlib.import_module(name)


oracle("scipy.special")  # loaded before the clock of the first random example runs


def table(raters: list[list[Any]]) -> Columns:
    """Columns of a table of raters x units; `None` is a missing answer."""
    return columns_of([(unit, rater, label) for rater, row in enumerate(raters) for unit, label in enumerate(row)])


def columns_of(rows: list[Any]) -> Columns:
    return encode([r[0] for r in rows], [r[1] for r in rows], [r[2] for r in rows])


def by_item(rows: Rows) -> list[list[int]]:
    """The labels of each item."""
    units: dict[int, list[int]] = {}
    for item, _, label in rows:
        units.setdefault(item, []).append(label)
    return list(units.values())


def raw4() -> Columns:
    """Gwet's example of four raters and twelve units, with missing answers."""
    return table(
        [
            [1, 2, 3, 3, 2, 1, 4, 1, 2, None, None, None],
            [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, None, None],
            [None, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, 3],
            [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, None],
        ]
    )


rows_of_answers = st.lists(
    st.tuples(st.integers(0, 7), st.integers(0, 4), st.integers(0, 3)), max_size=40, unique_by=lambda row: row[:2]
)
many_rows = st.lists(
    st.tuples(st.integers(0, 5), st.integers(0, 3), st.integers(0, 3)),
    min_size=8,
    max_size=24,
    unique_by=lambda row: row[:2],
)
