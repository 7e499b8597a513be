"""What is refused about amendments."""

from guiju.kit import N_, NotFound, Refusal


class AmendmentNotFound(NotFound):
    code = "amendment-not-found"
    sentence = N_("No ruling on this dispute asks for an amendment.")
    next_step = N_("Open the project's amendments.")


class AmendmentEmpty(Refusal):
    code = "amendment-empty"
    status = 422
    sentence = N_("It does not say what the rules shall say.")
    next_step = N_("Write the rule in a sentence, and give a new clause its title.")


class AmendmentSettled(Refusal):
    code = "amendment-settled"
    status = 409
    sentence = N_("This amendment is settled: {state}.")
    next_step = N_("Look at it on the page of amendments; change the clause in the rulebook's editor.")


class ClauseNotInDraft(Refusal):
    code = "clause-not-in-draft"
    status = 409
    sentence = N_("The draft has no clause “{clause}”.")
    next_step = N_("Choose a clause of the draft, or let it be a clause of its own.")
