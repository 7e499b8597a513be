"""What is refused when contributions become items."""

from guiju.kit import N_, Refusal


class NothingToHarvest(Refusal):
    code = "nothing-to-harvest"
    status = 409
    sentence = N_("No accepted contribution waits to become an item there.")
    next_step = N_("Draw a lot of what was given, have it inspected and accepted, then harvest it.")
