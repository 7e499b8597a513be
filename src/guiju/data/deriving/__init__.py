"""Items that come out of other items: a source that a slice above fills chunk by chunk and lands, as imports do."""

from guiju.data.deriving.actions import Derived, derive_chunk, drop_derived, ids_of_contents, insert_new_items
from guiju.data.deriving.store import Use, find_used, find_uses

__all__ = [
    "Derived",
    "Use",
    "derive_chunk",
    "drop_derived",
    "find_used",
    "find_uses",
    "ids_of_contents",
    "insert_new_items",
]
