"""What is refused about profiles."""

from guiju.kit import N_, NotFound, Refusal


class NotProfiled(NotFound):
    code = "not-profiled"
    sentence = N_("There is no profile of this yet.")
    next_step = N_("Ask for one; of a million short texts it takes less than half a minute.")


class UnknownFigure(Refusal):
    code = "unknown-figure"
    status = 422
    sentence = N_("“{figure}” is no figure that is measured.")
    next_step = N_("Follow a link of the profile's page, or name one of: {known}.")


class NothingToProfile(Refusal):
    code = "nothing-to-profile"
    status = 409
    sentence = N_("There is nothing to look at: no source of this project is imported.")
    next_step = N_("Bring data first.")
