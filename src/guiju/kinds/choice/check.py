"""What can be wrong with a choice."""

from collections import Counter

from guiju.kinds.choice.shape import Choice, ChoiceOptions
from guiju.kinds.model import FieldShape, ItemShape, Problem
from guiju.kinds.problems import problem, unknown_label
from guiju.kit import N_

none_chosen = problem(
    "none-chosen",
    N_("No label is chosen in “{field}”."),
    N_("Choose one, or ask the trainer if none fits."),
)
several_chosen = problem(
    "several-chosen",
    N_("“{field}” takes one label, and {count} are chosen."),
    N_("Keep the one that fits best."),
)
label_twice = problem(
    "label-twice",
    N_("“{label}” is chosen twice in “{field}”."),
    N_("Choose it once."),
)


def check(answer: Choice, field: FieldShape, _item: ItemShape) -> list[Problem]:
    """Labels that the rulebook has, each once, as many as the field takes."""
    count = len(answer.labels)
    problems = [unknown_label(field=field.id, label=label) for label in answer.labels if label not in field.rank]
    if count == 0 and field.required:
        problems.append(none_chosen(field=field.id))
    if count > 1:
        problems += [label_twice(field=field.id, label=label) for label, n in Counter(answer.labels).items() if n > 1]
        problems += [] if field.option(ChoiceOptions).multiple else [several_chosen(field=field.id, count=count)]
    return problems
