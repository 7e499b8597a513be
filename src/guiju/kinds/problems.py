"""The problems that more than one kind can have, so that they have one code and one sentence."""

from collections.abc import Callable
from typing import TypeAlias

from guiju.kinds.model import Problem
from guiju.kit import N_

MakeProblem: TypeAlias = Callable[..., Problem]


def problem(code: str, sentence: str, next_step: str) -> MakeProblem:
    """A maker of problems of one code: call it with the places to fill in."""

    def make(**details: object) -> Problem:
        return Problem(code, sentence, next_step, details)

    return make


unknown_label = problem(
    "unknown-label",
    N_("The rulebook has no label “{label}” in “{field}”."),
    N_("Choose a label of this rulebook version, or ask the trainer to add it."),
)
field_missing = problem(
    "field-missing",
    N_("“{field}” must be answered."),
    N_("Answer it, then submit again."),
)
unknown_field = problem(
    "unknown-field",
    N_("The rulebook does not ask for “{field}”."),
    N_("Reload the item: the rulebook may have a newer version."),
)
wrong_kind = problem(
    "wrong-kind",
    N_("“{field}” asks for an answer of kind “{expected}”, not “{given}”."),
    N_("Reload the item: the rulebook may have a newer version."),
)
wrong_media = problem(
    "wrong-media",
    N_("An answer of kind “{given}” does not fit an item of type “{media}”."),
    N_("Ask the trainer to give this field another kind."),
)
not_asked = problem(
    "not-asked",
    N_("“{field}” is answered, though the condition under which it is asked does not hold."),
    N_("Take the answer away."),
)
part_not_asked = problem(
    "part-not-asked",
    N_("“{field}” is answered for “{shape}”, of which it is not asked."),
    N_("Take that answer away."),
)
no_such_part = problem(
    "no-such-part",
    N_("“{field}” is answered for “{shape}”, which this item does not have."),
    N_("Take that answer away, or reload the item."),
)
parts_missing = problem(
    "parts-missing",
    N_("“{field}” has no answer for {count} parts, the first of them “{shape}”."),
    N_("Answer it there, then submit again."),
)
wrong_parts = problem(
    "wrong-parts",
    N_("“{field}” is asked of each “{expected}”, not of each “{given}”."),
    N_("Reload the item: the rulebook may have a newer version."),
)
