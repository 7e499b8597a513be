"""How far two rankings are apart, and one ranking from several."""

from collections.abc import Sequence
from itertools import combinations

from guiju.kinds.model import Merged
from guiju.kinds.ranking.shape import Ranking, letter
from guiju.stats.consensus.median_order import median_order, order_distance, places_of


def distance(a: Ranking, b: Ranking) -> float:
    """The share of pairs ordered contrarily, ties of one side counting half; ranked or not is 1.

    Of rankings without ties it is (1 - Kendall's tau) / 2.
    """
    if not a.order or not b.order:
        return float(a.order != b.order)
    return order_distance(a.order, b.order)


def merge(answers: Sequence[Ranking]) -> Merged[Ranking] | None:
    """The order nearest to those given (Kemeny's median), if more than half ranked; `None` where two are as near.

    The confidence is the share of pairs that the answers order as it does.
    """
    orders = [answer.order for answer in answers if answer.order]
    left = len(answers) - len(orders)
    if not answers or 2 * left == len(answers):
        return None
    if left > len(orders):
        return Merged(Ranking(()), left / len(answers), len(answers))
    found = median_order(orders)
    if found is None:
        return None
    return Merged(Ranking(found.order), found.agreement * len(orders) / len(answers), len(answers))


def confused(one: Ranking, other: Ranking) -> list[tuple[str, str]]:
    """Each two answers that are not ordered alike: how the one has them, and how the other."""
    left, right = places_of(one.order), places_of(other.order)
    both = sorted(left.keys() & right.keys())
    said = ((_said(left, a, b), _said(right, a, b)) for a, b in combinations(both, 2))
    return [(mine, theirs) for mine, theirs in said if mine != theirs]


def _said(places: dict[int, int], a: int, b: int) -> str:
    if places[a] == places[b]:
        return f"{letter(a)} = {letter(b)}"
    first, second = (a, b) if places[a] < places[b] else (b, a)
    return f"{letter(first)} > {letter(second)}"
