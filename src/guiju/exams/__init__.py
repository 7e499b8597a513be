"""Exams: papers drawn from what is known to be right, sat in the workbench or by a program, marked, and certified.

An exam is how papers are drawn and what passes. Whoever begins gets a paper and a round of their own; what they answer
there is marked against the references by the kinds' own distance. A pass is a certificate in people
(`guiju.people.qualifications`), which rounds can demand, and which lapses when the rules change their meaning.
Coaching reads `marks_of_account` and leaves out what `held_by_open_papers` names.
"""

from guiju.exams.actions import Given, open_exam, set_exam_state
from guiju.exams.errors import (
    AlreadyCertified,
    ExamClosed,
    ExamNotFound,
    HandedIn,
    MarkOutOfReach,
    NoAttemptsLeft,
    NotAnswered,
    NotOnPaper,
    SettingsImpossible,
    SittingNotFound,
    TellsAtEnd,
    TooFewReferences,
)
from guiju.exams.marking import SUBSCRIBERS, hand_in, mark_question, settle_overdue
from guiju.exams.model import Exam, ExamState, Feedback, OpenPaper, Paper, PassRule, Result, Settings, Sitting
from guiju.exams.reading import list_certificates, read_exams, read_paper, read_result, read_roll
from guiju.exams.sitting import answer_paper, begin_sitting
from guiju.exams.store import held_by_open_papers, items_asked, marks_of_account, open_papers

__all__ = [
    "SUBSCRIBERS",
    "AlreadyCertified",
    "Exam",
    "ExamClosed",
    "ExamNotFound",
    "ExamState",
    "Feedback",
    "Given",
    "HandedIn",
    "MarkOutOfReach",
    "NoAttemptsLeft",
    "NotAnswered",
    "NotOnPaper",
    "OpenPaper",
    "Paper",
    "PassRule",
    "Result",
    "Settings",
    "SettingsImpossible",
    "Sitting",
    "SittingNotFound",
    "TellsAtEnd",
    "TooFewReferences",
    "answer_paper",
    "begin_sitting",
    "hand_in",
    "held_by_open_papers",
    "items_asked",
    "list_certificates",
    "mark_question",
    "marks_of_account",
    "open_exam",
    "open_papers",
    "read_exams",
    "read_paper",
    "read_result",
    "read_roll",
    "set_exam_state",
    "settle_overdue",
]
