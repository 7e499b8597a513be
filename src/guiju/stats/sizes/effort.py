"""What a job will take: hours, person-days and cost, with an interval, from the times of a trial.

Formula: with mean_a the mean active seconds of annotator a (idle times left out, see `times`), A annotators:
    shared "equal-items"   m = mean of mean_a             everybody does as many answers
    shared "equal-hours"   m = A / sum_a (1 / mean_a)     everybody works as long, so the fast do more
    shared "as-in-trial"   m = mean of all active seconds
    answers = items x answers per item / (1 - d), d the share sent back and done again until it is right
    hours = answers m / 3600;  person-days = hours / hours a day;  cost = hours x hourly rate
    interval: ln m has the standard error s of its pigeonhole bootstrap (annotators and items drawn independently, a
    row weighing the product), widened for few annotators: ln m -+ t(.975; A-1) s sqrt(A / (A-1))
Assumes: the team and the items to come are like those of the trial, and as fast: nobody learns or tires; work that
    comes back takes as long as the first time. Breaks, meetings, inspection count only through the hours of a day.
Source: Owen 2007, doi:10.1214/07-AOAS122 (bootstrap of crossed samples); Hampel 1974,
    doi:10.1080/01621459.1974.10482962 (median and MAD).
"""

from dataclasses import dataclass
from math import exp, log, sqrt
from typing import Literal, TypeAlias

import numpy as np

from guiju.kit import N_, Sentence
from guiju.stats.columns import Codes, Floats
from guiju.stats.figure import BOOTSTRAP, Figure
from guiju.stats.sizes.checks import demand_count, demand_share, percent
from guiju.stats.sizes.errors import NotAnAmount, NotAShare, UnknownSharing
from guiju.stats.sizes.times import Times

Shared: TypeAlias = Literal["equal-items", "equal-hours", "as-in-trial"]
REPLICATES = 1_000
_CELLS = 4_000_000

ONE_ANNOTATOR = N_("One annotator does not show how much annotators differ, so there is no interval.")

_HOURS = N_("{answers} answers will take about {hours} hours of active work (interval {low} to {high}).")
_HOURS_ALONE = N_(
    "{answers} answers would take about {hours} hours of active work, if all are as fast as this one person."
)
_SPREAD = N_("The slowest of {annotators} annotators takes {times} times as long as the fastest: who does it matters.")
_SHARED: dict[Shared, str] = {
    "equal-items": N_("Assumed: every annotator does the same number of answers."),
    "equal-hours": N_("Assumed: every annotator works the same hours, so the fast ones do more."),
    "as-in-trial": N_("Assumed: the annotators share the work as they shared the trial."),
}
_IDLE = N_("Assumed: {idle} of {n} answers of the trial were idle time and say nothing of the work.")
_REWORK = N_("Assumed: {share} of the answers come back and take as long again, {hours} hours in all.")
_NO_REWORK = N_("Assumed: nothing comes back. Give the share that does, and its reserve is counted in.")
_DAYS = N_(
    "Assumed: {hours} active hours in a working day; breaks, questions, meetings and inspection are not counted."
)
_STEADY = N_("Assumed: people and items are like those of the trial, and nobody gets faster with practice.")


@dataclass(frozen=True, slots=True)
class Work:
    """The job: items, answers to each, the share sent back, who does how much, and what an hour and a day are."""

    items: int
    answers_per_item: int = 1
    sent_back: float = 0.0
    shared: Shared = "equal-items"
    hours_a_day: float = 6.0
    hourly_rate: float | None = None

    def demand_sane(self) -> None:
        """Raises `NotACount`, `NotAShare`, `NotAnAmount`, `UnknownSharing`."""
        demand_count(self.items, N_("a number of items"), 1)
        demand_count(self.answers_per_item, N_("answers to an item"), 1)
        demand_share(self.sent_back, N_("the share sent back"), closed=True)
        if self.sent_back == 1:
            raise NotAShare(value=1, what=N_("the share sent back, for then nothing is ever done"))
        if self.shared not in _SHARED:
            raise UnknownSharing(value=self.shared, known=", ".join(_SHARED))
        if not 0 < self.hours_a_day <= 24:
            raise NotAnAmount(value=self.hours_a_day, what=N_("the hours of a day"))
        if self.hourly_rate is not None and not 0 <= self.hourly_rate < float("inf"):
            raise NotAnAmount(value=self.hourly_rate, what=N_("an hourly rate"))

    @property
    def answers(self) -> float:
        """Answers to be given, those given again included."""
        return self.items * self.answers_per_item / (1 - self.sent_back)


@dataclass(frozen=True, slots=True)
class Effort:
    """Figures with intervals; `raw_seconds` is the trial's mean with idle time in it, for comparison."""

    seconds: Figure
    hours: Figure
    person_days: Figure
    cost: Figure | None
    rework_hours: float
    raw_seconds: float
    slowest_to_fastest: float
    assumptions: tuple[Sentence, ...]
    meaning: tuple[Sentence, ...]

    def to_dict(self) -> dict[str, object]:
        return {
            "seconds": self.seconds.to_dict(),
            "hours": self.hours.to_dict(),
            "person_days": self.person_days.to_dict(),
            "cost": None if self.cost is None else self.cost.to_dict(),
            "rework_hours": self.rework_hours,
            "raw_seconds": self.raw_seconds,
            "slowest_to_fastest": self.slowest_to_fastest,
            "assumptions": [str(one) for one in self.assumptions],
        }


def estimate_effort(times: Times, work: Work, seed: int = 0) -> Effort:
    """Hours, person-days and cost of `work` from the `times` of a trial (`read_times`).

    With one annotator there is a value and no interval. Raises what `Work.demand_sane` raises.

    >>> from guiju.stats.sizes.times import read_times
    >>> seconds = [10, 12, 9, 11, 10, 13, 8, 10, 20, 22, 19, 24, 18, 20, 21, 3600]
    >>> trial = read_times(["ann"] * 8 + ["bob"] * 8, seconds, [*range(8), *range(8)])
    >>> found = estimate_effort(trial, Work(items=10_000, sent_back=0.05, hourly_rate=30.0))
    >>> round(found.seconds.value, 2), round(found.hours.value, 1), round(found.cost.value)
    (15.47, 45.2, 1357)
    >>> round(found.rework_hours, 1), [str(one) for one in found.assumptions][1]
    (2.3, 'Assumed: 1 of 16 answers of the trial were idle time and say nothing of the work.')
    """
    work.demand_sane()
    active = ~times.idle
    trial = _Trial(times.annotator[active], times.item[active], times.seconds[active], len(times.annotators))
    seconds = _per_answer(trial, work.shared, seed)
    hours = _scaled(seconds, work.answers / 3600)
    rework = (hours.value or 0.0) * work.sent_back
    speeds = times.speeds
    ratio = speeds[-1].mean / speeds[0].mean
    cost = None if work.hourly_rate is None else _scaled(hours, work.hourly_rate)
    return Effort(
        seconds=seconds,
        hours=hours,
        person_days=_scaled(hours, 1 / work.hours_a_day),
        cost=cost,
        rework_hours=rework,
        raw_seconds=float(times.seconds.mean()),
        slowest_to_fastest=ratio,
        assumptions=_assumptions(times, work, rework),
        meaning=_meaning(hours, work, len(times.annotators), ratio),
    )


@dataclass(frozen=True, slots=True, eq=False)
class _Trial:
    annotator: Codes
    item: Codes
    seconds: Floats
    annotators: int

    def means(self) -> Floats:
        return self._sum(self.seconds) / self._sum(np.ones_like(self.seconds))

    def counts(self) -> Floats:
        return self._sum(np.ones_like(self.seconds))

    def _sum(self, values: Floats) -> Floats:
        return np.bincount(self.annotator, weights=values, minlength=self.annotators).astype(np.float64)


def _per_answer(trial: _Trial, shared: Shared, seed: int) -> Figure:
    everybody = np.ones((1, trial.annotators))
    value = float(_shared(everybody, trial.means()[None], trial.counts()[None], shared)[0])
    n = len(trial.seconds)
    if trial.annotators < 2:
        return Figure(value, n=n, why=ONE_ANNOTATOR)
    spread = float(np.log(_replicates(trial, shared, seed)).std(ddof=1))
    few = trial.annotators
    half = _t_quantile(few - 1) * spread * sqrt(few / (few - 1))
    return Figure(value, exp(log(value) - half), exp(log(value) + half), n, how=BOOTSTRAP)


def _shared(weights: Floats, means: Floats, counts: Floats, shared: Shared) -> Floats:
    """Seconds an answer for each row of annotator weights."""
    if shared == "equal-items":
        return (weights * means).sum(axis=1) / weights.sum(axis=1)
    if shared == "equal-hours":
        return weights.sum(axis=1) / (weights / means).sum(axis=1)
    return (weights * counts * means).sum(axis=1) / (weights * counts).sum(axis=1)


def _replicates(trial: _Trial, shared: Shared, seed: int) -> Floats:
    """The figure of 1,000 resamples of annotators and, independently, of items."""
    from scipy.sparse import csr_array  # noqa: PLC0415 - heavy: only this bootstrap needs it

    rng = np.random.default_rng(seed)
    _, item = np.unique(trial.item, return_inverse=True)
    items = int(item.max()) + 1
    shape, cells = (trial.annotators, items), (trial.annotator, item)
    time, one = (csr_array((v, cells), shape=shape) for v in (trial.seconds, np.ones(len(item))))
    step = max(1, min(REPLICATES, _CELLS // items))
    found: list[Floats] = []
    for begin in range(0, REPLICATES, step):
        many = min(step, REPLICATES - begin)
        who = rng.multinomial(trial.annotators, np.full(trial.annotators, 1 / trial.annotators), many)
        what = rng.multinomial(items, np.full(items, 1 / items), many).astype(np.float64).T
        counts = np.asarray(one @ what, np.float64).T
        sums = np.asarray(time @ what, np.float64).T
        # An annotator none of whose items was drawn keeps the mean of all of them.
        means = np.where(counts > 0, sums / np.maximum(counts, 1), trial.means())
        found.append(_shared(who.astype(np.float64), means, np.maximum(counts, 1e-9), shared))
    return np.concatenate(found)


def _t_quantile(freedom: int) -> float:
    from scipy.special import stdtrit  # noqa: PLC0415 - heavy: only this interval needs it

    return float(stdtrit(freedom, 0.975))


def _scaled(figure: Figure, by: float) -> Figure:
    def times(end: float | None) -> float | None:
        return None if end is None else end * by

    return Figure(times(figure.value), times(figure.low), times(figure.high), figure.n, figure.why, figure.how)


def _assumptions(times: Times, work: Work, rework: float) -> tuple[Sentence, ...]:
    back = Sentence(_REWORK, {"share": percent(work.sent_back), "hours": f"{rework:,.1f}"})
    return (
        Sentence(_SHARED[work.shared]),
        Sentence(_IDLE, {"idle": int(times.idle.sum()), "n": len(times)}),
        back if work.sent_back else Sentence(_NO_REWORK),
        Sentence(_DAYS, {"hours": f"{work.hours_a_day:g}"}),
        Sentence(_STEADY),
    )


def _meaning(hours: Figure, work: Work, annotators: int, ratio: float) -> tuple[Sentence, ...]:
    told: dict[str, object] = {"answers": f"{work.answers:,.0f}", "hours": f"{hours.value or 0:,.1f}"}
    if hours.low is None or hours.high is None:
        return (Sentence(_HOURS_ALONE, told), Sentence(ONE_ANNOTATOR))
    ends = {"low": f"{hours.low:,.1f}", "high": f"{hours.high:,.1f}"}
    return (
        Sentence(_HOURS, {**told, **ends}),
        Sentence(_SPREAD, {"annotators": annotators, "times": f"{ratio:.1f}"}),
    )
