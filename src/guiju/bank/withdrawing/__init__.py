"""Withdrawals: somebody takes back what they gave, and every copy in the house goes, with a report that shows it.

What is found: the items themselves, the same content elsewhere, what was drawn from the bank, what was made of it. What
goes: content, names, answers, drafts, words, vectors, thumbnails, packages. A tombstone stays where each item was.
"""

from guiju.bank.withdrawing.actions import ask_to_withdraw, get_withdrawal, list_withdrawals, preview
from guiju.bank.withdrawing.model import Asked, Extent, Removed, Scope, Withdrawal
from guiju.bank.withdrawing.running import JOBS, WITHDRAW

__all__ = [
    "JOBS",
    "WITHDRAW",
    "Asked",
    "Extent",
    "Removed",
    "Scope",
    "Withdrawal",
    "ask_to_withdraw",
    "get_withdrawal",
    "list_withdrawals",
    "preview",
]
