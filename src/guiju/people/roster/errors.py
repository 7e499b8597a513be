"""What is refused about a roster, as a whole and row by row."""

from collections.abc import Sequence

from guiju.kit import N_, Refusal
from guiju.people.roster.model import RowProblem


class RosterUnreadable(Refusal):
    code = "roster-unreadable"
    status = 422
    sentence = N_("“{file}” is not an Excel sheet or a CSV file in UTF-8 or GBK.")
    next_step = N_("Save the roster as .xlsx or as CSV and choose it again.")


class RosterEmpty(Refusal):
    code = "roster-empty"
    status = 422
    sentence = N_("There is nobody in “{file}”.")
    next_step = N_("Write a header (姓名, 邮箱, 团队 or name, email, team) and one person a row.")


class RosterColumnMissing(Refusal):
    code = "roster-column-missing"
    status = 422
    sentence = N_("The roster has no column {column}; it has: {found}.")
    next_step = N_("Write a header with 姓名 and 邮箱, or name and email.")


class RosterTooLong(Refusal):
    code = "roster-too-long"
    status = 413
    sentence = N_("The roster has {rows} people; one file may have {most}.")
    next_step = N_("Split it into several files.")


class RosterRefused(Refusal):
    """Some rows cannot be taken, so none was; `problems` has each with its reason."""

    code = "roster-refused"
    status = 422
    sentence = N_("{bad} of {rows} rows cannot be taken. No account was made.")
    next_step = N_("Correct these rows in the file and choose it again.")

    def __init__(self, problems: Sequence[RowProblem], rows: int) -> None:
        self.problems = tuple(problems)
        super().__init__(bad=len(self.problems), rows=rows, problems=[problem.facts for problem in self.problems])


class RowNameMissing(Refusal):
    code = "row-name-missing"
    status = 422
    sentence = N_("The row has no name.")
    next_step = N_("Write the person's name.")


class RowTwice(Refusal):
    code = "row-twice"
    status = 422
    sentence = N_("{email} stands in row {first} already.")
    next_step = N_("Keep one of the two rows.")


class RowAnswerUnclear(Refusal):
    code = "row-answer-unclear"
    status = 422
    sentence = N_("“{value}” is neither yes nor no.")
    next_step = N_("Write 是 or 否, yes or no, or leave it empty.")
