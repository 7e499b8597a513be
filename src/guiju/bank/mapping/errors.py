"""What is refused about mappings of labels."""

from guiju.kit import N_, NotFound, Refusal


class MappingIncomplete(Refusal):
    code = "mapping-incomplete"
    status = 422
    sentence = N_("A mapping says of every label what it becomes, or that it has no counterpart; look at: {labels}.")
    next_step = N_("Reload the page: the rulebook may have changed meanwhile.")


class MappingPointsNowhere(Refusal):
    code = "mapping-points-nowhere"
    status = 422
    sentence = N_("“{label}” cannot become “{to}”: no field of the same kind has it, or one field would become two.")
    next_step = N_("Choose a label of a field of the same kind; all labels of a field go into one field.")


class MappingLosesLabels(Refusal):
    code = "mapping-loses-labels"
    status = 409
    sentence = N_("The mapping would lose {labels}: {deposits} deposits carry them, and they have no counterpart.")
    next_step = N_("Choose what they become, or name each of these labels as given up.")


class MappingNotDecided(NotFound):
    code = "mapping-not-decided"
    sentence = N_("Nobody has decided what the labels of this rulebook are here, so there is nothing to forget.")
    next_step = N_("Look at the list of the bank's rulebooks: it says which are decided.")


class NothingToMap(NotFound):
    code = "nothing-to-map"
    sentence = N_("The bank has nothing under this rulebook that you may see, or the project has no rulebook yet.")
    next_step = N_("Publish the project's rulebook; then choose one of the rulebooks that are listed.")
