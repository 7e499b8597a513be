import time
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from guiju.stats.agreement.alpha import observed_and_alpha
from guiju.stats.agreement.drivers import Driver, drivers
from guiju.stats.agreement.errors import RepeatedAnswers
from guiju.stats.agreement.patterns import Patterns
from guiju.stats.columns import Columns, encode, from_codes
from guiju.stats.figure import NO_OVERLAP, ONE_ANSWER_ONLY
from tests.stats.agreement.tables import Rows, columns_of, many_rows, raw4, table


def mid_ranks(columns: Columns) -> Any:
    """The ordinal distances of the whole as a table, which stay when something is left out."""
    totals = Patterns.of(columns).pairable.totals
    rank = np.cumsum(totals) - totals / 2
    return np.square(np.subtract.outer(rank, rank))


def alpha_of(columns: Columns, kept: Any, distance: Any) -> float | None:
    """Alpha of the kept rows, with the labels of the whole."""
    names: dict[str, Any] = {"items": columns.items, "annotators": columns.annotators, "labels": columns.labels}
    part = from_codes(columns.item[kept], columns.annotator[kept], columns.label[kept], **names)
    return observed_and_alpha(Patterns.of(part), distance, interval=False)[1].value


@given(many_rows, st.sampled_from(["nominal", "interval", "ordinal", "ratio"]))
def test_leaving_out_equals_computing_again_without(rows: Rows, distance: str) -> None:
    columns = columns_of(rows)
    found = drivers(columns, distance, most=None)
    again: Any = mid_ranks(columns) if distance == "ordinal" else distance
    if found.alpha is None:
        return
    kinds: list[tuple[tuple[Driver, ...], Any, Any]] = [
        (found.labels, columns.labels, columns.label),
        (found.items, columns.items, columns.item),
        (found.annotators, columns.annotators, columns.annotator),
    ]
    for some, names, code in kinds:
        for one in some:
            expected = alpha_of(columns, code != names.index(one.name), again)
            assert one.without == (None if expected is None else pytest.approx(expected, abs=1e-9))


def test_what_raises_alpha_most_comes_first_and_is_named() -> None:
    columns = table([["x", "y", "x", "y"], ["x", "y", "x", "y"], ["y", "x", "x", "x"]])
    found = drivers(columns)
    assert (found.annotators[0].name, found.annotators[0].without) == (2, 1.0)
    assert found.items[-1].name == 2
    assert found.alpha == pytest.approx(2 / 35)
    assert [str(sentence) for sentence in found.meaning if "Without 2," in str(sentence)]
    assert found.to_dict()["annotators"]


def test_a_label_left_out_takes_those_with_it_who_are_alone_then() -> None:
    found = drivers(table([["x", "y", "z"], ["x", "y", "y"]]))
    without = {one.name: one.without for one in found.labels}
    assert without == {"z": 1.0, "x": pytest.approx(0.0), "y": None}


def test_no_more_are_named_than_wanted() -> None:
    found = drivers(raw4(), most=2)
    assert [len(some) for some in (found.labels, found.items, found.annotators)] == [2, 2, 2]


def test_where_there_is_no_alpha_nothing_drives_it() -> None:
    assert drivers(table([["x"]])).why == NO_OVERLAP
    assert drivers(table([["x"], ["x"]])).why == ONE_ANSWER_ONLY
    assert str(drivers(table([["x"]])).meaning[0]) == NO_OVERLAP
    with pytest.raises(RepeatedAnswers):
        drivers(encode([1, 1, 1], ["a", "a", "b"], ["x", "y", "x"], keep_repeats=True))


def test_a_hundred_thousand_answers_take_a_moment() -> None:
    rng = np.random.default_rng(1)
    item, who = np.repeat(np.arange(20_000), 5), np.tile(np.arange(5), 20_000)
    columns = from_codes(item, who, rng.integers(0, 10, 100_000))
    begun = time.process_time()
    found = drivers(columns)
    assert time.process_time() - begun < 2
    assert len(found.items) == 50
