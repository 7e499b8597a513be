"""What is refused about briefs, and about any plain document that a person wrote."""

from guiju.kit import N_, NotFound, Refusal


class DocumentTooLarge(Refusal):
    code = "document-too-large"
    status = 413
    sentence = N_("The document is larger than {limit} characters or entries.")
    next_step = N_("A brief or a rulebook is written to be read: split it, or take data out of it.")


class YamlBroken(Refusal):
    code = "yaml-broken"
    status = 422
    sentence = N_("Line {line}: this is not YAML ({reason}).")
    next_step = N_("Check the line's indentation, colons and quotes.")


class EntryMissing(Refusal):
    code = "entry-missing"
    status = 422
    sentence = N_("Line {line}: “{place}” is missing.")
    next_step = N_("Add it; the format is shown on the page of help.")


class UnknownEntry(Refusal):
    code = "unknown-entry"
    status = 422
    sentence = N_("Line {line}: there is no entry “{place}” in this format.")
    next_step = N_("Entries here are: {known}.")


class NotAMapping(Refusal):
    code = "not-a-mapping"
    status = 422
    sentence = N_("Line {line}: “{place}” should hold named entries (name: value).")
    next_step = N_("Write each entry on a line of its own, indented below the name.")


class NotAList(Refusal):
    code = "not-a-list"
    status = 422
    sentence = N_("Line {line}: “{place}” should be a list.")
    next_step = N_("Begin each entry with “- ”, or write them between brackets.")


class NotAText(Refusal):
    code = "not-a-text"
    status = 422
    sentence = N_("Line {line}: “{place}” should be a text.")
    next_step = N_("Put it between quotes.")


class NotNumeric(Refusal):
    code = "not-numeric"
    status = 422
    sentence = N_("Line {line}: “{value}” in “{place}” is not a number.")
    next_step = N_("Write a plain number without quotes or units.")


class NotATruth(Refusal):
    code = "not-a-truth"
    status = 422
    sentence = N_("Line {line}: “{place}” should be true or false.")
    next_step = N_("Write true or false without quotes.")


class NotOneOf(Refusal):
    code = "not-one-of"
    status = 422
    sentence = N_("Line {line}: “{value}” is not a value of “{place}”.")
    next_step = N_("Choose one of: {known}.")


class BriefNotFound(NotFound):
    code = "brief-not-found"
    sentence = N_("This project has no such version of its brief.")
    next_step = N_("Open the brief's page to see the versions there are.")


class BriefIsStale(Refusal):
    code = "brief-is-stale"
    status = 409
    sentence = N_("The brief has changed since you opened it: it is now version {version}, save {revision}.")
    next_step = N_("Keep your text aside, reload the page, and put your changes into the newest version.")


class BriefHasGaps(Refusal):
    code = "brief-has-gaps"
    status = 409
    sentence = N_("The brief cannot be signed: {count} gaps must be closed first ({gaps}).")
    next_step = N_("Close them in the form; each gap says what to write.")


class BriefAlreadySigned(Refusal):
    code = "brief-already-signed"
    status = 409
    sentence = N_("Version {version} of the brief is already signed.")
    next_step = N_("Save a change to begin the next version, and sign that.")


class BriefConflict(Refusal):
    code = "brief-conflict"
    status = 409
    sentence = N_("Somebody else changed the same places since you opened the brief: {places}.")
    next_step = N_("Nothing was overwritten: choose what holds in each place, and save again.")


class NotUtf8(Refusal):
    code = "not-utf-8"
    status = 422
    sentence = N_("The file is not UTF-8 text: byte {at} is none.")
    next_step = N_("Save it as UTF-8 in the editor it was written in, and import it again.")


class QuestionGone(NotFound):
    code = "question-gone"
    sentence = N_("The brief has no question “{question}”.")
    next_step = N_("Reload the page: somebody may have reworded or removed it.")


class CommentNotFound(NotFound):
    code = "comment-not-found"
    sentence = N_("The brief of this project has no such comment.")
    next_step = N_("Reload the brief's page to see what was said.")
