"""What a model of annotators needs before it can say anything."""

import numpy as np

from guiju.stats.columns import Columns
from guiju.stats.consensus.errors import NobodyToCompare, NothingToResolve, OneClassOnly


def demand_answers(columns: Columns) -> None:
    """Raises `NothingToResolve`."""
    if not len(columns):
        raise NothingToResolve


def demand_comparable(columns: Columns) -> None:
    """Answers, two different labels among them, and an item that two annotators answered.

    Raises `NothingToResolve`, `OneClassOnly`, `NobodyToCompare`.
    """
    demand_answers(columns)
    if columns.label.min() == columns.label.max():
        raise OneClassOnly(label=str(columns.labels[columns.label[0]]))
    same_item = columns.item[1:] == columns.item[:-1]
    if not np.any(same_item & (columns.annotator[1:] != columns.annotator[:-1])):
        raise NobodyToCompare
