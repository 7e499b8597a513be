"""The rulebook as people read it: one view for the published page, for the preview beside the editor, for paper.

`read_through(rulebook)` brings examples to their clauses and clauses into the order in which they decide. It asks no
more of a rulebook than that it could be read, so that a draft with errors in it is shown too.
"""

from guiju.rulebooks.reading.model import Reading, Step
from guiju.rulebooks.reading.rules import numbered, order_steps, read_through

__all__ = ["Reading", "Step", "numbered", "order_steps", "read_through"]
