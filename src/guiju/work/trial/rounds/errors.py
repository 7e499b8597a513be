"""What is refused when two rounds are compared."""

from guiju.kit import N_, Refusal


class NoEarlierTrial(Refusal):
    code = "no-earlier-trial"
    status = 409
    sentence = N_("There is no earlier trial to compare this one with.")
    next_step = N_("Amend the rulebook and open a second trial; the two can then be compared.")


class SameRound(Refusal):
    code = "same-round"
    status = 422
    sentence = N_("A round cannot be compared with itself.")
    next_step = N_("Choose an earlier round of the project.")


class OtherProject(Refusal):
    code = "round-of-another-project"
    status = 422
    sentence = N_("The two rounds belong to different projects.")
    next_step = N_("Choose an earlier round of the same project.")
