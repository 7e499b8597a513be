"""Why a figure of agreement does not exist, or cannot be asked for: named refusals."""

from guiju.kit import N_, Refusal


class NeedsTwoAnnotators(Refusal):
    """A figure for exactly two annotators was asked of more or fewer."""

    code = "needs-two-annotators"
    status = 422
    sentence = N_("{figure} compares exactly two annotators; these answers are by {annotators}.")
    next_step = N_("Name two of them, or use Fleiss' kappa or Krippendorff's alpha.")


class UnknownAnnotator(Refusal):
    """A name that gave no answer."""

    code = "unknown-annotator"
    status = 422
    sentence = N_("“{annotator}” gave no answer here.")
    next_step = N_("Choose somebody who did.")


class UnknownWeights(Refusal):
    """A name that is no set of weights."""

    code = "unknown-weights"
    status = 422
    sentence = N_("There are no weights called “{weights}”.")
    next_step = N_("Choose one of: {known}.")


class ImpossibleTable(Refusal):
    """A table of distances or of weights that is not square, not symmetric, or has impossible values."""

    code = "impossible-table"
    status = 422
    sentence = N_("This table cannot be used: {reason}.")
    next_step = N_("Give a square, symmetric table in the order of the labels, without gaps.")


class NegativeNumber(Refusal):
    """The ratio distance was asked for a number below zero."""

    code = "negative-number"
    status = 422
    sentence = N_("“{label}” is below zero, and ratios need a true zero.")
    next_step = N_("Choose the interval distance.")


class IncompleteTable(Refusal):
    """An intraclass correlation was asked for items that not every judge rated."""

    code = "incomplete-table"
    status = 422
    sentence = N_(
        "{missing} of {cells} ratings are missing; an intraclass correlation needs every judge on every item."
    )
    next_step = N_("Keep the items that all judges rated, or use Krippendorff's alpha with the interval distance.")


class TooFewRatings(Refusal):
    """An intraclass correlation of one judge or one item."""

    code = "too-few-ratings"
    status = 422
    sentence = N_("An intraclass correlation needs two judges and two items; there are {judges} and {items}.")
    next_step = N_("Let a second judge rate, and rate more items.")


class RepeatedAnswers(Refusal):
    """A figure by annotator was asked of columns that keep repeated answers."""

    code = "repeated-answers"
    status = 422
    sentence = N_("Some annotators answered an item twice, and this figure needs one answer of each.")
    next_step = N_("Keep one answer for each item and annotator, then compute again.")


class NothingToMerge(Refusal):
    """A merge of no summaries at all."""

    code = "nothing-to-merge"
    status = 422
    sentence = N_("There is no summary to merge.")
    next_step = N_("Summarise at least one part of the answers.")


class TooManyPairs(Refusal):
    """More pairs of answers than can be gone through one by one."""

    code = "too-many-pairs"
    status = 422
    sentence = N_(
        "Pairs of annotators cannot be counted: an item has {answers} answers, and there are {pairs} pairs in all."
    )
    next_step = N_("Look at each annotator against the others instead, which needs no pairs.")
