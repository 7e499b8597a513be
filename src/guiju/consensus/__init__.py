"""Several answers → a resolution, with its confidence: `resolve_round(house, actor, round_id, method="majority")`.

What the answers do not decide is left open and named; what an expert ruled stands.
"""

from guiju.consensus.actions import advise_on, choose_and_resolve, resolve_round
from guiju.consensus.errors import NothingToResolve, RoundStillOpen, UnknownMethod
from guiju.consensus.methods import METHODS
from guiju.consensus.model import Outcome

__all__ = [
    "METHODS",
    "NothingToResolve",
    "Outcome",
    "RoundStillOpen",
    "UnknownMethod",
    "advise_on",
    "choose_and_resolve",
    "resolve_round",
]
