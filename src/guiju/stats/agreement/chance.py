"""Nominal agreement corrected for chance, the figures that people cite beside alpha.

With p_a the observed agreement and pi_c the mean over items of the share of answers c, of q labels:
    Fleiss' kappa   p_e = sum pi_c^2                      Fleiss 1971, doi:10.1037/h0031619
    Gwet's AC1      p_e = sum pi_c (1 - pi_c) / (q - 1)   Gwet 2008, doi:10.1348/000711006X126600
    value = (p_a - p_e) / (1 - p_e)
Items with one answer count in pi and not in p_a (Gwet's treatment of missing answers).
"""

from dataclasses import dataclass

import numpy as np

from guiju.stats.columns import Columns


@dataclass(frozen=True, slots=True)
class ChanceCorrected:
    """`None` where the figure does not exist: no overlap, or one label only."""

    fleiss_kappa: float | None
    gwet_ac1: float | None


def chance_corrected(columns: Columns) -> ChanceCorrected:
    """Fleiss' kappa and Gwet's AC1, with missing answers."""
    answers = columns.answers_per_item
    pairable = answers >= 2
    kinds = len(columns.labels)
    if kinds < 2 or not pairable.any():
        return ChanceCorrected(None, None)
    prevalence = np.bincount(columns.label, weights=1 / answers[columns.item], minlength=kinds) / len(answers)
    observed = _observed(columns)
    return ChanceCorrected(
        _corrected(observed, float(np.square(prevalence).sum())),
        _corrected(observed, float((prevalence * (1 - prevalence)).sum() / (kinds - 1))),
    )


def _observed(columns: Columns) -> float:
    answers = columns.answers_per_item
    cell, count = np.unique(columns.item * len(columns.labels) + columns.label, return_counts=True)
    agreeing = np.bincount(cell // len(columns.labels), weights=count * (count - 1), minlength=len(answers))
    pairable = answers >= 2
    return float((agreeing[pairable] / (answers * (answers - 1))[pairable]).mean())


def _corrected(observed: float, expected: float) -> float | None:
    return (observed - expected) / (1 - expected) if expected < 1 else None
