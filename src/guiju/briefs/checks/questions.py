"""What was asked and not answered."""

from collections.abc import Iterator
from datetime import date

from guiju.briefs.model import Brief, Gap, Severity
from guiju.kit import N_


def question_gaps(brief: Brief, today: date | None) -> Iterator[Gap]:
    for question in brief.questions:
        if question.answer.strip():
            continue
        late = today is not None and question.due is not None and question.due < today
        said = N_("Overdue since {due}: “{question}”") if late else N_("Still open: “{question}”")
        details = {"question": question.text, "due": question.due, "owner": question.owner or "–"}
        yield Gap("question-open", Severity.WARNING, "questions", said, N_("{owner} is to answer."), details)
