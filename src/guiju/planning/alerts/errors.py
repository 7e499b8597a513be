"""What is refused about alerts."""

from guiju.kit import N_, NotFound, Refusal


class AlertNotThere(NotFound):
    code = "alert-not-there"
    sentence = N_("The project has no such alert now.")
    next_step = N_("Read the alerts again: what it told of may be over.")


class AlertReasonMissing(Refusal):
    code = "alert-reason-missing"
    status = 422
    sentence = N_("An alert is quieted with a reason.")
    next_step = N_("Write in a sentence why it needs nobody now, so that others need not ask.")


class AlertDaysOutside(Refusal):
    code = "alert-days-outside"
    status = 422
    sentence = N_("An alert is quiet for 1 to {most} days, not {days}.")
    next_step = N_("Name a number of days; it can be quieted again afterwards.")


class AlertNotQuiet(NotFound):
    code = "alert-not-quiet"
    sentence = N_("This alert is not quieted.")
    next_step = N_("Read the alerts again: its time may be over, or somebody let it speak again.")
