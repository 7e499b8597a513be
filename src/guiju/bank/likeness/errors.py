"""What is refused where deposits are compared."""

from guiju.kit import N_, NotFound, Refusal


class NotCompared(Refusal):
    code = "bank-not-compared"
    status = 409
    sentence = N_("Nothing in the bank can be compared with this yet.")
    next_step = N_("New deposits are compared in the background: try again in a minute, or search by words and labels.")


class PictureUnreadable(Refusal):
    code = "picture-unreadable"
    status = 422
    sentence = N_("{name} is no picture that can be read.")
    next_step = N_("Choose a JPEG, PNG, WebP, BMP or TIFF of at most {most} MB.")


class PictureForgotten(NotFound):
    code = "picture-forgotten"
    sentence = N_("The picture that was looked for is not kept any longer.")
    next_step = N_("Choose it once more.")


class WouldGoOut(Refusal):
    code = "bank-would-go-out"
    status = 422
    sentence = N_("“{way}” sends what it compares out of the house; the bank compares inside it.")
    next_step = N_("Choose one of: {known}.")


class WayUnknown(Refusal):
    code = "bank-way-unknown"
    status = 422
    sentence = N_("There is no way “{way}” to compare {medium} here.")
    next_step = N_("Choose one of: {known}.")
