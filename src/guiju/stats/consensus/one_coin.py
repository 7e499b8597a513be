"""The one-coin model: each annotator has one accuracy, and errs toward every other class alike.

Formula: P(a answers l | truth k) = s_a if l = k, else (1 - s_a) / (K - 1).
    E:  q_i(k) prop. to p_k prod_a P(l_ia | k)      M:  p_k = mean_i q_i(k)      s_a = sum_i q_i(l_ia) / n_a
    log L = sum_i log sum_k p_k prod_a P(l_ia | k)
EM starts from the shares of votes and stops as `climb` says. An annotator's reliability is s_a, the expected share of
their answers that are right, with Wilson's interval on that count of n_a answers.
Assumes: answers are independent given the truth; every item has one true class; no class is harder than another and no
confusion likelier. One number an annotator: where answers are few this is what they can teach.
Source: Zhang, Chen, Zhou & Jordan 2016, doi:10.48550/arXiv.1406.3824; Dawid & Skene 1979, doi:10.2307/2346806.
"""

from dataclasses import dataclass
from functools import partial

import numpy as np

from guiju.kit import N_, Sentence
from guiju.stats.columns import Codes, Columns, Floats
from guiju.stats.consensus.checks import demand_comparable
from guiju.stats.consensus.climb import Climbed, Step, Stopping, climb
from guiju.stats.consensus.coins import (
    Coins,
    Right,
    added_right,
    count_right_votes,
    expect_right,
    resolve_coins,
    resolve_coins_and_keep,
)
from guiju.stats.consensus.errors import TooManyConfusions
from guiju.stats.consensus.methods import Method
from guiju.stats.consensus.passes import Shards, in_memory
from guiju.stats.consensus.result import CategoricalConsensus, shares

FLOOR = 1e-10
"""Accuracies stay this far from 0 and 1, and shares of classes from 0: a zero would stay one for ever."""
KEEP_CELLS = 50_000_000
"""The posterior is kept up to so many items x classes."""


@dataclass(frozen=True, slots=True, eq=False)
class OneCoinModel:
    """Accuracies and class shares, and the counts of answers that they come from."""

    coins: Coins
    right: Floats
    answers: Codes
    iterations: int = 0
    converged: bool = False


def one_coin(columns: Columns, *, tolerance: float = 1e-7, iterations: int = 1_000) -> CategoricalConsensus:
    """The most probable class of each item under the one-coin model, and each annotator's accuracy.

    `tolerance` in nats an answer. With more than 64 classes the label is chosen among those that somebody gave the
    item. Raises `NothingToResolve`, `OneClassOnly`, `NobodyToCompare`, `BadSetting`.

    >>> from guiju.stats.columns import encode
    >>> item = [i for i in range(6) for _ in "abcd"]
    >>> found = one_coin(encode(item, ["ann", "bo", "cy", "di"] * 6, list("xxxxyyxyxxyyyyyyxxyxyxyx")))
    >>> "".join(str(row.label) for row in found.rows()), [round(one.value or 0, 2) for one in found.reliability]
    ('xyxyxx', [0.83, 1.0, 0.33, 0.83])
    """
    demand_comparable(columns)
    shards = in_memory(columns)
    model = fit_one_coin(shards, stopping=Stopping(tolerance, iterations))
    keep = len(columns.items) * shards.classes <= KEEP_CELLS
    (found,) = shards.map(resolve_coins_and_keep if keep else resolve_coins, model.coins)
    return CategoricalConsensus(
        method="one-coin",
        items=columns.items,
        annotators=columns.annotators,
        classes=columns.labels,
        label=found.picked.label,
        confidence=found.picked.confidence,
        ties=found.picked.ties,
        reliability=shares(model.right, model.answers),
        posterior=found.posterior,
        priors=tuple(model.coins.priors.tolist()),
        iterations=model.iterations,
        converged=model.converged,
        log_likelihood=found.log_likelihood,
        meaning=_meaning(columns),
    )


def fit_one_coin(shards: Shards, *, everybody_alike: bool = False, stopping: Stopping | None = None) -> OneCoinModel:
    """The parameters, from passes over `shards`; then `shards.map(resolve_coins, model.coins)` gives the labels.

    With `everybody_alike` all annotators share one accuracy: the model under which the majority is the best guess.
    Raises `BadSetting`.

    >>> from guiju.stats.columns import encode
    >>> table = encode([i for i in range(4) for _ in "abc"], ["a", "b", "c"] * 4, list("xxyxxxyyyxyy"))
    >>> fit_one_coin(in_memory(table, shards=2), everybody_alike=True).coins.accuracy.round(2)
    array([0.79, 0.79, 0.79])
    """
    shape = (shards.annotators, shards.classes)
    begin = _maximise(added_right(shards.map(count_right_votes, shape)), everybody_alike)
    step = partial(_step, shards=shards, everybody_alike=everybody_alike)
    end: Climbed[OneCoinModel] = climb(begin, step, stopping or Stopping())
    model = end.parameters
    return OneCoinModel(model.coins, model.right, model.answers, end.iterations, end.converged)


def _step(model: OneCoinModel, shards: Shards, everybody_alike: bool) -> Step[OneCoinModel]:
    found = added_right(shards.map(expect_right, model.coins))
    better = _maximise(found, everybody_alike)
    gained = _objective(found, better.coins) - _objective(found, model.coins)
    return Step(better, (found.log_likelihood + gained) / int(found.answers.sum()))


def _maximise(found: Right, everybody_alike: bool) -> OneCoinModel:
    right, answers = found.right, found.answers.astype(np.float64)
    pooled = right.sum() / answers.sum()
    each = np.divide(right, answers, out=np.full(len(right), pooled), where=answers > 0)
    accuracy = np.clip(np.full(len(right), pooled) if everybody_alike else each, FLOOR, 1 - FLOOR)
    priors = np.maximum(found.classes / found.classes.sum(), FLOOR)
    return OneCoinModel(Coins(accuracy, priors / priors.sum()), right, found.answers)


def _objective(found: Right, coins: Coins) -> float:
    """Q: the expected log of everything."""
    wrong = np.log1p(-coins.accuracy) - np.log(max(1, len(coins.priors) - 1))
    answers = found.right @ np.log(coins.accuracy) + (found.answers - found.right) @ wrong
    return float(answers + found.classes @ np.log(coins.priors))


def hidden_answers(training: Columns, hidden: Columns, *, everybody_alike: bool = False) -> Floats:
    """log P(each answer of `hidden` | `training`), in nats; both share their names, so that codes mean the same.

    Formula: P(a answers l to i) = q_i(l) s_a + (1 - q_i(l)) (1 - s_a) / (K - 1), with q_i and s_a from `training`;
    s_a = (right_a + s) / (n_a + 1), one imagined answer as of an average annotator, s the share right of all answers
    (to which half a right and half a wrong answer are added, so that no probability is 0).
    Raises `TooManyConfusions` where the posterior would not fit.

    >>> from guiju.stats.columns import from_codes
    >>> import numpy as np
    >>> known = from_codes(np.repeat([0, 1, 2], 2), np.tile([0, 1], 3), np.repeat([0, 1, 0], 2))
    >>> hidden_answers(known, known, everybody_alike=True).round(3)[:2]
    array([-0.074, -0.074])
    """
    shards = in_memory(training)
    cells = len(training.items) * shards.classes
    if cells > KEEP_CELLS:
        raise TooManyConfusions(annotators=shards.annotators, classes=shards.classes, cells=cells, limit=KEEP_CELLS)
    model = fit_one_coin(shards, everybody_alike=everybody_alike)
    (found,) = shards.map(resolve_coins_and_keep, model.coins)
    assert found.posterior is not None
    pooled = (model.right.sum() + 0.5) / (model.answers.sum() + 1)
    own = (model.right + pooled) / (model.answers + 1)
    accuracy = np.full(len(hidden), pooled) if everybody_alike else own[hidden.annotator]
    right = found.posterior[hidden.item, hidden.label]
    return np.log(right * accuracy + (1 - right) * (1 - accuracy) / (shards.classes - 1))


def _meaning(columns: Columns) -> tuple[Sentence, ...]:
    items, annotators = f"{len(columns.items):,}", f"{len(columns.annotators):,}"
    return (
        Sentence(
            N_(
                "Each of {items} items has the label that is most probable when each of {annotators} annotators is"
                " right at a rate of their own; the confidence is that probability."
            ),
            {"items": items, "annotators": annotators},
        ),
        Sentence(
            N_(
                "The rates come from the answers themselves: where most annotators share a mistake, the model shares it"
                " and is sure of it."
            )
        ),
        Sentence(N_("It takes all mistakes for equally likely; that two labels are often confused it cannot see.")),
    )


def _fit(columns: Columns, seed: int) -> CategoricalConsensus:
    del seed
    return one_coin(columns)


def _held_out(training: Columns, hidden: Columns, seed: int) -> Floats:
    del seed
    return hidden_answers(training, hidden)


METHOD = Method("one-coin", _fit, _held_out)
