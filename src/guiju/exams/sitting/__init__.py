"""A paper is begun and answered: drawn for whoever begins, from what was put to them least."""

from guiju.exams.sitting.actions import answer_paper, begin_sitting

__all__ = ["answer_paper", "begin_sitting"]
