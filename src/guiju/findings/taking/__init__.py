"""A ruling is taken up: its item as an example, or its words as a clause, in the rulebook's draft."""

from guiju.findings.taking.actions import As, take_up_ruling

__all__ = ["As", "take_up_ruling"]
