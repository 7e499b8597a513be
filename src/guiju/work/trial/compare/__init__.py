"""What the answers to one field say about agreement: by label, by pair of annotators, by item; the confusions.

It brings NumPy along, so whoever needs a report imports it then.
"""

from guiju.kinds.marked import NOTHING
from guiju.work.trial.compare.parts import agreement_of_parts, compare_parts
from guiju.work.trial.compare.rules import agreement_of_field, compare_field
from guiju.work.trial.compare.table import confused

__all__ = ["NOTHING", "agreement_of_field", "agreement_of_parts", "compare_field", "compare_parts", "confused"]
