"""Exams, papers, sittings, and what a sitting came to."""

import enum
from dataclasses import dataclass

from guiju.kit import N_
from guiju.rulings.marking import Known
from guiju.work import TaskItem


class ExamState(enum.StrEnum):
    OPEN = "open"
    CLOSED = "closed"


class Feedback(enum.StrEnum):
    """When somebody who sits learns what was right."""

    AT_ONCE = "at-once"
    AT_END = "at-end"


FEEDBACK_NAMES = {
    Feedback.AT_ONCE: N_("at once, after each answer"),
    Feedback.AT_END: N_("at the end, with the result"),
}


class PassRule(enum.StrEnum):
    """What must reach the pass mark: the score, or the lower end of its 95% interval."""

    POINT = "point"
    LOWER = "lower95"


RULE_NAMES = {
    PassRule.POINT: N_("the score reaches the pass mark"),
    PassRule.LOWER: N_("the lower end of its 95% interval reaches the pass mark"),
}


@dataclass(frozen=True, slots=True)
class Settings:
    """How an exam is: `pass_mark` is a share, `seconds` the time for the whole paper (`None`: as long as it takes)."""

    size: int = 20
    pass_mark: float = 0.8
    rule: PassRule = PassRule.POINT
    seconds: int | None = None
    feedback: Feedback = Feedback.AT_END
    attempts: int = 3


@dataclass(frozen=True, slots=True)
class Exam:
    id: int
    project_id: int
    number: int
    state: ExamState
    settings: Settings
    created_at: int


@dataclass(frozen=True, slots=True)
class Sitting:
    """One person at one paper. `until` is when its time is over; figures are there once it ended.

    `low` and `high` are the 95% interval (Wilson) of the score; `overtime` says that its time was over before it was
    handed in.
    """

    id: int
    exam_id: int
    project_id: int
    account_id: int
    attempt: int
    rulebook_id: int
    round_id: int
    begun_at: int
    until: int | None
    ended_at: int | None = None
    overtime: bool = False
    answered: int | None = None
    score: float | None = None
    low: float | None = None
    high: float | None = None
    passed: bool | None = None

    @property
    def is_over(self) -> bool:
        return self.ended_at is not None


@dataclass(frozen=True, slots=True)
class Question:
    """One question of a paper; `score` and `labels` once it is marked."""

    sitting_id: int
    place: int
    reference_id: int
    item_id: int
    clause: str | None
    annotation_id: int | None = None
    score: float | None = None
    labels: tuple[tuple[str, float], ...] = ()
    marked_at: int | None = None


@dataclass(frozen=True, slots=True)
class Candidate:
    """A reference that a paper can draw: how often it was asked of this person, and how much newcomers lost on it."""

    known: Known
    asked: int = 0
    lost: float = 0.0
    tries: int = 0


@dataclass(frozen=True, slots=True)
class Supply:
    """What there is to be asked: in all, at the boundary, and by label, the fewest first."""

    total: int
    boundary: int
    labels: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Paper:
    """What is asked in a sitting, without what is right. `answered` are the items that have an answer."""

    sitting: Sitting
    exam: Exam
    version: str
    items: tuple[TaskItem, ...]
    answered: frozenset[int]


@dataclass(frozen=True, slots=True)
class Explained:
    """A marked question: what was answered, what is right (JSON by field), and why, by language."""

    question: Question
    item: TaskItem
    yours: str | None
    right: str
    clause: str | None
    note: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Result:
    """What a sitting came to. `superseded` names the version by which the rules changed their meaning meanwhile."""

    sitting: Sitting
    exam: Exam
    person: str
    version: str
    questions: tuple[Explained, ...]
    certified: bool
    superseded: str | None


@dataclass(frozen=True, slots=True)
class OpenPaper:
    """A paper that somebody is sitting, as their first page lists it."""

    project_id: int
    sitting_id: int
    exam: int
    size: int
    until: int | None


@dataclass(frozen=True, slots=True)
class Standing:
    """What one person may do about one exam now."""

    exam: Exam
    sittings: tuple[Sitting, ...]
    left: int
    certified: bool
    ready: bool
