"""How many items make the interval of Krippendorff's alpha narrow, judged by how much the items of a trial differ.

Formula: alpha_-u is alpha without item u, of U items with two answers or more; the jackknife's
    s^2 = (U - 1) sum_u (alpha_-u - mean)^2       so that the standard error with m such items is s / sqrt(m)
    half width with m items = z s / sqrt(m)       items for a half width h = (z s / h)^2, rounded up
Assumes: the further items are of the trial's kind, annotated by as many people under the same rulebook; items are
    independent. From few items s itself is uncertain by about 1 / sqrt(2 U): with 50 items, a tenth.
Source: Efron & Stein 1981, doi:10.1214/aos/1176345462 (the jackknife's variance); Krippendorff, Content Analysis
    (2004), ISBN 0-7619-1545-1, ch. 11 (alpha).
"""

from dataclasses import dataclass
from math import ceil, sqrt

import numpy as np

from guiju.kit import N_, Sentence
from guiju.stats.columns import Codes, Columns, Floats
from guiju.stats.figure import short
from guiju.stats.sizes.checks import MOST, demand_count, demand_share, normal_quantile
from guiju.stats.sizes.errors import NoSpread, TooLarge

_MEANING = N_(
    "In this trial of {items} items alpha is {alpha}, give or take {half}. "
    "With {four} items of the same kind it would be give or take {quarter}."
)
_MEANING_NOT = N_(
    "That foretells how exact alpha will be, not how high: a clearer rulebook raises it, more items do not."
)


@dataclass(frozen=True, slots=True)
class AlphaSize:
    """Alpha of a trial of `items`, and `spread`: s above, one item's part in alpha's uncertainty."""

    alpha: float
    items: int
    spread: float
    confidence: float

    def half_width(self, items: int) -> float:
        """What the interval would be, plus or minus, with `items` items. Raises `NotACount`."""
        demand_count(items, N_("a number of items"), 1)
        return normal_quantile(0.5 + self.confidence / 2) * self.spread / sqrt(items)

    def items_for(self, half_width: float) -> int:
        """The items that make the interval plus or minus `half_width`. Raises `NotAShare`, `TooLarge`."""
        demand_share(half_width, N_("half the width of an interval"))
        n = (self.half_width(1) / half_width) ** 2
        if n > MOST:
            raise TooLarge(limit=MOST)
        return max(1, ceil(n - 1e-9))

    def to_dict(self) -> dict[str, object]:
        curve = [[m, self.half_width(m)] for m in (20, 30, 50, 60, 100, 200, 300, 500, 1000)]
        return {"alpha": self.alpha, "items": self.items, "spread": self.spread, "curve": curve}

    @property
    def meaning(self) -> tuple[Sentence, ...]:
        places = {
            "items": self.items,
            "alpha": short(self.alpha),
            "half": short(self.half_width(self.items)),
            "four": 4 * self.items,
            "quarter": short(self.half_width(4 * self.items)),
        }
        return (Sentence(_MEANING, places), Sentence(_MEANING_NOT))


def size_for_alpha(columns: Columns, distances: Floats | None = None, confidence: float = 0.95) -> AlphaSize:
    """What a trial's own items say of the items that alpha needs; `distances` between labels, nominal without.

    `distances` is a symmetric labels x labels table with a diagonal of zeros. Time grows with the answers, and with
    items x labels^2 if distances are given. Raises `NoSpread`, `NotAShare`.

    >>> from guiju.stats.columns import encode
    >>> trial = encode([n // 2 for n in range(40)], ["a", "b"] * 20, [*"xxyyxyxxxxyyyyxxyyyx" * 2])
    >>> found = size_for_alpha(trial)
    >>> round(found.alpha, 3), round(found.half_width(60), 3), found.items_for(0.10)
    (0.61, 0.204, 251)
    """
    demand_share(confidence, N_("a confidence"))
    kept = columns.answers_per_item[columns.item] >= 2
    _, item = np.unique(columns.item[kept], return_inverse=True)
    items = int(item.max()) + 1 if item.size else 0
    if items < 3:
        raise NoSpread(items=items)
    parts = _Parts.of(item, columns.label[kept], len(columns.labels), distances)
    if parts.all_apart <= 0:
        raise NoSpread(items=items)
    without = parts.alpha_without_each()
    if np.isnan(without).any():
        raise NoSpread(items=items)
    spread = sqrt((items - 1) * float(np.square(without - without.mean()).sum()))
    return AlphaSize(parts.alpha(), items, spread, confidence)


@dataclass(frozen=True, slots=True)
class _Parts:
    """Per item: `many` answers, `apart` (sum of distances over its ordered pairs), `across` (to all answers)."""

    many: Codes
    apart: Floats
    across: Floats
    all_apart: float

    @classmethod
    def of(cls, item: Codes, label: Codes, labels: int, distances: Floats | None) -> "_Parts":
        many = np.bincount(item)
        totals = np.bincount(label, minlength=labels)
        if distances is None:
            cell, count = np.unique(item * labels + label, return_counts=True)
            same = np.bincount(cell // labels, weights=np.square(count), minlength=len(many))
            away = (len(label) - totals).astype(np.float64)
            apart = np.square(many) - same.astype(np.float64)
        else:
            away = distances @ totals.astype(np.float64)
            apart = _apart(item, label, distances)
        across: Floats = np.bincount(item, weights=away[label], minlength=len(many)).astype(np.float64)
        return cls(many, apart, across, float(totals @ away))

    def alpha(self) -> float:
        n = float(self.many.sum())
        return 1 - (n - 1) * float((self.apart / (self.many - 1)).sum()) / self.all_apart

    def alpha_without_each(self) -> Floats:
        """Alpha without each item in turn, NaN where nothing is left to differ; in closed form, no loop."""
        part = self.apart / (self.many - 1)
        n = float(self.many.sum()) - self.many
        expected = self.all_apart - 2 * self.across + self.apart
        missing = np.full(len(n), np.nan)
        return 1 - np.divide((n - 1) * (part.sum() - part), expected, out=missing, where=expected > 0)


def _apart(item: Codes, label: Codes, distances: Floats) -> Floats:
    """For each item the sum of distances over its ordered pairs of answers, some thousand items at a time."""
    labels = len(distances)
    found = np.empty(int(item.max()) + 1)
    step = max(1, 4_000_000 // labels)
    for begin in range(0, len(found), step):
        end = min(begin + step, len(found))
        first, last = np.searchsorted(item, [begin, end])
        cells = (item[first:last] - begin) * labels + label[first:last]
        counts = np.bincount(cells, minlength=(end - begin) * labels).reshape(end - begin, labels)
        found[begin:end] = ((counts @ distances) * counts).sum(axis=1)
    return found
