"""How long the answers of a round took, annotator by annotator, and what its suggestions were worth.

Active time is the page's own (pauses and time out of sight do not count), cut by the server to what is possible.
"""

from guiju.work.pace.actions import describe_pace, make_pace, usual_pace
from guiju.work.pace.model import LabelLine, Pace, PaceReport
from guiju.work.pace.store import OpenWork, done_today, list_open_work, outcomes_of

__all__ = [
    "LabelLine",
    "OpenWork",
    "Pace",
    "PaceReport",
    "describe_pace",
    "done_today",
    "list_open_work",
    "make_pace",
    "outcomes_of",
    "usual_pace",
]
