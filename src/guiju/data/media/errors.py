"""What is refused about files of items."""

from guiju.kit import N_, Refusal


class RangeNotHeld(Refusal):
    code = "range-not-held"
    status = 416
    sentence = N_("The file has only {size} bytes.")
    next_step = N_("Ask for bytes that it has, or for the whole file.")
