"""Figures over shards: the kernels of `stats`, whatever engine carries them."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any

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


@dataclass(frozen=True, slots=True)
class ConsensusOver:
    """A consensus over shards. `whole` has everything but what belongs to items; those are read shard by shard."""

    shards: Engine
    whole: CategoricalConsensus
    items: int
    picked: Callable[[], Iterator[Picked]]

    def parts(self) -> Iterator[CategoricalConsensus]:
        """The items' labels and confidences with their names, a shard at a time."""
        for place, picked in enumerate(self.picked()):
            yield replace(
                self.whole,
                items=self.shards.stored.item_names(place),
                label=picked.label,
                confidence=picked.confidence,
                ties=picked.ties,
            )

    def accuracy(self) -> Figure:
        """Share of items whose consensus is the known right answer, ties split; Wilson's interval."""
        right, n = 0.0, 0
        for place, part in enumerate(self.parts()):
            credit = part.credit(self.shards.stored.gold(place))
            right, n = right + float(credit.sum()), n + len(credit)
        if n == 0:
            return Figure(None, why=NO_GOLD)
        low, high = wilson(min(right, n), n)
        return Figure(right / n, low, high, n)

    def to_dict(self, accuracy: Figure | None = None) -> dict[str, object]:
        """The keys of a consensus in memory."""
        tied = sum(len(np.unique(picked.ties.item)) for picked in self.picked())
        return {**self.whole.to_dict(accuracy=accuracy), "items": self.items, "tied": tied}


def consensus_over(shards: Engine, method: str) -> ConsensusOver:
    """The consensus by one of `METHODS`. Raises `NotInShards`, `NothingToResolve`, and what the method raises."""
    if method not in METHODS:
        raise NotInShards(method=method, known=", ".join(METHODS))
    items = sum(shards.map(_items, None))
    if items == 0:
        raise NothingToResolve
    return METHODS[method](shards, items)


def _items(shard: Shard, _: None) -> int:
    return shard.items


def _majority(shards: Engine, items: int) -> ConsensusOver:
    ballot = Ballot(shards.annotators, shards.classes)
    agreeing, answers = np.zeros(shards.annotators), np.zeros(shards.annotators, np.int64)
    for found in shards.map(tally, ballot):
        agreeing += found.agreeing
        answers += found.answers
    whole = _whole(shards, "majority", tuple(shares(agreeing, answers)))
    return ConsensusOver(shards, whole, items, lambda: (found.picked for found in shards.map(tally, ballot)))


def _one_coin(shards: Engine, items: int) -> ConsensusOver:
    model = fit_one_coin(shards)
    likelihood = sum(found.log_likelihood for found in shards.map(resolve_coins, model.coins))
    whole = _whole(shards, "one-coin", tuple(shares(model.right, model.answers)))
    about: dict[str, Any] = {
        "iterations": model.iterations,
        "converged": model.converged,
        "log_likelihood": float(likelihood),
    }
    whole = replace(whole, priors=tuple(model.coins.priors.tolist()), **about)
    return ConsensusOver(
        shards, whole, items, lambda: (found.picked for found in shards.map(resolve_coins, model.coins))
    )


def _dawid_skene(shards: Engine, items: int) -> ConsensusOver:
    model = fit_dawid_skene(shards)
    likelihood = sum(found.log_likelihood for found in shards.map(resolve, model.logs))
    whole = _whole(shards, "dawid-skene", tuple(shares(model.right, model.answers)))
    about: dict[str, Any] = {
        "iterations": model.iterations,
        "converged": model.converged,
        "log_likelihood": float(likelihood),
    }
    whole = replace(whole, priors=tuple(model.priors.tolist()), **about)
    return ConsensusOver(shards, whole, items, lambda: (found.picked for found in shards.map(resolve, model.logs)))


def _whole(shards: Engine, method: str, reliability: tuple[Figure, ...]) -> CategoricalConsensus:
    """What is said of annotators and classes; what belongs to items is filled in for each shard."""
    names: dict[str, Any] = {"items": (), "annotators": shards.stored.annotator_names, "classes": shards.stored.labels}
    meaning: tuple[Sentence, ...] = ()
    items: dict[str, Any] = {"label": np.empty(0, np.int32), "confidence": np.empty(0), "ties": joined([])}
    return CategoricalConsensus(method=method, reliability=reliability, meaning=meaning, **names, **items)


METHODS: dict[str, Callable[[Engine, int], ConsensusOver]] = {
    "majority": _majority,
    "one-coin": _one_coin,
    "dawid-skene": _dawid_skene,
}
