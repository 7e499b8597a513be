"""Dawid and Skene's model: each annotator confuses the classes in a way of their own.

Formula: item i has true class t_i ~ prior p; annotator a answers l with probability pi_a(l | t_i), independently.
    E:  q_i(k) = p_k prod_a pi_a(l_ia | k) / sum_c p_c prod_a pi_a(l_ia | c)
    M:  p_k = mean_i q_i(k)        pi_a(l | k) = sum_{i: l_ia = l} q_i(k) / sum_{i: a answered} q_i(k)
    log L = sum_i log sum_k p_k prod_a pi_a(l_ia | k)
EM starts from the shares of votes, q_i(k) = n_ik / n_i, and stops as `climb` says. No share is below 1e-10, so that a
zero of that beginning is not one for ever; a class that an annotator never met gives all answers alike. An annotator's
reliability is the expected share of their answers that are right, sum_i q_i(l_ia) / n_a, with Wilson's interval on that
count.
Assumes: answers are independent given the truth; every item has one true class; annotators err alike on all items of a
class. With few answers an annotator, K(K-1) numbers each are more than the answers can teach: see `trust`.
Source: Dawid & Skene 1979, doi:10.2307/2346806; Wilson 1927, doi:10.1080/01621459.1927.10502953.

Each pass is two products of a sparse table (items x annotator-and-answer) with dense ones, in blocks of items: the
table is never stored, and a block's posterior stays in the cache.
"""

from dataclasses import dataclass
from functools import partial
from math import isfinite

import numpy as np
from numpy.typing import NDArray

from guiju.kit import N_, Sentence
from guiju.stats.columns import Columns, Floats
from guiju.stats.consensus.checks import demand_comparable
from guiju.stats.consensus.climb import Climbed, Step, Stopping, climb
from guiju.stats.consensus.confusions import Expected, Logs, added, count_votes, expect, resolve, resolve_and_keep
from guiju.stats.consensus.errors import BadSetting, TooManyConfusions
from guiju.stats.consensus.methods import Method
from guiju.stats.consensus.passes import Shards, in_memory
from guiju.stats.consensus.result import CategoricalConsensus, answers_per_annotator, shares

MOST_CELLS = 20_000_000
"""The largest table annotators x classes x classes; three of them are held at 8 bytes a cell."""
FLOOR = 1e-10
"""No share is smaller than this. From vote shares EM begins with many zeros, and a zero would stay one for ever."""
KEEP_CELLS = 50_000_000
"""The posterior is kept up to so many items x classes."""


@dataclass(frozen=True, slots=True, eq=False)
class DawidSkeneModel:
    """Class shares and confusions; `counts[a, l, k]` is how often annotator a said l where the truth is k, expected.

    `logs` are the logs of the shares that these give, and what the kernels take.
    """

    priors: Floats
    counts: Floats
    logs: Logs
    iterations: int = 0
    converged: bool = False

    def confusion(self, annotator: int) -> Floats:
        """Shares of this annotator's answers (columns) by true class (rows), each row adding up to 1."""
        classes = len(self.priors)
        return np.exp(self.logs.confusion[annotator * classes : (annotator + 1) * classes]).T

    @property
    def right(self) -> Floats:
        """How many answers of each annotator are right, expected."""
        return np.einsum("akk->a", self.counts)

    @property
    def answers(self) -> NDArray[np.int64]:
        """How many answers each annotator gave."""
        return np.rint(self.counts.sum(axis=(1, 2))).astype(np.int64)


def dawid_skene(
    columns: Columns, *, smoothing: float = 0.0, tolerance: float = 1e-7, iterations: int = 1_000
) -> CategoricalConsensus:
    """The most probable class of each item under Dawid and Skene's model, and each annotator's reliability.

    `smoothing` is added to every expected count of a confusion before it is normalised (a Dirichlet prior of
    1 + smoothing; the climb then includes its density). `tolerance` in nats an answer.
    Raises `NothingToResolve`, `OneClassOnly`, `NobodyToCompare`, `TooManyConfusions`, `BadSetting`.

    >>> from guiju.stats.columns import encode
    >>> item = [1, 1, 1, 2, 2, 2, 3, 3, 3, 4, 4, 4, 5, 5]
    >>> who = ["ann", "bo", "cy"] * 4 + ["bo", "cy"]
    >>> said = ["x", "x", "y", "y", "y", "x", "x", "x", "x", "y", "y", "x", "x", "y"]
    >>> found = dawid_skene(encode(item, who, said))
    >>> [row.label for row in found.rows()], [round(one.value, 2) for one in found.reliability]
    (['x', 'y', 'x', 'y', 'x'], [1.0, 1.0, 0.2])
    """
    demand_comparable(columns)
    shards = in_memory(columns)
    model = fit_dawid_skene(shards, smoothing=smoothing, stopping=Stopping(tolerance, iterations))
    keep = len(columns.items) * shards.classes <= KEEP_CELLS
    (found,) = shards.map(resolve_and_keep if keep else resolve, model.logs)
    return CategoricalConsensus(
        method="dawid-skene",
        items=columns.items,
        annotators=columns.annotators,
        classes=columns.labels,
        label=found.picked.label,
        confidence=found.picked.confidence,
        ties=found.picked.ties,
        reliability=shares(model.right, answers_per_annotator(columns)),
        posterior=found.posterior,
        priors=tuple(model.priors.tolist()),
        iterations=model.iterations,
        converged=model.converged,
        log_likelihood=found.log_likelihood,
        meaning=_meaning(columns),
    )


def fit_dawid_skene(shards: Shards, *, smoothing: float = 0.0, stopping: Stopping | None = None) -> DawidSkeneModel:
    """The parameters, from passes over `shards`; then `shards.map(resolve, model.logs)` gives the labels.

    Raises `TooManyConfusions`, `BadSetting`.

    >>> from guiju.stats.columns import encode
    >>> table = encode([1, 1, 1, 2, 2, 2], ["a", "b", "c"] * 2, ["x", "x", "y", "y", "y", "y"])
    >>> fit_dawid_skene(in_memory(table, shards=2)).priors.round(3)
    array([0.5, 0.5])
    """
    if not (isfinite(smoothing) and smoothing >= 0):
        raise BadSetting(setting=N_("smoothing"), value=smoothing, wanted=N_("0 or more"))
    shape = (shards.annotators, shards.classes, shards.classes)
    if np.prod(shape, dtype=float) > MOST_CELLS:
        raise TooManyConfusions(annotators=shape[0], classes=shape[1], cells=shape[0] * shape[1] ** 2, limit=MOST_CELLS)
    begin = _maximise(added(shards.map(count_votes, shape)), shape, smoothing)
    step = partial(_step, shards=shards, smoothing=smoothing)
    end: Climbed[DawidSkeneModel] = climb(begin, step, stopping or Stopping())
    model = end.parameters
    return DawidSkeneModel(model.priors, model.counts, model.logs, end.iterations, end.converged)


def _step(model: DawidSkeneModel, shards: Shards, smoothing: float) -> Step[DawidSkeneModel]:
    found = added(shards.map(expect, model.logs))
    better = _maximise(found, model.counts.shape, smoothing)
    gained = _objective(found, better.logs, smoothing) - _objective(found, model.logs, smoothing)
    penalty = smoothing * float(model.logs.confusion.sum()) if smoothing else 0.0
    return Step(better, (found.log_likelihood + penalty + gained) / found.answers)


def _maximise(found: Expected, shape: tuple[int, ...], smoothing: float) -> DawidSkeneModel:
    counts = found.counts.reshape(shape)
    smoothed = counts + smoothing if smoothing else counts
    whole = smoothed.sum(axis=1, keepdims=True)
    confusion = np.divide(smoothed, whole, out=np.zeros(shape), where=whole > 0)
    np.maximum(confusion, FLOOR, out=confusion)
    confusion /= confusion.sum(axis=1, keepdims=True)
    priors = np.maximum(found.classes / found.classes.sum(), FLOOR)
    priors /= priors.sum()
    return DawidSkeneModel(priors, counts, Logs(np.log(priors), np.log(confusion).reshape(found.counts.shape)))


def _objective(found: Expected, logs: Logs, smoothing: float) -> float:
    """Q: the expected log of everything, with the smoothing's imagined counts."""
    total = float((found.classes * logs.prior).sum() + (found.counts * logs.confusion).sum())
    return total + smoothing * float(logs.confusion.sum()) if smoothing else total


def hidden_answers(training: Columns, hidden: Columns) -> Floats:
    """log P(each answer of `hidden` | `training`), in nats; both share their names, so that codes mean the same.

    Formula: P(a answers l to i) = sum_k q_i(k) pi_a(l | k), with q_i from `training` and each confusion drawn to
    everybody's: pi_a(l | k) = (count_a(l, k) + pi(l | k)) / (count_a(k) + 1), one imagined answer as of an average
    annotator, so that nobody is sure of what they were never seen to do; pi itself has half an answer added a cell.
    Raises `TooManyConfusions`.

    >>> from guiju.stats.columns import from_codes
    >>> import numpy as np
    >>> known = from_codes(np.repeat([0, 1, 2], 2), np.tile([0, 1], 3), np.repeat([0, 1, 0], 2))
    >>> hidden_answers(known, known).round(3)[:2]
    array([-0.034, -0.034])
    """
    shards = in_memory(training)
    cells = len(training.items) * shards.classes
    if cells > KEEP_CELLS:
        raise TooManyConfusions(annotators=shards.annotators, classes=shards.classes, cells=cells, limit=KEEP_CELLS)
    model = fit_dawid_skene(shards)
    (found,) = shards.map(resolve_and_keep, model.logs)
    assert found.posterior is not None
    pooled = model.counts.sum(axis=0) + 0.5
    pooled /= pooled.sum(axis=0)
    rows = model.counts + pooled
    rows /= rows.sum(axis=1, keepdims=True)
    return np.log(np.einsum("rk,rk->r", found.posterior[hidden.item], rows[hidden.annotator, hidden.label]))


def _meaning(columns: Columns) -> tuple[Sentence, ...]:
    answers, annotators = len(columns), len(columns.annotators)
    cells = annotators * len(columns.labels) * (len(columns.labels) - 1)
    return (
        Sentence(
            N_(
                "Each of {items} items has the label that is most probable when each of {annotators} annotators"
                " confuses the labels in a way of their own; the confidence is that probability."
            ),
            {"items": f"{len(columns.items):,}", "annotators": f"{annotators:,}"},
        ),
        Sentence(
            N_(
                "{answers} answers have to teach {cells} rates of confusion. Where an annotator gave few answers these"
                " are guesses, and the majority can be the better judge."
            ),
            {"answers": f"{answers:,}", "cells": f"{cells:,}"},
        ),
        Sentence(
            N_(
                "A confidence near 1 does not mean that the label is right: annotators who share a mistake are"
                " believed."
            )
        ),
    )


def _fit(columns: Columns, seed: int) -> CategoricalConsensus:
    del seed
    return dawid_skene(columns)


def _held_out(training: Columns, hidden: Columns, seed: int) -> Floats:
    del seed
    return hidden_answers(training, hidden)


METHOD = Method("dawid-skene", _fit, _held_out)
