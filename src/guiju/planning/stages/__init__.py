"""How long the work waits between its stages, and what waits now, for whom, since when.

A lot's times are exact. How long an answer waited until it was drawn is read of the lots' samples, each place standing
for as many items as its lot has for one place: they were drawn at random, so nothing is guessed but the third digit.
"""

from guiju.planning.stages.actions import dated, look_at_stages, look_at_waiting
from guiju.planning.stages.model import STAGE_NAMES, WAIT_NAMES, SlowLot, StageTime, Wait, WaitKind

__all__ = [
    "STAGE_NAMES",
    "WAIT_NAMES",
    "SlowLot",
    "StageTime",
    "Wait",
    "WaitKind",
    "dated",
    "look_at_stages",
    "look_at_waiting",
]
