"""What is refused about disputes."""

from guiju.kit import N_, NotFound, Refusal


class DisputeNotFound(NotFound):
    code = "dispute-not-found"
    sentence = N_("There is no such dispute in this project.")
    next_step = N_("Open the project's disputes.")


class DisputeEmpty(Refusal):
    code = "dispute-empty"
    status = 422
    sentence = N_("It does not say why.")
    next_step = N_("Write the reason in a sentence: which clause, which part of the item.")


class NothingToDispute(Refusal):
    code = "nothing-to-dispute"
    status = 409
    sentence = N_("Nothing was found wrong with this item.")
    next_step = N_("Only a defect can be disputed.")


class NotYourFinding(Refusal):
    code = "not-your-finding"
    status = 403
    sentence = N_("The answer that was judged is not yours.")
    next_step = N_("Only who gave the answer disputes what was found on it.")


class DisputedAlready(Refusal):
    code = "disputed-already"
    status = 409
    sentence = N_("This finding was disputed before: {state}.")
    next_step = N_("A finding is disputed once. Ask a question if the rule itself is unclear.")


class DisputeRuled(Refusal):
    code = "dispute-ruled"
    status = 409
    sentence = N_("This dispute is settled: {state}.")
    next_step = N_("Read what was ruled.")


class RulesOnOwnVerdict(Refusal):
    """Who gave the verdict does not decide whether it was right."""

    code = "rules-on-own-verdict"
    status = 403
    sentence = N_("You gave this verdict yourself, so you cannot rule on the dispute about it.")
    next_step = N_("Leave it to an expert, the trainer or the requester.")


class RejectionStands(Refusal):
    code = "rejection-stands"
    status = 409
    sentence = N_("Lot {number} still has {defective} defective items; its plan accepts {accept}.")
    next_step = N_("The rejection stands. The rework comes again as a new lot.")


class ReworkBegun(Refusal):
    code = "rework-begun"
    status = 409
    sentence = N_("Items of lot {number} were sent again already.")
    next_step = N_("Bring the lot again when its rework is done.")
