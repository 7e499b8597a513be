"""What is known to be right, and an answer marked against it.

`list_known` gives the references that can be asked about under a version of the rulebook, `seat_known` an item to each
that is a text of the rulebook, `mark_answers` partial credit by the kinds' own distance, `explain` why it is right.
"""

from guiju.rulings.marking.actions import seat_known
from guiju.rulings.marking.model import Known, Marked
from guiju.rulings.marking.rules import labels_in, mark_answers
from guiju.rulings.marking.store import explain, known_of, list_known

__all__ = ["Known", "Marked", "explain", "known_of", "labels_in", "list_known", "mark_answers", "seat_known"]
