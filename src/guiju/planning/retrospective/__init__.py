"""What a project was like: estimate against actual with reasons, where time went, defects, rule changes, what is left.

The program writes the figures, which are frozen with the version; the trainer adds their own words and signs. What is
finished, and no interim one, teaches the estimates of the like (`store.lessons_of`).
"""

from guiju.planning.retrospective.model import Figures, Retrospective, Section

__all__ = ["Figures", "Retrospective", "Section"]
