import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from guiju.stats.shapes.shares import MOST_RESAMPLED, NOTHING_THERE, grouped_shares, shares


def test_both_intervals_of_a_ratio_tell_nearly_the_same() -> None:
    rng = np.random.default_rng(5)
    y = rng.integers(1, 9, 400).astype(np.float64)
    x = rng.binomial(y.astype(int), 0.7).astype(np.float64)
    (drawn,) = shares(x[:, None], y[:, None])
    (linear,) = grouped_shares(np.zeros(400, np.int64), np.arange(400), x, y, groups=1)
    assert (drawn.value, drawn.n, drawn.how, linear.how) == (linear.value, linear.n, "bootstrap", "analytic")
    assert drawn.interval == pytest.approx(linear.interval, abs=0.004)


def test_very_many_items_take_the_formula() -> None:
    x = (np.arange(MOST_RESAMPLED + 1) % 2).astype(np.float64)
    (found,) = shares(x[:, None], np.ones((len(x), 1)))
    assert (found.how, round(found.value or 0, 3)) == ("analytic", 0.5)


def test_a_ratio_over_nothing_is_none_and_says_so() -> None:
    (found,) = shares(np.zeros((3, 1)), np.zeros((3, 1)))
    assert (found.value, found.why) == (None, NOTHING_THERE)
    (grouped,) = grouped_shares(
        np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros(0), np.zeros(0), groups=1, why="why"
    )
    assert (grouped.value, grouped.why) == (None, "why")


def test_one_item_has_a_value_and_no_interval() -> None:
    (found,) = shares(np.ones((1, 1)), np.full((1, 1), 2.0))
    assert (found.value, found.interval, found.n) == (0.5, None, 1)


@given(st.lists(st.tuples(st.integers(0, 2), st.integers(0, 4), st.integers(0, 3)), min_size=1, max_size=20))
def test_groups_are_what_each_is_alone(rows: list[tuple[int, int, int]]) -> None:
    group, item, x = (np.array(column, np.int64) for column in zip(*rows, strict=True))
    y = np.full(len(rows), 3.0)
    found = grouped_shares(group, item, x.astype(np.float64), y, groups=3)
    for code in range(3):
        mine = group == code
        items = [(x[mine & (item == i)].sum(), y[mine & (item == i)].sum()) for i in np.unique(item[mine])]
        assert found[code].n == len(items)
        if not items:
            assert found[code].value is None
            continue
        ratio = sum(a for a, _ in items) / sum(b for _, b in items)
        assert found[code].value == pytest.approx(ratio)
        if len(items) > 1:
            n, total = len(items), sum(b for _, b in items)
            half = 1.959963984540054 * (n / (n - 1) * sum((a - ratio * b) ** 2 for a, b in items)) ** 0.5 / total
            assert found[code].interval == pytest.approx([max(0, ratio - half), min(1, ratio + half)])
