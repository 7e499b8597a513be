"""What waits for an answer: each question has an owner and an age; those that are one are merged, and can be parted."""

from guiju.rulings.waiting.actions import (
    assign_questions,
    merge_questions,
    read_waiting,
    set_line,
    unmerge_question,
    waiting_for,
)
from guiju.rulings.waiting.model import DEFAULT_HOURS, Mine, Owned, Waiting

__all__ = [
    "DEFAULT_HOURS",
    "Mine",
    "Owned",
    "Waiting",
    "assign_questions",
    "merge_questions",
    "read_waiting",
    "set_line",
    "unmerge_question",
    "waiting_for",
]
