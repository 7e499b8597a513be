"""The data bank: what accepted lots held, with rulebook version and rights, found again by words and by label.

`SUBSCRIBERS` hears the journal's `lot.accepted` and asks for the job `bank.deposit` (`JOBS`). A draw copies deposits
into another project and keeps where they came from.
"""

from guiju.bank.actions import MOST_DRAWN, Choice, draw_from_bank, list_bank_labels, search_bank
from guiju.bank.depositing import DEPOSIT, JOBS, SUBSCRIBERS, refill_words
from guiju.bank.errors import BankClosed, NothingFound, NothingToSearch
from guiju.bank.model import Drawn, Find, Rights
from guiju.bank.store import provenance_of
from guiju.bank.tables import deposit as deposit_table

__all__ = [
    "DEPOSIT",
    "JOBS",
    "MOST_DRAWN",
    "SUBSCRIBERS",
    "BankClosed",
    "Choice",
    "Drawn",
    "Find",
    "NothingFound",
    "NothingToSearch",
    "Rights",
    "deposit_table",
    "draw_from_bank",
    "list_bank_labels",
    "provenance_of",
    "refill_words",
    "search_bank",
]
