"""A method as a plug-in brings it that foretells nothing: the majority without its probabilities."""

from guiju.stats.consensus.majority import METHOD as MAJORITY
from guiju.stats.consensus.methods import Method

METHOD = Method("silent", MAJORITY.fit)
