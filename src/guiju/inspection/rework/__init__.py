"""To whom a rejected lot goes back: who made it, anybody else of the project's annotators, a team, or one person."""

from guiju.inspection.rework.errors import NotAReworker
from guiju.inspection.rework.model import ReworkTo, To

__all__ = ["NotAReworker", "ReworkTo", "To"]
