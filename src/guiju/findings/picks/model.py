"""Which items were picked, why, and what was done about them."""

import enum
from collections.abc import Mapping
from dataclasses import dataclass

from guiju.kit import N_


class Of(enum.StrEnum):
    """The finding that the items are picked from."""

    DOUBTS = "doubts"
    CONTRARY = "contrary"
    SCENE = "scene"
    LABEL = "label"
    TOGETHER = "together"
    FAR = "far"
    RECHECK = "recheck"
    RULE = "rule"
    SEARCH = "search"
    GIVEN = "given"


REASONS = {
    Of.DOUBTS: N_("Their label in “{field}” is unlike that of items like them."),
    Of.CONTRARY: N_("They say nearly the same and are labelled differently in “{field}”."),
    Of.SCENE: N_("They are of one scene, “{scene}”, and have mixed labels in “{field}”."),
    Of.LABEL: N_("All of them are labelled “{label}” in “{field}”."),
    Of.TOGETHER: N_("They are labelled “{label}” and “{other}” at once."),
    Of.FAR: N_("Nobody has labelled anything like them."),
    Of.RECHECK: N_("A second look at them came to another answer."),
    Of.RULE: N_("A change of the rulebook touches them."),
    Of.SEARCH: N_("A search found them."),
    Of.GIVEN: N_("They were picked by hand."),
}
ASKS = {
    Of.DOUBTS: N_("Which label is right, and by which clause?"),
    Of.CONTRARY: N_("Which label holds for all of them, and by which clause?"),
    Of.SCENE: N_("What tells these labels apart here, and by which clause?"),
    Of.LABEL: N_("Is this one label, or are there several in it?"),
    Of.TOGETHER: N_("May both stand on one item, and when?"),
    Of.FAR: N_("Do they belong to the task, and under which label?"),
}
ASK = N_("What holds for them, and by which clause?")


class Deed(enum.StrEnum):
    """What was done about picked items."""

    RECHECK = "recheck"
    QUESTION = "question"
    CLAUSE = "clause"
    EXAMPLE = "example"
    TRIAL = "trial"
    NEXT = "next"


DEED_NAMES = {
    Deed.RECHECK: N_("A recheck was opened"),
    Deed.QUESTION: N_("A question was asked"),
    Deed.CLAUSE: N_("A clause went into the rulebook’s draft"),
    Deed.EXAMPLE: N_("A boundary example went into the rulebook’s draft"),
    Deed.TRIAL: N_("A trial was opened"),
    Deed.NEXT: N_("They were put first in line"),
}


@dataclass(frozen=True, slots=True)
class Done:
    """One act on a pick: `subject` is the round or the question, `said` the clause or the example."""

    deed: Deed
    subject: int | None
    said: str
    by: int
    at: int


@dataclass(frozen=True, slots=True)
class Pick:
    """`details` fill the reason's places: `field`, `label`, `other`, `scene`; a search's `link`, a hand's `words`."""

    id: int
    project_id: int
    of: Of
    details: Mapping[str, str]
    items: tuple[int, ...]
    created_by: int
    created_at: int
