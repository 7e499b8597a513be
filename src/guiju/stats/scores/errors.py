"""Why a score of classes, transcripts or confidence does not exist: named refusals."""

from guiju.kit import N_, Refusal
from guiju.stats.spoken import SaysWhat


class UnevenAnswers(Refusal):
    """Right answers and predictions are not equally many."""

    code = "uneven-answers"
    status = 422
    sentence = N_("There are {truth} right answers and {predicted} predictions.")
    next_step = N_("Give one prediction for each right answer, in the same order.")


class NothingToScore(Refusal):
    """No items at all."""

    code = "nothing-to-score"
    status = 422
    sentence = N_("There is nothing to score.")
    next_step = N_("Give at least one right answer with its prediction.")


class MissingAnswer(SaysWhat, Refusal):
    """A right answer or a prediction that is None or NaN: whether it counts as wrong is the trainer's to say."""

    code = "missing-answer"
    status = 422
    sentence = N_("Row {row} has no {what}.")
    next_step = N_("Leave the row out, or give it a label such as “none” so that it counts as wrong.")


class TooManyClasses(Refusal):
    """A square table that would not fit anywhere."""

    code = "too-many-classes"
    status = 422
    sentence = N_("A table of {classes} times {classes} classes is too large to be laid out.")
    next_step = N_("Read the cells that occur instead.")


class UnknownUnit(Refusal):
    """A unit to count errors in, or a way to cut bins, that there is not."""

    code = "unknown-unit"
    status = 422
    sentence = N_("“{value}” is not known here.")
    next_step = N_("Choose one of: {known}.")


class NotBins(Refusal):
    """A number of bins that cannot be."""

    code = "not-bins"
    status = 422
    sentence = N_("Confidences cannot be sorted into {bins} bins.")
    next_step = N_("Choose a whole number from 1 to 1000; 10 to 20 are usual.")


class RuledOut(Refusal):
    """The model gave a right answer the probability 0, which no temperature can mend."""

    code = "ruled-out"
    status = 422
    sentence = N_("In row {row} the model gave the right answer the probability 0; no temperature changes that.")
    next_step = N_("Give probabilities that are never exactly 0, as a softmax makes them.")


class NotATemperature(Refusal):
    """A temperature of zero, below it, or none at all."""

    code = "not-a-temperature"
    status = 422
    sentence = N_("{value} cannot be a temperature: it must be more than 0.")
    next_step = N_("Fit one with fit_temperature; 1 changes nothing.")
