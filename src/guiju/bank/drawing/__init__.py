"""Drawing from the bank: deposits become items, suggestions, gold or exam questions of another project.

An answer goes through the mapping between the rulebooks; what it loses is told. What is sure holds and waits for
inspection like anybody's work; what is not becomes a recheck round. Where it came from is kept, through however many
projects: `read_chains` ends in the first deposit.
"""

from guiju.bank.drawing.actions import FROM_BANK, ask_to_draw, draw_from_bank, get_draw, is_many, read_chains
from guiju.bank.drawing.errors import AllDoubtful, DrawUnreadable, NoRulebookToDrawUnder, NothingSure
from guiju.bank.drawing.model import AS_NAMES, MOST_AT_ONCE, MOST_DRAWN, Choice, DrawAs, Drawn, Fit
from guiju.bank.drawing.settling import is_compatible
from guiju.bank.drawing.store import provenance_of

__all__ = [
    "AS_NAMES",
    "FROM_BANK",
    "MOST_AT_ONCE",
    "MOST_DRAWN",
    "AllDoubtful",
    "Choice",
    "DrawAs",
    "DrawUnreadable",
    "Drawn",
    "Fit",
    "NoRulebookToDrawUnder",
    "NothingSure",
    "ask_to_draw",
    "draw_from_bank",
    "get_draw",
    "is_compatible",
    "is_many",
    "provenance_of",
    "read_chains",
]
