"""Why labels cannot be checked: named refusals."""

from guiju.kit import N_, Refusal
from guiju.stats.spoken import SaysWhat


class UnevenProbabilities(Refusal):
    """Not one row of class probabilities for each label."""

    code = "uneven-probabilities"
    status = 422
    sentence = N_("There are {labels} labels, but the table of probabilities has {shape} cells.")
    next_step = N_("Give one row for each label, and one column for each of at least two classes.")


class NotProbabilities(Refusal):
    """A row that is not a distribution over the classes: NaN, negative, above one, or not adding up to one."""

    code = "not-probabilities"
    status = 422
    sentence = N_("Row {row} of the table is not a set of probabilities: each must lie in 0 to 1, and all add up to 1.")
    next_step = N_("Give the model's predicted probabilities, for instance a softmax of its scores.")


class UnknownClass(Refusal):
    """A label that is not one of the columns."""

    code = "label-without-column"
    status = 422
    sentence = N_("The label {label} in row {row} is none of the {classes} classes, which count from 0.")
    next_step = N_("Give each label as the number of its column.")


class UnknownChoice(SaysWhat, Refusal):
    """A way to find or to rank that there is not."""

    code = "unknown-choice"
    status = 422
    sentence = N_("“{value}” is not a way to {what}.")
    next_step = N_("Choose one of: {known}.")


class NothingToCheck(Refusal):
    """No labels at all."""

    code = "no-labels"
    status = 422
    sentence = N_("There is no label to check.")
    next_step = N_("Give at least one item with its label.")


class UnevenLabels(SaysWhat, Refusal):
    """Labels and the scenes or groups beside them are not equally many."""

    code = "uneven-labels"
    status = 422
    sentence = N_("There are {labels} labels and {others} {what}; each label needs exactly one.")
    next_step = N_("Give the two columns with one row for each item.")


class NotAnItem(Refusal):
    """A pair that points outside the columns."""

    code = "pair-outside"
    status = 422
    sentence = N_("A pair names item {item}, but items count from 0 to {last}.")
    next_step = N_("Give pairs of row numbers of the same columns.")


class LevelOutside(Refusal):
    """A level of significance, or a share, that is none."""

    code = "level-outside"
    status = 422
    sentence = N_("{value} does not lie between 0 and 1.")
    next_step = N_("Choose a level such as .05.")
