"""Consents to the bank: a customer's requester allows on record that others' projects use what theirs leaves.

Who, when, for what, by which paper, in which words, until when. A deposit is general only under one that holds.
"""

from guiju.bank.consents.actions import end_consent, give_consent, list_consents, read_left
from guiju.bank.consents.model import Consent, Given, Left
from guiju.bank.consents.store import find_consented

__all__ = ["Consent", "Given", "Left", "end_consent", "find_consented", "give_consent", "list_consents", "read_left"]
