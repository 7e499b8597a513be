"""Why a plan cannot be made or read: each refusal has a name."""

from guiju.kit import N_, Refusal


class NotAProbability(Refusal):
    """A share, a risk or a confidence that does not lie where it must."""

    code = "not-a-probability"
    status = 422
    sentence = N_("{what} must lie between {low} and {high}; {value} does not.")
    next_step = N_("Give it as a share: 2% is 0.02.")


class PlanLargerThanLot(Refusal):
    """More items to look at than there are."""

    code = "plan-larger-than-lot"
    status = 422
    sentence = N_("The plan looks at {n} items, and the lot has {lot}.")
    next_step = N_("Look at every item of the lot, or choose a smaller plan.")


class ImpossiblePlan(Refusal):
    """Numbers that are no sampling plan."""

    code = "impossible-plan"
    status = 422
    sentence = N_("Looking at {n} items, accepting at {accept} and rejecting at {reject} defective ones is no plan.")
    next_step = N_("Look at one item or more, and let the rejection number be larger than the acceptance number.")


class PointsCrossed(Refusal):
    """The quality to be accepted is not better than the quality to be rejected, or is not accepted more often."""

    code = "points-crossed"
    status = 422
    sentence = N_("The good quality ({good}) must be better than the poor one ({poor}), and be accepted more often.")
    next_step = N_("Give the smaller share with the larger probability of acceptance to --prp.")


class PointsTooClose(Refusal):
    """Two qualities that only an enormous sample could tell apart."""

    code = "points-too-close"
    status = 422
    sentence = N_("To tell {good} from {poor} with these risks takes about {n} items; the limit is {limit}.")
    next_step = N_("Move the two qualities further apart, or allow larger risks.")


class RisksTooLarge(Refusal):
    """Two risks that add up to a coin toss or worse."""

    code = "risks-too-large"
    status = 422
    sentence = N_("The two risks, {alpha} and {beta}, add up to 1 or more: a coin decides as well.")
    next_step = N_("Choose smaller risks, such as 0.05 and 0.1.")


class InspectionDiscontinued(Refusal):
    """Five lots were rejected on tightened inspection, and nothing was improved since."""

    code = "inspection-discontinued"
    status = 409
    sentence = N_("Inspection was stopped: {rejected} lots were rejected while it was tightened.")
    next_step = N_("Improve how the work is done, then resume with tightened inspection.")


class ClaimImpossible(Refusal):
    """So many errors are found that the claim cannot hold, however much is looked at."""

    code = "claim-impossible"
    status = 422
    sentence = N_("With {errors} errors found, a lot of {lot} items is worse than {share} already.")
    next_step = N_("Allow fewer errors in the sample, or claim less.")
