"""What is refused about files of items."""

from guiju.kit import N_, Refusal


class RangeNotHeld(Refusal):
    code = "range-not-held"
    status = 416
    sentence = N_("The file has only {size} bytes.")
    next_step = N_("Ask for bytes that it has, or for the whole file.")


class RegionNotOnPicture(Refusal):
    code = "region-not-on-a-picture"
    status = 409
    sentence = N_("Item {item} is no picture, so it has no part that could be cut out.")
    next_step = N_("Name a picture, or leave the part out to search by the whole item.")


class RegionOutside(Refusal):
    code = "region-outside"
    status = 422
    sentence = N_("The part {region} does not lie inside of the picture of {width} × {height} pixels.")
    next_step = N_("Draw it again on the picture, or write left edge, top edge, width and height that fit inside.")


class RegionTooSmall(Refusal):
    code = "region-too-small"
    status = 422
    sentence = N_("A part of {width} × {height} pixels is too small to be compared.")
    next_step = N_("Make it at least {least} pixels wide and high.")
