"""Parts of a package, such as train, validation and test: nothing alike stands in two of them.

`plan_parts` is pure: groups, labels, shares and a seed in, a part for every item out. What makes a group is read in
`store`: near-duplicates, pieces of one original, the values of columns that the trainer names.
"""

from guiju.delivery.splits.errors import BadSplits, GroupColumnAbsent
from guiju.delivery.splits.model import Splits
from guiju.delivery.splits.rules import DEFAULT_SHARES, check_splits, plan_parts, read_shares

__all__ = [
    "DEFAULT_SHARES",
    "BadSplits",
    "GroupColumnAbsent",
    "Splits",
    "check_splits",
    "plan_parts",
    "read_shares",
]
