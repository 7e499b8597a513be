"""Disputes: an annotator holds that what an inspector found on their work is no defect, and somebody else rules.

A defect that is withdrawn becomes a pass in a new revision of its verdict, so that every figure that reads verdicts is
right by itself; the decision on a lot stands as it was taken until somebody reopens the lot. What the ruling says is
right becomes a reference.
"""

from guiju.inspection.disputes.actions import (
    list_disputes,
    list_my_findings,
    raise_dispute,
    reopen_lot,
    rule_dispute,
)
from guiju.inspection.disputes.errors import (
    DisputedAlready,
    DisputeEmpty,
    DisputeNotFound,
    DisputeRuled,
    NothingToDispute,
    NotYourFinding,
    RejectionStands,
    ReworkBegun,
    RulesOnOwnVerdict,
)
from guiju.inspection.disputes.model import Dispute, DisputeRuling, DisputeState, MyFinding

__all__ = [
    "Dispute",
    "DisputeEmpty",
    "DisputeNotFound",
    "DisputeRuled",
    "DisputeRuling",
    "DisputeState",
    "DisputedAlready",
    "MyFinding",
    "NotYourFinding",
    "NothingToDispute",
    "RejectionStands",
    "ReworkBegun",
    "RulesOnOwnVerdict",
    "list_disputes",
    "list_my_findings",
    "raise_dispute",
    "reopen_lot",
    "rule_dispute",
]
