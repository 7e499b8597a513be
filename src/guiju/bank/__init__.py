"""The data bank: what accepted lots held, with rulebook version and rights, found again by words, label and likeness.

`SUBSCRIBERS` hears the journal's `lot.accepted` and asks for the job `bank.deposit` (`JOBS`), and after it for
`bank.index`, which makes what is compared (`likeness`). `finding` searches and counts, `drawing` copies deposits into
another project and keeps where they came from.
"""

from guiju.bank.consents import Consent, Given, Left, end_consent, give_consent, list_consents, read_left
from guiju.bank.contradicting import SUBSCRIBERS as CONTRADICTION_SUBSCRIBERS
from guiju.bank.depositing import DEPOSIT, refill_words
from guiju.bank.depositing import JOBS as DEPOSIT_JOBS
from guiju.bank.depositing import SUBSCRIBERS as DEPOSIT_SUBSCRIBERS
from guiju.bank.drawing import (
    MOST_AT_ONCE,
    MOST_DRAWN,
    Choice,
    DrawAs,
    Drawn,
    ask_to_draw,
    draw_from_bank,
    get_draw,
    provenance_of,
    read_chains,
)
from guiju.bank.drawing.running import JOBS as DRAWING_JOBS
from guiju.bank.errors import BankClosed, NothingFound, NothingToSearch
from guiju.bank.finding import Facet, Find, Search, count_bank, get_deposit, read_search, search_bank
from guiju.bank.likeness import JOBS as LIKENESS_JOBS
from guiju.bank.likeness import SUBSCRIBERS as LIKENESS_SUBSCRIBERS
from guiju.bank.merging import JOBS as MERGING_JOBS
from guiju.bank.merging import SUBSCRIBERS as MERGING_SUBSCRIBERS
from guiju.bank.model import Rights
from guiju.bank.tables import bank_consent as consent_table
from guiju.bank.tables import deposit as deposit_table

JOBS = {**DRAWING_JOBS, **DEPOSIT_JOBS, **LIKENESS_JOBS, **MERGING_JOBS}
SUBSCRIBERS = [*DEPOSIT_SUBSCRIBERS, *LIKENESS_SUBSCRIBERS, *MERGING_SUBSCRIBERS, *CONTRADICTION_SUBSCRIBERS]

__all__ = [
    "DEPOSIT",
    "JOBS",
    "MOST_AT_ONCE",
    "MOST_DRAWN",
    "SUBSCRIBERS",
    "BankClosed",
    "Choice",
    "Consent",
    "DrawAs",
    "Drawn",
    "Facet",
    "Find",
    "Given",
    "Left",
    "NothingFound",
    "NothingToSearch",
    "Rights",
    "Search",
    "ask_to_draw",
    "consent_table",
    "count_bank",
    "deposit_table",
    "draw_from_bank",
    "end_consent",
    "get_deposit",
    "get_draw",
    "give_consent",
    "list_consents",
    "provenance_of",
    "read_chains",
    "read_left",
    "read_search",
    "refill_words",
    "search_bank",
]
