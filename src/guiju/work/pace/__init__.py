"""How long the answers of a round took, annotator by annotator, and what its suggestions were worth.

Active time is the page's own (pauses and time out of sight do not count), cut by the server to what is possible.
"""

from guiju.work.pace.actions import describe_pace, make_pace
from guiju.work.pace.model import LabelLine, Pace, PaceReport
from guiju.work.pace.store import done_today, outcomes_of

__all__ = ["LabelLine", "Pace", "PaceReport", "describe_pace", "done_today", "make_pace", "outcomes_of"]
