"""The order nearest to several, against going through all orders."""

from itertools import combinations
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guiju.stats.agreement.rankings import kendall_tau
from guiju.stats.consensus.median_order import EXACT, Order, median_order, order_distance, places_of


def _partitions(things: tuple[int, ...]) -> list[Order]:
    """Every order of the things, with ties."""
    if not things:
        return [()]
    return [
        (group, *rest)
        for size in range(1, len(things) + 1)
        for group in combinations(things, size)
        for rest in _partitions(tuple(one for one in things if one not in group))
    ]


def _naive(a: Order, b: Order) -> float:
    left, right = places_of(a), places_of(b)
    total = 0.0
    pairs = list(combinations(sorted(left), 2))
    for i, j in pairs:
        one, other = left[i] - left[j], right[i] - right[j]
        total += 1 if one * other < 0 else 0.5 if (one == 0) != (other == 0) else 0
    return total / len(pairs)


ALL = {n: _partitions(tuple(range(n))) for n in (2, 3, 4)}


@st.composite
def orders(draw: st.DrawFn, most: int = 5) -> list[Order]:
    n = draw(st.sampled_from([2, 3, 4]))
    return draw(st.lists(st.sampled_from(ALL[n]), min_size=1, max_size=most))


@settings(deadline=None)
@given(orders())
def test_the_median_is_the_only_nearest_order_of_a_shape_that_was_given(given_orders: list[Order]) -> None:
    shapes = {tuple(map(len, order)) for order in given_orders}
    allowed = [order for order in ALL[len(places_of(given_orders[0]))] if tuple(map(len, order)) in shapes]
    totals = {order: sum(_naive(order, one) for one in given_orders) for order in allowed}
    least = min(totals.values())
    nearest = [order for order, total in totals.items() if total == pytest.approx(least)]
    found = median_order(given_orders)
    if len(nearest) > 1:
        assert found is None
    else:
        assert found is not None
        assert found.order == nearest[0]
        assert found.agreement == pytest.approx(1 - least / len(given_orders))


@settings(deadline=None)
@given(orders(), st.randoms(use_true_random=False))
def test_who_comes_first_and_what_the_things_are_called_changes_nothing(rows: list[Order], random: Any) -> None:
    names = list(range(len(places_of(rows[0]))))
    random.shuffle(names)
    renamed = [tuple(tuple(sorted(names[one] for one in group)) for group in order) for order in rows]
    random.shuffle(renamed)
    one, other = median_order(rows), median_order(renamed)
    if one is None or other is None:
        assert one is other is None
    else:
        assert other.order == tuple(tuple(sorted(names[k] for k in group)) for group in one.order)
        assert other.agreement == pytest.approx(one.agreement)


@given(st.permutations(range(6)), st.permutations(range(6)))
def test_without_ties_the_distance_is_kendalls(a: list[int], b: list[int]) -> None:
    one, other = tuple((k,) for k in a), tuple((k,) for k in b)
    tau = kendall_tau([places_of(one)[k] for k in range(6)], [places_of(other)[k] for k in range(6)]).value
    assert tau is not None
    assert order_distance(one, other) == pytest.approx((1 - tau) / 2)


@given(st.sampled_from(ALL[4]), st.sampled_from(ALL[4]), st.sampled_from(ALL[4]))
def test_the_distance_is_a_metric(a: Order, b: Order, c: Order) -> None:
    assert (order_distance(a, b) == 0) is (a == b)
    assert order_distance(a, b) == order_distance(b, a) == pytest.approx(_naive(a, b))
    assert 0 <= order_distance(a, c) <= order_distance(a, b) + order_distance(b, c) + 1e-12 <= 2 + 1e-12


def test_condorcets_circle_has_no_median() -> None:
    circle: list[Order] = [((0,), (1,), (2,)), ((1,), (2,), (0,)), ((2,), (0,), (1,))]
    assert median_order(circle) is None
    assert median_order([*circle, ((0,), (1,), (2,))]) is not None


def test_many_things_have_the_median_that_majorities_make() -> None:
    n = EXACT + 3
    right = tuple((k,) for k in range(n))
    swapped = ((1,), (0,), *right[2:])
    found = median_order([right, right, swapped])
    assert found is not None
    assert found.order == right
    assert median_order([right, swapped]) is None
    assert median_order([right, (tuple(range(n)),)]) is None


def test_ten_things_are_searched_through_at_once() -> None:
    right = tuple((k,) for k in range(EXACT))
    others = [(*right[k : k + 2][::-1], *right[:k], *right[k + 2 :]) for k in range(4)]
    found = median_order([right, *others])
    assert found is not None
    assert found.order == right


def test_nothing_and_orders_of_different_things_have_none() -> None:
    assert median_order([]) is None
    assert median_order([((0,), (1,)), ((0,), (2,))]) is None
    assert median_order([((0,),)]) == (((0,),), 1.0)
    assert order_distance(((0,),), ((0,),)) == 0
