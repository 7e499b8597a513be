"""Why a chart cannot be drawn, or a share not be corrected."""

from guiju.kit import N_, Refusal


class NoSubgroups(Refusal):
    """A chart needs at least one sample, and every sample at least one item."""

    code = "no-subgroups"
    status = 422
    sentence = N_("There is no sample to chart: every point needs at least one item that was looked at.")
    next_step = N_("Judge a sample first.")


class BadSubgroup(Refusal):
    """More defective items than were looked at, or fewer than none."""

    code = "bad-subgroup"
    status = 422
    sentence = N_("{defective} defective of {n} looked at cannot be.")
    next_step = N_("Give for each sample how many were looked at, and how many of them were defective.")
