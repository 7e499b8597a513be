"""Wald's sequential plan: look at one item after the other, and stop as soon as the evidence is enough.

Formula: k = ln(p1 (1-p0) / (p0 (1-p1))); h1 = ln((1-alpha)/beta) / k; h2 = ln((1-beta)/alpha) / k;
s = ln((1-p0)/(1-p1)) / k. With d defective of n: accept when d <= s n - h1, reject when d >= s n + h2. Wald's curves,
with A = (1-beta)/alpha, B = beta/(1-alpha), r = p1/p0, q = (1-p1)/(1-p0), for each t: p = (1 - q^t) / (r^t - q^t),
OC = (A^t - 1) / (A^t - B^t), ASN = (OC h1 - (1-OC) h2) / (s - p), and h1 h2 / (s (1-s)) at p = s.
Assumes: items come in random order. Wald's curves neglect that d jumps over the lines; `sequential_point` does not, it
follows every path, and truncates: at `most` items the lot is accepted if d <= s n.
Source: Wald A., Sequential Tests of Statistical Hypotheses, 1945, doi:10.1214/aoms/1177731118.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from math import ceil, exp, expm1, floor, log, log1p

from guiju.kit import N_, Sentence
from guiju.stats.acceptance.chances import demand_inside, quality
from guiju.stats.acceptance.errors import PlanLargerThanLot, PointsCrossed, PointsTooClose, RisksTooLarge
from guiju.stats.acceptance.risks import percent, probability
from guiju.stats.acceptance.stages import Step
from guiju.stats.errors import ImpossibleCount

LONGEST = 100_000
_TRUNCATE_AT = 3
_ROUNDING = 1e-9
_MEANS = N_(
    "Without any defective item the lot is accepted after {first} items. "
    "Lots with {p0} defective take {asn0} items on average, lots with {p1} take {asn1}."
)
_RISKS = N_("Lots with {p0} defective are rejected with probability {alpha}, lots with {p1} are accepted with {beta}.")
_NOT = N_("A single lot may take many more items than the average, so agree on a limit beforehand, such as {most}.")


@dataclass(frozen=True, slots=True)
class SequentialPlan:
    """The lines of acceptance and rejection: s n - h1 and s n + h2."""

    p0: float
    p1: float
    alpha: float
    beta: float
    h1: float
    h2: float
    s: float

    @property
    def first_accept_at(self) -> int:
        """How many items without a defective one are enough to accept."""
        return ceil(self.h1 / self.s - _ROUNDING)

    @property
    def first_reject_at(self) -> int:
        """How many items, all defective, are enough to reject."""
        return ceil(self.h2 / (1 - self.s) - _ROUNDING)

    @property
    def longest(self) -> int:
        """Where to truncate: three times the largest average, after Wald."""
        worst = self.h1 * self.h2 / (self.s * (1 - self.s))
        return ceil(_TRUNCATE_AT * max(worst, self.first_accept_at, self.first_reject_at))

    def accept_at(self, n: int) -> int:
        """After `n` items accept at so many defective ones or fewer; -1 where it is too early."""
        return max(-1, floor(self.s * n - self.h1 + _ROUNDING))

    def reject_at(self, n: int) -> int:
        """After `n` items reject at so many defective ones or more; past `n` where it is too early."""
        return ceil(self.s * n + self.h2 - _ROUNDING)

    def to_dict(self) -> dict[str, float]:
        return {**asdict(self), "first_accept_at": self.first_accept_at, "longest": self.longest}

    @property
    def meaning(self) -> tuple[Sentence, ...]:
        """What it costs, what it risks, and that the end is open."""
        p0, p1 = percent(self.p0), percent(self.p1)
        average = [f"{wald_sample(self, p):.0f}" for p in (self.p0, self.p1)]
        filled = {"first": self.first_accept_at, "p0": p0, "p1": p1, "asn0": average[0], "asn1": average[1]}
        risk = {"p0": p0, "p1": p1, "alpha": probability(self.alpha), "beta": probability(self.beta)}
        return (Sentence(_MEANS, filled), Sentence(_RISKS, risk), Sentence(_NOT, {"most": self.longest}))


@dataclass(frozen=True, slots=True)
class SequentialPoint:
    """At `share` defective: accepted so often, after so many items on average."""

    share: float
    accepted: float
    sample: float

    def to_dict(self) -> dict[str, float]:
        return asdict(self)


def sequential_plan(p0: float, p1: float, alpha: float = 0.05, beta: float = 0.10) -> SequentialPlan:
    """Wald's lines: lots of quality `p0` are rejected with `alpha`, lots of `p1` accepted with `beta`.

    Raises `NotAProbability`, `PointsCrossed` unless p0 < p1, `RisksTooLarge` unless alpha + beta < 1.

    >>> plan = sequential_plan(0.01, 0.10, alpha=0.05, beta=0.10)
    >>> round(plan.h1, 4), round(plan.h2, 4), round(plan.s, 5), plan.first_accept_at
    (0.9389, 1.2054, 0.03975, 24)
    """
    for what, value in (("p0", p0), ("p1", p1), ("alpha", alpha), ("beta", beta)):
        demand_inside(what, value)
    if p0 >= p1:
        raise PointsCrossed(good=percent(p0), poor=percent(p1))
    if alpha + beta >= 1:
        raise RisksTooLarge(alpha=alpha, beta=beta)
    k = log(p1 / p0) + log1p(-p0) - log1p(-p1)
    return SequentialPlan(
        p0,
        p1,
        alpha,
        beta,
        log((1 - alpha) / beta) / k,
        log((1 - beta) / alpha) / k,
        (log1p(-p0) - log1p(-p1)) / k,
    )


def decide_sequential(plan: SequentialPlan, n: int, defects: int, most: int | None = None) -> Step:
    """What `defects` defective items among the first `n` say; with `most`, the last word falls there.

    Raises `ImpossibleCount`.

    >>> plan = sequential_plan(0.01, 0.10)
    >>> [decide_sequential(plan, n, d).value for n, d in ((23, 0), (24, 0), (24, 3))]
    ['go-on', 'accept', 'reject']
    """
    if not 0 <= defects <= n:
        raise ImpossibleCount(count=defects, total=n)
    if defects <= plan.accept_at(n):
        return Step.ACCEPT
    if defects >= plan.reject_at(n):
        return Step.REJECT
    if most is None or n < most:
        return Step.GO_ON
    return Step.ACCEPT if defects <= plan.s * n else Step.REJECT


def wald_accepted(plan: SequentialPlan, share: float) -> float:
    """Wald's approximate OC at `share`. Raises `NotAProbability`.

    >>> plan = sequential_plan(0.01, 0.10)
    >>> [round(wald_accepted(plan, p), 3) for p in (0.01, 0.0397, 0.10)]
    [0.95, 0.563, 0.1]
    """
    quality(share)
    if share in (0.0, 1.0):
        return 1.0 - share
    t = _tilt(plan, share)
    up, down = log((1 - plan.beta) / plan.alpha), log(plan.beta / (1 - plan.alpha))
    if abs(t) < 1e-7:
        return up / (up - down)
    # (A^t - 1) / (A^t - B^t), with the larger power divided out so that nothing overflows
    if t > 0:
        return -expm1(-t * up) / -expm1(t * (down - up))
    return expm1(t * up) * exp(-t * down) / expm1(t * (up - down))


def wald_sample(plan: SequentialPlan, share: float) -> float:
    """Wald's approximate average sample number at `share`. Raises `NotAProbability`.

    >>> plan = sequential_plan(0.01, 0.10)
    >>> [round(wald_sample(plan, p), 2) for p in (0.01, 0.10)]
    [27.96, 16.45]
    """
    accepted = wald_accepted(plan, share)
    if abs(share - plan.s) < 1e-6 * plan.s:
        return plan.h1 * plan.h2 / (plan.s * (1 - plan.s))
    return (accepted * plan.h1 - (1 - accepted) * plan.h2) / (plan.s - share)


def sequential_point(
    plan: SequentialPlan, share: float, *, most: int | None = None, lot: int | None = None
) -> SequentialPoint:
    """What the truncated plan really does at `share`; `most` is `plan.longest` by default, and never more than the lot.

    Raises `NotAProbability`, `EmptyLot`, `PlanLargerThanLot`, `PointsTooClose` past 100,000 items.

    >>> point = sequential_point(sequential_plan(0.01, 0.10), 0.01)
    >>> round(point.accepted, 3), round(point.sample, 1)
    (0.977, 30.0)
    """
    return sequential_curve(plan, [share], most=most, lot=lot)[0]


def sequential_curve(
    plan: SequentialPlan, shares: Sequence[float], *, most: int | None = None, lot: int | None = None
) -> tuple[SequentialPoint, ...]:
    """What the truncated plan does at each of `shares`, with `lot` in a lot of that size. Raises as above.

    >>> curve = sequential_curve(sequential_plan(0.01, 0.10), [0.02, 0.10], lot=500)
    >>> [(round(point.accepted, 3), round(point.sample, 1)) for point in curve]
    [(0.903, 35.2), (0.092, 22.0)]
    """
    import numpy as np  # noqa: PLC0415 - decisions are taken where no curve is drawn

    last = _last_item(plan, most, lot)
    sources = [quality(share, lot) for share in shares]
    p = np.array([source.share for source in sources])
    bad = None if lot is None else np.round(p * lot)
    width = plan.reject_at(last) + 2
    open_ = np.zeros((width, len(p)))
    open_[0] = 1
    accepted, sample = np.zeros(len(p)), np.zeros(len(p))
    low, high = 0, 1  # the defective counts that are still open: low <= d < high
    for n in range(1, last + 1):
        before = open_[low:high]
        sample += before.sum(axis=0)
        d = np.arange(low, high)[:, None]
        worse = p if bad is None else np.clip((bad - d) / (lot - n + 1 if lot else 1), 0, 1)
        moved = before * worse
        open_[low:high] -= moved
        open_[low + 1 : high + 1] += moved
        high += 1
        accept, reject = _ends(plan, n, last)
        accepted += open_[low : min(accept + 1, high)].sum(axis=0)
        low, high = max(low, accept + 1), min(high, reject)
        open_[high:] = 0
        if low >= high:
            break
    return tuple(
        SequentialPoint(float(share), min(1.0, float(a)), float(s))
        for share, a, s in zip(p, accepted, sample, strict=True)
    )


def _ends(plan: SequentialPlan, n: int, last: int) -> tuple[int, int]:
    if n < last:
        return plan.accept_at(n), plan.reject_at(n)
    middle = floor(plan.s * n)
    return middle, middle + 1


def _last_item(plan: SequentialPlan, most: int | None, lot: int | None) -> int:
    last = most if most is not None else plan.longest if lot is None else min(plan.longest, lot)
    if lot is not None and last > lot:
        raise PlanLargerThanLot(n=last, lot=lot)
    if last < 1:
        raise ImpossibleCount(count=last, total=lot or LONGEST)
    if last > LONGEST:
        raise PointsTooClose(good=percent(plan.p0), poor=percent(plan.p1), n=last, limit=LONGEST)
    return last


def _tilt(plan: SequentialPlan, share: float) -> float:
    """The t with p(t) = share, by halving; p falls from 1 to 0 as t rises, is p1 at -1, s at 0 and p0 at 1."""
    worse, better = log(plan.p1 / plan.p0), log1p(-plan.p1) - log1p(-plan.p0)

    def at(t: float) -> float:
        return _share_at(t, worse, better, plan.s)

    low, high = -1.0, 1.0
    while at(low) < share:
        low *= 2
    while at(high) > share:
        high *= 2
    for _ in range(200):
        middle = (low + high) / 2
        low, high = (low, middle) if at(middle) <= share else (middle, high)
    return (low + high) / 2


def _share_at(t: float, worse: float, better: float, s: float) -> float:
    if abs(t) < 1e-9:
        return s
    if t > 0:
        return -expm1(t * better) * exp(-t * worse) / -expm1(t * (better - worse))
    return -expm1(-t * better) / -expm1(-t * (better - worse))
