"""What is refused at the queue."""

from guiju.kit import N_, NotFound, Refusal, Words


class LeaseLapsed(Refusal):
    code = "lease-lapsed"
    status = 409
    sentence = N_("The time for this item was over before you submitted.")
    next_step = N_("Your work is kept as a draft; take the item again to go on with it.")


class TimeOver(Refusal):
    """A timed exam takes no answer after its time; what came before counts."""

    code = "time-over"
    status = 409
    sentence = N_("The time is over: this answer does not count any more.")
    next_step = N_("What you answered before is kept and marked; look at your result.")


class CertificateWanted(Refusal):
    """The round gives items only to who passed the exam on its rules."""

    code = "certificate-wanted"
    status = 403
    sentence = N_("This round is for people who passed the exam on the rules, version {major}.0 or later.")
    next_step = N_("Sit the exam first; you find it at {where}.")


class SlotNotFound(NotFound):
    code = "slot-not-found"
    sentence = N_("This item is not in your hands.")
    next_step = N_("Go on with the next item.")


class AnswerSealed(Refusal):
    code = "answer-sealed"
    status = 409
    sentence = N_("This answer is already in a lot under inspection.")
    next_step = N_("If it is wrong, ask a question on the item; the inspector sees it.")


class GateNotPassed(Refusal):
    """`why` is a msgid with `places`."""

    code = "gate-not-passed"
    status = 409
    sentence = N_("Production is not open yet: no trial has passed its gate under these rules.")
    next_step = N_(
        "Decide a trial's gate under the rules in force, or have the trainer sign a reason for going on without."
    )

    def spoken(self, words: Words) -> dict[str, object]:
        places = {name: value for name, value in self.details.items() if name != "why"}
        return {**self.details, "why": words(str(self.details.get("why", "")), **places)}


class RoundNotByHand(Refusal):
    """A trial whose gate is decided, a round that is still being filled, work that was brought in."""

    code = "round-not-by-hand"
    status = 409
    sentence = N_("This round cannot be opened, paused or closed by hand any more.")
    next_step = N_("Open a new round.")


class BriefNotSigned(Refusal):
    code = "brief-not-signed"
    status = 409
    sentence = N_("The brief is not signed, so the gates have no figures to read.")
    next_step = N_("Ask the requester to sign it.")


class NothingToAnnotate(Refusal):
    code = "nothing-to-annotate"
    status = 409
    sentence = N_("There are no items that this round could ask about.")
    next_step = N_("Import data first, or close the round that has them.")


class NobodyToAnnotate(Refusal):
    code = "nobody-to-annotate"
    status = 422
    sentence = N_("A trial needs at least two annotators; {count} chosen.")
    next_step = N_("Choose who takes part; add annotators on the members page.")


class RulebookNotPublished(Refusal):
    code = "rulebook-not-published"
    status = 409
    sentence = N_("The project has no published rulebook.")
    next_step = N_("Publish the rulebook first: annotations are made under a version.")


class NotAnAnnotatorHere(Refusal):
    code = "not-an-annotator-here"
    status = 422
    sentence = N_("Account {account} is no annotator of this project, or may not sign in.")
    next_step = N_("Choose among the project’s annotators, or add them on the members page.")
