"""What the answers to one field say about agreement: by label, by pair of annotators, by item; the confusions."""

from guiju.kinds.marked import NOTHING
from guiju.work.trial.compare.parts import compare_parts
from guiju.work.trial.compare.rules import compare_field, confused

__all__ = ["NOTHING", "compare_field", "compare_parts", "confused"]
