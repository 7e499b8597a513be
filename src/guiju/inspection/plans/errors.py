"""Why a lot cannot be planned as somebody asked."""

from guiju.kit import N_, Refusal


class SharesMissing(Refusal):
    code = "shares-missing"
    status = 422
    sentence = N_("Nothing says which share of defective items is good enough.")
    next_step = N_("Give the good and the poor share, or an AQL, or have the brief signed.")


class LotLimitTooLow(Refusal):
    """An end of a sequential inspection that the lot does not have."""

    code = "sequential-end"
    status = 422
    sentence = N_("Inspection cannot end after {most} items: the lot has {lot}.")
    next_step = N_("Choose an end between one item and the whole lot, or leave it to the plan.")
