"""What is refused about a draw."""

from guiju.kit import N_, NotFound, Refusal


class NothingSure(Refusal):
    code = "bank-nothing-sure"
    status = 422
    sentence = N_("Of {count} deposits none has an answer that is sure under this project's rulebook.")
    next_step = N_(
        "Draw them with their answers and have these rechecked first, or narrow the search to grade A of this rulebook."
    )


class AllDoubtful(Refusal):
    code = "bank-all-doubtful"
    status = 409
    sentence = N_("All {count} deposits contradict others in the bank, so none can be drawn with its answer.")
    next_step = N_("Settle the contradictions on their page in the bank, or draw the items alone.")


class DrawNotFound(NotFound):
    code = "bank-draw-not-found"
    sentence = N_("There is no such draw, or you may not see it.")
    next_step = N_("Open the data bank, and draw into a project that you lead.")


class DrawFailed(Refusal):
    """What the job of a draw ended with."""

    code = "bank-draw-failed"
    status = 409
    sentence = N_("Nothing was drawn: “{message}”.")
    next_step = N_("What to do: “{next}”.")


class DrawUnsettled(Refusal):
    code = "bank-draw-unsettled"
    status = 409
    sentence = N_("While it was drawn, what it draws was withdrawn again and again.")
    next_step = N_("Nothing of it was kept. Wait until the withdrawals are done, then draw once more.")


class NoRulebookToDrawUnder(Refusal):
    code = "bank-no-rulebook"
    status = 409
    sentence = N_("The project has no published rulebook, so no answer can be brought into it.")
    next_step = N_("Publish its rulebook first, or draw the items alone.")


class DrawUnreadable(Refusal):
    code = "bank-draw-unreadable"
    status = 422
    sentence = N_("“{said}” is nothing that deposits can be drawn as.")
    next_step = N_("Choose one of: {known}.")
