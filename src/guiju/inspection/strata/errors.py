"""Why a sample cannot be drawn group by group."""

from guiju.kit import N_, Refusal


class StrataMissing(Refusal):
    code = "strata-missing"
    status = 409
    sentence = N_("What waits here falls into no groups of this kind.")
    next_step = N_("Draw without groups, or by others; scenes need a map of the data.")


class TooManyStrata(Refusal):
    code = "too-many-strata"
    status = 409
    sentence = N_("What waits here falls into {groups} groups, and the sample has {n} places.")
    next_step = N_("Draw by larger groups, or with a larger sample, so that each group has a place.")


class StrataNeedOneSample(Refusal):
    code = "strata-need-one-sample"
    status = 422
    sentence = N_("A sample that is looked at in steps, or that is the whole lot, is not drawn group by group.")
    next_step = N_("Choose a way of sampling that looks at one sample whole, or draw without groups.")
