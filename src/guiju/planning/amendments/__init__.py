"""Amendments: a ruling on a dispute that found a gap in the rules, on its way into them.

The journal's `dispute.ruled` opens one. The trainer writes it into the rulebook's draft, as a clause or as more of the
clause that the ruling cites; measuring the draft then counts what the clause is about as touched, and publishing it
opens the recheck of exactly that. Dispute, clause, version and recheck name each other.
"""

from guiju.planning.amendments.actions import SUBSCRIBERS, drop_amendment, list_amendments, write_amendment
from guiju.planning.amendments.model import Amendment, AmendmentState, Written

__all__ = [
    "SUBSCRIBERS",
    "Amendment",
    "AmendmentState",
    "Written",
    "drop_amendment",
    "list_amendments",
    "write_amendment",
]
