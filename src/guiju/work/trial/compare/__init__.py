"""What the answers to one field say about agreement: by label, by pair of annotators, by item; the confusions.

It brings NumPy along, so whoever needs a report imports it then.
"""

from guiju.kinds.marked import NOTHING
from guiju.work.trial.compare.parts import compare_parts, part_rows
from guiju.work.trial.compare.rules import compare_field, table_of
from guiju.work.trial.compare.table import confused

__all__ = ["NOTHING", "compare_field", "compare_parts", "confused", "part_rows", "table_of"]
