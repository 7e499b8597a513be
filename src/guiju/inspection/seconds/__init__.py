"""Inspectors are measured: of each sample a share, drawn by a seed on record, is judged by a second inspector, who sees
it as if nobody had judged it, while the first is not told. Where the two differ, an expert rules.

What is hidden is hidden where it is read: `veil` stands in every reading of verdicts that an inspector can reach.
"""

from guiju.inspection.seconds.actions import (
    SUBSCRIBERS,
    follow_inspector,
    list_disagreements,
    measure_inspectors,
    rule_disagreement,
    set_share,
)
from guiju.inspection.seconds.model import Course, Disagreement, Look, Measured, MeasuredOne, Stretch, Trend

__all__ = [
    "SUBSCRIBERS",
    "Course",
    "Disagreement",
    "Look",
    "Measured",
    "MeasuredOne",
    "Stretch",
    "Trend",
    "follow_inspector",
    "list_disagreements",
    "measure_inspectors",
    "rule_disagreement",
    "set_share",
]
