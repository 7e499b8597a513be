"""A roster's rows, what is wrong with some, and what came of them."""

from dataclasses import dataclass

from guiju.kit import Refusal


@dataclass(frozen=True, slots=True)
class RosterRow:
    """One person of a roster; `row` is the line of the sheet, counted from 1 as spreadsheets do."""

    row: int
    name: str
    email: str
    team: str
    may_open_projects: bool


@dataclass(frozen=True, slots=True)
class RowProblem:
    """Why a row cannot be taken."""

    row: int
    refusal: Refusal

    @property
    def facts(self) -> dict[str, object]:
        """The problem for a program."""
        return {"row": self.row, "code": self.refusal.code, "message": str(self.refusal)}


@dataclass(frozen=True, slots=True)
class Handout:
    """A first password to hand to one person: shown once, kept nowhere."""

    account_id: int
    name: str
    email: str
    team: str
    password: str
