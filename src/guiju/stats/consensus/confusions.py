"""Dawid and Skene's expectation step on a shard: two products of a sparse table with dense ones.

The table has a row for each item and a column for each annotator-and-answer, with a 1 for each answer. Times the log
confusions it gives the posterior's logs; transposed, times the posterior, it gives the expected confusions. It is made
a block of items at a time and never stored; the block's posterior stays in the processor's cache.

Formula: log q_i(k) = log p_k + sum over answers of log pi_a(l | k), less its log sum; counts_a(l, k) = sum_i q_i(k).
Assumes: every log is finite (see `dawid_skene`'s floor). Source: Dawid & Skene 1979, doi:10.2307/2346806.
"""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

import numpy as np

from guiju.stats.columns import Floats
from guiju.stats.consensus.passes import ANSWERS_A_BLOCK, Block, Shard, blocks
from guiju.stats.consensus.posteriors import Collected, normalise
from guiju.stats.consensus.result import Picked, pick
from guiju.stats.consensus.rows import column_sum

if TYPE_CHECKING:
    from scipy.sparse import csr_array

    Table: TypeAlias = csr_array[Any, tuple[int, int]]


class Logs(NamedTuple):
    """What a pass needs: log p (classes), and log pi by annotator-and-answer (rows) and true class (columns)."""

    prior: Floats
    confusion: Floats


class Expected(NamedTuple):
    """What a shard adds: expected counts (annotator-and-answer x true class), the posterior's sum, log-likelihood."""

    counts: Floats
    classes: Floats
    log_likelihood: float
    answers: int


class Resolved(NamedTuple):
    """What the items of a shard come to; `posterior` only if it was asked for."""

    picked: Picked
    log_likelihood: float
    posterior: Floats | None


def added(parts: Iterable[Expected]) -> Expected:
    """The sum of the shards' parts, in their order. What comes from another process can only be read: it is copied.

    >>> from guiju.stats.columns import encode
    >>> from guiju.stats.consensus.passes import in_memory
    >>> (shard,) = in_memory(encode([1, 1, 2, 2], ["a", "b"] * 2, ["x", "x", "x", "y"])).shards
    >>> logs = Logs(np.log([0.5, 0.5]), np.log([[0.8, 0.2], [0.2, 0.8]] * 2))
    >>> added([expect(shard, logs), expect(shard, logs)]).answers
    8
    """
    each = iter(parts)
    first = next(each)
    total = Expected(first.counts.copy(), first.classes.copy(), first.log_likelihood, first.answers)
    for part in each:
        np.add(total.counts, part.counts, out=total.counts)
        np.add(total.classes, part.classes, out=total.classes)
        sums = (total.log_likelihood + part.log_likelihood, total.answers + part.answers)
        total = Expected(total.counts, total.classes, *sums)
    return total


def count_votes(shard: Shard, shape: tuple[int, int, int]) -> Expected:
    """Kernel: the expected counts where each item's posterior is its shares of votes.

    >>> from guiju.stats.columns import encode
    >>> from guiju.stats.consensus.passes import in_memory
    >>> (shard,) = in_memory(encode([1, 1, 2, 2], ["a", "b"] * 2, ["x", "x", "x", "y"])).shards
    >>> count_votes(shard, (2, 2, 2)).classes.tolist()
    [1.5, 0.5]
    """
    annotators, classes, _ = shape
    counts, total = np.zeros((annotators * classes, classes)), np.zeros(classes)
    for block, table in tables(shard, annotators, classes):
        votes = np.bincount(block.place * classes + block.label, minlength=block.items * classes)
        posterior = votes.reshape(-1, classes) / np.maximum(block.per_item, 1)[:, None]
        _add(counts, total, table, posterior)
    return Expected(counts, total, 0.0, shard.answers)


def expect(shard: Shard, logs: Logs) -> Expected:
    """Kernel: the expected counts under the parameters, and the log-likelihood of these.

    >>> from guiju.stats.columns import encode
    >>> from guiju.stats.consensus.passes import in_memory
    >>> (shard,) = in_memory(encode([1, 1, 2, 2], ["a", "b"] * 2, ["x", "x", "x", "y"])).shards
    >>> logs = Logs(np.log([0.5, 0.5]), np.log([[0.8, 0.2], [0.2, 0.8]] * 2))
    >>> round(expect(shard, logs).log_likelihood, 3)  # log .34 + log .16
    -2.911
    """
    classes = len(logs.prior)
    counts, total, likelihood = np.zeros(logs.confusion.shape), np.zeros(classes), 0.0
    for _, table in tables(shard, len(logs.confusion) // classes, classes):
        posterior, log_sums = _posterior(table, logs)
        _add(counts, total, table, posterior)
        likelihood += float(log_sums.sum())
    return Expected(counts, total, likelihood, shard.answers)


def resolve(shard: Shard, logs: Logs) -> Resolved:
    """Kernel: label and confidence of each item of the shard.

    >>> from guiju.stats.columns import encode
    >>> from guiju.stats.consensus.passes import in_memory
    >>> (shard,) = in_memory(encode([1, 1, 2, 2], ["a", "b"] * 2, ["x", "x", "x", "y"])).shards
    >>> logs = Logs(np.log([0.5, 0.5]), np.log([[0.8, 0.2], [0.2, 0.8]] * 2))
    >>> resolve(shard, logs).picked.confidence.round(3).tolist()
    [0.941, 0.5]
    """
    return _resolved(shard, logs, None)


def resolve_and_keep(shard: Shard, logs: Logs) -> Resolved:
    """Kernel: as `resolve`, with the posterior of each item.

    >>> from guiju.stats.columns import encode
    >>> from guiju.stats.consensus.passes import in_memory
    >>> (shard,) = in_memory(encode([1, 1, 2, 2], ["a", "b"] * 2, ["x", "x", "x", "y"])).shards
    >>> logs = Logs(np.log([0.5, 0.5]), np.log([[0.8, 0.2], [0.2, 0.8]] * 2))
    >>> resolve_and_keep(shard, logs).posterior.round(3).tolist()
    [[0.941, 0.059], [0.5, 0.5]]
    """
    return _resolved(shard, logs, np.empty((shard.items, len(logs.prior))))


def _resolved(shard: Shard, logs: Logs, keep: Floats | None) -> Resolved:
    classes, likelihood = len(logs.prior), 0.0
    into = Collected(shard.items)
    for block, table in tables(shard, len(logs.confusion) // classes, classes):
        posterior, log_sums = _posterior(table, logs)
        likelihood += float(log_sums.sum())
        into.put(block.first, pick(posterior, block.per_item))
        if keep is not None:
            keep[block.first : block.first + block.items] = posterior
    return Resolved(into.picked, likelihood, keep)


def tables(shard: Shard, annotators: int, classes: int) -> "Iterator[tuple[Block, Table]]":
    """Each block with its sparse table; it has as many answers as the counts have rows, or adding would dominate.

    >>> from guiju.stats.columns import encode
    >>> from guiju.stats.consensus.passes import in_memory
    >>> (shard,) = in_memory(encode([1, 1, 2, 2], ["a", "b"] * 2, ["x", "x", "x", "y"])).shards
    >>> _, table = next(tables(shard, annotators=2, classes=2))
    >>> table.toarray().astype(int).tolist()
    [[1, 0, 1, 0], [1, 0, 0, 1]]
    """
    from scipy.sparse import csr_array  # noqa: PLC0415 - heavy: only consensus needs it

    width = annotators * classes
    ones = np.empty(0)
    for block in blocks(shard, classes, max(ANSWERS_A_BLOCK, width)):
        cell = block.annotator.astype(np.int32) * np.int32(classes) + block.label.astype(np.int32)
        if len(ones) < len(cell):
            ones = np.ones(len(cell))
        yield block, csr_array((ones[: len(cell)], cell, block.starts), shape=(block.items, width))


def _posterior(table: "Table", logs: Logs) -> tuple[Floats, Floats]:
    scores = table @ logs.confusion
    scores += logs.prior
    return scores, normalise(scores)


def _add(counts: Floats, total: Floats, table: "Table", posterior: Floats) -> None:
    counts += table.T @ posterior
    total += column_sum(posterior)
