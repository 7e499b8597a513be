"""What is refused about retrospectives."""

from guiju.kit import N_, NotFound, Refusal


class RetrospectiveNotFound(NotFound):
    code = "retrospective-not-found"
    sentence = N_("This project has no such retrospective.")
    next_step = N_("Open the project's retrospective to see its versions.")


class WorkStillOpen(Refusal):
    code = "work-still-open"
    status = 409
    sentence = N_("Work is still going on: {rounds} open rounds, {lots} lots that are not over.")
    next_step = N_("Close the rounds and decide the lots, or write an interim retrospective.")


class NothingDone(Refusal):
    code = "nothing-done"
    status = 409
    sentence = N_("Nothing was annotated in this project yet.")
    next_step = N_("Write a retrospective once there is something to look back at.")


class RetrospectiveFinished(Refusal):
    code = "retrospective-finished"
    status = 409
    sentence = N_("Version {version} is signed and never changes.")
    next_step = N_("Write a new version.")


class StaleRetrospective(Refusal):
    code = "stale-retrospective"
    status = 409
    sentence = N_("Somebody else saved the retrospective meanwhile.")
    next_step = N_("Load it again; your words are still in the form.")


class UnknownSection(Refusal):
    code = "unknown-section"
    status = 422
    sentence = N_("“{section}” is no section of a retrospective.")
    next_step = N_("Sections are: {known}.")


class WordsMissing(Refusal):
    code = "words-missing"
    status = 422
    sentence = N_("A retrospective is finished with the trainer's own words to at least one section.")
    next_step = N_("Say in a sentence what you would do the same way again, and what not.")
