"""Gamma: agreement on units of a continuum, where they lie and what they are, with units allowed to overlap.

Formula: gamma = 1 - disorder of the best alignment / expected disorder (see `alignment` for disorder). The expected
one is the mean best disorder of random continua: for each annotator some real annotator's units, all moved round the
continuum by a random shift, shifts at least half a mean unit apart.
    gamma_cat = 1 - o / e,   o = sum w d_cat / sum w over pairs of aligned units, e the mean of the same at random,
    w = max(0, 1 - alpha d_pos) / (k - 1) in a unitary alignment of k units;  gamma_k: pairs with a unit of label k
A unit that an annotator has no partner for is no pair, as a missing answer is none in alpha. With `count_unaligned`
each such gap counts as a pair with w = d_cat = 1: stricter, and what gamma_cat and gamma_k were in the software whose
published example the tests hold this to.
Assumes: annotators saw the whole continuum; being as long, as many and as clustered as real ones is what chance means.
The interval says only how exactly the expected disorder is known (95%, from the samples' spread): not how gamma would
vary over other texts.
Source: Mathet, Widlöcher & Métivier 2015, doi:10.1162/COLI_a_00227; gamma_cat and gamma_k: Mathet 2017,
doi:10.1162/COLI_a_00296.
"""

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeAlias

import numpy as np

from guiju.kit import N_, Sentence
from guiju.stats.agreement.alignment import Alignment, Dissimilarity, Units, best_alignment
from guiju.stats.agreement.marks import Answer, Span, encode_marks, totals
from guiju.stats.agreement.structured_errors import BadParameter, NothingMarked, TooFewAnnotators
from guiju.stats.columns import Codes, Floats
from guiju.stats.figure import Figure

Distance: TypeAlias = Callable[[Any, Any], float]
"""Of two labels, symmetric, in [0, 1]."""

SAMPLES = 30
MOST_SAMPLES = 2_000
NO_CHANCE = N_("Marks moved round at random lie as they did, so agreement cannot be told from chance.")
NO_ALIGNED_PAIR = N_("No two marks were aligned here, so their labels cannot be compared.")
NO_ALIGNED_AT_RANDOM = N_("No two marks of different labels were aligned at random, so there is no chance level.")


@dataclass(frozen=True, slots=True)
class Aligned:
    """One unitary alignment: the unit of each annotator, `None` where there is none, and its disorder."""

    units: tuple[Span | None, ...]
    disorder: float

    def to_dict(self) -> dict[str, object]:
        return {"units": [None if one is None else list(one) for one in self.units], "disorder": self.disorder}


@dataclass(frozen=True, slots=True)
class GammaOfLabel:
    """gamma_k: agreement on the label `label` among aligned units, where either unit has it."""

    label: Hashable
    gamma: Figure

    def to_dict(self) -> dict[str, object]:
        return {"label": self.label, "gamma": self.gamma.to_dict()}


@dataclass(frozen=True, slots=True)
class Gamma:
    """`gamma` with its parts, `gamma_cat`, `gamma_k` of each label, and the best alignment of `annotators`."""

    gamma: Figure
    gamma_cat: Figure
    gamma_k: tuple[GammaOfLabel, ...]
    observed_disorder: float
    expected_disorder: float
    samples: int
    precision: float
    annotators: tuple[Hashable, ...]
    units: int
    alignment: tuple[Aligned, ...] = field(repr=False)

    def to_dict(self) -> dict[str, object]:
        return {
            "gamma": self.gamma.to_dict(),
            "gamma_cat": self.gamma_cat.to_dict(),
            "gamma_k": [one.to_dict() for one in self.gamma_k],
            "observed_disorder": self.observed_disorder,
            "expected_disorder": self.expected_disorder,
            "samples": self.samples,
            "precision": self.precision,
            "annotators": list(self.annotators),
            "units": self.units,
            "alignment": [one.to_dict() for one in self.alignment],
        }

    @property
    def meaning(self) -> tuple[Sentence, ...]:
        if self.gamma.value is None:
            return (Sentence(self.gamma.why or NO_CHANCE),)
        said = N_(
            "Gamma is {gamma}: marks are better aligned than marks thrown at random; 1 is identical, 0 is chance."
        )
        worse = N_("Gamma is {gamma}: marks are aligned no better than marks thrown at random; 1 would be identical.")
        places = {"gamma": f"{self.gamma.value:.3f}"}
        caution = N_("The interval comes from {samples} random continua alone; another text may give another gamma.")
        first = Sentence(said if self.gamma.value > 0 else worse, places)
        return (first, Sentence(caution, {"samples": self.samples}))


@dataclass(frozen=True, slots=True)
class GammaRule:
    """What counts as disorder: `alpha` weighs position, `beta` the label, `delta_empty` prices a unit without partner.

    `distance` of two labels lies in [0, 1]; without it labels are equal or not. `count_unaligned`: see the module.
    """

    alpha: float = 3.0
    beta: float = 1.0
    delta_empty: float = 1.0
    distance: Distance | None = None
    count_unaligned: bool = False


def gamma(
    annotator: Sequence[Hashable],
    units: Sequence[Answer],
    rule: GammaRule | None = None,
    *,
    precision: float = 0.02,
    seed: int = 0,
) -> Gamma:
    """Gamma, gamma_cat and gamma_k of one continuum: one row for each annotator, with sequences of `Span`.

    `precision` is the relative error at 95% with which the expected disorder is wanted (30 to 2,000 random continua).
    Raises `TooFewAnnotators`, `NothingMarked`, `TooManyAlignments`, `BadParameter` and what `encode_marks` raises.
    The work grows with the units, and with the (number of annotators)th power of those that lie over each other.

    >>> from guiju.stats.agreement.marks import Span
    >>> ann = [Span(0, 5, "N"), Span(6, 11, "V"), Span(20, 30, "N")]
    >>> found = gamma(["ann", "bob"], [ann, [Span(0, 5, "N"), Span(7, 11, "N"), Span(20, 30, "N")]])
    >>> round(found.observed_disorder, 3), round(found.gamma.value, 1)
    (0.346, 0.7)
    """
    wanted = GammaRule() if rule is None else rule
    _demand_parameters(wanted, precision)
    marks = encode_marks([0] * len(annotator), annotator, units)
    if len(marks.annotators) < 2:
        raise TooFewAnnotators(annotators=len(marks.annotators))
    if not len(marks.start):
        raise NothingMarked
    found = Units(len(marks.annotators), marks.answer, marks.start, marks.end, marks.label)
    between = _between(wanted.distance, marks.labels)
    how = Dissimilarity(wanted.alpha, wanted.beta, wanted.delta_empty, between)
    counting = _Counting(how, len(marks.labels), wanted.count_unaligned)
    best = best_alignment(found, how)
    chance = _random_continua(found, counting, precision, seed)
    return _result(_Found(found, counting, best, chance), marks.annotators, marks.labels, precision)


@dataclass(frozen=True, slots=True)
class _Chance:
    """Of each random continuum its disorder, and what its aligned pairs say of labels (samples x labels, last: all)."""

    disorder: Floats
    apart: Floats
    weight: Floats


@dataclass(frozen=True, slots=True)
class _Counting:
    """How labels of aligned units are compared."""

    rule: Dissimilarity
    labels: int
    unaligned: bool


@dataclass(frozen=True, slots=True)
class _Found:
    units: Units
    counting: _Counting
    best: Alignment
    chance: _Chance


def _result(found: _Found, annotators: tuple[Hashable, ...], labels: tuple[Hashable, ...], precision: float) -> Gamma:
    observed, disorder = found.best.mean(found.units), found.chance.disorder
    apart, weight = _pairs_of_labels(found.units, found.counting, found.best)
    by_label = [_categorical(float(apart[k]), float(weight[k]), found.chance, k) for k in range(len(labels) + 1)]
    return Gamma(
        gamma=_figure(observed, disorder),
        gamma_cat=by_label[-1],
        gamma_k=tuple(GammaOfLabel(name, by_label[k]) for k, name in enumerate(labels)),
        observed_disorder=observed,
        expected_disorder=float(disorder.mean()),
        samples=len(disorder),
        precision=precision,
        annotators=annotators,
        units=len(found.units.start),
        alignment=_aligned(found.units, found.best, labels),
    )


def _aligned(units: Units, best: Alignment, labels: tuple[Hashable, ...]) -> tuple[Aligned, ...]:
    spans = [
        Span(float(start), float(end), labels[code])
        for start, end, code in zip(units.start, units.end, units.label, strict=True)
    ]
    rows: list[list[int]] = best.rows.tolist()
    disorders: list[float] = best.disorder.tolist()
    return tuple(
        Aligned(tuple(spans[unit] if unit >= 0 else None for unit in row), disorder)
        for row, disorder in zip(rows, disorders, strict=True)
    )


def _figure(observed: float, expected: Floats) -> Figure:
    """1 - observed / expected, with the 95% interval of the mean of `expected`."""
    middle = float(expected.mean())
    if middle <= 0:
        return Figure(None, n=len(expected), why=NO_CHANCE)
    half = 1.96 * float(expected.std(ddof=1)) / len(expected) ** 0.5
    low = 1 - observed / (middle - half) if middle > half else None
    high = None if low is None else 1 - observed / (middle + half)
    return Figure(1 - observed / middle, low, high, len(expected))


def _categorical(apart: float, weight: float, chance: _Chance, k: int) -> Figure:
    if not weight:
        return Figure(None, why=NO_ALIGNED_PAIR)
    some = chance.weight[:, k] > 0
    expected = chance.apart[some, k] / chance.weight[some, k]
    if len(expected) < 2 or expected.mean() <= 0:
        return Figure(None, n=len(expected), why=NO_ALIGNED_AT_RANDOM)
    return _figure(apart / weight, expected)


def _pairs_of_labels(units: Units, counting: _Counting, found: Alignment) -> tuple[Floats, Floats]:
    """Sums of w d_cat and of w over pairs of aligned units that have label k on either side; last: over all pairs."""
    apart, weight = np.zeros(counting.labels + 1), np.zeros(counting.labels + 1)
    there = found.rows >= 0
    size = there.sum(axis=1)
    for i in range(units.annotators):
        for j in range(i):
            both = np.flatnonzero(there[:, i] & there[:, j])
            left, right = found.rows[both, i], found.rows[both, j]
            w = np.maximum(0.0, 1 - counting.rule.position(units, left, right)) / (size[both] - 1)
            weight += _by_label(units, left, right, w, counting.labels)
            apart += _by_label(units, left, right, w * counting.rule.label(units, left, right), counting.labels)
    if counting.unaligned:
        unit = found.rows[there]
        alone = np.repeat(units.annotators - size, size).astype(np.float64)
        gaps = _by_label(units, unit, unit, alone, counting.labels)
        return apart + gaps, weight + gaps
    return apart, weight


def _by_label(units: Units, left: Codes, right: Codes, value: Floats, labels: int) -> Floats:
    a, b = units.label[left], units.label[right]
    either = totals(a, value, labels) + totals(b[a != b], value[a != b], labels)
    return np.concatenate([either, [float(value.sum())]])


def _random_continua(units: Units, counting: _Counting, precision: float, seed: int) -> _Chance:
    """First 30 of them; more if their spread says that the mean is not yet known to `precision`."""
    rng = np.random.default_rng(seed)
    found = [_sampled(units, counting, rng) for _ in range(SAMPLES)]
    disorder = np.array([one[0] for one in found])
    spread = float(disorder.std(ddof=1) / disorder.mean()) if disorder.mean() > 0 else 0.0
    wanted = min(MOST_SAMPLES, int(np.ceil((1.96 * spread / precision) ** 2)))
    found += [_sampled(units, counting, rng) for _ in range(wanted - SAMPLES)]
    return _Chance(*(np.array([one[part] for one in found]) for part in range(3)))


def _sampled(units: Units, counting: _Counting, rng: np.random.Generator) -> tuple[float, Floats, Floats]:
    one = _thrown(units, rng)
    best = best_alignment(one, counting.rule)
    return best.mean(one), *_pairs_of_labels(one, counting, best)


def _thrown(units: Units, rng: np.random.Generator) -> Units:
    """A random continuum: real annotators drawn with replacement, each moved round by a shift of its own.

    An annotator who marked nothing may be drawn too, but not for all: an empty continuum has no disorder.
    """
    n = units.annotators
    drawn = rng.integers(0, n, n)
    while not np.isin(units.annotator, drawn).any():
        drawn = rng.integers(0, n, n)
    low, high = float(units.start.min()), float(units.end.max())
    shifts = _shifts(n, high - low, float((units.end - units.start).mean()) / 2, rng)
    rows = [np.flatnonzero(units.annotator == who) for who in drawn]
    row = np.concatenate(rows)
    shift = np.repeat(shifts, [len(one) for one in rows])
    start = low + np.mod(units.start[row] - low + shift, high - low)
    end = start + (units.end[row] - units.start[row])
    return Units(n, np.repeat(np.arange(n), [len(one) for one in rows]), start, end, units.label[row])


def _shifts(n: int, length: float, apart: float, rng: np.random.Generator) -> Floats:
    """Shifts in [0, length), round the circle at least `apart` from 0's copies of each other where there is room."""
    found: list[float] = []
    for _ in range(n):
        free = _free(found, length, apart)
        total = sum(high - low for low, high in free)
        at = float(rng.uniform(0, total if total > 0 else length))
        found.append(_at(free, at) if total > 0 else at)
    return np.array(found)


def _free(taken: list[float], length: float, apart: float) -> list[tuple[float, float]]:
    """The stretches of [0, length) that lie at least `apart` from all `taken`, round the circle."""
    blocked = sorted((t + turn - apart, t + turn + apart) for t in taken for turn in (-length, 0.0, length))
    free: list[tuple[float, float]] = []
    at = 0.0
    for low, high in blocked:
        if low > at:
            free.append((at, min(low, length)))
        at = max(at, high)
        if at >= length:
            return free
    return [*free, (at, length)]


def _at(free: list[tuple[float, float]], at: float) -> float:
    for low, high in free:
        if at < high - low:
            return low + at
        at -= high - low
    return free[-1][0]


def _between(distance: Distance | None, labels: tuple[Hashable, ...]) -> Floats:
    if distance is None:
        return 1.0 - np.eye(len(labels))
    found = np.array([[0.0 if a == b else distance(a, b) for b in labels] for a in labels], np.float64)
    if not (np.isfinite(found).all() and found.min() >= 0 and found.max() <= 1 and (found == found.T).all()):
        raise BadParameter(name="distance", value="", wanted="0 … 1")
    return found


def _demand_parameters(rule: GammaRule, precision: float) -> None:
    for name, value, right, wanted in (
        ("alpha", rule.alpha, 0 < rule.alpha < np.inf, "> 0"),
        ("beta", rule.beta, 0 <= rule.beta < np.inf, ">= 0"),
        ("delta_empty", rule.delta_empty, 0 < rule.delta_empty < np.inf, "> 0"),
        ("precision", precision, 0 < precision < 1, "0 … 1"),
    ):
        if not right:
            raise BadParameter(name=name, value=value, wanted=wanted)
