"""Agreement of orders: rankings of the same things, pairwise preferences, best and worst of a few.

Formula: with C and D the pairs of things that two rankings order alike and contrarily, T_x, T_y the pairs tied in each
and N = n(n-1)/2:   tau_b = (C - D) / sqrt((N - T_x)(N - T_y))
    Kendall's W of m rankings with mid-ranks, R_i the sum of ranks of thing i, t the sizes of ties of each ranking:
    W = (12 sum R_i^2 - 3 m^2 n (n+1)^2) / (m^2 n (n^2 - 1) - m sum (t^3 - t)),   chi2 = m (n - 1) W with n - 1 d.f.
    mean Spearman rho over pairs of rankings without ties = (m W - 1) / (m - 1)
    concordance of preferences with strengths s: share of answers won by the stronger (equal strengths count half);
    expected if the scale is true: sum n_ij max(p_ij, 1 - p_ij) / sum n_ij with p_ij = s_i / (s_i + s_j)
    best-worst score of a thing = (times best - times worst) / times shown
Assumes: rankings rank the same things; preferences are independent answers; chi2 of W is an approximation that wants
n of about 8 or more.
Source: Kendall 1938, doi:10.1093/biomet/30.1-2.81; Kendall 1945 (ties), doi:10.1093/biomet/33.3.239; Kendall &
Babington Smith 1939 (W), doi:10.1214/aoms/1177732186; Bradley & Terry 1952, doi:10.1093/biomet/39.3-4.324; Kiritchenko
& Mohammad 2017 (best-worst, split half), doi:10.18653/v1/P17-2074.
"""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import NamedTuple, TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

from guiju.kit import N_, Sentence
from guiju.stats.agreement.pairwise import PairwiseAgreement, agreement_of_answers
from guiju.stats.agreement.structured_errors import BadParameter, NotARanking, NotWins, TooFewAnnotators
from guiju.stats.columns import Codes, Floats, in_order
from guiju.stats.figure import Figure
from guiju.stats.intervals import wilson

ALL_TIED = N_("One of the rankings puts everything in one place, so it orders nothing.")
NOTHING_COMPARED = N_("No two things were compared.")
NO_SPREAD = N_("In one half every thing has the same score, so scores cannot be compared.")

Table: TypeAlias = NDArray[np.float64]


def kendall_tau(a: ArrayLike, b: ArrayLike) -> Figure:
    """tau-b of two rankings: `a[i]` and `b[i]` are the ranks (or scores) of thing i.

    1 is the same order, -1 the contrary, 0 as many pairs alike as contrary. O(n log^2 n).
    `None` with the reason where a ranking ties everything. Raises `NotARanking`.

    >>> round(kendall_tau([1, 2, 3, 4], [1, 3, 2, 4]).value, 4)
    0.6667
    """
    x, y = _ranking(a), _ranking(b)
    if len(x) != len(y):
        raise NotARanking(problem=f"{len(x)} ≠ {len(y)}")
    if len(x) < 2:
        return Figure(None, n=len(x), why=NOTHING_COMPARED)
    counts = _Order.of(x, y)
    if counts.untied_x == 0 or counts.untied_y == 0:
        return Figure(None, n=len(x), why=ALL_TIED)
    value = counts.surplus / (counts.untied_x**0.5 * counts.untied_y**0.5)
    return Figure(min(1.0, max(-1.0, value)), n=len(x))


@dataclass(frozen=True, slots=True)
class Concordance:
    """Kendall's W of `annotators` rankings of `things`: 0 no common order, 1 the same order; with its test."""

    w: Figure
    mean_tau: Figure
    mean_rho: float | None
    chi2: float | None
    p: float | None
    annotators: int
    things: int

    def to_dict(self) -> dict[str, object]:
        return {
            "w": self.w.to_dict(),
            "mean_tau": self.mean_tau.to_dict(),
            "mean_rho": self.mean_rho,
            "chi2": self.chi2,
            "p": self.p,
            "annotators": self.annotators,
            "things": self.things,
        }

    @property
    def meaning(self) -> tuple[Sentence, ...]:
        if self.w.value is None or self.p is None:
            return (Sentence(self.w.why or ALL_TIED),)
        said = N_("{annotators} rankings of {things} things agree to W = {w}: 0 is no common order, 1 the same order.")
        chance = N_("If everybody ranked at random, a W as large would come with probability {p}.")
        caution = N_("A common order need not be the right one.")
        places = {"annotators": self.annotators, "things": self.things, "w": f"{self.w.value:.3f}"}
        return (Sentence(said, places), Sentence(chance, {"p": f"{self.p:.2g}"}), Sentence(caution))


def kendall_w(rankings: ArrayLike) -> Concordance:
    """W, mean pairwise tau-b and mean Spearman rho of m rankings (rows) of the same n things (columns), ties allowed.

    Raises `NotARanking` (ragged, not finite, no things) and `TooFewAnnotators` (one row).

    >>> found = kendall_w([[1, 2, 3, 4], [2, 1, 3, 4], [1, 2, 4, 3]])
    >>> round(found.w.value, 4), round(found.mean_tau.value, 4)
    (0.8222, 0.5556)
    """
    table = _table(rankings)
    m, n = table.shape
    if m < 2:
        raise TooFewAnnotators(annotators=m)
    if n < 2:
        none = Figure(None, n=n, why=NOTHING_COMPARED)
        return Concordance(none, none, None, None, None, m, n)
    ranks = np.array([_mid_ranks(row) for row in table])
    below = m * m * n * (n * n - 1) - m * sum(_tie_cubes(row) for row in table)
    mean_tau = _mean_tau(table)
    if below == 0:
        return Concordance(Figure(None, n=n, why=ALL_TIED), mean_tau, None, None, None, m, n)
    w = float(12 * np.square(ranks.sum(axis=0)).sum() - 3 * m * m * n * (n + 1) ** 2) / float(below)
    w = min(1.0, max(0.0, w))
    chi2 = m * (n - 1) * w
    return Concordance(Figure(w, n=n), mean_tau, _mean_rho(ranks), chi2, _chi2_tail(chi2, n - 1), m, n)


def ranking_agreement(
    item: Sequence[Hashable], annotator: Sequence[Hashable], rankings: Sequence[Sequence[float]], seed: int = 0
) -> PairwiseAgreement:
    """Observed agreement and alpha of rankings over many items, with the distance (1 - tau_b) / 2 and an interval.

    One row for each item and annotator: the rank of each of the item's things, in one order for all annotators.
    Observed agreement .75 is a mean tau of .5. A ranking that ties everything agrees by half with any other, wholly
    with itself. Alpha compares with rankings of other items of as many things. Raises `NotARanking`.

    >>> found = ranking_agreement([1, 1, 2, 2], "abab", [[1, 2, 3], [1, 3, 2], [3, 2, 1], [3, 2, 1]])
    >>> round(found.observed.value, 4)
    0.8333
    """
    del annotator
    answers = [tuple(_ranking(one).tolist()) for one in rankings]
    if len({len(one) for one in answers}) > 1:
        raise NotARanking(problem=", ".join(sorted({str(len(one)) for one in answers})))
    return agreement_of_answers(item, answers, _tau_distance, seed)


@dataclass(frozen=True, slots=True)
class ScaleFit:
    """How well one scale explains pairwise answers: observed, what the scale expects, and the most any answers allow.

    `ceiling` is the share that the majority of each pair wins: the gap from `concordance` to it is what no single
    scale can explain (A over B over C over A).
    """

    concordance: Figure
    expected: float | None
    ceiling: float | None
    log_likelihood_per_answer: float | None

    def to_dict(self) -> dict[str, object]:
        return {
            "concordance": self.concordance.to_dict(),
            "expected": self.expected,
            "ceiling": self.ceiling,
            "log_likelihood_per_answer": self.log_likelihood_per_answer,
        }

    @property
    def meaning(self) -> tuple[Sentence, ...]:
        if self.concordance.value is None or self.ceiling is None:
            return (Sentence(self.concordance.why or NOTHING_COMPARED),)
        said = N_("One scale puts {share} of the answers in the right order; half would be a coin.")
        most = N_("No scale and no other rule for each pair can reach more than {ceiling}, for answers contradict.")
        places = {"share": f"{self.concordance.value:.3f}"}
        return (Sentence(said, places), Sentence(most, {"ceiling": f"{self.ceiling:.3f}"}))


def preference_concordance(wins: ArrayLike, strengths: ArrayLike) -> ScaleFit:
    """How far `strengths` (positive, as Bradley-Terry gives them) explain `wins[i][j]`, the times i was preferred to j.

    The interval of the share is Wilson's, as if answers were independent and the scale was not fitted to them: with
    few answers a thing it flatters. Raises `NotWins`, `NotARanking`.

    >>> found = preference_concordance([[0, 3], [1, 0]], [0.75, 0.25])
    >>> found.concordance.value, found.expected, found.ceiling
    (0.75, 0.75, 0.75)
    """
    table, scale = _wins(wins), _ranking(strengths)
    if len(scale) != len(table) or (scale <= 0).any():
        raise NotARanking(problem="strengths")
    total = float(table.sum())
    if not total:
        return ScaleFit(Figure(None, why=NOTHING_COMPARED), None, None, None)
    right = float(table[scale[:, None] > scale[None, :]].sum() + table[scale[:, None] == scale[None, :]].sum() / 2)
    chance = scale[:, None] / (scale[:, None] + scale[None, :])
    low, high = wilson(right, round(total)) if total == round(total) else (None, None)
    return ScaleFit(
        Figure(right / total, low, high, round(total)),
        float((table * np.maximum(chance, 1 - chance)).sum()) / total,
        float(np.triu(np.maximum(table, table.T), 1).sum()) / total,
        float((table * np.log(chance)).sum()) / total,
    )


@dataclass(frozen=True, slots=True)
class BestWorst:
    """Score of each thing in [-1, 1], highest first, and how far two halves of the answers give the same scores."""

    scores: tuple[tuple[Hashable, float], ...]
    split_half: Figure

    def to_dict(self) -> dict[str, object]:
        return {"scores": [list(one) for one in self.scores], "split_half": self.split_half.to_dict()}

    @property
    def meaning(self) -> tuple[Sentence, ...]:
        if self.split_half.value is None:
            return (Sentence(self.split_half.why or NO_SPREAD),)
        said = N_("Scores from one half of the answers correlate with those from the other half by {r} on average.")
        caution = N_("That is how far the order would come out again, not whether it is right.")
        return (Sentence(said, {"r": f"{self.split_half.value:.3f}"}), Sentence(caution))


class Choice(NamedTuple):
    """One answer: what was shown, which was best and which worst."""

    shown: tuple[Hashable, ...]
    best: Hashable
    worst: Hashable


def best_worst(choices: Sequence[Choice], splits: int = 100, seed: int = 0) -> BestWorst:
    """Best-worst scores and their split-half reliability: mean Pearson correlation over random halves.

    The interval is the 2.5 and 97.5 percentile over splits: it shows the luck of the draw of halves. Things that one
    half never showed are left out of that split. Raises `NotARanking`, `BadParameter`.

    >>> best_worst([Choice(("a", "b", "c"), "a", "c"), Choice(("a", "b", "c"), "a", "b")]).scores
    (('a', 1.0), ('b', -0.5), ('c', -0.5))
    """
    if splits < 1:
        raise BadParameter(name="splits", value=splits, wanted=">= 1")
    for one in choices:
        if one.best == one.worst or not {one.best, one.worst} <= set(one.shown) or len(set(one.shown)) < len(one.shown):
            raise NotARanking(problem=f"{one.best} / {one.worst}")
    names = in_order({thing for one in choices for thing in one.shown})
    place = {name: code for code, name in enumerate(names)}
    shown, points = np.zeros((len(choices), len(names))), np.zeros((len(choices), len(names)))
    for row, one in enumerate(choices):
        shown[row, [place[thing] for thing in one.shown]] = 1
        points[row, place[one.best]], points[row, place[one.worst]] = 1, -1
    scores: list[float] = (points.sum(axis=0) / np.maximum(1, shown.sum(axis=0))).tolist()
    ranked = sorted(zip(names, scores, strict=True), key=lambda pair: -pair[1])
    return BestWorst(tuple(ranked), _split_half(shown, points, splits, seed))


class _Order(NamedTuple):
    surplus: int
    untied_x: int
    untied_y: int

    @classmethod
    def of(cls, x: Floats, y: Floats) -> "_Order":
        """Knight's way: sort by x then y; discordant pairs are the inversions that are left in y."""
        order = np.lexsort((y, x))
        x, y = x[order], y[order]
        pairs = len(x) * (len(x) - 1) // 2
        tied_x, tied_y, tied_both = _tied(x), _tied(np.sort(y)), _tied_both(x, y)
        discordant = _inversions(y)[0]
        concordant = pairs - tied_x - tied_y + tied_both - discordant
        return cls(concordant - discordant, pairs - tied_x, pairs - tied_y)


def _tied(ordered: Floats) -> int:
    counts = np.diff(np.flatnonzero(np.r_[True, ordered[1:] != ordered[:-1], True]))
    return int((counts * (counts - 1) // 2).sum())


def _tied_both(x: Floats, y: Floats) -> int:
    new = (x[1:] != x[:-1]) | (y[1:] != y[:-1])
    counts = np.diff(np.flatnonzero(np.r_[True, new, True]))
    return int((counts * (counts - 1) // 2).sum())


def _inversions(values: Floats) -> tuple[int, Floats]:
    """How many pairs stand in the wrong order, and the values in order."""
    if len(values) <= 64:
        return int(np.triu(values[:, None] > values[None, :], 1).sum()), np.sort(values)
    middle = len(values) // 2
    left, right = _inversions(values[:middle]), _inversions(values[middle:])
    above = len(left[1]) - np.searchsorted(left[1], right[1], side="right")
    return left[0] + right[0] + int(above.sum()), np.sort(np.concatenate([left[1], right[1]]), kind="stable")


def _ranking(values: ArrayLike) -> Floats:
    try:
        found = np.asarray(values, np.float64)
    except (TypeError, ValueError) as error:
        raise NotARanking(problem=str(values)[:50]) from error
    if found.ndim != 1 or not np.isfinite(found).all():
        raise NotARanking(problem=str(found.shape) if found.ndim != 1 else "NaN")
    return found


def _table(rankings: ArrayLike) -> Table:
    try:
        found = np.asarray(rankings, np.float64)
    except (TypeError, ValueError) as error:
        raise NotARanking(problem=str(rankings)[:50]) from error
    if found.ndim != 2 or not np.isfinite(found).all():
        raise NotARanking(problem=str(found.shape) if found.ndim != 2 else "NaN")
    return found


def _wins(wins: ArrayLike) -> Table:
    found = np.asarray(wins, np.float64)
    if found.ndim != 2 or found.shape[0] != found.shape[1]:
        raise NotWins(problem=str(found.shape))
    if not np.isfinite(found).all() or (found < 0).any() or np.diag(found).any():
        raise NotWins(problem="NaN, < 0, i = j")
    return found


def _places(row: Floats) -> tuple[Codes, Codes]:
    _, place, count = np.unique(row, return_inverse=True, return_counts=True)
    return place, count


def _mid_ranks(row: Floats) -> Floats:
    place, count = _places(row)
    return (np.cumsum(count) - (count - 1) / 2)[place]


def _tie_cubes(row: Floats) -> int:
    count = _places(row)[1]
    return int((count**3 - count).sum())


def _mean_tau(table: Table) -> Figure:
    taus = [kendall_tau(table[i], table[j]).value for i in range(len(table)) for j in range(i)]
    known = [tau for tau in taus if tau is not None]
    return Figure(sum(known) / len(known), n=len(known)) if known else Figure(None, why=ALL_TIED)


def _mean_rho(ranks: Table) -> float | None:
    centred = ranks - ranks.mean(axis=1, keepdims=True)
    spread = np.sqrt(np.square(centred).sum(axis=1))
    if (spread == 0).any():
        return None
    rho = (centred / spread[:, None]) @ (centred / spread[:, None]).T
    return float(rho[np.triu_indices(len(rho), 1)].mean())


def _chi2_tail(chi2: float, freedom: int) -> float:
    from scipy.special import chdtrc  # noqa: PLC0415 - heavy: only this test needs it

    return float(chdtrc(freedom, chi2))


def _tau_distance(a: tuple[float, ...], b: tuple[float, ...]) -> float:
    tau = kendall_tau(a, b).value
    return (1 - tau) / 2 if tau is not None else 0.0 if a == b else 0.5


def _split_half(shown: Floats, points: Floats, splits: int, seed: int) -> Figure:
    rng = np.random.default_rng(seed)
    found = np.array([_one_split(shown, points, rng.permutation(len(shown))) for _ in range(splits)])
    known = found[~np.isnan(found)]
    if not known.size:
        return Figure(None, n=len(shown), why=NO_SPREAD)
    low, high = np.percentile(known, (2.5, 97.5))
    return Figure(float(known.mean()), float(low), float(high), len(shown))


def _one_split(shown: Floats, points: Floats, order: Codes) -> float:
    halves = order[: len(order) // 2], order[len(order) // 2 :]
    times = [shown[half].sum(axis=0) for half in halves]
    both = (times[0] > 0) & (times[1] > 0)
    a, b = (points[half].sum(axis=0)[both] / time[both] for half, time in zip(halves, times, strict=True))
    if len(a) < 2 or not a.std() or not b.std():
        return float("nan")
    return float(((a - a.mean()) * (b - b.mean())).mean() / (a.std() * b.std()))
