"""Coaching: practice that comes back spaced, lessons out of the rulebook, and what a person can do.

Practice asks what the project knows the right answer of (examples, rulings) and marks each answer at once with the
clause that says why. It is no work: its answers are in this room's own tables, where neither consensus nor a lot nor
pay reads them. `look_at_practice` says what is due, `ask_next` asks, `practise` marks.
"""

from guiju.coaching.actions import Practised, Said, open_practice, practise
from guiju.coaching.errors import (
    CardHeldByExam,
    CardNotFound,
    LessonNotFound,
    NothingOfThatName,
    NothingToPractise,
    PersonNotInProject,
    PracticeMovedOn,
    SkillsNotYours,
)
from guiju.coaching.model import Card, Known, Memory, Standing
from guiju.coaching.reading import Desk, Wanted, ask_next, lay_desk, look_at_practice
from guiju.coaching.store import due_by_project
from guiju.coaching.tables import practice_answer as practice_answer_table
from guiju.coaching.tables import practice_card as practice_card_table

__all__ = [
    "Card",
    "CardHeldByExam",
    "CardNotFound",
    "Desk",
    "Known",
    "LessonNotFound",
    "Memory",
    "NothingOfThatName",
    "NothingToPractise",
    "PersonNotInProject",
    "PracticeMovedOn",
    "Practised",
    "Said",
    "SkillsNotYours",
    "Standing",
    "Wanted",
    "ask_next",
    "due_by_project",
    "lay_desk",
    "look_at_practice",
    "open_practice",
    "practice_answer_table",
    "practice_card_table",
    "practise",
]
