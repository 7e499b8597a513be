"""Rechecks: answers of record looked at again, each by somebody who has not answered the item before.

A recheck is a round. It is blind, or shows what holds; an answer that says the same confirms what holds and changes
nothing, another one holds from then on and can be put back. What was looked at is kept with what held when the round
was opened, so that its report can tell both apart.
"""

from guiju.work.recheck.actions import (
    MOST_ITEMS,
    estimate_recheck,
    open_drawn_recheck,
    open_recheck,
    put_back,
    read_recheck,
)
from guiju.work.recheck.errors import NobodyToRecheck, NothingToRecheck, TooManyToRecheck
from guiju.work.recheck.model import LEFT_OUT_NAMES, Changed, Estimate, LeftOut, Recheck

__all__ = [
    "LEFT_OUT_NAMES",
    "MOST_ITEMS",
    "Changed",
    "Estimate",
    "LeftOut",
    "NobodyToRecheck",
    "NothingToRecheck",
    "Recheck",
    "TooManyToRecheck",
    "estimate_recheck",
    "open_drawn_recheck",
    "open_recheck",
    "put_back",
    "read_recheck",
]
