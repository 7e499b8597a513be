"""Figures over shards: the kernels of `stats`, whatever engine carries them."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any, Protocol

import numpy as np

from guiju.bulk.engines import OnCluster
from guiju.bulk.errors import DistanceNotInShards, NotInShards
from guiju.bulk.shards import OneByOne
from guiju.kit import Sentence
from guiju.stats.agreement.report import Agreement, report_from
from guiju.stats.agreement.summary import Summary, merged, summarise
from guiju.stats.columns import from_codes
from guiju.stats.consensus.coins import resolve_coins
from guiju.stats.consensus.confusions import resolve
from guiju.stats.consensus.dawid_skene import fit_dawid_skene
from guiju.stats.consensus.errors import NothingToResolve
from guiju.stats.consensus.one_coin import fit_one_coin
from guiju.stats.consensus.passes import Shard
from guiju.stats.consensus.posteriors import joined
from guiju.stats.consensus.result import NO_GOLD, CategoricalConsensus, Picked, shares
from guiju.stats.consensus.votes import Ballot, tally
from guiju.stats.figure import Figure
from guiju.stats.intervals import wilson

Engine = OneByOne | OnCluster
DISTANCES = ("nominal", "ordinal", "interval", "ratio")


def agreement_over(shards: Engine, distance: str = "nominal", seed: int = 0) -> Agreement:
    """Every figure of agreement; confusions name no items. Raises `DistanceNotInShards`."""
    if distance not in DISTANCES:
        raise DistanceNotInShards(distance=distance)
    names = (shards.stored.annotator_names, shards.stored.labels)
    return report_from(merged(shards.map(_summarised, names)), distance, seed)


def _summarised(shard: Shard, names: tuple[tuple[Any, ...], tuple[Any, ...]]) -> Summary:
    item = np.repeat(np.arange(shard.items, dtype=np.int32), np.diff(shard.starts))
    annotators, labels = names
    columns = from_codes(item, shard.annotator, shard.label, annotators=annotators, labels=labels, keep_repeats=True)
    # over the whole file pairs are counted only where all shards can: few enough annotators
    return summarise(columns)


Each = Callable[[CategoricalConsensus], object]
"""What is done with a shard's items as they come by: their labels and confidences under their names."""


@dataclass(frozen=True, slots=True)
class ConsensusOver:
    """A consensus over shards: `whole` has everything but what belongs to items; `accuracy` is by the known answers."""

    whole: CategoricalConsensus
    items: int
    tied: int
    accuracy: Figure

    def to_dict(self) -> dict[str, object]:
        """The keys of a consensus in memory."""
        known = None if self.accuracy.value is None else self.accuracy
        return {**self.whole.to_dict(accuracy=known), "items": self.items, "tied": self.tied}


def consensus_over(shards: Engine, method: str, each: Each | None = None) -> ConsensusOver:
    """The consensus by one of `METHODS`; once it is known, one pass tells ties and accuracy and serves `each`.

    Raises `NotInShards`, `NothingToResolve`, and what the method raises.
    """
    if method not in METHODS:
        raise NotInShards(method=method, known=", ".join(METHODS))
    items = sum(shards.map(_items, None))
    if items == 0:
        raise NothingToResolve
    whole, walk = METHODS[method](shards, each)
    return ConsensusOver(whole, items, walk.tied, walk.accuracy)


def _items(shard: Shard, _: None) -> int:
    return shard.items


class _Walk:
    """The last pass: what is said of items, shard by shard, and what it comes to over all of them."""

    def __init__(self, shards: Engine, each: Each | None) -> None:
        self.shards, self.each = shards, each
        self.place = self.tied = self.known = 0
        self.right = 0.0

    def take(self, whole: CategoricalConsensus, picked: Picked) -> None:
        """The next shard."""
        stored, place = self.shards.stored, self.place
        gold = stored.gold(place)
        if gold or self.each is not None:
            about = {"label": picked.label, "confidence": picked.confidence, "ties": picked.ties}
            part = replace(whole, items=stored.item_names(place), **about)
            credit = part.credit(gold)
            self.right, self.known = self.right + float(credit.sum()), self.known + len(credit)
            if self.each is not None:
                self.each(part)
        self.tied += len(np.unique(picked.ties.item))
        self.place = place + 1

    @property
    def accuracy(self) -> Figure:
        """Share of items whose consensus is the known right answer, ties split; Wilson's interval."""
        if self.known == 0:
            return Figure(None, why=NO_GOLD)
        low, high = wilson(min(self.right, self.known), self.known)
        return Figure(self.right / self.known, low, high, self.known)


def _majority(shards: Engine, each: Each | None) -> tuple[CategoricalConsensus, _Walk]:
    ballot, walk = Ballot(shards.annotators, shards.classes), _Walk(shards, each)
    agreeing, answers = np.zeros(shards.annotators), np.zeros(shards.annotators, np.int64)
    whole = _whole(shards, "majority", ())
    for found in shards.map(tally, ballot):
        agreeing += found.agreeing
        answers += found.answers
        walk.take(whole, found.picked)
    return replace(whole, reliability=tuple(shares(agreeing, answers))), walk


def _one_coin(shards: Engine, each: Each | None) -> tuple[CategoricalConsensus, _Walk]:
    model = fit_one_coin(shards)
    about = {"iterations": model.iterations, "converged": model.converged, "priors": model.coins.priors}
    whole = _fitted(_whole(shards, "one-coin", tuple(shares(model.right, model.answers))), about)
    return _resolved(shards, whole, shards.map(resolve_coins, model.coins), each)


def _dawid_skene(shards: Engine, each: Each | None) -> tuple[CategoricalConsensus, _Walk]:
    model = fit_dawid_skene(shards)
    about = {"iterations": model.iterations, "converged": model.converged, "priors": model.priors}
    whole = _fitted(_whole(shards, "dawid-skene", tuple(shares(model.right, model.answers))), about)
    return _resolved(shards, whole, shards.map(resolve, model.logs), each)


class _Resolved(Protocol):
    """What a model's last kernel says of a shard."""

    @property
    def picked(self) -> Picked: ...
    @property
    def log_likelihood(self) -> float: ...


def _resolved(
    shards: Engine, whole: CategoricalConsensus, found: Iterator[_Resolved], each: Each | None
) -> tuple[CategoricalConsensus, _Walk]:
    walk, likelihood = _Walk(shards, each), 0.0
    for one in found:
        likelihood += one.log_likelihood
        walk.take(whole, one.picked)
    return replace(whole, log_likelihood=float(likelihood)), walk


def _fitted(whole: CategoricalConsensus, about: dict[str, Any]) -> CategoricalConsensus:
    return replace(whole, **{**about, "priors": tuple(about["priors"].tolist())})


def _whole(shards: Engine, method: str, reliability: tuple[Figure, ...]) -> CategoricalConsensus:
    """What is said of annotators and classes; what belongs to items is filled in for each shard."""
    names: dict[str, Any] = {"items": (), "annotators": shards.stored.annotator_names, "classes": shards.stored.labels}
    meaning: tuple[Sentence, ...] = ()
    items: dict[str, Any] = {"label": np.empty(0, np.int32), "confidence": np.empty(0), "ties": joined([])}
    return CategoricalConsensus(method=method, reliability=reliability, meaning=meaning, **names, **items)


METHODS: dict[str, Callable[[Engine, Each | None], tuple[CategoricalConsensus, _Walk]]] = {
    "majority": _majority,
    "one-coin": _one_coin,
    "dawid-skene": _dawid_skene,
}
