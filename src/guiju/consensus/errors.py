"""What is refused about consensus."""

from guiju.kit import N_, Refusal


class UnknownMethod(Refusal):
    code = "unknown-consensus-method"
    status = 422
    sentence = N_("There is no way to resolve answers called “{method}”.")
    next_step = N_("Choose one of: {known}.")


class UnknownMerge(Refusal):
    code = "unknown-merge"
    status = 422
    sentence = N_("There is no way to merge answers called “{merge}”.")
    next_step = N_("Choose one of: {known}.")


class SurenessOutOfRange(Refusal):
    code = "sureness-out-of-range"
    status = 422
    sentence = N_("{given} is no probability below which an item goes to a person.")
    next_step = N_("Say a number from 0 (none does) to 1.")


class NoLabelToChoose(Refusal):
    code = "no-label-to-choose"
    status = 409
    sentence = N_("“{method}” weighs annotators by the labels they choose, and no field here asks of the item for one.")
    next_step = N_("Resolve by majority: each field by its kind’s own merge.")


class NothingToResolve(Refusal):
    code = "nothing-to-resolve"
    status = 409
    sentence = N_("No item of this round can be resolved: {ties} are tied, and nothing else is answered surely enough.")
    next_step = N_("Let an expert rule on the tied items, or ask another annotator.")


class RoundStillOpen(Refusal):
    code = "round-still-open"
    status = 409
    sentence = N_("Answers are still being given in this round.")
    next_step = N_("Close the round first, so that the resolutions rest on all of its answers.")


class TrialUndecided(Refusal):
    """What a trial measures is the rules; its answers count only when its gate was decided."""

    code = "trial-undecided"
    status = 409
    sentence = N_("The gate of this trial is not decided, so its answers count for nothing yet.")
    next_step = N_("Decide the gate on the trial's report.")
