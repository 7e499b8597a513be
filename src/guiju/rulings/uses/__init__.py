"""What rulings became: examples and clauses of the rulebook's draft, on record so that nothing is taken up twice."""

from guiju.rulings.uses.actions import Ruled, get_ruled, note_use
from guiju.rulings.uses.model import USE_NAMES, Use, UseKind

__all__ = ["USE_NAMES", "Ruled", "Use", "UseKind", "get_ruled", "note_use"]
