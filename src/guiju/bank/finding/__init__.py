"""Searching the bank: by words, label, what it is like, and facets with how many there are of each value.

Every query goes through `guiju.bank.store.visible`, counts too: nobody finds, or counts, what they may not use. Whose a
deposit is stays unsaid to strangers, so its project and scene are no facets of theirs, and its rulebook has no name.
"""

from guiju.bank.finding.actions import (
    count_bank,
    find_alike,
    get_deposit,
    get_reader,
    name_values,
    read_thumbnail,
    search_bank,
)
from guiju.bank.finding.errors import DepositNotFound, FacetUnknown, SearchTooLong
from guiju.bank.finding.model import FACET_NAMES, Counted, Counts, Facet, Find, Search
from guiju.bank.finding.rules import read_search, toggled
from guiju.bank.finding.store import forget_facets, put_facets

__all__ = [
    "FACET_NAMES",
    "Counted",
    "Counts",
    "DepositNotFound",
    "Facet",
    "FacetUnknown",
    "Find",
    "Search",
    "SearchTooLong",
    "count_bank",
    "find_alike",
    "forget_facets",
    "get_deposit",
    "get_reader",
    "name_values",
    "put_facets",
    "read_search",
    "read_thumbnail",
    "search_bank",
    "toggled",
]
