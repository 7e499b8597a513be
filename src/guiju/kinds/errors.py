"""Named refusals of this room."""

from guiju.kit import N_, Refusal


class BadAnswer(Refusal):
    """What was sent is no answer of any kind."""

    code = "bad-answer"
    status = 422
    sentence = N_("The answer could not be read: {reason}.")
    next_step = N_("Send one object with a known “kind” and exactly its fields; docs/kinds/README.md shows each kind.")


class UnknownKind(Refusal):
    """A name that is no kind."""

    code = "unknown-kind"
    status = 422
    sentence = N_("There is no kind of answer called “{kind}”.")
    next_step = N_("Choose one of: {known}.")
