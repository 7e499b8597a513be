"""Lessons out of the published rulebook, in reading order: one for each label, one for each clause about no label.

Nobody writes them: definition, clauses in the order in which they decide, examples side by side, and questions on other
known answers. What was learnt is kept by person; what changed since is told as a lesson of its own, `news`.
"""
