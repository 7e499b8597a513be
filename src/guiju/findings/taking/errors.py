"""What is refused when a ruling is taken up."""

from guiju.kit import N_, Refusal


class TakenUpAlready(Refusal):
    code = "ruling-taken-up"
    status = 409
    sentence = N_("The ruling stands in the rulebook’s draft already, as {name}.")
    next_step = N_("Open the rulebook and change it there.")


class NoItemToShow(Refusal):
    code = "ruling-without-item"
    status = 422
    sentence = N_("The ruling is not about an item, so it cannot be an example.")
    next_step = N_("Make it a clause instead.")
