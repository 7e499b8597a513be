"""The trial: the same items answered by several, what that says about the rules, and the gate to production.

The report is computed on demand from the answers that hold. It serves any round with several answers an item, imported
work too; only a trial has a gate to decide.
"""

from guiju.work.trial.actions import (
    annotator_names,
    decide_gate,
    find_decision,
    find_trial,
    gate_of,
    is_gate_decided,
    make_report,
)
from guiju.work.trial.errors import (
    GateAlreadyDecided,
    GateNotReached,
    NotATrial,
    NothingToCompare,
    NoTrialYet,
    ReportIsStale,
    TrialStillBlind,
)
from guiju.work.trial.model import GateDecision, GateReading, TrialReport
from guiju.work.trial.rules import describe_report

__all__ = [
    "GateAlreadyDecided",
    "GateDecision",
    "GateNotReached",
    "GateReading",
    "NoTrialYet",
    "NotATrial",
    "NothingToCompare",
    "ReportIsStale",
    "TrialReport",
    "TrialStillBlind",
    "annotator_names",
    "decide_gate",
    "describe_report",
    "find_decision",
    "find_trial",
    "gate_of",
    "is_gate_decided",
    "make_report",
]
