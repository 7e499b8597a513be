"""Papers are marked: one question after its answer, or the whole when it is handed in or its time is over.

A pass is certified here and nowhere else, in the transaction that marks it.
"""

from guiju.exams.marking.actions import SUBSCRIBERS, hand_in, mark_question, settle_overdue

__all__ = ["SUBSCRIBERS", "hand_in", "mark_question", "settle_overdue"]
