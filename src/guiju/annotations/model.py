"""Who annotates, why, and what came of it."""

import enum
from dataclasses import dataclass

from guiju.kit import N_


class AnnotatorKind(enum.StrEnum):
    PERSON = "person"
    MODEL = "model"
    PRODUCT = "product"
    # Somebody known only by name, from a file of others' work.
    IMPORT = "import"


class RoundKind(enum.StrEnum):
    """Why items are being annotated."""

    IMPORT = "import"
    EXAM = "exam"
    PRACTICE = "practice"
    TRIAL = "trial"
    PRODUCTION = "production"
    # known answers that a production round has mixed in unseen: answered through it, kept apart from it
    GOLD = "gold"
    REWORK = "rework"
    RECHECK = "recheck"
    ADJUDICATION = "adjudication"
    ACCEPTANCE = "acceptance"
    TEST = "test"
    MONITOR = "monitor"

    @property
    def is_learning(self) -> bool:
        """Whether it asks what is known already, so that nothing comes of it but what the annotator has learnt."""
        return self in {RoundKind.EXAM, RoundKind.PRACTICE, RoundKind.GOLD}

    @property
    def resolves_at_once(self) -> bool:
        """Whether one answer stands by itself as soon as it is given (when the round asks for one answer)."""
        return self in {RoundKind.IMPORT, RoundKind.PRODUCTION, RoundKind.REWORK, RoundKind.RECHECK}


ROUND_NAMES = {
    RoundKind.IMPORT: N_("Imported work"),
    RoundKind.EXAM: N_("Exam"),
    RoundKind.PRACTICE: N_("Practice"),
    RoundKind.TRIAL: N_("Trial"),
    RoundKind.PRODUCTION: N_("Production"),
    RoundKind.GOLD: N_("Known answers"),
    RoundKind.REWORK: N_("Rework"),
    RoundKind.RECHECK: N_("Recheck"),
    RoundKind.ADJUDICATION: N_("Adjudication"),
    RoundKind.ACCEPTANCE: N_("Acceptance"),
    RoundKind.TEST: N_("Model test"),
    RoundKind.MONITOR: N_("Monitoring"),
}


class RoundState(enum.StrEnum):
    DRAFT = "draft"
    OPEN = "open"
    PAUSED = "paused"
    CLOSED = "closed"


STATE_NAMES = {
    RoundState.DRAFT: N_("being filled"),
    RoundState.OPEN: N_("open"),
    RoundState.PAUSED: N_("paused"),
    RoundState.CLOSED: N_("closed"),
}


class Origin(enum.StrEnum):
    """Where a resolution comes from."""

    ANNOTATION = "annotation"
    CONSENSUS = "consensus"
    RULING = "ruling"


@dataclass(frozen=True, slots=True)
class Annotator:
    id: int
    kind: AnnotatorKind
    account_id: int | None
    name: str


@dataclass(frozen=True, slots=True)
class Round:
    id: int
    project_id: int
    kind: RoundKind
    number: int
    rulebook_id: int
    state: RoundState
    overlap: int
    gate: str | None
    lot_id: int | None
    created_at: int
    closed_at: int | None
    suggest_round_id: int | None = None
    suggest_annotator_id: int | None = None
    shows_record: bool = False
    certified: bool = False
    until: int | None = None
    least: int = 1
    asks: bool = False

    @property
    def suggests(self) -> bool:
        """Whether its tasks come with suggestions; a round that names no source of them is blind."""
        return self.shows_record or self.suggest_round_id is not None or self.suggest_annotator_id is not None


@dataclass(frozen=True, slots=True)
class Annotation:
    """The revision that holds, of one annotator on one item in one round. `answers` is `{field: answer}` in JSON.

    `clauses` are the ids of those that it cites, with commas between them.
    """

    id: int
    round_id: int
    item_id: int
    annotator_id: int
    revision: int
    answers: str
    active_ms: int | None
    at: int
    clauses: str | None = None


@dataclass(frozen=True, slots=True)
class Resolution:
    """The answer of record for an item. `answers` is `{field: answer}` in JSON."""

    id: int
    item_id: int
    rulebook_id: int
    round_id: int
    origin: Origin
    annotation_id: int | None
    annotator_id: int | None
    answers: str
    confidence: float | None
    at: int
