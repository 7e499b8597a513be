"""Questions, what was ruled on them, and the right answers that are known."""

import enum
from dataclasses import dataclass


class QuestionState(enum.StrEnum):
    OPEN = "open"
    ANSWERED = "answered"
    MERGED = "merged"


class ReferenceOrigin(enum.StrEnum):
    """Where a known right answer comes from: the rulebook, a ruling, or a file that came with it.

    What an inspector's verdict corrected is known to be right for the one who answered: they practise it, and nobody is
    marked by it.
    """

    EXAMPLE = "example"
    RULING = "ruling"
    GOLD = "gold"
    VERDICT = "verdict"


SHARED = (ReferenceOrigin.EXAMPLE, ReferenceOrigin.RULING, ReferenceOrigin.GOLD)
"""What anybody may be marked by."""


@dataclass(frozen=True, slots=True)
class Question:
    """Something an annotator could not decide by the rulebook, about an item or in general."""

    id: int
    project_id: int
    item_id: int | None
    round_id: int | None
    asked_by: int
    text: str
    clause: str | None
    state: QuestionState
    at: int
    # what it is about where that are several items; then `item_id` is `None`
    items: tuple[int, ...] = ()
    # the labels between which whoever asked hesitates
    labels: tuple[str, ...] = ()
    owner_id: int | None = None
    merged_into: int | None = None

    @property
    def about(self) -> tuple[int, ...]:
        """The items that it is about."""
        return (self.item_id,) if self.item_id is not None else self.items


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which questions are looked for: `owner` 0 means nobody's, `before` those asked earlier than that moment."""

    state: QuestionState = QuestionState.OPEN
    owner: int | None = None
    clause: str = ""
    label: str = ""
    words: str = ""
    before: int | None = None


@dataclass(frozen=True, slots=True)
class Alike:
    """An open question about `shared` of the same items."""

    id: int
    text: str
    shared: int


@dataclass(frozen=True, slots=True)
class Ruling:
    """The final word on a question, the clause it rests on, and the item's right answers (JSON) if they were given."""

    id: int
    project_id: int
    question_id: int | None
    item_id: int | None
    text: str
    clause: str | None
    answers: str | None
    ruled_by: int
    at: int


@dataclass(frozen=True, slots=True)
class RuledAnswer:
    """What somebody rules to be right about an item (JSON), in which round, by which clause; `annotation_id` is the
    annotation that was picked, where one was picked as it is.
    """

    project_id: int
    round_id: int
    item_id: int
    rulebook_id: int
    answers: str
    clause: str | None
    annotation_id: int | None = None


@dataclass(frozen=True, slots=True)
class Precedent:
    """A ruling to go by, with the question that it answers, if one was asked."""

    ruling: Ruling
    question: str | None


@dataclass(frozen=True, slots=True)
class Answered:
    """A question of one's own and its ruling, if there is one yet."""

    question: Question
    ruling: Ruling | None
