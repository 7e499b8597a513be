"""One label from several: the majority, with its ties told and not hidden.

Formula: label_i = the l with the most answers n_il; confidence_i = n_il / n_i. A tie has no label; each of the k tied
labels is right by guess in 1/k. An annotator's reliability is the share of their answers that the majority gives (1/k
at a tie of k with theirs among them), with Wilson's interval.
Assumes: every annotator is as good as another, and right more often than wrong in any one way. Each annotator's own
vote counts in the majority they are held against: with few answers an item their reliability is flattered.
Source: Nitzan & Paroush 1982, International Economic Review 23(2), 289-297 (when the simple majority is the best rule);
Wilson 1927, doi:10.1080/01621459.1927.10502953.
"""

import numpy as np

from guiju.kit import N_, Sentence
from guiju.stats.columns import Columns, Floats
from guiju.stats.consensus.checks import demand_answers
from guiju.stats.consensus.methods import Method
from guiju.stats.consensus.one_coin import hidden_answers
from guiju.stats.consensus.passes import in_memory
from guiju.stats.consensus.result import CategoricalConsensus, shares
from guiju.stats.consensus.votes import Ballot, Tallied, tally

KEEP_CELLS = 1_000_000
"""Shares of votes are kept up to so many items x classes; beyond, they are quickly counted again."""


def majority(columns: Columns) -> CategoricalConsensus:
    """The most frequent label of each item. Raises `NothingToResolve`.

    >>> from guiju.stats.columns import encode
    >>> found = majority(encode([1, 1, 2, 2, 2], ["a", "b", "a", "b", "c"], ["x", "y", "x", "x", "y"]))
    >>> [(row.label, row.confidence) for row in found.rows()], found.ties.of(0)
    ([(None, 0.5), ('x', 0.6666666666666666)], (0, 1))
    """
    demand_answers(columns)
    shards = in_memory(columns)
    (found,) = shards.map(tally, Ballot(shards.annotators, shards.classes))
    cells = len(columns.items) * shards.classes
    return CategoricalConsensus(
        method="majority",
        items=columns.items,
        annotators=columns.annotators,
        classes=columns.labels,
        label=found.picked.label,
        confidence=found.picked.confidence,
        ties=found.picked.ties,
        reliability=shares(found.agreeing, found.answers),
        posterior=_votes(columns) if cells <= KEEP_CELLS else None,
        meaning=_meaning(columns, found),
    )


def _votes(columns: Columns) -> Floats:
    """Each item's shares of votes; a row of zeros for an item without answers."""
    votes = np.bincount(columns.cells, minlength=len(columns.items) * len(columns.labels))
    return votes.reshape(len(columns.items), -1) / np.maximum(columns.answers_per_item, 1)[:, None]


def _meaning(columns: Columns, found: Tallied) -> tuple[Sentence, ...]:
    tied = int(np.count_nonzero(np.diff(found.picked.ties.item, prepend=-1)))
    return (
        Sentence(
            N_("Each of {items} items has the label that most of its answers give; {tied} are tied and have none."),
            {"items": f"{len(columns.items):,}", "tied": f"{tied:,}"},
        ),
        Sentence(N_("The confidence is the share of the answers that give the label: not how probably it is right.")),
        Sentence(
            N_(
                "Every annotator counts alike, the careless as the careful, and a mistake that most of them make is the"
                " majority."
            )
        ),
    )


def _fit(columns: Columns, seed: int) -> CategoricalConsensus:
    del seed
    return majority(columns)


def _held_out(training: Columns, hidden: Columns, seed: int) -> Floats:
    """As far as the majority is a model, it is the one-coin model in which everybody has the same coin."""
    del seed
    return hidden_answers(training, hidden, everybody_alike=True)


METHOD = Method("majority", _fit, _held_out)
