import importlib
from collections.abc import Callable
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from guiju.stats.columns import encode, from_codes, in_order, is_missing, pairs_within
from guiju.stats.errors import (
    CodeOutOfRange,
    ContradictingAnswers,
    NamelessAnswer,
    UncountableAnswer,
    UnevenColumns,
)
from guiju.stats.sources import Coded

pa: Any = importlib.import_module("pyarrow")
pd: Any = importlib.import_module("pandas")

SOURCES: dict[str, Callable[[list[Any]], Any]] = {
    "list": list,
    "tuple": tuple,
    "numpy": np.array,
    "objects": lambda values: np.array(values, object),
    "pandas": pd.Series,
    "categories": lambda values: pd.Series(values).astype("category"),
    "polars": pl.Series,
    "arrow": pa.array,
    "chunks": lambda values: pa.chunked_array([values[:2], values[2:]]),
    "dictionary": lambda values: pa.array(values).dictionary_encode(),
}
VALUES: dict[str, list[Any]] = {
    "text": ["b", "a", "10", "b"],
    "numbers as text": ["10", "9", "1.5", "9"],
    "integers": [7, -3, 10_000_000_000, 7],
    "small integers": [3, 0, 1, 3],
    "floats": [2.5, -1.0, 2.5, 0.0],
    "truth": [True, False, True, True],
}


@pytest.mark.parametrize("source", SOURCES)
@pytest.mark.parametrize("kind", VALUES)
def test_a_column_is_read_alike_from_everywhere(source: str, kind: str) -> None:
    values = VALUES[kind]
    found, expected = Coded.of(SOURCES[source](values)), Coded.of(values)
    assert list(found.names) == list(expected.names)
    assert found.code.tolist() == expected.code.tolist()
    assert [found.names[code] for code in found.code] == values


@pytest.mark.parametrize(
    "source", ["list", "objects", "pandas", "categories", "polars", "arrow", "chunks", "dictionary"]
)
@pytest.mark.parametrize("values", [["x", None, "y", None], [1.5, None, 0.5, 1.5]])
def test_what_is_missing_is_no_answer_wherever_it_comes_from(source: str, values: list[Any]) -> None:
    found = Coded.of(SOURCES[source](values))
    assert [None if code < 0 else found.names[code] for code in found.code] == values


def test_nan_nat_and_na_are_missing() -> None:
    missing = [None, float("nan"), Decimal("NaN"), Decimal("sNaN"), np.datetime64("NaT"), pd.NaT, pd.NA]
    assert all(map(is_missing, missing))
    present: list[object] = [0, "", "nan", False, frozenset[str]()]
    assert not any(map(is_missing, present))
    assert Coded.of([*missing[:2], "x"]).code.tolist() == [-1, -1, 0]
    assert Coded.of(np.array([1.0, np.nan, 1.0])).code.tolist() == [0, -1, 0]
    assert Coded.of(pa.array([1.0, float("nan"), None])).code.tolist() == [0, -1, -1]
    assert Coded.of(pl.Series([1.0, float("nan"), None])).code.tolist() == [0, -1, -1]
    assert Coded.of(np.array(["2026-01-01", "NaT"], "datetime64[D]")).code.tolist() == [0, -1]
    assert len(encode([1, 1, 1], ["a", "b", "c"], [1.0, float("nan"), None])) == 1


def test_nothing_at_all_is_read_too() -> None:
    for source in ("list", "numpy", "pandas", "polars", "arrow"):
        assert len(Coded.of(SOURCES[source]([])).code) == 0
    assert len(Coded.of(pa.chunked_array([], pa.string())).code) == 0
    assert len(encode([], [], [])) == 0


def test_sets_and_lists_serve_as_labels_and_dictionaries_do_not() -> None:
    assert Coded.of([{"a", "b"}, {"b", "a"}]).names == [frozenset("ab")]
    assert set(Coded.of([["a"], ["a", "b"]]).names) == {("a",), ("a", "b")}
    assert len(Coded.of(pl.Series([["a"], ["a", "b"]])).names) == 2
    assert Coded.of(pa.array([["a"], None, ["a", "b"]])).code.tolist().count(-1) == 1
    assert Coded.of([datetime(2026, 1, 2, tzinfo=UTC), datetime(2026, 1, 1, tzinfo=UTC)]).code.tolist() == [1, 0]
    with pytest.raises(UncountableAnswer):
        Coded.of([{"a": 1}])
    with pytest.raises(UncountableAnswer):
        Coded.of(np.zeros((2, 2)))


def test_labels_stand_in_an_order_that_no_run_changes() -> None:
    assert in_order({"10", "9", "1.0", "1"}) == ["1", "1.0", "9", "10"]
    assert in_order({"nan", "10", "9"}) == ["10", "9", "nan"]
    assert in_order({frozenset("ba"), frozenset("a")}) == [frozenset("ab"), frozenset("a")]


@given(st.lists(st.text("019.ax", max_size=3), min_size=1))
def test_strings_of_numpy_stand_in_the_same_order_as_those_of_a_list(values: list[str]) -> None:
    assert list(Coded.of(np.array(values)).names) == list(Coded.of(values).names)


def test_repeated_rows_count_once_and_contradicting_ones_are_refused() -> None:
    assert len(encode([1, 1], ["a", "a"], ["x", "x"])) == 1
    with pytest.raises(ContradictingAnswers, match="a answered 1"):
        encode([1, 1], ["a", "a"], ["x", "y"])
    assert len(encode([1, 1], ["a", "a"], ["x", "y"], keep_repeats=True)) == 2
    two, same = np.array([0, 0]), np.array([1, 1])
    assert len(from_codes(two, two, same)) == 1
    with pytest.raises(ContradictingAnswers):
        from_codes(two, two, np.array([1, 0]))
    assert from_codes(two, two, np.array([1, 0]), keep_repeats=True).repeats


def test_an_answer_without_item_or_annotator_is_refused_unless_it_is_missing_itself() -> None:
    with pytest.raises(NamelessAnswer, match="1 answers"):
        encode([1, None], ["a", "b"], ["x", "y"])
    with pytest.raises(NamelessAnswer):
        encode([1, 2], ["a", float("nan")], ["x", "y"])
    assert encode([1, None], ["a", "b"], ["x", None]).items == [1]


def test_columns_of_different_length_are_refused() -> None:
    with pytest.raises(UnevenColumns):
        encode([1], ["a", "b"], ["x"])
    with pytest.raises(UnevenColumns):
        from_codes(np.array([0]), np.array([0, 1]), np.array([0]))


@pytest.mark.parametrize("bad", [np.array([-1]), np.array([3]), np.array([0.0]), np.array(["x"])])
def test_codes_that_are_none_are_refused(bad: Any) -> None:
    with pytest.raises(CodeOutOfRange):
        from_codes(np.array([0]), np.array([0]), bad, labels=("x", "y", "z"))


def test_sorted_codes_are_taken_as_they_are_and_stay_narrow() -> None:
    item, who, label = (np.array(codes, np.int32) for codes in ([0, 0, 1], [0, 1, 0], [1, 0, 1]))
    found = from_codes(item, who, label)
    assert found.item is item
    assert found.cells.dtype == np.int64
    assert from_codes(item[::-1], who[::-1], label[::-1]).label.dtype == np.int32
    unsigned: Any = np.array([0], np.uint8)
    assert from_codes(unsigned, np.array([0]), np.array([0])).item.dtype == np.int32


@given(
    st.lists(st.tuples(st.integers(0, 5), st.integers(0, 5), st.integers(0, 5)), unique_by=lambda row: row[:2]),
    st.sampled_from([1, 2**40]),
)
def test_codes_come_sorted_by_whichever_way(rows: list[tuple[int, int, int]], people: int) -> None:
    item, who, label = (np.array([row[k] for row in rows], np.int64) for k in range(3))
    found = from_codes(item, who, label, items=range(people * 6), annotators=tuple(range(6)), labels=tuple(range(6)))
    assert list(zip(found.item.tolist(), found.annotator.tolist(), found.label.tolist(), strict=True)) == sorted(rows)


def test_a_key_too_wide_for_one_number_is_sorted_by_columns() -> None:
    item, who, label = np.array([1, 0]), np.array([0, 1]), np.array([1, 0])
    found = from_codes(item, who, label, items=range(2**62))
    assert found.item.tolist() == [0, 1]
    assert found.label.tolist() == [0, 1]


@given(st.lists(st.integers(0, 4)).map(sorted))
def test_pairs_within_are_all_pairs_of_rows_of_an_item(item: list[int]) -> None:
    found = pairs_within(np.array(item, np.int64))
    pairs = sorted(zip(found.left.tolist(), found.right.tolist(), strict=True))
    expected = [(i, j) for i in range(len(item)) for j in range(i + 1, len(item)) if item[i] == item[j]]
    assert pairs == expected
