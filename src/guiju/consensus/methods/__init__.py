"""The ways to resolve several answers: one file a way, one line here, simplest first."""

from guiju.consensus.methods.fitted import fitted
from guiju.consensus.methods.majority import majority
from guiju.consensus.model import Method

LEARNING = ("weighted", "one-coin", "dawid-skene", "glad", "mace")
"""Those that weigh annotators: for fields with one label to choose."""

METHODS: dict[str, Method] = {"majority": majority, **{name: fitted(name) for name in LEARNING}}

__all__ = ["LEARNING", "METHODS"]
