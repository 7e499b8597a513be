"""The weighted majority: votes as heavy as their annotators are good.

Formula: label_i = the l with the largest sum of w_a over the annotators who gave it; confidence_i = that sum over all
weights at the item. The weights are one of
    given     w_a as stated, 0 or more
    gold      w_a = the share of a's answers on items with a known answer that are right
    agreement w_a = mean over a's answers of the share of the *other* answers to the item that are the same
A weight comes with its n and Wilson's interval; an annotator who cannot be weighed has the weight of all together.
Assumes: weights say how often somebody is right. For independent errors the best weights are the log odds of being
right, which `one-coin` finds; weights in proportion are steadier where they rest on few answers. Agreement flatters
who shares the mistakes of many. Gold that gave the weights cannot also judge the result.
Source: Nitzan & Paroush 1982, International Economic Review 23(2), 289-297; Wilson 1927,
doi:10.1080/01621459.1927.10502953. Agreement with the majority, own vote included, is known as Wawa (worker agreement
with aggregate); here the own vote is left out.
"""

from collections.abc import Hashable, Mapping
from math import isfinite
from typing import Any

import numpy as np

from guiju.kit import N_, Sentence
from guiju.stats.columns import Columns, Floats, is_missing
from guiju.stats.consensus.checks import demand_answers, demand_comparable
from guiju.stats.consensus.errors import BadWeight, MissingWeight, NoGoldForWeights, WeightsTwice
from guiju.stats.consensus.methods import Method
from guiju.stats.consensus.passes import in_memory
from guiju.stats.consensus.result import CategoricalConsensus, shares
from guiju.stats.consensus.votes import Ballot, added_shared, count_agreeing, tally
from guiju.stats.figure import Figure

_GIVEN = N_(
    "The votes of {annotators} annotators weigh what was stated; reliability is how often each is with the result."
)
_GOLD = N_("The votes of {annotators} annotators weigh as often as each was right on items with a known answer.")
_AGREEMENT = N_("The votes of {annotators} annotators weigh as often as the others gave the same answer.")


def weighted(
    columns: Columns,
    *,
    weights: Mapping[Any, float] | None = None,
    gold: Mapping[Any, Any] | None = None,
) -> CategoricalConsensus:
    """The label with the heaviest votes: by `weights`, by how often each is right on `gold`, or by agreement.

    An item all of whose votes weigh 0 has neither label nor confidence. Raises `NothingToResolve`, `BadWeight`,
    `MissingWeight`, `WeightsTwice`, `NoGoldForWeights`; by agreement also `OneClassOnly`, `NobodyToCompare`.

    >>> from guiju.stats.columns import encode
    >>> table = encode([1, 1, 1, 2, 2, 2], ["a", "b", "c"] * 2, ["x", "y", "y", "x", "x", "y"])
    >>> [(row.label, row.confidence) for row in weighted(table, weights={"a": 3, "b": 1, "c": 1}).rows()]
    [('x', 0.6), ('x', 0.8)]
    >>> [one.value for one in weighted(table).reliability]
    [0.25, 0.5, 0.25]
    """
    demand_answers(columns)
    if weights is not None and gold is not None:
        raise WeightsTwice
    if weights is not None:
        return _counted(columns, _demand_weights(columns, weights), None, _GIVEN)
    figures = weights_from_agreement(columns) if gold is None else weights_from_gold(columns, gold)
    return _counted(columns, _filled(figures), figures, _AGREEMENT if gold is None else _GOLD)


def _counted(columns: Columns, weights: Floats, figures: tuple[Figure, ...] | None, how: str) -> CategoricalConsensus:
    shards = in_memory(columns)
    (found,) = shards.map(tally, Ballot(shards.annotators, shards.classes, weights))
    return CategoricalConsensus(
        method="weighted",
        items=columns.items,
        annotators=columns.annotators,
        classes=columns.labels,
        label=found.picked.label,
        confidence=found.picked.confidence,
        ties=found.picked.ties,
        reliability=figures or shares(found.agreeing, found.answers),
        meaning=(
            Sentence(how, {"annotators": f"{len(columns.annotators):,}"}),
            Sentence(N_("The confidence is the label's share of the weights: not how probably it is right.")),
        ),
    )


def weights_from_gold(columns: Columns, gold: Mapping[Any, Any]) -> tuple[Figure, ...]:
    """For each annotator the share right of their answers on items with a known answer. Raises `NoGoldForWeights`.

    >>> from guiju.stats.columns import encode
    >>> table = encode([1, 1, 2, 2], ["a", "b"] * 2, ["x", "y", "y", "y"])
    >>> [one.value for one in weights_from_gold(table, {1: "x", 2: "y"})]
    [1.0, 0.5]
    """
    codes = {label: code for code, label in enumerate(columns.labels)}
    known = np.array([_code(gold.get(item), codes) for item in columns.items], np.int64)
    truth = known[columns.item]
    met = truth != _UNKNOWN
    if not met.any():
        raise NoGoldForWeights
    people = len(columns.annotators)
    right = np.bincount(columns.annotator[met & (truth == columns.label)], minlength=people)
    return shares(right.astype(np.float64), np.bincount(columns.annotator[met], minlength=people))


_UNKNOWN, _NOBODY_GAVE = -1, -2


def _code(right: Hashable, codes: Mapping[Hashable, int]) -> int:
    return _UNKNOWN if is_missing(right) else codes.get(right, _NOBODY_GAVE)


def weights_from_agreement(columns: Columns) -> tuple[Figure, ...]:
    """For each annotator the mean share of the other answers to an item that are the same as theirs.

    Raises `NothingToResolve`, `OneClassOnly`, `NobodyToCompare`.

    >>> from guiju.stats.columns import encode
    >>> table = encode([1, 1, 1, 2, 2, 2], ["a", "b", "c"] * 2, ["x", "x", "y", "y", "y", "y"])
    >>> [one.value for one in weights_from_agreement(table)]
    [0.75, 0.75, 0.5]
    """
    demand_comparable(columns)
    shards = in_memory(columns)
    found = added_shared(shards.map(count_agreeing, Ballot(shards.annotators, shards.classes)))
    return shares(found.agreeing, found.compared)


def _filled(figures: tuple[Figure, ...]) -> Floats:
    """The weights; who has none gets that of all answers together."""
    known = [(one.value * one.n, one.n) for one in figures if one.value is not None]
    pooled = sum(x for x, _ in known) / sum(n for _, n in known)
    return np.array([pooled if one.value is None else one.value for one in figures])


def _demand_weights(columns: Columns, weights: Mapping[Any, float]) -> Floats:
    for annotator in columns.annotators:
        if annotator not in weights:
            raise MissingWeight(annotator=str(annotator))
        if not (isfinite(weights[annotator]) and weights[annotator] >= 0):
            raise BadWeight(annotator=str(annotator), weight=weights[annotator])
    return np.array([weights[annotator] for annotator in columns.annotators], np.float64)


def hidden_answers(training: Columns, hidden: Columns) -> Floats:
    """log P(each answer of `hidden` | `training`), in nats; both share their names, so that codes mean the same.

    Formula: P(a answers l to i) = q_i(l) w_a + (1 - q_i(l)) (1 - w_a) / (K - 1): q_i(l) is the label's share of the
    weights at the item, to which one vote of the mean weight w is added that is spread over all K labels; w_a is a's
    agreement with the others, one imagined answer of the mean added, to which half an answer that agrees is added, and
    half of one that does not. The weighted majority is no model of answers: this is what its shares and weights
    foretell if they are taken at their word.
    Raises `NothingToResolve`, `OneClassOnly`, `NobodyToCompare`.

    >>> from guiju.stats.columns import from_codes
    >>> known = from_codes(np.repeat([0, 1, 2], 2), np.tile([0, 1], 3), np.repeat([0, 1, 0], 2))
    >>> hidden_answers(known, known).round(3)[:2]
    array([-0.189, -0.189])
    """
    figures = weights_from_agreement(training)
    classes, compared = len(training.labels), sum(one.n for one in figures)
    whole = (sum((one.value or 0.0) * one.n for one in figures) + 0.5) / (compared + 1)
    own = np.array([((one.value or 0.0) * one.n + whole) / (one.n + 1) for one in figures])
    cell = training.item * classes + training.label
    heavy = np.bincount(cell, own[training.annotator], len(training.items) * classes).reshape(-1, classes)
    share = (heavy + whole / classes) / (heavy.sum(axis=1, keepdims=True) + whole)
    right = share[hidden.item, hidden.label]
    trust = np.clip(own[hidden.annotator], 1e-6, 1 - 1e-6)
    return np.log(right * trust + (1 - right) * (1 - trust) / (classes - 1))


def _fit(columns: Columns, seed: int) -> CategoricalConsensus:
    del seed
    return weighted(columns)


def _held_out(training: Columns, hidden: Columns, seed: int) -> Floats:
    del seed
    return hidden_answers(training, hidden)


METHOD = Method("weighted", _fit, _held_out)
