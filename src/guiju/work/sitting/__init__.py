"""Rounds for one annotator alone: a paper that is sat, in the workbench or handed in by a program."""

from guiju.work.sitting.actions import answer_item, open_for_one

__all__ = ["answer_item", "open_for_one"]
