"""What inspection teaches of the work: which causes make most defects, and whether each person's and each label's share
of defective items is steady from lot to lot.

Nothing is stored: both are read from the verdicts that hold, so a defect that a dispute withdrew is in neither.
"""

from guiju.inspection.causes.actions import chart_shares, list_defective, weigh_causes
from guiju.inspection.causes.model import By, Charted, Of, Weighed, Where

__all__ = [
    "By",
    "Charted",
    "Of",
    "Weighed",
    "Where",
    "chart_shares",
    "list_defective",
    "weigh_causes",
]
