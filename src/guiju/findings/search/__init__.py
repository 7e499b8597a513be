"""Items found by words, labels, source and state: an index of words beside the items, and filters over it.

What an item never changes (its words, media and source) lies in one full-text index, under words of its own; what
changes (labels, whether it is set aside or answered) is looked up for the items that are shown. A search is a link,
can be kept under a name, and its result can be set aside or brought back.
"""

from guiju.findings.search.actions import search_items
from guiju.findings.search.indexing import refill_words
from guiju.findings.search.model import Found, Result, Search, State
from guiju.findings.search.rules import read_search

__all__ = ["Found", "Result", "Search", "State", "read_search", "refill_words", "search_items"]
