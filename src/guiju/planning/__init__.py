"""What needs the whole: the project's line of life, what moves it on, and a person's own work for today."""

from guiju.planning.actions import Day, Overview, look_at_day, look_at_project
from guiju.planning.model import Facts, NextStep, Said, Stage, StageState
from guiju.planning.rules import decide_line, decide_next
from guiju.planning.store import gather_facts

__all__ = [
    "Day",
    "Facts",
    "NextStep",
    "Overview",
    "Said",
    "Stage",
    "StageState",
    "decide_line",
    "decide_next",
    "gather_facts",
    "look_at_day",
    "look_at_project",
]
