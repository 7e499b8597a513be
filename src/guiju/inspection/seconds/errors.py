"""What is refused about second looks."""

from guiju.kit import N_, NotFound, Refusal


class ShareImpossible(Refusal):
    code = "second-share-impossible"
    status = 422
    sentence = N_("{percent}% of a sample cannot be looked at twice.")
    next_step = N_("Give a whole number from 0 (nothing) to 100 (everything); ten is usual.")


class TooFewInspectors(Refusal):
    code = "too-few-inspectors"
    status = 409
    sentence = N_("The project has {count} people who may inspect; looking twice takes two.")
    next_step = N_("Make another member an inspector first.")


class LookGiven(Refusal):
    code = "second-look-given"
    status = 409
    sentence = N_("Your verdict on this item stands and is not changed any more.")
    next_step = N_("Go on with the next item.")


class NoDisagreement(NotFound):
    code = "no-disagreement"
    sentence = N_("No two inspectors differ on this item, or it was ruled on already.")
    next_step = N_("Open the page that measures the inspectors: what waits for a ruling stands there.")


class RulesOnOwnLook(Refusal):
    code = "rules-on-own-look"
    status = 403
    sentence = N_("You are one of the two who judged this item, so you cannot rule between them.")
    next_step = N_("Leave it to an expert, the trainer or the requester.")


class RulingUnsaid(Refusal):
    code = "ruling-unsaid"
    status = 422
    sentence = N_("It does not say why.")
    next_step = N_("Write in a sentence what in the item decides it.")


class InspectorNotFound(NotFound):
    code = "inspector-not-found"
    sentence = N_("Nobody who inspects here has this number.")
    next_step = N_("Open “How well inspectors judge” and choose one.")
