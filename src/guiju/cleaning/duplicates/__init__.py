"""Near-duplicates: items that say or show nearly the same, as groups that people decide on.

Texts are compared by MinHash and then exactly, pictures and sounds by signatures of bits. A group that was decided
stays as it is when new items come: they join it, and wait. `split_keys` gives every item the key by which a split must
keep it with the items that it is like.
"""

from guiju.cleaning.duplicates.store import near_items

__all__ = ["near_items"]
