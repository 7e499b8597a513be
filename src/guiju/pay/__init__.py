"""Pay: what work is paid by, what everybody has earned, and statements that are closed.

A rate card says what an item, a thing marked or an hour of active time is paid, and what quality does to it; it holds
from a day on and is never changed. Statements are computed from annotations and verdicts in whole millionths. A closed
one is frozen: what is found, or withdrawn after a dispute, later, comes as an adjustment in the next.
"""

from guiju.pay.actions import (
    answer_question,
    close_period,
    compute_statements,
    get_statement,
    list_cards,
    list_statements,
    question_line,
    set_card,
    sum_paid,
    trace_line,
)
from guiju.pay.model import Card, Closed, Line, LineKind, Paid, Period, Rate, Statement, Terms, Unit

__all__ = [
    "Card",
    "Closed",
    "Line",
    "LineKind",
    "Paid",
    "Period",
    "Rate",
    "Statement",
    "Terms",
    "Unit",
    "answer_question",
    "close_period",
    "compute_statements",
    "get_statement",
    "list_cards",
    "list_statements",
    "question_line",
    "set_card",
    "sum_paid",
    "trace_line",
]
