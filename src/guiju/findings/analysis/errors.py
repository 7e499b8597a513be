"""What is refused about an analysis."""

from guiju.kit import N_, NotFound


class NotAnalysed(NotFound):
    code = "not-analysed"
    sentence = N_("The labels of this project were not looked at together yet.")
    next_step = N_("Ask for it on the findings page, or wait for the job that is at work.")
