"""What is refused when somebody adjudicates."""

from guiju.kit import N_, NotFound, Refusal


class CaseNotFound(NotFound):
    code = "case-not-found"
    sentence = N_("Fewer than two annotators answered this item in this round.")
    next_step = N_("Open an item of the round's list of undecided items.")


class AnswersToCome(Refusal):
    code = "answers-to-come"
    status = 409
    sentence = N_("{n} answers to this item are still to come, and a ruling could be read by those who give them.")
    next_step = N_("Wait for them, or close the round first.")


class CaseChanged(Refusal):
    code = "case-changed"
    status = 409
    sentence = N_("This item was answered or ruled on again meanwhile, so your ruling was not stored.")
    next_step = N_("Open it again, look at what is new, and rule once more.")


class RulingEmpty(Refusal):
    code = "ruling-empty"
    status = 422
    sentence = N_("A ruling needs its reason: a sentence, or a clause of the rulebook.")
    next_step = N_("Write why this answer is right, or cite the clause that says it.")


class AnswerUnclear(Refusal):
    code = "answer-unclear"
    status = 422
    sentence = N_("It is not clear which answer is right.")
    next_step = N_("Name a letter, or a file of JSON with an answer for each field; one of the two.")


class LetterUnknown(Refusal):
    code = "letter-unknown"
    status = 422
    sentence = N_("Nobody has the letter “{letter}” here; known are {known}.")
    next_step = N_("Look at the answers with “adjudicate show”, and name one of its letters.")
