"""What is refused on the way from a mail to a draft of the brief."""

from guiju.kit import N_, NotFound, Refusal


class NoService(Refusal):
    code = "no-chat-service"
    status = 409
    sentence = N_("No language model is configured, so no draft can be asked for.")
    next_step = N_("Write the brief by hand, or ask whoever runs the house to name one (docs/embedders.md).")


class DraftNotFound(NotFound):
    code = "brief-draft-not-found"
    sentence = N_("There is no such draft, or it was deleted.")
    next_step = N_("Open the project’s brief and begin with the text again.")


class TextEmpty(Refusal):
    code = "draft-text-empty"
    status = 422
    sentence = N_("There is no text to draft a brief from.")
    next_step = N_("Paste the customer’s mail or the notes, or choose a .txt, .docx or .eml file with words in it.")


class TextTooLong(Refusal):
    code = "draft-text-too-long"
    status = 422
    sentence = N_("The text has {count} characters; {most} at most are sent.")
    next_step = N_("Leave out what does not say what is wanted: quoted mails, signatures, attachments.")


class FileUnreadable(Refusal):
    code = "draft-file-unreadable"
    status = 422
    sentence = N_("The file “{name}” cannot be read as text, Word or mail: {reason}.")
    next_step = N_("Paste its words instead.")


class SentElsewhere(Refusal):
    """What is configured now is not what was shown."""

    code = "draft-not-as-shown"
    status = 409
    sentence = N_("What would be sent, or to whom, is no longer what was shown; nothing was sent.")
    next_step = N_("Look at it again, and send it if it is right.")


class SentAlready(Refusal):
    code = "draft-sent-already"
    status = 409
    sentence = N_("This text was sent already.")
    next_step = N_("Wait for its answer, or begin with the text again.")


class ServiceSilent(Refusal):
    code = "draft-service-silent"
    status = 503
    sentence = N_("{host} gave no answer in {tries} tries; the last was: {reason}.")
    next_step = N_("Nothing in the brief has changed. Send it again later, or write the brief by hand.")


class ServiceRefused(Refusal):
    code = "draft-service-refused"
    status = 422
    sentence = N_("{host} refuses the text with {status}: {reason}.")
    next_step = N_("Ask whoever runs the house to look at the model and the key (docs/embedders.md).")


class AnswerWrong(Refusal):
    code = "draft-answer-wrong"
    status = 422
    sentence = N_("{host} answers something else than a draft: {reason}.")
    next_step = N_("Nothing in the brief has changed. Send it again, or ask for another model (docs/embedders.md).")


class NothingTicked(Refusal):
    code = "draft-nothing-ticked"
    status = 422
    sentence = N_("No sentence is ticked.")
    next_step = N_("Tick what is to stand in the brief.")
