"""The one-coin model's expectation step on a shard, for few classes and for a million.

Only classes that somebody gave an item (its *candidates*) need a number each: all others are equally wrong for every
answer, so their posterior is their prior times one factor per item. With few classes all of them are candidates, which
spares sorting.

Formula: with wrong_a = log((1 - s_a) / (K - 1)) and gain_a = log s_a - wrong_a,
    log q_i(k) = log p_k + sum of gain_a over who gave k + sum of wrong_a over all, less its log sum over the classes
Assumes: accuracies strictly between 0 and 1. Source: Zhang, Chen, Zhou & Jordan 2016, doi:10.48550/arXiv.1406.3824.
"""

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np

from guiju.stats.columns import Codes, Floats
from guiju.stats.consensus.passes import Block, Shard, blocks
from guiju.stats.consensus.posteriors import Collected
from guiju.stats.consensus.result import TIE, Picked, Ties
from guiju.stats.consensus.rows import row_max

DENSE = 64
"""Up to so many classes each item has all of them as candidates."""


class Coins(NamedTuple):
    """What a pass needs: each annotator's accuracy, and the shares of the classes."""

    accuracy: Floats
    priors: Floats


class Right(NamedTuple):
    """What a shard adds: expected right answers and answers by annotator, the posterior's sum, its log-likelihood."""

    right: Floats
    answers: Codes
    classes: Floats
    log_likelihood: float


class ResolvedCoins(NamedTuple):
    """What the items of a shard come to; `posterior` only if it was asked for."""

    picked: Picked
    log_likelihood: float
    posterior: Floats | None


class Candidates(NamedTuple):
    """Possible classes of a block's items: sorted by item, then class; `of` is the candidate that each answer gives."""

    place: Codes
    label: Codes
    starts: Codes
    of: Codes
    all_classes: bool


def candidates(block: Block, classes: int) -> Candidates:
    """All classes for each item if they are few, else those that were given. Items without answers have none then.

    >>> from guiju.stats.columns import encode
    >>> from guiju.stats.consensus.passes import in_memory
    >>> (shard,) = in_memory(encode([1, 1, 2, 2], ["a", "b"] * 2, ["x", "x", "x", "y"])).shards
    >>> (block,) = blocks(shard, 2)
    >>> candidates(block, 2).of.tolist(), candidates(block, 1_000_000).label.tolist()
    ([0, 0, 2, 3], [0, 0, 1])
    """
    cell = block.place * classes + block.label
    if classes <= DENSE:
        items = np.arange(block.items)
        place, label = np.repeat(items, classes), np.tile(np.arange(classes), block.items)
        return Candidates(place, label, items * classes, cell, all_classes=True)
    there, of = np.unique(cell, return_inverse=True)
    place = there // classes
    return Candidates(place, there % classes, np.searchsorted(place, np.arange(block.items)), of, all_classes=False)


def added_right(parts: Iterable[Right]) -> Right:
    """The sum of the shards' parts, in their order.

    >>> from guiju.stats.columns import encode
    >>> from guiju.stats.consensus.passes import in_memory
    >>> (shard,) = in_memory(encode([1, 1, 2, 2], ["a", "b"] * 2, ["x", "x", "x", "y"])).shards
    >>> coins = Coins(np.array([0.8, 0.8]), np.array([0.5, 0.5]))
    >>> added_right([expect_right(shard, coins)] * 2).answers.tolist()
    [4, 4]
    """
    each = iter(parts)
    total = next(each)
    for part in each:
        right, answers, classes = total.right + part.right, total.answers + part.answers, total.classes + part.classes
        total = Right(right, answers, classes, total.log_likelihood + part.log_likelihood)
    return total


def count_right_votes(shard: Shard, shape: tuple[int, int]) -> Right:
    """Kernel: the expected right answers where each item's posterior is its shares of votes.

    >>> from guiju.stats.columns import encode
    >>> from guiju.stats.consensus.passes import in_memory
    >>> (shard,) = in_memory(encode([1, 1, 2, 2], ["a", "b"] * 2, ["x", "x", "x", "y"])).shards
    >>> count_right_votes(shard, (2, 2)).right.tolist()
    [1.5, 1.5]
    """
    annotators, classes = shape
    total = _nothing(annotators, classes)
    for block in blocks(shard, min(classes, DENSE)):
        found = candidates(block, classes)
        votes = np.bincount(found.of, minlength=len(found.label))
        share = votes / np.maximum(block.per_item, 1)[found.place]
        _add(total, block, found, share)
    return Right(total.right, total.answers, total.classes, 0.0)


def expect_right(shard: Shard, coins: Coins) -> Right:
    """Kernel: the expected right answers under the parameters, and the log-likelihood of these.

    >>> from guiju.stats.columns import encode
    >>> from guiju.stats.consensus.passes import in_memory
    >>> (shard,) = in_memory(encode([1, 1, 2, 2], ["a", "b"] * 2, ["x", "x", "x", "y"])).shards
    >>> coins = Coins(np.array([0.8, 0.8]), np.array([0.5, 0.5]))
    >>> round(expect_right(shard, coins).log_likelihood, 3)  # log .34 + log .16
    -2.911
    """
    total, likelihood = _nothing(len(coins.accuracy), len(coins.priors)), 0.0
    inside = np.zeros(len(coins.priors))  # by class: the factors of the items that have it as a candidate
    outside = 0.0
    for block in blocks(shard, min(len(coins.priors), DENSE)):
        found = candidates(block, len(coins.priors))
        posterior, factor, log_sums = _posterior(block, found, coins)
        _add(total, block, found, posterior)
        likelihood += float(log_sums.sum())
        if not found.all_classes:
            inside += np.bincount(found.label, factor[found.place], len(inside))
            outside += float(factor.sum())
    classes = total.classes + coins.priors * (outside - inside)
    return Right(total.right, total.answers, classes, likelihood)


def resolve_coins(shard: Shard, coins: Coins) -> ResolvedCoins:
    """Kernel: label and confidence of each item of the shard, the label among those that somebody gave.

    >>> from guiju.stats.columns import encode
    >>> from guiju.stats.consensus.passes import in_memory
    >>> (shard,) = in_memory(encode([1, 1, 2, 2], ["a", "b"] * 2, ["x", "x", "x", "y"])).shards
    >>> coins = Coins(np.array([0.8, 0.8]), np.array([0.5, 0.5]))
    >>> resolve_coins(shard, coins).picked.confidence.round(3).tolist()
    [0.941, 0.5]
    """
    return _resolved(shard, coins, None)


def resolve_coins_and_keep(shard: Shard, coins: Coins) -> ResolvedCoins:
    """Kernel: as `resolve_coins`, with the posterior of each item.

    >>> from guiju.stats.columns import encode
    >>> from guiju.stats.consensus.passes import in_memory
    >>> (shard,) = in_memory(encode([1, 1, 2, 2], ["a", "b"] * 2, ["x", "x", "x", "y"])).shards
    >>> coins = Coins(np.array([0.8, 0.8]), np.array([0.5, 0.5]))
    >>> resolve_coins_and_keep(shard, coins).posterior.round(3).tolist()
    [[0.941, 0.059], [0.5, 0.5]]
    """
    return _resolved(shard, coins, np.empty((shard.items, len(coins.priors))))


def _resolved(shard: Shard, coins: Coins, keep: Floats | None) -> ResolvedCoins:
    classes, likelihood, into = len(coins.priors), 0.0, Collected(shard.items)
    for block in blocks(shard, min(classes, DENSE)):
        found = candidates(block, classes)
        posterior, factor, log_sums = _posterior(block, found, coins)
        likelihood += float(log_sums.sum())
        into.put(block.first, best(found, posterior, block.per_item))
        if keep is not None:
            rows = keep[block.first : block.first + block.items]
            np.multiply(factor[:, None], coins.priors, out=rows)
            rows[found.place, found.label] = posterior
    return ResolvedCoins(into.picked, likelihood, keep)


def best(found: Candidates, weight: Floats, answers: Codes) -> Picked:
    """The heaviest candidate of each item with its weight; ties told; nothing for an item without answers.

    >>> from guiju.stats.columns import encode
    >>> from guiju.stats.consensus.passes import in_memory
    >>> (shard,) = in_memory(encode([1, 1, 2, 2], ["a", "b"] * 2, ["x", "x", "x", "y"])).shards
    >>> (block,) = blocks(shard, 2)
    >>> best(candidates(block, 2), np.array([0.9, 0.1, 0.5, 0.5]), block.per_item).label.tolist()
    [0, -1]
    """
    top, label = heaviest(found, weight, answers), np.full(len(answers), -1, np.int32)
    top[answers == 0] = np.nan
    near = np.flatnonzero(weight >= (top * (1 - TIE))[found.place])
    place = found.place[near]
    width = np.bincount(place, minlength=len(answers))
    alone = width[place] == 1
    label[place[alone]] = found.label[near[alone]]
    return Picked(label, top, Ties(place[~alone], found.label[near[~alone]].astype(np.int32)))


def _posterior(block: Block, found: Candidates, coins: Coins) -> tuple[Floats, Floats, Floats]:
    """Of each candidate; then, of each item, the factor on the prior of any other class, and the log of the sum."""
    wrong = np.log1p(-coins.accuracy) - np.log(max(1, len(coins.priors) - 1))
    gain = np.log(coins.accuracy) - wrong
    score = np.log(coins.priors[found.label])
    score += np.bincount(found.of, weights=gain[block.annotator], minlength=len(found.label))
    rest = np.bincount(block.place, weights=wrong[block.annotator], minlength=block.items)
    top = heaviest(found, score, block.per_item)
    if not found.all_classes:
        np.maximum(top, 0, out=top)  # the others have a score of 0 each
    weight = np.exp(score - top[found.place])
    whole = np.bincount(found.place, weight, block.items)
    other = np.exp(-top)
    if not found.all_classes:
        left = 1 - np.bincount(found.place, coins.priors[found.label], block.items)
        whole += other * np.maximum(left, np.finfo(float).tiny)
    return weight / whole[found.place], other / whole, np.log(whole) + top + rest


def heaviest(found: Candidates, weight: Floats, answers: Codes) -> Floats:
    """The largest weight of each item's candidates; 0 where there is none.

    >>> from guiju.stats.columns import encode
    >>> from guiju.stats.consensus.passes import in_memory
    >>> (shard,) = in_memory(encode([1, 1, 2, 2], ["a", "b"] * 2, ["x", "x", "x", "y"])).shards
    >>> (block,) = blocks(shard, 2)
    >>> heaviest(candidates(block, 2), np.array([0.9, 0.1, 0.5, 0.5]), block.per_item).tolist()
    [0.9, 0.5]
    """
    if found.all_classes:
        return row_max(weight.reshape(len(answers), -1))
    top, there = np.zeros(len(answers)), answers > 0
    if there.any():
        top[there] = np.maximum.reduceat(weight, found.starts[there])
    return top


def _nothing(annotators: int, classes: int) -> Right:
    return Right(np.zeros(annotators), np.zeros(annotators, np.int64), np.zeros(classes), 0.0)


def _add(total: Right, block: Block, found: Candidates, posterior: Floats) -> None:
    annotators, classes = len(total.right), len(total.classes)
    total.right[:] += np.bincount(block.annotator, posterior[found.of], annotators)
    total.answers[:] += np.bincount(block.annotator, minlength=annotators)
    total.classes[:] += np.bincount(found.label, posterior, classes)
