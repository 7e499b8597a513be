"""The same and nearly the same content in the bank: clusters around a first deposit, and groups that stand as one.

Exact copies meet when they are deposited; the job `bank.compare` follows and brings what is nearly the same together,
then looks where answers contradict (`contradicting`). A group is the same answer to one content under the same rules:
one deposit stands for it, and each of the others is a source of it with its own project, consent, lot and date.
"""

from guiju.bank.merging.actions import COMPARE, JOBS, SUBSCRIBERS, ask_to_compare, read_sources
from guiju.bank.merging.model import Source

__all__ = [
    "COMPARE",
    "JOBS",
    "SUBSCRIBERS",
    "Source",
    "ask_to_compare",
    "read_sources",
]
