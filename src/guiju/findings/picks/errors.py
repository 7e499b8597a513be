"""What is refused about picked items."""

from guiju.kit import N_, NotFound, Refusal


class PickNotFound(NotFound):
    code = "pick-not-found"
    sentence = N_("There are no such picked items, or they are not yours to see.")
    next_step = N_("Open the findings and pick them again.")


class NothingPicked(Refusal):
    code = "nothing-picked"
    status = 409
    sentence = N_("The finding has no items now.")
    next_step = N_("Look at the labels again; what it told may be settled by now.")


class TooManyPicked(Refusal):
    code = "too-many-picked"
    status = 422
    sentence = N_("{count} items are too many to be acted on together; {most} at most.")
    next_step = N_("Narrow the search, or tick the items that are meant.")


class FindingUnknown(Refusal):
    code = "finding-unknown"
    status = 422
    sentence = N_("There is no finding “{of}” with “{part}”.")
    next_step = N_("Pick from a list of the findings page, or name the items themselves.")


class ItemNotPicked(Refusal):
    code = "item-not-picked"
    status = 422
    sentence = N_("Item {item} is not among those that were picked.")
    next_step = N_("Choose one of the list.")


class NothingWaits(Refusal):
    code = "nothing-waits"
    status = 409
    sentence = N_("None of these items waits in an open production round.")
    next_step = N_("Open production first, or open a trial over them.")
