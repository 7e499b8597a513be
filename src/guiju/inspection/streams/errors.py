"""What is refused about streams of lots."""

from guiju.kit import N_, NotFound, Refusal


class InspectionStopped(Refusal):
    code = "inspection-stopped"
    status = 409
    sentence = N_("Inspection is stopped: {rejected} lots were rejected on tightened inspection.")
    next_step = N_("Improve the work: rules, training, people. Then let inspection go on, and say what was improved.")


class StreamNotFound(NotFound):
    code = "stream-not-found"
    sentence = N_("There is no such stream of lots in this project.")
    next_step = N_("Name an annotator or a source whose lots are drawn by themselves: “How strictly” lists them.")


class StreamNotStopped(Refusal):
    code = "stream-not-stopped"
    status = 409
    sentence = N_("Inspection is not stopped here.")
    next_step = N_("Draw the next lot.")


class StreamActEmpty(Refusal):
    code = "stream-act-empty"
    status = 422
    sentence = N_("It does not say why.")
    next_step = N_("Write in a sentence what was improved, or why the risk is right.")
