"""A figure with what it rests on: its interval, its n, how the interval came about, or why there is no figure.

Formula: the percentile interval takes the 2.5% and 97.5% quantiles of the replicates; the t interval is
value -+ t(.975; n-1) s with s the standard error. From 1,000 degrees of freedom t is read from its expansion around the
normal quantile z, z + (z^3 + z)/4v + (5z^5 + 16z^3 + 3z)/96v^2, exact to nine places.
Assumes: the n units (items) are a random sample of those that the figure is to speak for.
Source: Efron 1979, doi:10.1214/aos/1176344552 (bootstrap); Student 1908, doi:10.1093/biomet/6.1.1 (t); Abramowitz &
Stegun, Handbook of Mathematical Functions (1964), 26.7.5 (expansion).
"""

from dataclasses import dataclass, field, replace
from statistics import NormalDist

import numpy as np

from guiju.kit import N_, Sentence
from guiju.stats.columns import Floats

NO_OVERLAP = N_("No item has answers of two annotators, so nothing can be compared.")
ONE_ANSWER_ONLY = N_("Every answer is the same, so agreement cannot be told from chance.")
BOOTSTRAP = "bootstrap"
ANALYTIC = "analytic"
_MANY = 1_000


@dataclass(frozen=True, slots=True)
class Figure:
    """`value` over `n` items with its 95% interval; when there is none, `why` (a msgid) says why not.

    `how` says where the interval comes from: "bootstrap" over items, or "analytic"; `meaning` says in plain words
    what the figure means and what it does not.
    """

    value: float | None
    low: float | None = None
    high: float | None = None
    n: int = 0
    why: str | None = None
    how: str | None = None
    meaning: tuple[Sentence, ...] = field(default=(), compare=False, repr=False)

    def to_dict(self) -> dict[str, object]:
        return {"value": self.value, "interval": self.interval, "n": self.n, "why": self.why, "how": self.how}

    @property
    def interval(self) -> list[float] | None:
        return None if self.low is None or self.high is None else [self.low, self.high]

    @property
    def written(self) -> str:
        """The value to three places, with its interval: ".743 (.461 to .982)"."""
        if self.value is None:
            return "–"
        ends = "" if self.low is None or self.high is None else f" ({short(self.low)} – {short(self.high)})"
        return short(self.value) + ends

    def meaning_of(self, *sentences: Sentence) -> "Figure":
        """The same figure with its meaning; where there is no value, the reason is all that can be said."""
        return replace(self, meaning=sentences if self.why is None else (Sentence(self.why),))


def short(value: float) -> str:
    """A share to three places without the zero before the point, as statistics are printed.

    Formula: rounded half to even at the third place.   Assumes: nothing.   Source: the trade's habit.

    >>> short(0.8534), short(-0.05), short(1.0)
    ('.853', '-.050', '1.000')
    """
    return f"{value:.3f}".replace("0.", ".", 1) if abs(round(value, 3)) < 1 else f"{value:.3f}"


def figure(value: float, replicates: Floats, n: int) -> Figure:
    """`value` with the percentile interval of its bootstrap `replicates`; none from a single item.

    Replicates that do not exist (NaN: a resample in which all answers are equal) are left out.

    >>> import numpy as np
    >>> figure(0.5, np.linspace(0, 1, 101), 20).interval
    [0.025, 0.975]
    """
    existing = replicates[~np.isnan(replicates)]
    if n < 2 or not existing.size:
        return Figure(float(value), n=n)
    low, high = np.percentile(existing, (2.5, 97.5))
    return Figure(float(value), float(low), float(high), n, how=BOOTSTRAP)


def figure_t(value: float, error: float, n: int, units: int | None = None) -> Figure:
    """`value` with the t interval of its standard `error`, cut at -1 and 1; none from a single unit.

    `units` is what the degrees of freedom are counted from, `n` if not given.

    >>> [round(end, 3) for end in figure_t(0.775, 0.143, 12).interval]
    [0.46, 1.0]
    """
    count = n if units is None else units
    if count < 2 or not np.isfinite(error):
        return Figure(float(value), n=n)
    half = _t_quantile(count - 1) * error
    return Figure(float(value), max(-1.0, value - half), min(1.0, value + half), n, how=ANALYTIC)


def _t_quantile(freedom: int) -> float:
    if freedom >= _MANY:
        z = NormalDist().inv_cdf(0.975)
        return z + (z**3 + z) / (4 * freedom) + (5 * z**5 + 16 * z**3 + 3 * z) / (96 * freedom**2)
    from scipy.special import stdtrit  # noqa: PLC0415 - heavy: only intervals of small samples need it

    return float(stdtrit(freedom, 0.975))
