"""Counting votes on a shard, each as heavy as its annotator's weight, for few classes and for a million.

Formula: votes_i(l) = sum of w_a over the annotators who gave item i the label l; the largest wins, equal ones are tied.
Assumes: weights of 0 or more. Source: Nitzan & Paroush 1982, International Economic Review 23(2), 289-297.
"""

from collections.abc import Iterable
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from guiju.stats.columns import Codes, Floats
from guiju.stats.consensus.coins import DENSE, best, candidates
from guiju.stats.consensus.passes import Block, Shard, blocks
from guiju.stats.consensus.posteriors import Collected
from guiju.stats.consensus.result import TIE, Picked, Ties


class Ballot(NamedTuple):
    """What a count needs: how many annotators and classes there are, and what each annotator's vote weighs (or 1)."""

    annotators: int
    classes: int
    weights: Floats | None = None


class Tallied(NamedTuple):
    """What the items of a shard come to, and for each annotator their answers and how many are with the winner."""

    picked: Picked
    agreeing: Floats
    answers: NDArray[np.int64]


class Standing(NamedTuple):
    """A block's winners; for each answer whether it is among them; for each item how many labels come first."""

    picked: Picked
    winning: NDArray[np.bool_]
    width: NDArray[np.integer[Any]]


class Shared(NamedTuple):
    """For each annotator: the shares of the others who agree, summed over answers, and how many answers have others."""

    agreeing: Floats
    compared: NDArray[np.int64]


def tally(shard: Shard, ballot: Ballot) -> Tallied:
    """Kernel: winner, its share of the votes, and ties of each item; who is how often with the winner.

    >>> from guiju.stats.columns import encode
    >>> from guiju.stats.consensus.passes import in_memory
    >>> (shard,) = in_memory(encode([1, 1, 2, 2], ["a", "b"] * 2, ["x", "x", "x", "y"])).shards
    >>> tally(shard, Ballot(2, 2)).agreeing.tolist(), tally(shard, Ballot(2, 2, np.array([1.0, 3.0]))).agreeing.tolist()
    ([1.5, 1.5], [1.0, 2.0])
    """
    into = Collected(shard.items)
    agreeing, answers = np.zeros(ballot.annotators), np.zeros(ballot.annotators, np.int64)
    for block in blocks(shard, min(ballot.classes, DENSE)):
        place = block.place
        weight = None if ballot.weights is None else ballot.weights[block.annotator]
        found = (_few if ballot.classes <= DENSE else _many)(block, place, ballot.classes, weight)
        into.put(block.first, found.picked)
        credit = found.winning * np.repeat(1 / np.maximum(found.width, 1), block.per_item)
        agreeing += np.bincount(block.annotator, weights=credit, minlength=ballot.annotators)
        answers += np.bincount(block.annotator, minlength=ballot.annotators)
    return Tallied(into.picked, agreeing, answers)


def _few(block: Block, place: Codes, classes: int, weight: Floats | None) -> Standing:
    """By a table classes x items, whose rows are long."""
    items = block.items
    cell = block.label.astype(np.int64) * items + place
    votes = np.bincount(cell, weights=weight, minlength=classes * items).reshape(classes, items)
    top = votes.max(axis=0)
    near = votes == top if weight is None else votes >= top * (1 - TIE)
    if not top.all():
        near &= top > 0
    width, label = near.sum(axis=0, dtype=np.uint8), np.full(items, -1, np.int32)
    for code in range(classes):
        np.copyto(label, code, where=near[code])
    label[width > 1] = -1
    rows = np.flatnonzero(width > 1)
    tied, code = np.nonzero(near[:, rows].T)
    ties = Ties(rows[tied], code.astype(np.int32))
    return Standing(Picked(label, _share(top, block, place, weight), ties), near.ravel()[cell], width)


def _many(block: Block, place: Codes, classes: int, weight: Floats | None) -> Standing:
    """By the labels that were given."""
    found = candidates(block, classes)
    votes = np.bincount(found.of, weights=weight, minlength=len(found.label)).astype(np.float64)
    picked = best(found, votes, block.per_item)
    top = np.nan_to_num(picked.confidence)
    near = (votes >= (top * (1 - TIE))[found.place]) & (votes > 0)
    width = np.bincount(found.place[near], minlength=block.items)
    label = np.where(top > 0, picked.label, -1).astype(np.int32)
    real = top[picked.ties.item] > 0
    ties = Ties(picked.ties.item[real], picked.ties.label[real])
    return Standing(Picked(label, _share(top, block, place, weight), ties), near[found.of], width)


def _share(top: NDArray[Any], block: Block, place: Codes, weight: Floats | None) -> Floats:
    whole = block.per_item if weight is None else np.bincount(place, weights=weight, minlength=block.items)
    return np.divide(top, whole, out=np.full(len(top), np.nan), where=whole > 0)


def count_agreeing(shard: Shard, ballot: Ballot) -> Shared:
    """Kernel: for each annotator, how many of the others give the same answer to the same item.

    >>> from guiju.stats.columns import encode
    >>> from guiju.stats.consensus.passes import in_memory
    >>> (shard,) = in_memory(encode([1, 1, 2, 2], ["a", "b"] * 2, ["x", "x", "x", "y"])).shards
    >>> count_agreeing(shard, Ballot(2, 2)).agreeing.tolist()
    [1.0, 1.0]
    """
    agreeing, compared = np.zeros(ballot.annotators), np.zeros(ballot.annotators, np.int64)
    for block in blocks(shard, min(ballot.classes, DENSE)):
        found = candidates(block, ballot.classes)
        others = block.per_item[block.place] - 1
        same = np.bincount(found.of, minlength=len(found.label))[found.of] - 1
        share = np.divide(same, others, out=np.zeros(len(others)), where=others > 0)
        agreeing += np.bincount(block.annotator, weights=share, minlength=ballot.annotators)
        compared += np.bincount(block.annotator[others > 0], minlength=ballot.annotators)
    return Shared(agreeing, compared)


def added_shared(parts: Iterable[Shared]) -> Shared:
    """The sum of the shards' parts, in their order.

    >>> from guiju.stats.columns import encode
    >>> from guiju.stats.consensus.passes import in_memory
    >>> (shard,) = in_memory(encode([1, 1, 2, 2], ["a", "b"] * 2, ["x", "x", "x", "y"])).shards
    >>> added_shared([count_agreeing(shard, Ballot(2, 2))] * 2).compared.tolist()
    [4, 4]
    """
    each = iter(parts)
    total = next(each)
    for part in each:
        total = Shared(total.agreeing + part.agreeing, total.compared + part.compared)
    return total
