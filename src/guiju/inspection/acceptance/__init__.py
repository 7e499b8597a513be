"""The customer's acceptance: the requester looks at what our own inspection accepted, draws a sample of their own, and
signs: accepted, accepted with conditions, or sent back.

What is signed is a statement whose digest stands in the journal (`acceptance.signed`); it names the lots, the versions
of the rulebook and the digest of every answer that was accepted, so that it can be proven afterwards.
"""

from guiju.inspection.acceptance.actions import (
    judge_place,
    lay_places,
    open_acceptance,
)
from guiju.inspection.acceptance.model import (
    ACCEPTANCE_NAMES,
    Acceptance,
    AcceptanceState,
    Condition,
    Decision,
    Promise,
    Sizing,
    Statement,
)
from guiju.inspection.acceptance.reading import (
    Offer,
    Proof,
    SignedRow,
    get_acceptance,
    list_acceptances,
    look_at_offer,
    prove_acceptance,
    read_content,
    signed_acceptances,
)
from guiju.inspection.acceptance.signing import Said, meet_condition, sign_acceptance
from guiju.inspection.acceptance.store import waiting_lots
from guiju.inspection.acceptance.tables import acceptance as acceptance_table
from guiju.inspection.acceptance.tables import acceptance_condition as acceptance_condition_table
from guiju.inspection.acceptance.tables import acceptance_lot as acceptance_lot_table

__all__ = [
    "ACCEPTANCE_NAMES",
    "Acceptance",
    "AcceptanceState",
    "Condition",
    "Decision",
    "Offer",
    "Promise",
    "Proof",
    "Said",
    "SignedRow",
    "Sizing",
    "Statement",
    "acceptance_condition_table",
    "acceptance_lot_table",
    "acceptance_table",
    "get_acceptance",
    "judge_place",
    "lay_places",
    "list_acceptances",
    "look_at_offer",
    "meet_condition",
    "open_acceptance",
    "prove_acceptance",
    "read_content",
    "sign_acceptance",
    "signed_acceptances",
    "waiting_lots",
]
