"""What is refused about owners, merging and the line."""

from guiju.kit import N_, Refusal


class OwnerCannotRule(Refusal):
    code = "owner-cannot-rule"
    status = 422
    sentence = N_("Whoever owns a question must be able to answer it, and this person may not rule in this project.")
    next_step = N_("Choose an expert, a trainer or the requester of the project, or nobody.")


class NothingToMerge(Refusal):
    code = "too-few-to-merge"
    status = 422
    sentence = N_("Merging takes two different questions or more.")
    next_step = N_("Tick the questions that ask the same.")


class NoQuestionsTicked(Refusal):
    code = "no-questions-ticked"
    status = 422
    sentence = N_("No question is ticked.")
    next_step = N_("Tick the questions that are meant, then choose what becomes of them.")


class TooManyTicked(Refusal):
    code = "too-many-ticked"
    status = 422
    sentence = N_("{count} questions at once are too many; {most} at most.")
    next_step = N_("Do it in several steps.")


class QuestionElsewhere(Refusal):
    code = "question-elsewhere"
    status = 422
    sentence = N_("Question {question} belongs to another project.")
    next_step = N_("Merge questions of one project.")


class QuestionNotOpen(Refusal):
    code = "question-not-open"
    status = 409
    sentence = N_("Question {question} is not open any more: it is answered, or merged with another one.")
    next_step = N_("Open it to see what became of it.")


class NotMerged(Refusal):
    code = "not-merged"
    status = 409
    sentence = N_("Question {question} is not merged with another one.")
    next_step = N_("Open the questions anew.")


class HoursOutside(Refusal):
    code = "hours-outside"
    status = 422
    sentence = N_("{hours} hours is no line for open questions; from 1 to {most}.")
    next_step = N_("Write the hours after which an open question is overdue, 48 for two days.")
