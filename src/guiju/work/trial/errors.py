"""What is refused at a trial's gate."""

from guiju.kit import N_, Refusal


class NoTrialYet(Refusal):
    """The command line was not told which round, and the project has none that could be meant."""

    code = "no-trial-yet"
    status = 404
    sentence = N_("This project has no trial yet.")
    next_step = N_("Open a trial, or import the work of several annotators as one.")


class NothingToCompare(Refusal):
    code = "nothing-to-compare"
    status = 409
    sentence = N_("No item of this round has answers of two annotators, so the gate has nothing to read.")
    next_step = N_("Wait for more answers, or give the same items to a second annotator.")


class GateNotReached(Refusal):
    code = "gate-not-reached"
    status = 409
    sentence = N_("The gate asks for at least {at_least}; the figure it reads is {figure}.")
    next_step = N_("Amend the rulebook and try again, or open the gate with a signed reason.")


class GateAlreadyDecided(Refusal):
    code = "gate-already-decided"
    status = 409
    sentence = N_("The gate of this trial is decided already.")
    next_step = N_("Open the project's rounds to go on with production.")


class ReportIsStale(Refusal):
    """Answers came in while the decision was being made."""

    code = "report-is-stale"
    status = 409
    sentence = N_("New answers have come in since this report was made.")
    next_step = N_("Reload the report, look at it, and decide again.")


class NotATrial(Refusal):
    code = "not-a-trial"
    status = 409
    sentence = N_("This round is no trial, so it has no gate to decide.")
    next_step = N_("Open the report of a trial.")


class TrialStillBlind(Refusal):
    """Whoever asks takes part themselves."""

    code = "trial-still-blind"
    status = 403
    sentence = N_("You take part in this trial, and {left} answers are still wanted: who answers sees nobody else's.")
    next_step = N_("Wait until all have answered, or let somebody who does not take part read the report.")
