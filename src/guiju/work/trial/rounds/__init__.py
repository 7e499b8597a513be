"""Two rounds of a trial compared: did the amendment help? Decided by a test that fits what the two have in common."""

from guiju.work.trial.rounds.actions import compare_trials, earlier_trial
from guiju.work.trial.rounds.errors import NoEarlierTrial, OtherProject, SameRound
from guiju.work.trial.rounds.model import Comparison, FieldChange, LabelChange, Side
from guiju.work.trial.rounds.rules import VERDICTS, describe_comparison

__all__ = [
    "VERDICTS",
    "Comparison",
    "FieldChange",
    "LabelChange",
    "NoEarlierTrial",
    "OtherProject",
    "SameRound",
    "Side",
    "compare_trials",
    "describe_comparison",
    "earlier_trial",
]
