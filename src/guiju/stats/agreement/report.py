"""Agreement of any number of annotators, with missing answers: observed, and beyond chance.

Observed agreement is the mean over items of the share of agreeing pairs of answers, 1 - distance. Krippendorff's
alpha is 1 - D_o / D_e: the distance between answers to the same item over the distance between answers at large.
    D_o = sum_u sum_ck n_uc n_uk d_ck / (m_u - 1) / n        D_e = sum_ck n_c n_k d_ck / (n (n - 1))
with n_uc the answers c to item u, m_u its answers, n_c all answers c, n all answers, over items with m_u >= 2.
Source: Krippendorff, Content Analysis (2004), ch. 11; Hayes & Krippendorff 2007, doi:10.1080/19312450709336664.

Intervals are percentile bootstrap over items. Items with equal counts of answers are one *pattern*: resampling items
is a multinomial draw over patterns, which is the same distribution and needs no loop over items.
"""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass

import numpy as np

from guiju.stats.agreement.breakdown import (
    Confusion,
    LabelAlpha,
    PairAgreement,
    confusions,
    label_alphas,
    pair_agreements,
)
from guiju.stats.agreement.chance import ChanceCorrected, chance_corrected
from guiju.stats.agreement.distances import Distance, distance_table
from guiju.stats.columns import Codes, Columns, Floats, encode
from guiju.stats.errors import TooManyAnswers
from guiju.stats.figure import NO_OVERLAP, ONE_ANSWER_ONLY, Figure, figure

REPLICATES = 1_000
_CELLS = 50_000_000
_CHUNK = 4_000_000


@dataclass(frozen=True, slots=True)
class Agreement:
    """All that one table of answers says about agreement."""

    items: int
    annotators: int
    annotations: int
    observed: Figure
    alpha: Figure
    chance: ChanceCorrected
    pairs: tuple[PairAgreement, ...]
    labels: tuple[LabelAlpha, ...]
    confusions: tuple[Confusion, ...]

    def to_dict(self) -> dict[str, object]:
        """The keys that `guiju agreement --json` prints, and the confusions beside them."""
        return {
            "items": self.items,
            "annotators": self.annotators,
            "annotations": self.annotations,
            "observed": self.observed.value,
            "observed_interval": self.observed.interval,
            "alpha": self.alpha.value,
            "alpha_interval": self.alpha.interval,
            "alpha_why": self.alpha.why,
            "fleiss_kappa": self.chance.fleiss_kappa,
            "gwet_ac1": self.chance.gwet_ac1,
            "pairs": [pair.to_dict() for pair in self.pairs],
            "labels": [label.to_dict() for label in self.labels],
            "confusions": [confusion.to_dict() for confusion in self.confusions],
        }


def agreement(
    item: Sequence[Hashable],
    annotator: Sequence[Hashable],
    label: Sequence[Hashable],
    distance: Distance = "nominal",
    seed: int = 0,
) -> Agreement:
    """Every figure of agreement for three aligned columns; the same answers in any order give the same figures.

    >>> agreement([1, 1, 2, 2, 3, 3], ["a", "b"] * 3, ["x", "x", "y", "y", "x", "y"]).observed.value
    0.6666666666666666
    """
    columns = encode(item, annotator, label)
    observed, alpha = observed_and_alpha(columns, distance, seed)
    return Agreement(
        items=len(columns.items),
        annotators=len(columns.annotators),
        annotations=len(columns),
        observed=observed,
        alpha=alpha,
        chance=chance_corrected(columns),
        pairs=pair_agreements(columns),
        labels=label_alphas(columns),
        confusions=confusions(columns),
    )


def krippendorff_alpha(columns: Columns, distance: Distance = "nominal", seed: int = 0) -> Figure:
    """Krippendorff's alpha with its bootstrap interval; for the ordinal distance the ranks stay those of the whole."""
    return observed_and_alpha(columns, distance, seed)[1]


def observed_agreement(columns: Columns, distance: Distance = "nominal", seed: int = 0) -> Figure:
    """Mean over items of 1 - distance over pairs. Ordinal, interval and ratio count equal answers, as nominal does."""
    return observed_and_alpha(columns, distance, seed)[0]


def observed_and_alpha(columns: Columns, distance: Distance, seed: int) -> tuple[Figure, Figure]:
    """Both figures from one pass and one set of resamples."""
    patterns = _patterns(columns)
    if not patterns.weight.size:
        return Figure(None, why=NO_OVERLAP), Figure(None, why=NO_OVERLAP)
    table = distance_table(distance, columns.labels, patterns.weight @ patterns.counts)
    apart = _apart(patterns.counts, table)
    unscaled = isinstance(distance, str) and distance in ("ordinal", "interval", "ratio")
    share = 1 - (_apart(patterns.counts, None) if unscaled else apart) / (patterns.size * (patterns.size - 1))
    parts = _Parts(patterns, apart / (patterns.size - 1), share, table)
    return _figures(parts, seed)


@dataclass(frozen=True, slots=True)
class _Patterns:
    """Items with two answers or more, grouped by equal counts: `counts` (p x labels), `size` = answers, `weight`."""

    counts: Codes
    size: Codes
    weight: Codes


@dataclass(frozen=True, slots=True)
class _Parts:
    patterns: _Patterns
    disagreement: Floats
    share: Floats
    table: Floats | None


def _patterns(columns: Columns) -> _Patterns:
    answers = columns.answers_per_item
    marks = np.random.default_rng(0).integers(0, 2**63, len(columns.labels), np.uint64)
    mark = np.zeros(len(answers), np.uint64)
    # The sum of 63-bit random marks names a multiset of labels; two of a million items collide with chance 1e-7.
    np.add.at(mark, columns.item, marks[columns.label])
    pairable = np.flatnonzero(answers >= 2)
    _, first, weight = np.unique(mark[pairable], return_index=True, return_counts=True)
    if first.size * len(columns.labels) > _CELLS:
        raise TooManyAnswers(distinct=len(columns.labels), limit=_CELLS // max(1, first.size))
    place = np.full(len(answers), -1)
    place[pairable[first]] = np.arange(first.size)
    row = place[columns.item]
    counts = np.zeros((first.size, len(columns.labels)), np.int64)
    np.add.at(counts, (row[row >= 0], columns.label[row >= 0]), 1)
    return _Patterns(counts, counts.sum(axis=1), weight)


def _apart(counts: Codes | Floats, table: Floats | None) -> Floats:
    """Sum over ordered pairs of distances, for each row of counts."""
    many = counts.astype(np.float64)
    if table is None:
        return np.square(many.sum(axis=1)) - np.square(many).sum(axis=1)
    return ((many @ table) * many).sum(axis=1)


def _figures(parts: _Parts, seed: int) -> tuple[Figure, Figure]:
    weight = parts.patterns.weight
    items = int(weight.sum())
    observed, alpha = _weighed(parts, weight[None, :])
    shares, alphas = _resampled(parts, items, seed)
    if np.isnan(alpha[0]):
        return figure(observed[0], shares, items), Figure(None, n=items, why=ONE_ANSWER_ONLY)
    return figure(observed[0], shares, items), figure(alpha[0], alphas, items)


def _weighed(parts: _Parts, weights: Codes) -> tuple[Floats, Floats]:
    """Observed agreement and alpha (NaN where it does not exist) for each row of pattern weights."""
    many = weights.astype(np.float64)
    totals = many @ parts.patterns.counts.astype(np.float64)
    n = totals.sum(axis=1)
    expected = _apart(totals, parts.table) / (n * (n - 1))
    found = many @ parts.disagreement / n
    missing = np.full(len(n), np.nan)
    return many @ parts.share / many.sum(axis=1), 1 - np.divide(found, expected, out=missing, where=expected > 0)


def _resampled(parts: _Parts, items: int, seed: int) -> tuple[Floats, Floats]:
    rng = np.random.default_rng(seed)
    chance = parts.patterns.weight / items
    width = max(chance.size, parts.patterns.counts.shape[1])
    step = max(1, min(REPLICATES, _CHUNK // width))
    sizes = [min(step, REPLICATES - start) for start in range(0, REPLICATES, step)]
    drawn = [_weighed(parts, rng.multinomial(items, chance, size)) for size in sizes]
    return np.concatenate([d[0] for d in drawn]), np.concatenate([d[1] for d in drawn])
