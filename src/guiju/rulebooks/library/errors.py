"""What is refused about taking over from other rulebooks."""

from guiju.kit import N_, NotFound, Refusal


class BookNotFound(NotFound):
    code = "book-not-found"
    sentence = N_("There is no such rulebook, or it is not for this customer's projects.")
    next_step = N_("Choose one of those that the page lists.")


class NothingTaken(Refusal):
    code = "nothing-taken-over"
    status = 422
    sentence = N_("Nothing was chosen that can be taken over.")
    next_step = N_("Tick labels, clauses, checks or examples that are not there yet.")
