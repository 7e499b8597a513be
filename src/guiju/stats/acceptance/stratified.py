"""The share of defective items in a lot that was sampled group by group.

Formula: p = sum_h W_h x_h / n_h with W_h = N_h / N; Var = sum_h W_h^2 (1 - n_h/N_h) q_h (1 - q_h) / n_h with q_h =
(x_h + 1) / (n_h + 2), so that a group without a defective item is not taken for certain; Wilson's interval with the
n' = p'(1-p') / Var at which a simple random sample would vary as much, p' the same sum over q_h.
Assumes: within each group the items were drawn at random.
Source: Cochran, Sampling Techniques, 3rd ed. 1977, ISBN 978-0-471-16240-7, 5.3; Korn & Graubard 1998, Survey
Methodology 24, for intervals by the effective sample size; the added ones are Agresti's for small counts.
"""

from collections.abc import Sequence
from typing import NamedTuple

from guiju.stats.intervals import Interval, wilson


class StratifiedShare(NamedTuple):
    """The share with its 95% interval; `None` while a group has no item looked at."""

    value: float | None
    interval: Interval


def stratified_share(groups: Sequence[tuple[int, int, int]], confidence: float = 0.95) -> StratifiedShare:
    """The share from `(items in the lot, looked at, defective)` of each group. Raises `ImpossibleCount`.

    >>> found = stratified_share([(900, 40, 0), (100, 40, 8)])
    >>> round(found.value, 3), [round(end, 3) for end in found.interval]
    (0.02, [0.005, 0.076])
    """
    total = sum(items for items, _, _ in groups)
    if not groups or any(n == 0 for _, n, _ in groups):
        return StratifiedShare(None, Interval(0.0, 1.0))
    share = near = variance = 0.0
    for items, n, bad in groups:
        weight, q = items / total, (bad + 1) / (n + 2)
        share += weight * bad / n
        near += weight * q
        variance += weight**2 * (1 - n / items) * q * (1 - q) / n
    if variance == 0:  # every item was looked at
        return StratifiedShare(share, Interval(share, share))
    n_effective = max(1, round(near * (1 - near) / variance))
    return StratifiedShare(share, wilson(share * n_effective, n_effective, confidence))
