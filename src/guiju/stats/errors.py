"""Why a figure does not exist: named refusals, never a silent 0, 1 or NaN."""

from guiju.kit import N_, Refusal


class ContradictingAnswers(Refusal):
    """One annotator gave one item two different answers in the same columns."""

    code = "contradicting-answers"
    status = 422
    sentence = N_("{annotator} answered {item} more than once, and not the same.")
    next_step = N_("Keep one answer for each item and annotator, then compute again.")


class UnevenColumns(Refusal):
    """The columns item, annotator and label are not equally long."""

    code = "uneven-columns"
    status = 422
    sentence = N_("The columns are not equally long: {items} items, {annotators} annotators, {labels} labels.")
    next_step = N_("Give one item, one annotator and one label for each answer.")


class NotANumber(Refusal):
    """An interval or ratio distance was asked for labels that are no numbers."""

    code = "label-not-a-number"
    status = 422
    sentence = N_("“{label}” is not a number, and the {distance} distance needs numbers.")
    next_step = N_("Choose the nominal or the ordinal distance.")


class TooManyAnswers(Refusal):
    """More distinct answers than a table of distances between them can hold."""

    code = "too-many-answers"
    status = 422
    sentence = N_("There are {distinct} different answers; a table of distances holds {limit}.")
    next_step = N_("Choose the nominal distance, or compare the answers item by item.")


class UnknownDistance(Refusal):
    """A name that is no distance."""

    code = "unknown-distance"
    status = 422
    sentence = N_("There is no distance called “{distance}”.")
    next_step = N_("Choose one of: {known}.")


class UnknownPlan(Refusal):
    """The sampling tables have no such row or column."""

    code = "unknown-plan"
    status = 422
    sentence = N_("The sampling tables have no {what} “{value}”.")
    next_step = N_("Choose one of: {known}.")


class EmptyLot(Refusal):
    """A lot of no items cannot be sampled."""

    code = "empty-lot"
    status = 422
    sentence = N_("A lot needs at least one item; this one has {size}.")
    next_step = N_("Put items into the lot first.")


class ImpossibleCount(Refusal):
    """More found than looked at, or fewer than none."""

    code = "impossible-count"
    status = 422
    sentence = N_("{count} out of {total} cannot be.")
    next_step = N_("Check the two numbers.")


class NamelessAnswer(Refusal):
    """Answers without an item or without an annotator: nobody can say what they are compared with."""

    code = "nameless-answer"
    status = 422
    sentence = N_("{rows} answers have no item or no annotator.")
    next_step = N_("Fill in the item and the annotator, or leave those rows out.")


class UncountableAnswer(Refusal):
    """A label of a kind that cannot be told apart by hashing (a dictionary, a nested list)."""

    code = "uncountable-answer"
    status = 422
    sentence = N_("“{label}” cannot be counted as a label.")
    next_step = N_("Give labels as text, numbers, or sets of those.")


class CodeOutOfRange(Refusal):
    """A code that is no whole number from 0 to the number of names."""

    code = "code-out-of-range"
    status = 422
    sentence = N_("{code} is no code of one of {names} names.")
    next_step = N_("Give whole numbers from 0, one less than the number of names at most.")
