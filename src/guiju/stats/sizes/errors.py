"""Why a size, a curve or an estimate does not exist: named refusals."""

from guiju.kit import N_, Refusal
from guiju.stats.spoken import SaysWhat


class NotAShare(SaysWhat, Refusal):
    """A share, a probability or a confidence that does not lie where it must."""

    code = "not-a-share"
    status = 422
    sentence = N_("{value} cannot be {what}: it must lie between 0 and 1.")
    next_step = N_("Write 5% as .05.")


class NotACount(SaysWhat, Refusal):
    """A number of items, answers or errors that cannot be."""

    code = "not-a-count"
    status = 422
    sentence = N_("{value} cannot be {what}: it must be a whole number of at least {least}.")
    next_step = N_("Check the number.")


class NoDifference(Refusal):
    """Nothing to tell apart: the shares are equal, or lie on the wrong side of each other."""

    code = "no-difference"
    status = 422
    sentence = N_("{a} and {b} leave no difference to be shown.")
    next_step = N_("Name the smallest difference that would matter to you.")


class TooLarge(Refusal):
    """The size would pass any number of items that anybody has."""

    code = "size-too-large"
    status = 422
    sentence = N_("More than {limit} items would be needed.")
    next_step = N_("Accept a wider interval or a larger difference.")


class NoSpread(Refusal):
    """A trial from which the spread of alpha cannot be read."""

    code = "no-spread"
    status = 422
    sentence = N_("{items} items with answers of two annotators do not show how far alpha would vary.")
    next_step = N_("Give a trial of at least three such items on which not every answer is the same.")


class NotATime(Refusal):
    """A duration that is none: negative, zero, infinite or no number."""

    code = "not-a-time"
    status = 422
    sentence = N_("Row {row} has {value} seconds; a time must be more than 0.")
    next_step = N_("Leave out the rows whose time is not known.")


class UnevenTimes(SaysWhat, Refusal):
    """Times and the annotators or items beside them are not equally many."""

    code = "uneven-times"
    status = 422
    sentence = N_("There are {times} times and {others} {what}; each time needs exactly one.")
    next_step = N_("Give the columns with one row for each answer.")


class TooFewTimes(Refusal):
    """Not enough times for what was asked."""

    code = "too-few-times"
    status = 422
    sentence = N_("{count} times are too few; at least {least} are needed.")
    next_step = N_("Wait until more has been annotated.")


class UnknownSharing(Refusal):
    """A way to share work, or a kind of curve, that there is not."""

    code = "unknown-sharing"
    status = 422
    sentence = N_("“{value}” is not a way to share work, nor a kind of learning curve.")
    next_step = N_("Choose one of: {known}.")


class NotAnAmount(SaysWhat, Refusal):
    """Hours of a day or a rate that cannot be."""

    code = "not-an-amount"
    status = 422
    sentence = N_("{value} cannot be {what}.")
    next_step = N_("Hours of a day lie above 0 and up to 24; a rate is 0 or more.")


class NotALearningRate(Refusal):
    """A rate at which nobody learns: below it, the work would take no time or less."""

    code = "not-a-learning-rate"
    status = 422
    sentence = N_("{value} cannot be a learning rate here: it must lie above {least} and be at most 2.")
    next_step = N_("Write 80% as .8; 1 means that nobody gets faster.")
