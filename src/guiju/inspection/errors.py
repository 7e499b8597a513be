"""What is refused about lots and verdicts."""

from guiju.kit import N_, NotFound, Refusal


class LotNotFound(NotFound):
    code = "lot-not-found"
    sentence = N_("There is no such lot in this project.")
    next_step = N_("Open the project's lots.")


class NothingToInspect(Refusal):
    code = "nothing-to-inspect"
    status = 409
    sentence = N_("Nothing waits for inspection here: what is resolved stands in a lot already.")
    next_step = N_("Draw the lot when more is annotated, or from another round.")


class FiguresMissing(Refusal):
    code = "figures-missing"
    status = 409
    sentence = N_("No signed brief says which AQL this project is inspected to.")
    next_step = N_("Have the brief signed, or give the AQL and the level yourself.")


class TooManyLots(Refusal):
    code = "too-many-lots"
    status = 422
    sentence = N_("That would be {count} lots; one act makes {most} at most.")
    next_step = N_("Let a lot take more items, or draw from one round, source or day.")


class UnknownDay(Refusal):
    code = "unknown-day"
    status = 422
    sentence = N_("“{day}” is not a day.")
    next_step = N_("Write it as 2026-11-22.")


class LotChanged(Refusal):
    code = "lot-changed"
    status = 409
    sentence = N_("What was to go into the lot changed while it was drawn.")
    next_step = N_("Nothing was stored. Draw the lot again.")


class LotDecided(Refusal):
    code = "lot-decided"
    status = 409
    sentence = N_("Lot {number} is decided: {state}.")
    next_step = N_("Verdicts of a decided lot stand. Its rework comes back as a new lot.")


class NotInSample(NotFound):
    code = "not-in-sample"
    sentence = N_("This item is not in the lot's sample.")
    next_step = N_("Judge the items of the sample; the lot's page lists them.")


class VerdictStale(Refusal):
    """Somebody else, or another tab, judged the item after it was laid before this inspector."""

    code = "stale-verdict"
    status = 409
    sentence = N_("This item was judged meanwhile, so your verdict was not stored.")
    next_step = N_("Look at it again. Sending your verdict once more puts it over the other one.")


class NotOwnWork(Refusal):
    """Nobody inspects their own annotations."""

    code = "own-work-inspected"
    status = 403
    sentence = N_("You annotated this item yourself, so you cannot inspect it.")
    next_step = N_("Leave it to another inspector and go on with the next item.")


class VerdictDisputed(Refusal):
    code = "verdict-disputed"
    status = 409
    sentence = N_("What was found on this item is disputed; somebody else rules on it.")
    next_step = N_("Go on with the next item; the ruling changes the verdict if it must.")


class DisputesOpen(Refusal):
    code = "disputes-open"
    status = 409
    sentence = N_("{count} findings of lot {number} are disputed and not ruled on.")
    next_step = N_("Have the disputes ruled on first: the project's disputes list them.")


class DefectIncomplete(Refusal):
    code = "defect-incomplete"
    status = 422
    sentence = N_("A defect needs a type and a severity; “{missing}” is missing or not one of: {known}.")
    next_step = N_("Choose both and send the verdict again.")


class CorrectionIsAnswer(Refusal):
    code = "correction-is-answer"
    status = 422
    sentence = N_("The correction is the answer that was given, so it corrects nothing.")
    next_step = N_("Choose what should have been answered, or leave the correction out.")


class UnknownClause(Refusal):
    code = "unknown-clause"
    status = 422
    sentence = N_("The rulebook has no clause “{clause}”.")
    next_step = N_("Choose a clause of the version that the lot was made under, or leave it empty.")


class SampleNotJudged(Refusal):
    code = "sample-not-judged"
    status = 409
    sentence = N_("{left} of the {n} items in the sample are not judged yet.")
    next_step = N_("Judge them first. A lot is decided early only once {reject} are defective.")


class LotNotRejected(Refusal):
    code = "lot-not-rejected"
    status = 409
    sentence = N_("Lot {number} was not rejected, so it cannot be resubmitted.")
    next_step = N_("Draw a new lot from what was annotated since.")


class LotResubmitted(Refusal):
    code = "lot-resubmitted"
    status = 409
    sentence = N_("Lot {number} was resubmitted already.")
    next_step = N_("Open the newer lot.")


class ReworkNotDone(Refusal):
    code = "rework-not-done"
    status = 409
    sentence = N_("{left} items of lot {number} are still in rework.")
    next_step = N_("Wait until their annotators have sent them, then resubmit the lot.")


class BadVerdictFile(Refusal):
    code = "bad-verdict-file"
    status = 422
    sentence = N_("Line {line}: {reason}.")
    next_step = N_("Correct the line. The columns are item, outcome, type, severity, clause, note.")
