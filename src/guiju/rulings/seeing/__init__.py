"""Who has seen which ruling, and when: everybody who works by the rulebook sees each ruling once, on record."""

from guiju.rulings.seeing.actions import mark_seen, read_seen, unseen_in, unseen_rulings
from guiju.rulings.seeing.model import SeenBy, Unseen
from guiju.rulings.seeing.store import note_seen

__all__ = ["SeenBy", "Unseen", "mark_seen", "note_seen", "read_seen", "unseen_in", "unseen_rulings"]
