"""A trial's report as a document that is handed on: Word, PDF or a page, with the annotators' names or without."""

from guiju.work.trial.paper.actions import write_paper

__all__ = ["write_paper"]
