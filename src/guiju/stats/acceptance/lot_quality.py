"""How good the lot is, judged by its sample: an estimate with its intervals, and a bound for a promise.

Formula: x/n, with Wilson's, Clopper-Pearson's and, for a lot of N, the exact finite-population interval (see
`stats.intervals`); `at_most` is the one-sided bound that the true share exceeds with probability 1 - confidence.
Assumes: the sample was drawn at random and looked at whole; a sample picked for its problems says nothing of the lot.
Source: Wilson 1927, doi:10.1080/01621459.1927.10502953; Clopper & Pearson 1934, doi:10.1093/biomet/26.4.404.
"""

from dataclasses import dataclass

from guiju.kit import N_, Sentence
from guiju.stats.acceptance.risks import percent
from guiju.stats.figure import Figure
from guiju.stats.intervals import Interval, clopper_pearson, finite_interval, upper_bound, wilson

_NOTHING = N_("Nothing was looked at, so nothing is known.")
_MEANS = N_(
    "{x} of {n} looked at are defective: between {low} and {high} of the work is, at {confidence} confidence. "
    "More than {most} is improbable."
)
_LOT = N_("In this lot of {lot} that is {fewest} to {largest} items, those found included.")
_NOT = N_("It does not say that the next lot is as good, nor that the inspectors saw every defect.")


@dataclass(frozen=True, slots=True)
class LotQuality:
    """The share of defective items: `share` with Wilson's interval, `exact`, `finite` for a known lot, `at_most`."""

    share: Figure
    exact: Interval
    finite: Interval | None
    at_most: float
    found: int
    lot: int | None
    confidence: float

    def to_dict(self) -> dict[str, object]:
        return {
            "share": self.share.to_dict(),
            "exact": list(self.exact),
            "finite": None if self.finite is None else list(self.finite),
            "at_most": self.at_most,
            "found": self.found,
            "lot": self.lot,
            "confidence": self.confidence,
        }

    @property
    def meaning(self) -> tuple[Sentence, ...]:
        """What the sample says of the lot, and what it cannot say."""
        if self.share.value is None:
            return (Sentence(_NOTHING), Sentence(_NOT))
        interval = self.finite or self.exact
        filled = {"x": self.found, "n": self.share.n, "low": percent(interval.low), "high": percent(interval.high)}
        said = Sentence(_MEANS, {**filled, "confidence": percent(self.confidence), "most": percent(self.at_most)})
        if self.lot is None or self.finite is None:
            return (said, Sentence(_NOT))
        counts = {"fewest": round(self.finite.low * self.lot), "largest": round(self.finite.high * self.lot)}
        return (said, Sentence(_LOT, {"lot": self.lot, **counts}), Sentence(_NOT))


def lot_quality(defects: int, n: int, lot: int | None = None, confidence: float = 0.95) -> LotQuality:
    """The quality that `defects` defective items among `n` looked at speak for.

    Raises `ImpossibleCount`, `PlanLargerThanLot`, `NotAProbability`, `EmptyLot`.

    >>> found = lot_quality(2, 80, lot=1200)
    >>> round(found.share.value, 3), [round(end, 4) for end in found.finite], round(found.at_most, 4)
    (0.025, [0.0042, 0.085], 0.0742)
    """
    near = wilson(defects, n, confidence)
    exact = clopper_pearson(defects, n, confidence)
    finite = None if lot is None else finite_interval(defects, n, lot, confidence)
    bound = upper_bound(defects, n, confidence, lot)
    if n == 0:
        share = Figure(None, n=0, why=_NOTHING)
    else:
        share = Figure(defects / n, near.low, near.high, n)
    return LotQuality(share, exact, finite, bound, defects, lot, confidence)
