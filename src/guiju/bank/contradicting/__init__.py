"""Contradictions in the bank: the same or nearly the same content, under rules that mean the same, answered otherwise.

The job that compares deposits finds them (`review`). Whoever sees both sides sees the case; a question is asked in the
project whose deposit it is, and an answer there, or a ruling here, settles it. Until then a draw leaves both out.
"""

from guiju.bank.contradicting.actions import (
    SUBSCRIBERS,
    ask_about_side,
    get_contradiction,
    list_contradictions,
    rule_on_contradiction,
)
from guiju.bank.contradicting.errors import ContradictionNotFound, NothingToRule, SideNotYours
from guiju.bank.contradicting.model import Case, Doubt, Fate, Side, State
from guiju.bank.contradicting.reviewing import close_emptied, review

__all__ = [
    "SUBSCRIBERS",
    "Case",
    "ContradictionNotFound",
    "Doubt",
    "Fate",
    "NothingToRule",
    "Side",
    "SideNotYours",
    "State",
    "ask_about_side",
    "close_emptied",
    "get_contradiction",
    "list_contradictions",
    "review",
    "rule_on_contradiction",
]
