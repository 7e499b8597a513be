"""What is refused about rechecks."""

from guiju.kit import N_, Refusal


class NothingToRecheck(Refusal):
    code = "nothing-to-recheck"
    status = 409
    sentence = N_("None of these {count} items can be rechecked now.")
    next_step = N_("Choose items with an answer of record that nobody ruled on, and that wait in no other round.")


class NobodyToRecheck(Refusal):
    code = "nobody-to-recheck"
    status = 422
    sentence = N_("Account {account} cannot recheck: it is not an annotator of this project.")
    next_step = N_("Choose among the project's annotators, or add them on the members page.")


class TooManyToRecheck(Refusal):
    code = "too-many-to-recheck"
    status = 422
    sentence = N_("{count} items are too many for one recheck; it takes up to {most}.")
    next_step = N_("Narrow the search, or recheck them in several rounds.")
