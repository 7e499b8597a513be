"""A lesson, and where a person is in it."""

import enum
from collections.abc import Mapping
from dataclasses import dataclass

from guiju.kit import N_
from guiju.rulebooks import Clause, Difference, Example, Label

NEWS = "news"


class Progress(enum.StrEnum):
    OPEN = "open"
    LEARNT = "learnt"
    CHANGED = "changed"


PROGRESS_NAMES = {
    Progress.OPEN: N_("not yet taken"),
    Progress.LEARNT: N_("learnt"),
    Progress.CHANGED: N_("changed since"),
}


def key_of(example: Example) -> str:
    """The key of the reference that is made of it."""
    return f"example:{example.id[:40]}"


@dataclass(frozen=True, slots=True)
class Lesson:
    """One label, or one clause that is about none: `clauses` in the order in which they decide, some `examples`.

    `depth` is how far down the tree of labels it stands; `digest` is of what it says, so that a change is noticed.
    """

    key: str
    label: Label | None
    clauses: tuple[Clause, ...]
    examples: tuple[Example, ...]
    depth: int
    digest: str

    @property
    def labels(self) -> tuple[str, ...]:
        return (self.label.id,) if self.label is not None else ()

    @property
    def clause_ids(self) -> tuple[str, ...]:
        return tuple(clause.id for clause in self.clauses)

    @property
    def shown(self) -> tuple[str, ...]:
        """The keys of the references that it shows: its questions are about others."""
        return tuple(map(key_of, self.examples))


@dataclass(frozen=True, slots=True)
class News:
    """What changed since the version `since` that was learnt, the heaviest first."""

    since: str
    changes: tuple[Difference, ...]
    labels: tuple[str, ...]
    clauses: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Course:
    """All lessons in reading order with a person's progress in each, and what is new to them."""

    lessons: tuple[Lesson, ...]
    progress: Mapping[str, Progress]
    questions: Mapping[str, int]
    news: News | None

    @property
    def learnt(self) -> int:
        return sum(1 for each in self.progress.values() if each is Progress.LEARNT)

    @property
    def next(self) -> str | None:
        """The lesson to take now: what is new first, then the first that is not learnt."""
        if self.news is not None:
            return NEWS
        return next((one.key for one in self.lessons if self.progress[one.key] is not Progress.LEARNT), None)

    def after(self, key: str) -> str | None:
        """The first lesson behind this one that is not learnt; else the first of all."""
        keys = [one.key for one in self.lessons]
        behind = keys[keys.index(key) + 1 :] if key in keys else keys
        return next((each for each in behind if self.progress[each] is not Progress.LEARNT), self.next)
