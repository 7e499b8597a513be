"""Decisions about waiting questions: whose they are, when they are overdue, which become one. Pure."""

from collections.abc import Collection, Mapping, Sequence

from guiju.people import Role
from guiju.rulings.model import Question, QuestionState
from guiju.rulings.waiting.errors import HoursOutside, NothingToMerge, QuestionElsewhere, QuestionNotOpen
from guiju.rulings.waiting.model import HOUR, MOST_HOURS, Candidate, Merge

_RANKS = (Role.EXPERT, Role.TRAINER, Role.REQUESTER)


def rank_of(roles: Role) -> int | None:
    """Who is asked first: an expert, then a trainer, then the requester; nobody else rules."""
    return next((rank for rank, role in enumerate(_RANKS) if roles & role), None)


def decide_owner(candidates: Sequence[Candidate], asked_by: int, annotated: Collection[int]) -> int | None:
    """Who owns a new question: of the first rank that there is, the one with the fewest open questions.

    Not whoever asked, nor anybody who annotated the item: nobody rules on their own work.
    """
    fitting = [each for each in candidates if each.account_id != asked_by and each.account_id not in annotated]
    best = min(fitting, key=lambda each: (each.rank, each.open, each.account_id), default=None)
    return best.account_id if best else None


def overdue_before(at: int, hours: int) -> int:
    """Questions asked before this moment are overdue at `at`."""
    return at - hours * HOUR


def check_hours(hours: int) -> int:
    """Raises `HoursOutside`."""
    if not 1 <= hours <= MOST_HOURS:
        raise HoursOutside(hours=hours, most=MOST_HOURS)
    return hours


def plan_merge(into: Question, others: Sequence[Question], merged: Mapping[int, Sequence[int]]) -> Merge:
    """Which questions become one with `into`; `merged` is what each of the others already stands for.

    Only open questions are merged, into one that stands for itself. Raises `NothingToMerge`, `QuestionElsewhere`,
    `QuestionNotOpen`.
    """
    if into.state is QuestionState.MERGED:
        raise QuestionNotOpen(question=into.id)
    named = [each for each in others if each.id != into.id]
    if not named:
        raise NothingToMerge
    for each in named:
        if each.project_id != into.project_id:
            raise QuestionElsewhere(question=each.id)
        if each.state is not QuestionState.OPEN:
            raise QuestionNotOpen(question=each.id)
    along = [one for each in named for one in merged.get(each.id, ())]
    questions = tuple(sorted({*(each.id for each in named), *along}))
    return Merge(into.id, questions, into.state is QuestionState.ANSWERED)
