"""What is refused on the way from an item to an example."""

from guiju.kit import N_, Refusal


class ShelfUnknown(Refusal):
    code = "shelf-unknown"
    status = 422
    sentence = N_("Items cannot be taken from “{shelf}”.")
    next_step = N_("Take one of: {known}.")


class PolarityUnknown(Refusal):
    code = "polarity-unknown"
    status = 422
    sentence = N_("An example cannot be “{polarity}”.")
    next_step = N_("Take one of: {known}.")


class NameNotUnique(Refusal):
    code = "name-not-unique"
    status = 409
    sentence = N_("Several items of the project are called “{name}”, and this one has no text to stand for it.")
    next_step = N_("Take an item whose name is its own.")
