"""What is refused about teams."""

from guiju.kit import N_, NotFound, Refusal


class TeamNotFound(NotFound):
    code = "team-not-found"
    sentence = N_("There is no such team.")
    next_step = N_("Look at the list of teams, or ask an administrator to make it.")


class TeamNameTaken(Refusal):
    code = "team-name-taken"
    status = 409
    sentence = N_("There is a team “{name}” already.")
    next_step = N_("Choose another name, or add the people to that team.")


class TeamNameMissing(Refusal):
    code = "team-name-missing"
    status = 422
    sentence = N_("A team needs a name.")
    next_step = N_("Write one, for example the shift or the place of its people.")
