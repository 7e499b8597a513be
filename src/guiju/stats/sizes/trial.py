"""How many items make the observed agreement of a trial exact, and tell a good team from one below the gate.

Formula: A = X (X - 1) / (k (k - 1)) is the share of pairs that agree on an item of k annotators, X of them right
    slips alone   X ~ Binomial(k, q) with q = sqrt(p), p the agreement; then with (k)_r = k (k - 1) ... (k - r + 1)
                  Var A = ((k)_4 q^4 + 4 (k)_3 q^3 + 2 (k)_2 q^2) / (k (k - 1))^2 - p^2
    as measured   Var A = p (1 - p) (1 + (m - 1) r) / m, m = k (k - 1) / 2 pairs, r the likeness of an item's pairs,
                  read from a trial with k0 annotators: r = (m0 Var A0 / (p0 (1 - p0)) - 1) / (m0 - 1)
    half width = z sqrt(Var A / n)     to tell a from b: n = ((z_c sd_b + z_power sd_a) / (a - b))^2, rounded up
Assumes: items are drawn at random and are independent. Slips alone: nobody is wrong in the same way as another, and no
    item is harder than another. Both raise the variance, many labels lower it: on nine crowds (activecrowd and Snow et
    al. 2008, 3 to 5 annotators an item) the half width so found was .88 to 1.31 times that of the answers themselves.
Source: moments of the binomial by factorials; Fleiss, Levin & Paik, Statistical Methods for Rates and Proportions
    (2003), doi:10.1002/0471445428, section 2.4 (power against a fixed share) and 15.1 (likeness within an item).
"""

from dataclasses import dataclass
from math import ceil, perm, sqrt

from guiju.kit import N_
from guiju.stats.sizes.checks import MOST, demand_count, demand_share, normal_quantile
from guiju.stats.sizes.errors import NoDifference, TooLarge


@dataclass(frozen=True, slots=True)
class TrialSize:
    """What `annotators` who agree on a share `agreement` of pairs let a trial say.

    `likeness` is r above where a trial has shown it; without it slips alone are assumed.
    """

    agreement: float
    annotators: int
    likeness: float | None
    confidence: float

    def spread(self, agreement: float | None = None) -> float:
        """The standard deviation of one item's agreement, were the agreement of all this."""
        p = self.agreement if agreement is None else agreement
        if self.likeness is None:
            return sqrt(max(0.0, _slips_alone(p, self.annotators)))
        pairs = self.annotators * (self.annotators - 1) / 2
        return sqrt(p * (1 - p) * (1 + (pairs - 1) * self.likeness) / pairs)

    def half_width(self, items: int) -> float:
        """What the interval would be, plus or minus, with `items` items. Raises `NotACount`."""
        demand_count(items, N_("a number of items"), 1)
        return self._z * self.spread() / sqrt(items)

    def items_for(self, half_width: float) -> int:
        """The items that make the interval plus or minus `half_width`. Raises `NotAShare`, `TooLarge`."""
        demand_share(half_width, N_("half the width of an interval"))
        return _rounded_up((self._z * self.spread() / half_width) ** 2)

    def items_to_tell(self, one: float, other: float, power: float = 0.8) -> int:
        """The items with which a true agreement of `one` is told from `other` with this power.

        Raises `NotAShare`, `NoDifference`, `TooLarge`.
        """
        for share in (one, other):
            demand_share(share, N_("an agreement"), closed=True)
        demand_share(power, N_("a power"))
        if one == other:
            raise NoDifference(a=one, b=other)
        wide = self._z * self.spread(other) + normal_quantile(power) * self.spread(one)
        return _rounded_up((wide / (one - other)) ** 2)

    @property
    def _z(self) -> float:
        return normal_quantile(0.5 + self.confidence / 2)


def size_for_trial(
    agreement: float, annotators: int, likeness: float | None = None, confidence: float = 0.95
) -> TrialSize:
    """How exact trials of so many annotators are. Raises `NotAShare`, `NotACount`.

    >>> found = size_for_trial(0.80, 2)
    >>> round(found.half_width(60), 3), found.items_to_tell(0.80, 0.70)
    (0.101, 153)
    >>> found = size_for_trial(0.80, 4)
    >>> round(found.half_width(60), 3), found.items_for(0.05), found.items_to_tell(0.80, 0.70)
    (0.07, 119, 73)
    """
    demand_share(agreement, N_("an agreement"), closed=True)
    demand_share(confidence, N_("a confidence"))
    demand_count(annotators, N_("a number of annotators"), 2)
    if likeness is not None:
        demand_share(likeness, N_("the likeness of an item’s pairs"), closed=True)
    return TrialSize(agreement, annotators, likeness, confidence)


def likeness_of(agreement: float, half_width: float, items: int, annotators: int, confidence: float = 0.95) -> float:
    """How alike the pairs of an item were in a trial, from its interval; between 0 (slips by chance) and 1.

    Formula: r of the head of this file, with Var A0 = items (half_width / z)^2; cut to [0, 1].
    Assumes: three annotators or more; two have one pair an item, which tells nothing of likeness.
    Source: Fleiss, Levin & Paik 2003, doi:10.1002/0471445428, section 15.1. Raises `NotAShare`, `NotACount`.

    >>> round(likeness_of(0.80, 0.07, 60, 4), 2)
    0.37
    """
    demand_share(agreement, N_("an agreement"), closed=True)
    demand_count(items, N_("a number of items"), 2)
    demand_count(annotators, N_("a number of annotators"), 3)
    single = agreement * (1 - agreement)
    if single <= 0:
        return 0.0
    pairs = annotators * (annotators - 1) / 2
    variance = items * (half_width / normal_quantile(0.5 + confidence / 2)) ** 2
    return min(1.0, max(0.0, (pairs * variance / single - 1) / (pairs - 1)))


def _slips_alone(p: float, k: int) -> float:
    q = sqrt(p)
    second = perm(k, 4) * q**4 + 4 * perm(k, 3) * q**3 + 2 * perm(k, 2) * q**2
    return second / perm(k, 2) ** 2 - p * p


def _rounded_up(n: float) -> int:
    if n > MOST:
        raise TooLarge(limit=MOST)
    return max(1, ceil(n - 1e-9))
