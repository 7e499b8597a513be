"""Why a figure of marks, rankings or shares does not exist: named refusals."""

from guiju.kit import N_, Refusal


class BadMark(Refusal):
    """A span or segment that is not finite, or does not end after it starts."""

    code = "bad-mark"
    status = 422
    sentence = N_("The mark from {start} to {end} covers nothing.")
    next_step = N_("Give each mark a start and a later end; the end itself is not part of the mark.")


class OverlappingUnits(Refusal):
    """One annotator's marks lie over each other where the method wants one label at each place."""

    code = "overlapping-units"
    status = 422
    sentence = N_("{annotator} has marks in {item} that lie over each other; alpha over units needs one label a place.")
    next_step = N_("Compute it for one label at a time, or use gamma, which allows marks that overlap.")


class UnknownLength(Refusal):
    """The length of an item is missing or shorter than its marks."""

    code = "unknown-length"
    status = 422
    sentence = N_("The length of {item} is {length}, and its marks reach to {end}.")
    next_step = N_("Give the length of each item in the unit of its marks: characters or seconds.")


class TooFewAnnotators(Refusal):
    """Agreement wants two."""

    code = "too-few-annotators"
    status = 422
    sentence = N_("There are {annotators} annotators here; agreement needs two.")
    next_step = N_("Let a second person answer the same items.")


class NothingMarked(Refusal):
    """There is no mark to compare."""

    code = "nothing-marked"
    status = 422
    sentence = N_("Nobody marked anything, so there is nothing to align.")
    next_step = N_("Choose items in which at least one annotator marked something.")


class TooManyAlignments(Refusal):
    """So many ways to align the marks that the best cannot be found in reasonable time."""

    code = "too-many-alignments"
    status = 422
    sentence = N_("{annotators} annotators with {units} marks can be aligned in over {limit} ways.")
    next_step = N_("Compute gamma for fewer annotators, for shorter pieces, or with a larger alpha.")


class BadParameter(Refusal):
    """A setting outside the range in which the method is defined."""

    code = "bad-parameter"
    status = 422
    sentence = N_("{name} is {value}; it must be {wanted}.")
    next_step = N_("Choose a value in that range.")


class NotARanking(Refusal):
    """Rankings that do not rank the same things, or hold no numbers."""

    code = "not-a-ranking"
    status = 422
    sentence = N_("These rankings cannot be compared: {problem}.")
    next_step = N_("Give each ranking one finite number for each of the same things.")


class NotShares(Refusal):
    """A soft label whose shares are negative, not finite, all zero, or of another length."""

    code = "not-shares"
    status = 422
    sentence = N_("This soft label is no distribution: {problem}.")
    next_step = N_("Give each label a share of at least 0, as many as there are labels, not all 0.")


class NotWins(Refusal):
    """A table of wins that is not square, or holds something else than counts."""

    code = "not-wins"
    status = 422
    sentence = N_("The table of wins cannot be read: {problem}.")
    next_step = N_("Give a square table: row i, column j says how often i was preferred to j.")
