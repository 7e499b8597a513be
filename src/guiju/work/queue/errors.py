"""What is refused about a round's parts."""

from guiju.kit import N_, NotFound, Refusal


class BatchNotFound(NotFound):
    code = "batch-not-found"
    sentence = N_("This round has no batch {batch}.")
    next_step = N_("Choose one of those on the round’s page of who works on what.")


class NotSplittable(Refusal):
    code = "round-not-splittable"
    status = 409
    sentence = N_("Only the work of production, rework and rechecks is split and withdrawn; this is another round.")
    next_step = N_("Open a new round for what is wanted instead.")


class RoundOver(Refusal):
    code = "round-over"
    status = 409
    sentence = N_("The round is closed: nothing of it is handed out any more.")
    next_step = N_("Open the round again first.")


class NothingToSplit(Refusal):
    code = "nothing-to-split"
    status = 409
    sentence = N_("Nothing in “{batch}” is of this part.")
    next_step = N_("Choose another source, scene or value; the page says what the batch holds.")


class SplitTakesAll(Refusal):
    code = "split-takes-all"
    status = 422
    sentence = N_("“{batch}” has {count} items that wait: a part must leave some of them.")
    next_step = N_("Split off fewer, or change the batch itself.")


class BadPart(Refusal):
    code = "bad-part"
    status = 422
    sentence = N_("“{value}” is not what a batch can be split by here.")
    next_step = N_("Write a number of items, or choose a source, a scene or a column and its value.")


class BatchNameMissing(Refusal):
    code = "batch-name-missing"
    status = 422
    sentence = N_("A batch needs a name of 1 to 80 characters.")
    next_step = N_("Name it by what it holds, or by who gets it.")


class BadPriority(Refusal):
    code = "bad-priority"
    status = 422
    sentence = N_("The priority {priority} is not between 1 (later) and 9 (urgent).")
    next_step = N_("Choose 1, 5 (normal), 7 or 9.")


class BadDay(Refusal):
    code = "bad-day"
    status = 422
    sentence = N_("“{day}” is not a day.")
    next_step = N_("Write it as 2026-11-30, or leave it empty.")


class BatchWithdrawn(Refusal):
    code = "batch-withdrawn"
    status = 409
    sentence = N_("“{batch}” is withdrawn from this round.")
    next_step = N_("Put it back first.")


class WithdrawalUnexplained(Refusal):
    code = "withdrawal-unexplained"
    status = 422
    sentence = N_("A batch is withdrawn with a reason.")
    next_step = N_("Write in a sentence why these items are not wanted in this round any more.")


class SameHands(Refusal):
    code = "same-hands"
    status = 422
    sentence = N_("The work is handed over to whoever has it already.")
    next_step = N_("Choose somebody else, a team, or anybody.")


class NothingHeld(Refusal):
    code = "nothing-held"
    status = 409
    sentence = N_("Nothing of this round is kept for them or in their hands.")
    next_step = N_("Look again at who works on what: somebody may have handed it over already.")


class HandsUnclear(Refusal):
    code = "hands-unclear"
    status = 422
    sentence = N_("“{value}” is neither a person nor a team of this project.")
    next_step = N_("Choose one of those on the page; the work can also go to anybody.")
