"""What is refused about pay."""

from guiju.kit import N_, NotFound, Refusal, Words


class NoRateCard(Refusal):
    code = "no-rate-card"
    status = 409
    sentence = N_("No rate card holds in this period, so nothing can be computed.")
    next_step = N_("Write the project's rate card first, from the day on from which it is to hold.")


class RateCardRefused(Refusal):
    code = "rate-card-refused"
    status = 422
    sentence = N_("The rate card cannot be kept: {reason}.")
    next_step = N_("Correct it and save it again.")

    def spoken(self, words: Words) -> dict[str, object]:
        return {**self.details, "reason": words(str(self.details["reason"]))}


class CardInPast(Refusal):
    code = "rate-card-in-past"
    status = 409
    sentence = N_("A rate card cannot begin before {day}: what lies before is closed, or belongs to the card before.")
    next_step = N_("Let it begin on that day or later.")


class BadPeriod(Refusal):
    code = "bad-period"
    status = 422
    sentence = N_("“{start}” to “{end}” is no period.")
    next_step = N_("Give two days as in “2030-01-01”, the first before the last.")


class PeriodNotOver(Refusal):
    code = "period-not-over"
    status = 409
    sentence = N_("The period is not over yet; somebody may still be working in it.")
    next_step = N_("Close it when its last day has passed.")


class PeriodClosed(Refusal):
    code = "period-closed"
    status = 409
    sentence = N_("Period {number} holds some of these days and is closed.")
    next_step = N_("Choose days after it. What changed since then comes as adjustments in the next period.")


class PayChanged(Refusal):
    code = "pay-changed"
    status = 409
    sentence = N_("Another period was closed meanwhile; nothing was stored.")
    next_step = N_("Open the page of pay again, and close this one then.")


class StatementNotFound(NotFound):
    code = "statement-not-found"
    sentence = N_("There is no such statement, or it is not yours.")
    next_step = N_("Open the project's page of pay; it lists your statements.")


class LineNotFound(NotFound):
    code = "statement-line-not-found"
    sentence = N_("The statement has no line {place}.")
    next_step = N_("Open the statement; its lines are numbered.")


class QuestionEmpty(Refusal):
    code = "pay-question-empty"
    status = 422
    sentence = N_("Nothing was written.")
    next_step = N_("Write what is to be said about the line.")


class PayQuestionNotFound(NotFound):
    code = "pay-question-not-found"
    sentence = N_("There is no such question about a statement.")
    next_step = N_("Open the statement that it was asked of.")


class PayQuestionAnswered(Refusal):
    code = "pay-question-answered"
    status = 409
    sentence = N_("This question was answered already.")
    next_step = N_("Its answer stands on the statement's page; ask again if it does not help.")
