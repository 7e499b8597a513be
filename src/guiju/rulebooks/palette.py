"""The colours that labels get where their rulebook says none: told apart by people with any sight of colour.

Okabe and Ito's (Color Universal Design, 2008) without black, with a grey at the end; a test holds how far apart they
are for protanopes, deuteranopes and tritanopes.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import cycle

from guiju.rulebooks.model import Label

PALETTE = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#f0e442", "#666666")


def coloured(labels: Iterable[Label]) -> Iterator[Label]:
    """The labels; those whose colour is "" have one that no other has said for its own, as far as there are any."""
    found = list(labels)
    said = {label.color.casefold() for label in found}
    free = cycle([colour for colour in PALETTE if colour not in said] or PALETTE)
    for label in found:
        yield label if label.color else replace(label, color=next(free))
