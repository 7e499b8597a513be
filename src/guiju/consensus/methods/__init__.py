"""The ways to resolve several answers: one file a way, one line here."""

from guiju.consensus.methods.majority import decide_by_majority
from guiju.consensus.model import Method

METHODS: dict[str, Method] = {"majority": decide_by_majority}

__all__ = ["METHODS"]
