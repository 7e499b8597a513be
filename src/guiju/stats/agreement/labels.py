"""Which label people do not agree on: alpha of each label against all others.

Formula: Krippendorff's nominal alpha after every answer is read as "this label" or "another one"; over items with two
answers or more, n_c answers c of n:
    alpha_c = 1 - (n - 1) sum_u n_uc (m_u - n_uc) / (m_u - 1) / (n_c (n - n_c))
Assumes: what alpha assumes.
Interval: t on the linearised standard error (infinitesimal jackknife) over items.
Source: Krippendorff, Content Analysis (2004, ISBN 978-0-7619-1545-4), ch. 11; Efron 1979, doi:10.1214/aos/1176344552.
"""

from collections.abc import Hashable
from dataclasses import dataclass

import numpy as np

from guiju.stats.agreement.patterns import Patterns, added
from guiju.stats.columns import Columns, Floats
from guiju.stats.figure import figure_t
from guiju.stats.sources import plain


@dataclass(frozen=True, slots=True)
class LabelAlpha:
    """Alpha of one label against all others; `n` answers gave it. `None` if all answers or none gave it."""

    label: Hashable
    n: int
    alpha: float | None
    low: float | None = None
    high: float | None = None

    def to_dict(self) -> dict[str, object]:
        interval = None if self.low is None else [self.low, self.high]
        return {"label": plain(self.label), "n": self.n, "alpha": self.alpha, "alpha_interval": interval}


def label_alphas(columns: Columns) -> tuple[LabelAlpha, ...]:
    """Alpha of each label, the worst first; labels that nobody or everybody gave come last, without a figure.

    >>> from guiju.stats.columns import encode
    >>> columns = encode([1, 1, 2, 2, 3, 3, 4, 4], ["a", "b"] * 4, list("xxyyzzxy"))
    >>> [(one.label, round(one.alpha, 2)) for one in label_alphas(columns)]
    [('x', 0.53), ('y', 0.53), ('z', 1.0)]
    """
    return label_alphas_of(Patterns.of(columns))


def label_alphas_of(patterns: Patterns) -> tuple[LabelAlpha, ...]:
    """The same from the patterns of a table, or of many tables merged.

    >>> from guiju.stats.columns import encode
    >>> [one.n for one in label_alphas_of(Patterns.of(encode([1, 1], ["a", "b"], ["x", "y"])))]
    [1, 1]
    """
    pairable = patterns.pairable
    given, n = pairable.totals, float(pairable.answers)
    m = pairable.size[pairable.row]
    each = 2 * pairable.count * (m - pairable.count) / (m - 1)
    apart = added(pairable.label, pairable.weight[pairable.row] * each, len(given))
    chance = 2 * given * (n - given)
    exists = chance > 0
    ratio = np.divide(apart, chance, out=np.zeros(len(given)), where=exists)
    errors = _errors(pairable, each, ratio, chance, n)
    found = [
        _label(label, int(count), 1 - (n - 1) * part if some else None, error, pairable.items)
        for label, count, part, some, error in zip(patterns.labels, given, ratio, exists, errors, strict=True)
    ]
    return tuple(sorted(found, key=lambda one: (one.alpha is None, one.alpha or 0.0)))


def _label(label: Hashable, n: int, alpha: float | None, error: float, items: int) -> LabelAlpha:
    if alpha is None:
        return LabelAlpha(label, n, None)
    found = figure_t(float(alpha), float(error), items)
    return LabelAlpha(label, n, found.value, found.low, found.high)


def _errors(patterns: Patterns, each: Floats, ratio: Floats, chance: Floats, n: float) -> Floats:
    """Standard errors from how each alpha changes with the weight of each pattern.

    A pattern without the label changes it by its number of answers alone, so that the sum over all patterns is that
    of a square, corrected at the entries where the label occurs.
    """
    items, size, weight = patterns.items, patterns.size, patterns.weight
    if items < 2:
        return np.full(len(ratio), np.nan)
    safe = np.where(chance > 0, chance, 1.0)
    given = patterns.totals
    absent = -ratio + (n - 1) * ratio * 2 * given / safe
    label, m, count = patterns.label, size[patterns.row], patterns.count
    shift = 2 * count * (n - given[label]) + 2 * given[label] * (m - count)
    here = (n - 1) * (ratio[label] * shift - each) / safe[label] - m * ratio[label]
    squares = np.square(absent) * float(weight @ np.square(size))
    more = weight[patterns.row] * (np.square(here) - np.square(absent[label] * m))
    squares += added(label, more, len(ratio))
    return np.sqrt(np.maximum(0.0, squares - np.square(ratio) / items) * items / (items - 1))
