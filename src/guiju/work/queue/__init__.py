"""Who gets what of a round: its parts (batches) with priority, date and whom they are kept for; and what is moved.

A round's slots lie in batches, each a queue of its own. `lines_for` says from which of them somebody is given items,
in which order; splitting, withdrawing and handing over move slots from one to another and lose none.
"""

from guiju.work.queue.actions import change_batch, put_back, split_batch, withdraw_batch
from guiju.work.queue.handing import Hands, hand_over, read_hands
from guiju.work.queue.leaving import SUBSCRIBERS
from guiju.work.queue.lines import lines_for
from guiju.work.queue.model import ANY_DEMANDS, PRIORITY_NAMES, Batch, By, Change, Demands, Part, Priority
from guiju.work.queue.reading import read_queue

__all__ = [
    "ANY_DEMANDS",
    "PRIORITY_NAMES",
    "SUBSCRIBERS",
    "Batch",
    "By",
    "Change",
    "Demands",
    "Hands",
    "Part",
    "Priority",
    "change_batch",
    "hand_over",
    "lines_for",
    "put_back",
    "read_hands",
    "read_queue",
    "split_batch",
    "withdraw_batch",
]
