"""Suggestions: where a round takes them from, what is handed out with a task, and what became of it."""

import enum
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Policy:
    """Where a round's suggestions come from: a round, one annotator, or one annotator's answers of a round.

    Neither is a blind round. An annotator without a round means the newest answer that they gave in any round.
    """

    round_id: int | None = None
    annotator_id: int | None = None

    @property
    def blind(self) -> bool:
        return self.round_id is None and self.annotator_id is None


BLIND = Policy()
# The kind of a suggestion that is what holds for an item, whoever said it.
RECORD = "record"


@dataclass(frozen=True, slots=True)
class Source:
    """What suggestions can come from: a round with one answer an item, or somebody's newest answers.

    `name` is a msgid for a round (with its `number`), else what the annotator is called.
    """

    policy: Policy
    name: str
    number: int | None
    kind: str

    @property
    def key(self) -> str:
        """As a form or a command says it: `round-3`, `annotator-7`."""
        return f"round-{self.policy.round_id}" if self.policy.round_id else f"annotator-{self.policy.annotator_id}"


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Somebody's earlier answers, handed out with a task. `scores` are `{field: {part: score}}`, all in [0, 1]."""

    annotator: str
    kind: str
    answers: Any
    confidence: float | None
    scores: Any


class Outcome(enum.StrEnum):
    """What an annotator made of a suggestion. Without one there is no outcome, and no row."""

    ACCEPTED = "accepted"
    CORRECTED = "corrected"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True)
class Count:
    """Parts of a suggestion that stayed as they were, were changed, were taken away, and parts that came new."""

    kept: int = 0
    changed: int = 0
    removed: int = 0
    added: int = 0

    def plus(self, other: "Count") -> "Count":
        return Count(
            self.kept + other.kept,
            self.changed + other.changed,
            self.removed + other.removed,
            self.added + other.added,
        )


@dataclass(frozen=True, slots=True)
class Comparison:
    """A suggestion beside the answer that was given: in all, by label, and how much of it was never shown."""

    outcome: Outcome
    total: Count
    labels: Mapping[str, Count]
    hidden: int
