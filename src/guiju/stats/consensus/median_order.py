"""The order that lies nearest to several: the Kemeny median, exactly, or nothing where it is not the only one.

Formula: the distance of two orders of n things with ties counts, over pairs of things, 1 where they are ordered
contrarily and 1/2 where only one ties them; the median minimises the sum of distances to all orders given. It is looked
for among the orders whose groups are as large as those of some order given, so that the median of orders without ties
has none, and of "the best of n" names one best. Up to `EXACT` things by dynamic programming over what is placed already
(placing group G after the set S costs what G before the rest costs); beyond, only where strict majorities of pairs
make an order, which then is the median.
Assumes: orders of the same things, all weighing alike.
Source: Kemeny 1959, Mathematics without numbers, Daedalus 88(4); Fagin, Kumar, Mahdian, Sivakumar & Vee 2006,
doi:10.1137/05063088X (ties at 1/2); Young & Levenglick 1978, doi:10.1137/0135023 (why this median); the recursion is
Held & Karp's, doi:10.1137/0110015.
"""

from collections.abc import Iterable, Sequence
from itertools import combinations
from typing import NamedTuple, TypeAlias

Order: TypeAlias = tuple[tuple[int, ...], ...]
EXACT = 10


class Median(NamedTuple):
    """The nearest order, and 1 - the mean distance to it as a share of the largest there can be."""

    order: Order
    agreement: float


def order_distance(a: Order, b: Order) -> float:
    """The distance of two orders of things, as a share of the pairs, in [0, 1].

    A thing that only one of them holds is tied with everything in the other.

    >>> order_distance(((0,), (1,), (2,)), ((1,), (0,), (2,))), order_distance(((0,), (1,)), ((0, 1),))
    (0.3333333333333333, 0.5)
    """
    left, right = places_of(a), places_of(b)
    things = sorted(left.keys() | right.keys())
    pairs = len(things) * (len(things) - 1) // 2
    apart = sum(_apart(_sign(left, i, j), _sign(right, i, j)) for i, j in combinations(things, 2))
    return apart / (2 * pairs) if pairs else 0.0


def median_order(orders: Sequence[Order]) -> Median | None:
    """The one order nearest to all, or `None`: of nothing, of different things, or where two are equally near.

    >>> median_order([((0,), (1,), (2,)), ((0,), (1,), (2,)), ((1,), (0,), (2,))])
    Median(order=((0,), (1,), (2,)), agreement=0.8888888888888888)
    >>> median_order([((0,), (1,)), ((1,), (0,))]) is None
    True
    """
    things = sorted({thing for order in orders for group in order for thing in group})
    if not orders or any(sorted(places_of(order)) != things for order in orders):
        return None
    costs = _costs(orders, len(things), {thing: k for k, thing in enumerate(things)})
    shapes = sorted({tuple(len(group) for group in order) for order in orders})
    found = _searched(costs, shapes) if len(things) <= EXACT else _by_majorities(costs, shapes)
    if found is None:
        return None
    order = tuple(tuple(things[k] for k in group) for group in found)
    return Median(order, 1 - sum(order_distance(order, one) for one in orders) / len(orders))


def places_of(order: Order) -> dict[int, int]:
    """Each thing's place from the first, ties sharing one.

    >>> places_of(((2,), (0, 1)))
    {2: 0, 0: 1, 1: 1}
    """
    return {thing: place for place, group in enumerate(order) for thing in group}


def _sign(places: dict[int, int], i: int, j: int) -> int:
    if i not in places or j not in places:
        return 0
    return (places[i] > places[j]) - (places[i] < places[j])


def _apart(one: int, other: int) -> int:
    """Twice what a pair counts."""
    return abs(one - other)


class _Costs(NamedTuple):
    """Twice what it costs, over all orders, to put i before j, and to tie them."""

    before: list[list[int]]
    tied: list[list[int]]


def _costs(orders: Iterable[Order], n: int, code: dict[int, int]) -> _Costs:
    costs = _Costs([[0] * n for _ in range(n)], [[0] * n for _ in range(n)])
    for order in orders:
        places = {code[thing]: place for thing, place in places_of(order).items()}
        for i in range(n):
            for j in range(n):
                if i != j:
                    sign = _sign(places, i, j)
                    costs.before[i][j] += _apart(-1, sign)
                    costs.tied[i][j] += _apart(0, sign)
    return costs


class _Best(NamedTuple):
    """The least cost so far, how many orders have it, and one of them."""

    cost: int
    ways: int
    order: Order


def _searched(costs: _Costs, shapes: Sequence[tuple[int, ...]]) -> Order | None:
    found = [best for shape in shapes for best in (_of_shape(costs, shape),)]
    least = min(best.cost for best in found)
    nearest = [best for best in found if best.cost == least]
    return nearest[0].order if len(nearest) == 1 and nearest[0].ways == 1 else None


def _of_shape(costs: _Costs, shape: tuple[int, ...]) -> _Best:
    """The nearest order whose groups have these sizes: one step a group, one state a set of things placed."""
    everything = (1 << len(costs.before)) - 1
    reached = {0: _Best(0, 1, ())}
    for size in shape:
        following: dict[int, _Best] = {}
        for placed, best in reached.items():
            rest = [k for k in range(len(costs.before)) if not placed >> k & 1]
            for group in combinations(rest, size):
                after = placed | sum(1 << k for k in group)
                cost = best.cost + _placing(costs, group, everything & ~after)
                _keep(following, after, _Best(cost, best.ways, (*best.order, group)))
        reached = following
    return reached[everything]


def _keep(reached: dict[int, _Best], state: int, new: _Best) -> None:
    known = reached.get(state)
    if known is None or new.cost < known.cost:
        reached[state] = new
    elif new.cost == known.cost:
        reached[state] = known._replace(ways=known.ways + new.ways)


def _placing(costs: _Costs, group: tuple[int, ...], rest: int) -> int:
    after = sum(costs.before[i][j] for i in group for j in range(len(costs.before)) if rest >> j & 1)
    return after + sum(costs.tied[i][j] for i, j in combinations(group, 2))


def _by_majorities(costs: _Costs, shapes: Sequence[tuple[int, ...]]) -> Order | None:
    """The order in which each thing beats all after it, where nobody tied anything."""
    n = len(costs.before)
    if shapes != [(1,) * n]:
        return None
    beaten = {i: sum(costs.before[i][j] < costs.before[j][i] for j in range(n) if j != i) for i in range(n)}
    order = sorted(beaten, key=lambda i: -beaten[i])
    strict = all(costs.before[a][b] < costs.before[b][a] for k, a in enumerate(order) for b in order[k + 1 :])
    return tuple((i,) for i in order) if strict else None
