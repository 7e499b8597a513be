"""The labels that answers of record give to items: kept beside the resolutions, brought up to them on demand."""

from guiju.findings.marks.actions import COUNT_MARKS, bring_up, count_all, run_count
from guiju.findings.marks.store import known_labels, labels_of_items, list_labels
from guiju.findings.marks.tables import label_mark as label_mark_table

__all__ = [
    "COUNT_MARKS",
    "bring_up",
    "count_all",
    "known_labels",
    "label_mark_table",
    "labels_of_items",
    "list_labels",
    "run_count",
]
