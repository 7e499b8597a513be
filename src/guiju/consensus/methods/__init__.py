"""The ways to resolve several answers: one file a way, one line here, simplest first; and how the rest is merged."""

from guiju.consensus.methods.fitted import fitted
from guiju.consensus.methods.merging import MERGES, OWN
from guiju.consensus.model import Method

LEARNING = ("weighted", "one-coin", "dawid-skene", "glad", "mace")
"""Those that weigh annotators: for fields with one label to choose."""

METHODS: dict[str, Method] = {name: fitted(name) for name in ("majority", *LEARNING)}

__all__ = ["LEARNING", "MERGES", "METHODS", "OWN"]
