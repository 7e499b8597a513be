"""What is refused about draws."""

from guiju.kit import N_, NotFound, Refusal


class AllDrawnBefore(Refusal):
    code = "all-drawn-before"
    status = 409
    sentence = N_("All {count} items that wait were drawn for an earlier trial.")
    next_step = N_("Import more data, or draw the same items again: then both trials are compared item by item.")


class NoTrialToRepeat(Refusal):
    code = "no-trial-to-repeat"
    status = 409
    sentence = N_("There is no earlier trial {number} whose items could be given out again.")
    next_step = N_("Choose one of the project’s trials, or draw items that no trial has drawn.")


class TooFewToDraw(Refusal):
    code = "too-few-to-draw"
    status = 422
    sentence = N_("A trial of {size} items cannot be drawn: it takes {least} to {most}.")
    next_step = N_("Write how many items everybody should answer.")


class NoMix(Refusal):
    code = "no-mix"
    status = 409
    sentence = N_("No stratum of this draw has a share in the brief’s mix.")
    next_step = N_("Write shares for {names} into the brief’s mix, or draw proportionally or equally.")


class NoGuesses(Refusal):
    code = "no-guesses"
    status = 409
    sentence = N_("Nobody has said anything yet of the items that wait.")
    next_step = N_("Import predictions, or draw by scene or by length.")


class NotSure(Refusal):
    code = "nobody-said-how-sure"
    status = 409
    sentence = N_("This source does not say how sure it was of its answers.")
    next_step = N_("Import predictions with scores, or draw by the label guessed.")


class BadSeed(Refusal):
    code = "bad-seed"
    status = 422
    sentence = N_("The seed “{seed}” is not 1 to 64 visible characters.")
    next_step = N_("Leave it out, and the machine makes one; or write the seed of the draw that you want again.")


class NoDrawOnRecord(NotFound):
    code = "no-draw-on-record"
    sentence = N_("The items of this round were not drawn: they were chosen by hand, or came from a file.")
    next_step = N_("Look at the round’s report.")


class DrawOvertaken(Refusal):
    """Somebody opened a trial of some of these items at the same moment."""

    code = "draw-overtaken"
    status = 409
    sentence = N_("Another trial was opened meanwhile, and {count} of these items are in it.")
    next_step = N_("Look at the draw again and open the trial: it draws from what is left.")
