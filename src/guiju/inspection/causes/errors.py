"""What is refused about causes."""

from guiju.kit import N_, NotFound, Refusal


class CauseUnknown(NotFound):
    code = "cause-unknown"
    sentence = N_("There is no cause “{cause}” of this kind.")
    next_step = N_("Take one from the list of causes.")


class BadMoment(Refusal):
    code = "bad-moment"
    status = 422
    sentence = N_("“{value}” is no day or moment.")
    next_step = N_("Write it as 2026-03-31, or 2026-03-31T09:00:00Z.")
