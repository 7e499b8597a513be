"""MACE: who copies a habit instead of looking, and what is right once that is known.

Formula:
    with probability theta_j annotator j looks and gives the right label; else j spams with a habit xi_j:
    P(y_ij = k | z_i = c) = theta_j [k = c] + (1 - theta_j) xi_jk;  z_i uniform over the K classes
    "vb": theta_j ~ Beta(spam 1/2, look 1/2), xi_j ~ Dirichlet(10, ..., 10); mean field q(theta) q(xi) q(z, spam);
          maximises the bound sum_i log Z_i - KL(q || prior), with exp(digamma) in place of the parameters
    "em": maximises sum_i log P(answers of i) + smoothing * (sum log theta + log(1 - theta) + sum log xi)
    With w_jk = log(1 + theta_j / ((1 - theta_j) xi_jk)) the E-step is a softmax of the sum of w over those who gave a
    label; what the M-step needs is one sum of beliefs for each (annotator, label).
Assumes:
    each item has one right label; answers are independent given it; whoever looks is right; a habit does not depend on
    the item. Classes are equally likely before anybody answers.
Source:
    Hovy, Berg-Kirkpatrick, Vaswani & Hovy 2013, "Learning Whom to Trust with MACE", NAACL-HLT, pp. 1120-1130
    (https://aclanthology.org/N13-1132). Interval of theta: see mixture_interval.
"""

from dataclasses import dataclass, field
from typing import Literal

import numpy as np

from guiju.kit import N_, Sentence
from guiju.stats.columns import Codes, Columns, Floats
from guiju.stats.consensus.cells import Beliefs, demand_setting
from guiju.stats.consensus.checks import demand_comparable
from guiju.stats.consensus.mace_steps import Habits, Run, Settings, Tables, fit_once, tables, weigh
from guiju.stats.consensus.methods import Method
from guiju.stats.consensus.mixture_interval import Prior, mixture_interval
from guiju.stats.consensus.result import NO_ANSWERS, CategoricalConsensus
from guiju.stats.figure import Figure


@dataclass(frozen=True, slots=True, eq=False)
class MaceConsensus(CategoricalConsensus):
    """A consensus with the probability of `spamming` of each annotator, their habit, and the `entropy` of each item.

    `reliability` is theta, the probability of looking (posterior mean under "vb"), with its 95% posterior interval
    under a Beta(1/2, 1/2) prior, everything else held. `entropy` is in nats: 0 when sure, log K when nothing is known,
    NaN without an answer. `objective` is what was maximised; `restart` says which start (from 0) gave it.
    `log_likelihood` is that of the answers at the point estimates.
    """

    spamming: Floats = field(kw_only=True)
    entropy: Floats = field(kw_only=True)
    objective: float = field(kw_only=True)
    restart: int = field(kw_only=True)
    habits: Habits = field(kw_only=True)

    def habit(self, annotator: int) -> tuple[float, ...]:
        """xi of an annotator (by code), in the order of `classes`: what they answer when they do not look."""
        return tuple(self.habits.of(annotator, len(self.classes)).tolist())


def mace(
    columns: Columns,
    *,
    method: Literal["vb", "em"] = "vb",
    restarts: int = 10,
    iterations: int = 500,
    tolerance: float = 1e-8,
    smoothing: float = 0.01,
    seed: int = 0,
) -> MaceConsensus:
    """The consensus of `columns` by MACE, the best of several random starts.

    A start ends when its objective rises by less than `tolerance` an answer, or after `iterations`. `smoothing` is
    only for "em". The same `seed` gives the same result. Formula, Assumes, Source: see the module.
    Raises `NothingToResolve`, `OneClassOnly`, `NobodyToCompare`, `BadSetting`.

    >>> from guiju.stats.columns import encode
    >>> rows = [(i, a, "yes" if i % 2 and a != "lazy" else "no") for i in range(20) for a in ("a", "b", "lazy")]
    >>> found = mace(encode(*zip(*rows)), method="em")
    >>> [round(one.value, 2) for one in found.reliability]
    [1.0, 1.0, 0.0]
    >>> [round(share, 2) for share in found.habit(2)]  # 'no', 'yes'
    [1.0, 0.0]
    """
    demand_comparable(columns)
    settings = Settings(method, iterations, tolerance, smoothing)
    _demand_sense(settings, restarts)
    known = tables(columns)
    best, restart = _best(known, settings, restarts, seed)
    point, likelihood = weigh(known, best.point)
    picked = best.beliefs.picked()
    reliability = _reliability(columns, known, best.point, point)
    return MaceConsensus(
        "mace",
        tuple(columns.items),
        columns.annotators,
        columns.labels,
        picked.label,
        picked.confidence,
        picked.ties,
        reliability,
        best.beliefs.dense(),
        tuple(known.prior.tolist()),
        best.iterations,
        best.converged,
        likelihood,
        _meaning(columns, reliability),
        spamming=1 - best.point.looks,
        entropy=_entropy(columns, best.beliefs),
        objective=best.objective,
        restart=restart,
        habits=best.point,
    )


def _demand_sense(settings: Settings, restarts: int) -> None:
    demand_setting("method", settings.method, "vb or em", holds=settings.method in ("vb", "em"))
    demand_setting("restarts", restarts, "1 or more", holds=restarts >= 1)
    demand_setting("iterations", settings.iterations, "1 or more", holds=settings.iterations >= 1)
    demand_setting("tolerance", settings.tolerance, "0 or more", holds=settings.tolerance >= 0)
    demand_setting("smoothing", settings.smoothing, "more than 0", holds=0 < settings.smoothing < np.inf)


def _best(known: Tables, settings: Settings, restarts: int, seed: int) -> tuple[Run, int]:
    rng = np.random.default_rng(seed)
    best, place = fit_once(known, settings, rng), 0
    for restart in range(1, restarts):
        run = fit_once(known, settings, rng)
        if run.objective > best.objective:
            best, place = run, restart
    return best, place


def _reliability(columns: Columns, known: Tables, point: Habits, beliefs: Beliefs) -> tuple[Figure, ...]:
    """theta with its interval. The slope of log P(answer): up if it is right, down if it is not."""
    believed, gives = beliefs.p[known.cells.of], point.gives[known.pair]
    looks, spams = point.looks[columns.annotator], point.spams[columns.annotator]
    slope = believed * (1 - gives) / (looks + spams * gives) - (1 - believed) / spams
    ends = mixture_interval(columns.annotator, slope, point.looks, Prior(0.5, 0.5))
    n = np.bincount(columns.annotator, minlength=len(columns.annotators))
    return tuple(
        Figure(value, low, high, count) if count else Figure(None, why=NO_ANSWERS)
        for value, low, high, count in zip(
            point.looks.tolist(), ends.low.tolist(), ends.high.tolist(), n.tolist(), strict=True
        )
    )


def _entropy(columns: Columns, beliefs: Beliefs) -> Floats:
    cells = beliefs.cells
    given = np.bincount(cells.item, _surprise(beliefs.p), cells.items)
    left = cells.labels - np.bincount(cells.item, minlength=cells.items)
    entropy = given + left * _surprise(beliefs.prior[0] * np.exp(-beliefs.log_z))
    entropy[columns.answers_per_item == 0] = np.nan
    return entropy


def _surprise(p: Floats) -> Floats:
    return -p * np.log(np.maximum(p, np.finfo(float).tiny))


ABOUT = N_(
    "MACE asks of each annotator how often they look and how often they answer from habit. {annotator} looks least: "
    "in {p} of their answers."
)
NOT_ABOUT = N_(
    "An honest annotator who often errs looks the same here as one who guesses. And nobody outside looked: a mistake "
    "that most annotators share counts as right."
)


def _meaning(columns: Columns, reliability: tuple[Figure, ...]) -> tuple[Sentence, ...]:
    known = [place for place, one in enumerate(reliability) if one.value is not None]
    least = min(known, key=lambda place: reliability[place].value or 0.0)
    places = {"annotator": columns.annotators[least], "p": f"{reliability[least].value:.2f}"}
    return Sentence(ABOUT, places), Sentence(NOT_ABOUT)


def _held_out(training: Columns, hidden: Columns, seed: int) -> Floats:
    """log P(answer) of each hidden row: looked and right, or out of habit."""
    demand_comparable(training)
    known = tables(training)
    # two starts: each fold is fitted anew, and what it foretells hardly depends on the start
    best, _ = _best(known, Settings("vb", 500, 1e-6, 0.01), 2, seed)
    right = best.beliefs.of(hidden.item, hidden.label)
    habit = _habit_of(best.point, hidden.annotator, hidden.label, len(training.labels))
    looks = best.point.looks[hidden.annotator]
    return np.log(np.maximum(looks * right + best.point.spams[hidden.annotator] * habit, np.finfo(float).tiny))


def _habit_of(point: Habits, annotator: Codes, label: Codes, labels: int) -> Floats:
    pairs = point.owner * labels + point.given
    wanted = annotator.astype(np.int64, copy=False) * labels + label
    place = np.minimum(np.searchsorted(pairs, wanted), len(pairs) - 1)
    return np.where(pairs[place] == wanted, point.gives[place], point.others[annotator])


def _by_seed(columns: Columns, seed: int) -> CategoricalConsensus:
    return mace(columns, seed=seed)


METHOD = Method("mace", _by_seed, _held_out)
