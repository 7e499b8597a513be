"""Why an ability or a strength does not exist: named refusals, each with the way out."""

from guiju.kit import N_, Refusal


class NothingKnown(Refusal):
    """No answered item has a known right answer."""

    code = "nothing-known"
    status = 422
    sentence = N_("No item that was answered has a known right answer, so nobody can be marked.")
    next_step = N_("Give the right answers of some items, or ask for the consensus, which needs none.")


class UnknownOutcome(Refusal):
    """An outcome that is neither left, right nor tie."""

    code = "unknown-outcome"
    status = 422
    sentence = N_("“{outcome}” is no outcome of a comparison.")
    next_step = N_("Say left, right or tie; leave out what was not answered.")


class UnevenComparisons(Refusal):
    """The columns of comparisons are not equally long."""

    code = "uneven-comparisons"
    status = 422
    sentence = N_("The columns are not equally long: {left} on the left, {right} on the right, {outcomes} outcomes.")
    next_step = N_("Give a left item, a right item and an outcome for each comparison.")


class ComparedWithItself(Refusal):
    """An item stands on both sides of one comparison."""

    code = "compared-with-itself"
    status = 422
    sentence = N_("{item} is compared with itself.")
    next_step = N_("Leave this comparison out.")


class BadWins(Refusal):
    """A table of wins that cannot be one."""

    code = "bad-wins"
    status = 422
    sentence = N_(
        "A table of wins must be square, with a name for each row, counts of 0 or more, and nothing on its diagonal."
    )
    next_step = N_("Give in row i, column j how often i won against j.")


class NothingCompared(Refusal):
    """No comparison at all, or only ties where ties do not count."""

    code = "nothing-compared"
    status = 422
    sentence = N_("Nothing was compared here with a winner, so there is nothing to rank.")
    next_step = N_("Give at least one comparison with a left item, a right item and a winner.")


class NotConnected(Refusal):
    """The comparisons fall into groups that never met."""

    code = "comparisons-not-connected"
    status = 422
    sentence = N_("The comparisons fall into {count} groups that never met, so no scale is common to them: {groups}.")
    next_step = N_("Compare some items of different groups, or rank each group for itself.")


class NoFiniteStrength(Refusal):
    """Some items only win against the rest, or only lose: the likelihood has no maximum."""

    code = "no-finite-strength"
    status = 422
    sentence = N_("{winners} never lost to {losers}, so no finite strength explains it best.")
    next_step = N_("Compare them more often, or set a ridge, which draws all strengths a little together.")


class NoFiniteTies(Refusal):
    """All wins go one way round and the ties lie between: strengths and ties explain each other without end."""

    code = "no-finite-ties"
    status = 422
    sentence = N_("No win contradicts another, and the ties fit in between, so no finite strength explains it best.")
    next_step = N_("Compare more often, count a tie as half a win, or set a ridge.")


class OnlyTies(Refusal):
    """Every comparison is a tie."""

    code = "only-ties"
    status = 422
    sentence = N_("All {count} comparisons are ties, so nothing is stronger than anything.")
    next_step = N_("Ask for a winner, or compare items that differ.")


class TooManyItems(Refusal):
    """More items than a dense table of information can hold."""

    code = "too-many-items-to-rank"
    status = 422
    sentence = N_("There are {items} items to rank; the intervals of their strengths need a table for at most {limit}.")
    next_step = N_("Rank them in groups that share some items.")
