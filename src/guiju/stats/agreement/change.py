"""Did it help: agreement in a later round against an earlier one, by a test that fits what the two have in common.

Formula: with g_u the agreement of item u, the mean of 1 - distance over its pairs of answers,
    paired     on the items of both rounds: d_u = g_u(after) - g_u(before); p is the share of 10,000 random changes of
               sign under which |mean d| is at least as large as it is (all 2^n of at most 13 items that changed), one
               added above and below; the interval is the percentile bootstrap of mean d over items
    unpaired   on different items: the difference of the two means; p is the share of 10,000 random deals of all items
               to the two rounds (fewer, at least 1,000, of more than 2,000 items)
               with a difference at least as large; the interval is the bootstrap of either round
Assumes: paired: without a change either sign is as likely, item by item. Unpaired: the items of both rounds were drawn
from the same data. Both: the same people, or people alike; a test cannot tell an amendment from a better team.
Source: Fisher, The Design of Experiments (1935), §21; Pitman 1937, doi:10.2307/2984124; McNemar 1947,
doi:10.1007/BF02295996, which the paired test is where agreement of an item is 0 or 1; Phipson & Smyth 2010,
doi:10.2202/1544-6115.1585 (one added); Holm 1979 for labels.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import numpy as np

from guiju.kit import N_, Sentence
from guiju.stats.agreement.resampling import item_weights
from guiju.stats.columns import Floats
from guiju.stats.figure import short

DRAWS = 10_000
LEAST = 5
LEAST_PAIRED = 10
EXACT = 13
ALPHA = 0.05
_CHUNK = 500
_CELLS = 2_000_000

_BETTER = N_("Agreement rose by {size} ({low} to {high}), more than chance explains (p {p}).")
_WORSE = N_("Agreement fell by {size} ({low} to {high}), more than chance explains (p {p}).")
_SAME = N_("Agreement changed by {size} ({low} to {high}); chance alone does as much (p {p}), so nothing is shown.")
_FEW = N_("Too few items for a test: {before} before, {after} after; {least} are needed in each.")
_PAIRED = N_("{n} items stand in both rounds and are compared one by one: {up} better, {down} worse, {even} as before.")
_UNPAIRED = N_("The rounds asked different items, {before} before and {after} after, so their means are compared.")


class Verdict(StrEnum):
    BETTER = "better"
    WORSE = "worse"
    UNSHOWN = "unshown"
    TOO_FEW = "too-few"


@dataclass(frozen=True, slots=True)
class Change:
    """Agreement `before` and `after`, their `difference` with its 95% interval, and `p`; `None` of too few.

    `n_before` and `n_after` are items; of paired items `up`, `down` and `even` say how each went.
    """

    verdict: Verdict
    paired: bool
    n_before: int
    n_after: int
    before: float | None = None
    after: float | None = None
    difference: float | None = None
    low: float | None = None
    high: float | None = None
    p: float | None = None
    up: int = 0
    down: int = 0
    even: int = 0

    @property
    def meaning(self) -> tuple[Sentence, ...]:
        """The effect in words, and what was compared with what."""
        if self.difference is None or self.low is None or self.high is None or self.p is None:
            return (Sentence(_FEW, {"before": self.n_before, "after": self.n_after, "least": LEAST}),)
        said = {Verdict.BETTER: _BETTER, Verdict.WORSE: _WORSE}.get(self.verdict, _SAME)
        size = self.difference if self.verdict is Verdict.UNSHOWN else abs(self.difference)
        p = probability(self.p)
        told = p if p.startswith("<") else f"= {p}"
        ends = {"size": short(size), "low": short(self.low), "high": short(self.high), "p": told}
        how = {"n": self.n_after, "up": self.up, "down": self.down, "even": self.even}
        places = how if self.paired else {"before": self.n_before, "after": self.n_after}
        return (Sentence(said, ends), Sentence(_PAIRED if self.paired else _UNPAIRED, places))


def probability(p: float) -> str:
    """A p as it is printed: three places, and never nothing.

    >>> probability(0.00009), probability(0.0312)
    ('< .001', '.031')
    """
    return "< .001" if p < 0.001 else short(p)


def compare_rounds(before: Mapping[Any, float], after: Mapping[Any, float], seed: int = 0) -> Change:
    """The agreement of each item in the earlier and in the later round, item by item where they share enough of them.

    >>> found = compare_rounds(dict.fromkeys(range(20), 0.4), dict.fromkeys(range(20), 0.9))
    >>> found.verdict.value, found.paired, round(found.difference, 2)
    ('better', True, 0.5)
    """
    shared = [item for item in before if item in after]
    if len(shared) >= LEAST_PAIRED and 2 * len(shared) >= min(len(before), len(after)):
        return _paired(_values(before, shared), _values(after, shared), seed)
    if min(len(before), len(after)) < LEAST:
        return Change(Verdict.TOO_FEW, False, len(before), len(after))
    return _unpaired(_values(before, before), _values(after, after), seed)


def _values(of: Mapping[Any, float], items: Any) -> Floats:
    return np.fromiter((of[item] for item in items), np.float64)


def _paired(before: Floats, after: Floats, seed: int) -> Change:
    away = after - before
    moved = away[np.abs(away) > 1e-12]
    rng = np.random.default_rng(seed)
    mean = float(away.mean())
    means = item_weights(len(away), seed) @ away / len(away)
    low, high = (float(end) for end in np.percentile(means, (2.5, 97.5)))
    up, down = int((moved > 0).sum()), int((moved < 0).sum())
    sides = (float(before.mean()), float(after.mean()), mean, low, high)
    p = _signs(moved, rng)
    return Change(_verdict(mean, p), True, len(away), len(away), *sides, p, up, down, len(away) - up - down)


def _signs(moved: Floats, rng: np.random.Generator) -> float:
    if not len(moved):
        return 1.0
    least = abs(float(moved.sum())) - 1e-9
    if len(moved) <= EXACT:
        number = np.arange(2 ** len(moved), dtype=np.int64)
        sums = np.zeros(len(number))
        for place, one in enumerate(moved.tolist()):
            sums += (1 - 2 * ((number >> place) & 1)) * one
        return float((np.abs(sums) >= least).mean())
    beyond, step = 0, _step(len(moved))
    for _ in range(DRAWS // step):
        signs = 1 - 2 * rng.integers(0, 2, (step, len(moved)), np.int8)
        beyond += int((np.abs(signs @ moved) >= least).sum())
    return (beyond + 1) / (step * (DRAWS // step) + 1)


def _step(items: int) -> int:
    return max(1, min(_CHUNK, _CELLS // max(1, items)))


def _unpaired(before: Floats, after: Floats, seed: int) -> Change:
    rng = np.random.default_rng(seed)
    mean = float(after.mean() - before.mean())
    means = item_weights(len(after), seed) @ after / len(after)
    means = means - item_weights(len(before), seed + 1) @ before / len(before)
    low, high = (float(end) for end in np.percentile(means, (2.5, 97.5)))
    every = np.concatenate([before, after])
    least, n = abs(mean) - 1e-12, len(after)
    draws = max(1_000, min(DRAWS, 10 * _CELLS // len(every)))
    beyond, step = 0, _step(len(every))
    for _ in range(draws // step):
        dealt = rng.permuted(np.broadcast_to(every, (step, len(every))), axis=1)
        beyond += int((np.abs(dealt[:, :n].mean(1) - dealt[:, n:].mean(1)) >= least).sum())
    p = (beyond + 1) / (step * (draws // step) + 1)
    sides = (float(before.mean()), float(after.mean()), mean, low, high)
    return Change(_verdict(mean, p), False, len(before), n, *sides, p)


def _verdict(difference: float, p: float) -> Verdict:
    if p > ALPHA:
        return Verdict.UNSHOWN
    return Verdict.BETTER if difference > 0 else Verdict.WORSE


def adjusted(p: Sequence[float]) -> list[float]:
    """Holm's adjustment of several tests, in their order.

    >>> [round(one, 3) for one in adjusted([0.01, 0.04, 0.03])]
    [0.03, 0.06, 0.06]
    """
    order = sorted(range(len(p)), key=lambda place: p[place])
    found, highest = [0.0] * len(p), 0.0
    for rank, place in enumerate(order):
        highest = max(highest, min(1.0, (len(p) - rank) * p[place]))
        found[place] = highest
    return found
