"""What the labels of one rulebook are in another: suggested, decided by a trainer, remembered for the next project.

`find_mapping` gives draws what was decided; `Mapping.apply` says an answer in the other rulebook's labels.
"""

from guiju.bank.mapping.actions import decide_mapping, forget_mapping, list_mappings, read_mapping
from guiju.bank.mapping.model import Applied, How, Line, Mapping, Suggestion
from guiju.bank.mapping.store import find_mapping

__all__ = [
    "Applied",
    "How",
    "Line",
    "Mapping",
    "Suggestion",
    "decide_mapping",
    "find_mapping",
    "forget_mapping",
    "list_mappings",
    "read_mapping",
]
