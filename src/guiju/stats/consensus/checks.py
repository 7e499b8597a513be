"""What a model of annotators needs before it can say anything.

Formula: at least one answer; two labels that differ; an item with two different annotators.
Assumes: columns sorted by item, annotator. Source: without overlap the likelihoods of `dawid_skene` and `one_coin` are
flat in the annotators' accuracies.
"""

import numpy as np

from guiju.stats.columns import Columns
from guiju.stats.consensus.errors import NobodyToCompare, NothingToResolve, OneClassOnly


def demand_answers(columns: Columns) -> None:
    """Raises `NothingToResolve`.

    >>> from guiju.stats.columns import encode
    >>> demand_answers(encode([1], ["a"], [None]))
    Traceback (most recent call last):
        ...
    guiju.stats.consensus.errors.NothingToResolve: There is no answer here, ...
    """
    if not len(columns):
        raise NothingToResolve


def demand_comparable(columns: Columns) -> None:
    """Answers, two different labels among them, and an item that two annotators answered.

    Raises `NothingToResolve`, `OneClassOnly`, `NobodyToCompare`.

    >>> from guiju.stats.columns import encode
    >>> demand_comparable(encode([1, 2], ["a", "a"], ["x", "y"]))
    Traceback (most recent call last):
        ...
    guiju.stats.consensus.errors.NobodyToCompare: No item has answers of two annotators, ...
    """
    demand_answers(columns)
    if columns.label.min() == columns.label.max():
        raise OneClassOnly(label=str(columns.labels[columns.label[0]]))
    same_item = columns.item[1:] == columns.item[:-1]
    if not np.any(same_item & (columns.annotator[1:] != columns.annotator[:-1])):
        raise NobodyToCompare
