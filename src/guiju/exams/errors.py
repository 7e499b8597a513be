"""What is refused about exams."""

from guiju.kit import N_, NotFound, Refusal


class ExamNotFound(NotFound):
    code = "exam-not-found"
    sentence = N_("There is no such exam, or it is not yours to see.")
    next_step = N_("Open the project's exams.")


class SittingNotFound(NotFound):
    code = "sitting-not-found"
    sentence = N_("There is no such paper, or it is not yours.")
    next_step = N_("Open the project's exams and begin your own.")


class TooFewReferences(Refusal):
    """There is less known than the paper would ask."""

    code = "too-few-references"
    status = 409
    sentence = N_("The paper asks {size} questions, and {count} right answers are known under the present rules.")
    next_step = N_(
        "Add examples with answers to the rulebook, or rule on questions; the labels with the fewest: {lacking}."
    )


class SettingsImpossible(Refusal):
    code = "exam-settings-impossible"
    status = 422
    sentence = N_("“{what}” of an exam lies between {low} and {high}; {value} was given.")
    next_step = N_("Choose a value in between.")


class MarkOutOfReach(Refusal):
    """With so few questions not even a faultless paper could pass."""

    code = "pass-mark-out-of-reach"
    status = 422
    sentence = N_("With {size} questions even a faultless paper has a lower end of only {best}: nobody could pass.")
    next_step = N_("Ask at least {enough} questions, lower the pass mark, or let the score itself decide.")


class ExamClosed(Refusal):
    code = "exam-closed"
    status = 409
    sentence = N_("This exam takes nobody any more.")
    next_step = N_("Ask the trainer to open it again, or to set another one up.")


class NoAttemptsLeft(Refusal):
    code = "no-attempts-left"
    status = 409
    sentence = N_("You sat this exam {attempts} times under these rules; that is as often as it may be sat.")
    next_step = N_("Practise what you got wrong, and ask the trainer for another exam.")


class AlreadyCertified(Refusal):
    code = "already-certified"
    status = 409
    sentence = N_("You hold the certificate for these rules already.")
    next_step = N_("Go on with your work; a new exam comes when the rules change their meaning.")


class HandedIn(Refusal):
    """A paper is handed in once."""

    code = "paper-handed-in"
    status = 409
    sentence = N_("This paper was handed in already; nothing of it changes any more.")
    next_step = N_("Look at its result; where attempts are left, begin another paper.")


class NotAnswered(Refusal):
    code = "question-not-answered"
    status = 409
    sentence = N_("What is right is told after the answer, and this question has none yet.")
    next_step = N_("Answer it first.")


class TellsAtEnd(Refusal):
    code = "told-at-the-end"
    status = 409
    sentence = N_("This exam tells what is right at the end.")
    next_step = N_("Hand the paper in to see it.")


class NotOnPaper(Refusal):
    code = "not-on-paper"
    status = 422
    sentence = N_("Item {item} is no question of this paper.")
    next_step = N_("Answer the items that the paper lists.")


class AnswersUnreadable(Refusal):
    code = "paper-answers-unreadable"
    status = 422
    sentence = N_("Line {line} is no answer to a question: {reason}.")
    next_step = N_('Write one line for each question: {{"item": 12, "answers": {{"field": …}}}}.')
