"""What is refused about relabellings."""

from guiju.kit import N_, NotFound, Refusal


class RelabellingNotFound(NotFound):
    code = "relabelling-not-found"
    sentence = N_("This project has no such change of labels.")
    next_step = N_("Open the labels' page to see those there are.")


class LabelNotInForce(Refusal):
    code = "label-not-in-force"
    status = 422
    sentence = N_("“{label}” is no label of the version in force.")
    next_step = N_("Labels are: {known}.")


class LabelsNotChosen(Refusal):
    code = "labels-not-chosen"
    status = 422
    sentence = N_("Nothing would change: no label is named that becomes another.")
    next_step = N_("Name the labels as they are, and at least one that they become, by another id or name.")


class LabelIdTaken(Refusal):
    code = "label-id-taken"
    status = 422
    sentence = N_("“{label}” cannot be the new id: another label has it or had it before.")
    next_step = N_("Merge into that label instead, or take another id.")


class LabelIdUnsound(Refusal):
    code = "label-id-unsound"
    status = 422
    sentence = N_("“{label}” cannot serve as an id.")
    next_step = N_("Take up to 60 letters, digits, “_”, “-” or “.”, beginning with a letter or digit.")


class LabelsOfOtherKind(Refusal):
    code = "labels-of-other-fields"
    status = 422
    sentence = N_("“{a}” and “{b}” are labels of different fields, which no answer could hold together.")
    next_step = N_("Merge labels that are asked of the same fields, or list both in the field first.")


class ReasonMissing(Refusal):
    code = "reason-missing"
    status = 422
    sentence = N_("A change of labels needs a reason, which stays on record.")
    next_step = N_("Say in one sentence why.")


class SampleUnsound(Refusal):
    code = "recheck-sample-unsound"
    status = 422
    sentence = N_("A recheck of {sample} answers cannot be drawn.")
    next_step = N_("Take 1 to {most}.")


class SplitUndecided(Refusal):
    code = "split-undecided"
    status = 422
    sentence = N_("Nothing says how “{label}” is to be split.")
    next_step = N_("Choose scenes, list items, write a condition, or give examples for each new label.")


class SplitNotOneOf(Refusal):
    code = "split-unknown"
    status = 422
    sentence = N_("The split names “{name}”, which is none of this project's.")
    next_step = N_("Name scenes by their number, items by their name, and labels among the new ones.")


class NotReady(Refusal):
    code = "relabelling-not-ready"
    status = 409
    sentence = N_("This change of labels cannot be done now: it is {state}.")
    next_step = N_("Open its page: it says what comes next.")


class ReadAgain(Refusal):
    code = "relabelling-outdated"
    status = 409
    sentence = N_("Another version of the rulebook was published since the answers were read.")
    next_step = N_("Ask for the change again; the answers are read anew.")


class AnotherAtWork(Refusal):
    code = "relabelling-at-work"
    status = 409
    sentence = N_("Another change of labels is being done in this project.")
    next_step = N_("Wait until it is done; its page shows how far it is.")


class UndoConflict(Refusal):
    code = "relabelling-undo-conflict"
    status = 409
    sentence = N_("The rulebook was changed since at the same passages: {places}.")
    next_step = N_("Put these passages back in the draft, publish it, and undo then.")


class LabelHasAnnotations(Refusal):
    code = "label-has-annotations"
    status = 409
    sentence = N_("Label “{label}” cannot be removed: {count} answers hold it.")
    next_step = N_("Merge it into another label, or split it, on the labels' page; then no answer is lost.")
