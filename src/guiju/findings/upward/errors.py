"""What is refused on the way from a scene to a rule."""

from guiju.kit import N_, Refusal


class DraftUnreadable(Refusal):
    code = "draft-unreadable"
    status = 409
    sentence = N_("The rulebook's draft has an error in line {line}, so no label can be added to it.")
    next_step = N_("Open the rulebook, correct it, and add the label again.")


class LabelThere(Refusal):
    code = "label-there"
    status = 409
    sentence = N_("The rulebook's draft has a label “{label}” already.")
    next_step = N_("Open the rulebook and change that label, or choose another id.")


class BadLabelId(Refusal):
    code = "bad-label-id"
    status = 422
    sentence = N_("“{label}” cannot be a label's id.")
    next_step = N_("Use 1 to 40 small letters, digits, “-” and “_”, beginning with a letter.")


class NothingToDraw(Refusal):
    code = "nothing-to-draw"
    status = 409
    sentence = N_("No scene has an item that still waits for an answer.")
    next_step = N_("Choose other scenes, or bring in new data.")


class TooManyDrawn(Refusal):
    code = "too-many-drawn"
    status = 422
    sentence = N_("{each} items from each of {scenes} scenes are {count}; a trial has {most} at most.")
    next_step = N_("Draw fewer from each scene.")


class ClauseEmpty(Refusal):
    code = "clause-empty"
    status = 422
    sentence = N_("A clause needs a title and a text.")
    next_step = N_("Say in a sentence what is to be done, and name it.")


class NothingShown(Refusal):
    code = "nothing-shown"
    status = 409
    sentence = N_("Item {item} cannot be shown as an example: another one of the project has its name.")
    next_step = N_("Choose another item of the list.")


class ShareOutside(Refusal):
    code = "share-outside"
    status = 422
    sentence = N_("A share of {share} cannot be.")
    next_step = N_("Write a share above 0 and at most 1.")
