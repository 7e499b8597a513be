"""Items that are kept but not given out any more, each with what set it aside; bringing back undoes it."""

from guiju.data.asides.model import AsideReason
from guiju.data.asides.store import (
    bring_back,
    bring_items_back,
    count_asides,
    find_withheld,
    is_aside,
    is_withheld,
    set_aside,
)

__all__ = [
    "AsideReason",
    "bring_back",
    "bring_items_back",
    "count_asides",
    "find_withheld",
    "is_aside",
    "is_withheld",
    "set_aside",
]
