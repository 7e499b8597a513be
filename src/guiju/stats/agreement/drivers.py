"""What drives agreement down: alpha without each label, each item, each annotator.

Formula: alpha = 1 - (n - 1) A / E with A = sum_u D(n_u) / (m_u - 1), E = D(t), D(x) = sum_ck x_c x_k d_ck, n_u the
label counts of item u and t their sum. Leaving out what gave the counts R changes both by what it touched alone:
    E' = E - 2 sum_c R_c sum_k d_ck t_k + D(R)
    A' = A - sum over touched items of D(n_u) / (m_u - 1) - D(n_u') / (m_u' - 1)
An item left with one answer has nothing to be compared with and leaves with it. Nothing is recomputed.
Assumes: what alpha assumes; ordinal distances stay those of the whole. Leaving out a label means leaving out the
answers that gave it, as if they were missing.
Source: leave-one-out (jackknife) values, Quenouille 1956, doi:10.1093/biomet/43.3-4.353; for alpha
Krippendorff, Content Analysis (2004, ISBN 978-0-7619-1545-4), ch. 11.
"""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np

from guiju.kit import N_, Sentence
from guiju.stats.agreement.distances import Between, Distance, Measure, Table
from guiju.stats.agreement.errors import RepeatedAnswers
from guiju.stats.agreement.patterns import Ints, Patterns, added
from guiju.stats.columns import Codes, Columns, Floats
from guiju.stats.figure import NO_OVERLAP, ONE_ANSWER_ONLY, short
from guiju.stats.sources import plain

MOST = 50
_ROWS = 1 << 20
_CELLS = 20_000_000
_NOTHING_LEFT = 1e-12

_WITHOUT = N_("Without {name}, alpha would be {without} instead of {alpha}.")
_NOT = N_("It does not say who or what is wrong: one careful person among careless ones lowers agreement too.")


@dataclass(frozen=True, slots=True)
class Driver:
    """Alpha `without` this one, and its `gain` over the whole's; `None` where nothing would be left to compare."""

    name: Hashable
    answers: int
    without: float | None
    gain: float | None

    def to_dict(self) -> dict[str, object]:
        return {"name": plain(self.name), "answers": self.answers, "without": self.without, "gain": self.gain}


@dataclass(frozen=True, slots=True)
class Drivers:
    """What raises alpha most when it is left out comes first."""

    alpha: float | None
    labels: tuple[Driver, ...]
    items: tuple[Driver, ...]
    annotators: tuple[Driver, ...]
    why: str | None = None

    @property
    def meaning(self) -> tuple[Sentence, ...]:
        """One sentence for the first of each kind, if it gains anything."""
        if self.alpha is None:
            return (Sentence(self.why or NO_OVERLAP),)
        first = [some[0] for some in (self.labels, self.items, self.annotators) if some]
        told = [
            Sentence(_WITHOUT, {"name": str(one.name), "without": short(one.without), "alpha": short(self.alpha)})
            for one in first
            if one.without is not None and one.without > self.alpha
        ]
        return (*told, Sentence(_NOT))

    def to_dict(self) -> dict[str, object]:
        kinds = {"labels": self.labels, "items": self.items, "annotators": self.annotators}
        found = {name: [one.to_dict() for one in some] for name, some in kinds.items()}
        return {"alpha": self.alpha, "why": self.why, **found}


def drivers(columns: Columns, distance: Distance = "nominal", most: int | None = MOST) -> Drivers:
    """Labels, items and annotators by what alpha would be without them; at most `most` of each, all if `None`.

    Raises `RepeatedAnswers` for columns that keep them, and what the distance raises.

    >>> from guiju.stats.columns import encode
    >>> columns = encode([1, 1, 1, 2, 2, 2, 3, 3, 3], ["al", "bo", "cy"] * 3, list("xxyyyyxxx"))
    >>> [(one.name, round(one.without, 2)) for one in drivers(columns).annotators]
    [('cy', 1.0), ('al', 0.44), ('bo', 0.44)]
    """
    if columns.repeats:
        raise RepeatedAnswers
    every = Patterns.of(columns)
    patterns = every.pairable
    if not len(patterns.weight):
        return Drivers(None, (), (), (), NO_OVERLAP)
    whole = _Whole.of(patterns, Between.of(distance, patterns.labels, patterns.totals).measure)
    alpha = whole.alpha
    if alpha is None:
        return Drivers(None, (), (), (), ONE_ANSWER_ONLY)
    item, place = every.places(columns)
    kept = every.size[place] >= 2
    place = (np.cumsum(every.size >= 2) - 1)[place[kept]]
    labels = _Left.all(patterns.totals.astype(np.int64), whole.without_labels())
    items = _Left(item[kept], patterns.size[place], whole.without_items()[place])
    annotators = _Left.all(*_without_annotators(whole, columns, item[kept], place))
    return Drivers(
        alpha,
        labels.ranked(columns.labels, alpha, most),
        items.ranked(columns.items, alpha, most),
        annotators.ranked(columns.annotators, alpha, most),
    )


class _Whole(NamedTuple):
    patterns: Patterns
    measure: Measure
    n: float
    apart: float
    at_large: float
    within: Floats
    toward: Floats

    @classmethod
    def of(cls, patterns: Patterns, measure: Measure) -> "_Whole":
        totals, within = patterns.totals, measure.within(patterns)
        apart = float(patterns.weight @ (within / (patterns.size - 1)))
        return cls(
            patterns, measure, totals.sum(), apart, float(measure.at_large(totals)), within, measure.toward(totals)
        )

    @property
    def alpha(self) -> float | None:
        if self.at_large <= 0 or np.count_nonzero(self.patterns.totals) < 2:
            return None
        return float(1 - (self.n - 1) * self.apart / self.at_large)

    def without(self, removed: Floats, apart: Floats, against: Floats, among: Floats) -> Floats:
        """Alpha after `removed` answers went: NaN where nothing is left that could be compared."""
        n, at_large = self.n - removed, self.at_large - 2 * against + among
        left = (n > 1) & (at_large > _NOTHING_LEFT * self.at_large)
        found = np.divide((n - 1) * (self.apart - apart), at_large, out=np.full(len(n), np.nan), where=left)
        return 1 - found

    def without_items(self) -> Floats:
        """For each pattern, alpha without one of its items."""
        patterns = self.patterns
        against = patterns.summed(patterns.count * self.toward[patterns.label])
        return self.without(patterns.size.astype(np.float64), self.within / (patterns.size - 1), against, self.within)

    def without_labels(self) -> Floats:
        """For each label, alpha without the answers that gave it."""
        patterns, kinds = self.patterns, len(self.patterns.labels)
        row, label, count = patterns.row, patterns.label, patterns.count
        weight, size, within = patterns.weight[row], patterns.size[row], self.within[row]
        left = size - count
        rest = within - 2 * count * self.measure.entries(patterns)
        gone = within / (size - 1) - np.where(left > 1, rest / np.maximum(1, left - 1), 0.0)
        apart = added(label, weight * gone, kinds)
        alone = left == 1  # the one answer beside it leaves too
        other = patterns.summed(patterns.label * patterns.count)[row].astype(np.int64) - label * count
        owner = np.concatenate([label, label[alone]])
        what = np.concatenate([label, other[alone]])
        return self.without_sums(owner, what, np.concatenate([weight * count, weight[alone]]), kinds, apart)

    def without_sums(self, owner: Ints, label: Ints, count: Ints, owners: int, apart: Floats) -> Floats:
        """Alpha without `count` answers `label` for each owner, who thins agreement within items by `apart`."""
        kinds = len(self.patterns.labels)
        cell, place = np.unique(owner * kinds + label, return_inverse=True)
        total = added(place, count, len(cell))
        owner, label = np.divmod(cell, kinds)
        removed = added(owner, total, owners)
        against = added(owner, total * self.toward[label], owners)
        sums = Patterns(
            self.patterns.labels,
            np.ones(owners, np.int64),
            removed.astype(np.int64),
            owner,
            label,
            total.astype(np.int64),
        )
        return self.without(removed, apart, against, _forms(self.measure, sums))


def _forms(measure: Measure, sums: Patterns) -> Floats:
    """D(x) of each row of sums: by the table in blocks, or from sums alone."""
    if not isinstance(measure, Table):
        size = np.maximum(1, sums.size)
        return measure.within(Patterns(sums.labels, sums.weight, size, sums.row, sums.label, sums.count))
    found = np.zeros(len(sums.weight))
    step = max(1, _CELLS // max(1, len(sums.labels)))
    for start in range(0, len(found), step):
        kept = (sums.row >= start) & (sums.row < start + step)
        block = np.zeros((min(step, len(found) - start), len(sums.labels)))
        block[sums.row[kept] - start, sums.label[kept]] = sums.count[kept]
        found[start : start + step] = measure.at_large(block)
    return found


def _without_annotators(whole: _Whole, columns: Columns, item: Ints, place: Ints) -> tuple[Ints, Floats]:
    """How many answers each annotator gave to compared items, and alpha without them."""
    patterns, kinds, people = whole.patterns, len(columns.labels), len(columns.annotators)
    pattern_of = np.full(len(columns.items), -1)
    pattern_of[item] = place
    entries, keys = whole.measure.entries(patterns), patterns.row * kinds + patterns.label
    labels = patterns.summed(patterns.label * patterns.count).astype(np.int64)
    apart, answers = np.zeros(people), np.zeros(people, np.int64)
    cells: list[Ints] = []
    counts: list[Ints] = []
    for start in range(0, len(columns), _ROWS):
        block = slice(start, start + _ROWS)
        pattern = pattern_of[columns.item[block]]
        kept = pattern >= 0
        pattern, who = pattern[kept], columns.annotator[block][kept].astype(np.int64)
        label = columns.label[block][kept].astype(np.int64)
        size, within = patterns.size[pattern], whole.within[pattern]
        rest = within - 2 * entries[np.searchsorted(keys, pattern * kinds + label)]
        gone = within / (size - 1) - np.where(size > 2, rest / np.maximum(1, size - 2), 0.0)
        apart += added(who, gone, people)
        answers += np.bincount(who, minlength=people)
        two = size == 2  # the other answer is alone then, and leaves too
        cell = np.concatenate([who * kinds + label, who[two] * kinds + labels[pattern[two]] - label[two]])
        distinct, count = np.unique(cell, return_counts=True)
        cells.append(distinct)
        counts.append(count)
    owner, label = np.divmod(np.concatenate(cells), kinds)
    return answers, whole.without_sums(owner, label, np.concatenate(counts), people, apart)


class _Left(NamedTuple):
    """Codes of what was left out, with their answers and alpha without each."""

    code: Codes
    answers: Ints
    without: Floats

    @classmethod
    def all(cls, answers: Ints, without: Floats) -> "_Left":
        some = np.flatnonzero(answers)
        return cls(some, answers[some], without[some])

    def ranked(self, names: Sequence[Any], alpha: float, most: int | None) -> tuple[Driver, ...]:
        order: list[int] = np.argsort(-self.without, kind="stable")[:most].tolist()
        rows = [(int(self.code[i]), int(self.answers[i]), float(self.without[i])) for i in order]
        return tuple(_driver(names[code], answers, without, alpha) for code, answers, without in rows)


def _driver(name: Hashable, answers: int, without: float, alpha: float) -> Driver:
    return Driver(name, answers, None, None) if np.isnan(without) else Driver(name, answers, without, without - alpha)
