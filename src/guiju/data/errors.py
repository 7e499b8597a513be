"""What is refused about sources and items that are there."""

from guiju.kit import N_, NotFound, Refusal


class SourceNotFound(NotFound):
    code = "source-not-found"
    sentence = N_("There is no such source in this project.")
    next_step = N_("Open the project's data page to see its sources.")


class ItemNotFound(NotFound):
    """Also what a stranger hears about an item that exists."""

    code = "item-not-found"
    sentence = N_("There is no such item, or it is not yours to see.")
    next_step = N_("Check the address, or ask the project's trainer to add you.")


class ItemWithheld(Refusal):
    """Also an answer to those who see the masked item in its place."""

    code = "item-withheld"
    status = 403
    sentence = N_("This item holds personal data; a masked item stands for it.")
    next_step = N_("Work with the masked item. Only the project's trainers see the original.")


class SourceInUse(Refusal):
    """Something above refers to an item of the source: an annotation, an example, a deposit."""

    code = "source-in-use"
    status = 409
    sentence = N_("Items of “{source}” are already worked with, so it cannot be taken back.")
    next_step = N_("Leave those items out of the next round instead, or start a new project.")


class SourceNotLanded(Refusal):
    code = "source-not-landed"
    status = 409
    sentence = N_("“{source}” is not imported yet, or was taken back already.")
    next_step = N_("Wait for its import to end, or cancel it.")


class NoThumbnail(NotFound):
    code = "no-thumbnail"
    sentence = N_("This item is not a picture.")
    next_step = N_("Open the item itself.")


class NotSound(NotFound):
    code = "not-sound"
    sentence = N_("This item is not a sound.")
    next_step = N_("Open the item itself.")


class UnknownRights(Refusal):
    code = "unknown-rights"
    status = 422
    sentence = N_("“{rights}” is not one of the rights that data can have.")
    next_step = N_("Say “customer” (this customer only) or “general”.")


class NoSuchTile(NotFound):
    """The item is no large picture, or has no tile there."""

    code = "no-such-tile"
    sentence = N_("Item {item} has no such tile.")
    next_step = N_("Only large pictures have tiles; ask for the item itself.")


class BadCollectionDay(Refusal):
    code = "bad-collection-day"
    status = 422
    sentence = N_("“{day}” is not a day on which data can have been collected.")
    next_step = N_("Write it as year-month-day, such as 2026-03-31, not later than today.")
