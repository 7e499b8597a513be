"""What is refused about who reworks."""

from guiju.kit import N_, Refusal


class NobodyElse(Refusal):
    code = "nobody-else-to-rework"
    status = 409
    sentence = N_("{count} of the items were answered by every annotator of the project.")
    next_step = N_("Add an annotator, or send the items to a team, to a person or back to who made them.")


class NotAReworker(Refusal):
    code = "not-a-reworker"
    status = 422
    sentence = N_("The rework cannot go there: it is no annotator of the project, and no team with one.")
    next_step = N_("Choose a member who annotates, or a team that has one.")
