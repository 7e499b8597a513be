"""Answers wanted: consensus looks at what came in, and asks work for more where it is unsure.

`weigh_open(house)` runs beside the requests. It learns of each annotator how reliable they are from the answers so far,
a step for each answer (`stats.consensus.online`), says of each item whether its answers are sure, and wants one more
where they are not.
"""

from guiju.consensus.wanting.actions import ask_no_more, describe_overlap, read_overlap_of, weigh_open
from guiju.consensus.wanting.errors import AsksNoMore
from guiju.consensus.wanting.model import OverlapReport, Sureness

__all__ = [
    "AsksNoMore",
    "OverlapReport",
    "Sureness",
    "ask_no_more",
    "describe_overlap",
    "read_overlap_of",
    "weigh_open",
]
