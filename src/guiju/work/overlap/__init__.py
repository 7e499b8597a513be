"""How many answers an item gets: the same number for all, several for a share, or until they agree surely.

The policy is settled when a round is opened. A share is drawn by a seed on record, and its further answers are wanted
in between the others, so that nobody can tell which they are. Where answers are asked for until they are sure,
consensus says of which items (`ask_further`, `withdraw_further`); what it has to look at lies in `overlap_due`.
"""

from guiju.work.overlap.errors import AnswersImpossible, OnePersonOnly, ShareImpossible, SurenessImpossible, TwoWays
from guiju.work.overlap.model import ONE, Overlap, Way, overlap_of
from guiju.work.overlap.rules import chooses_one, demand_possible, draw_share, read_overlap
from guiju.work.overlap.store import (
    ask_further,
    fill_share,
    find_overlap,
    insert_policy,
    mark_due,
    slots_left,
    stands_alone,
    stop_asking,
    take_due,
    withdraw_further,
)

__all__ = [
    "ONE",
    "AnswersImpossible",
    "OnePersonOnly",
    "Overlap",
    "ShareImpossible",
    "SurenessImpossible",
    "TwoWays",
    "Way",
    "ask_further",
    "chooses_one",
    "demand_possible",
    "draw_share",
    "fill_share",
    "find_overlap",
    "insert_policy",
    "mark_due",
    "overlap_of",
    "read_overlap",
    "slots_left",
    "stands_alone",
    "stop_asking",
    "take_due",
    "withdraw_further",
]
