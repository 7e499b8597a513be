"""What is refused about feeds, and why a well gave nothing."""

from guiju.kit import N_, NotFound, Refusal


class FeedNotFound(NotFound):
    code = "feed-not-found"
    sentence = N_("There is no such feed in this project.")
    next_step = N_("Open the project's data page to see its feeds.")


class FeedNotMapped(Refusal):
    code = "feed-not-mapped"
    status = 409
    sentence = N_("Nobody has said yet how the data of “{feed}” is read.")
    next_step = N_("Look at its first records and say what is meant; then it is brought.")


class FeedStopped(Refusal):
    code = "feed-stopped"
    status = 409
    sentence = N_("“{feed}” is stopped.")
    next_step = N_("Start it again, then bring.")


class FeedBusy(Refusal):
    code = "feed-busy"
    status = 409
    sentence = N_("“{feed}” is being brought at this moment.")
    next_step = N_("Wait until it is over; what is new then comes with the next look.")


class BadAsked(Refusal):
    code = "bad-asked"
    status = 422
    sentence = N_("What is asked of the connection cannot be read: {reason}.")
    next_step = N_("Say a query of a database, or a folder; rows and seconds are whole numbers.")


class QueryMissing(Refusal):
    code = "query-missing"
    status = 422
    sentence = N_("There is no query.")
    next_step = N_("Write one SELECT that gives the rows that you want.")


class NotASelect(Refusal):
    code = "not-a-select"
    status = 422
    sentence = N_("Only one statement that reads is allowed, and this begins with “{word}”.")
    next_step = N_("Write one SELECT (WITH … SELECT will do), without a semicolon in between.")


class BadInterval(Refusal):
    code = "bad-interval"
    status = 422
    sentence = N_("“{minutes}” is no number of minutes between two looks.")
    next_step = N_("Write a whole number from {low} to {high}, or leave it empty to bring by hand.")


class WellFailed(Refusal):
    """What stands outside did not give what was asked for. A look ends with it, and leaves nothing."""

    code = "well-failed"
    status = 502
    sentence = N_("“{connection}” did not give the data.")
    next_step = N_("Try again; if it stays so, ask the administrator who named the connection.")


class WellUnreachable(WellFailed):
    code = "well-unreachable"
    sentence = N_("“{connection}” cannot be reached: {reason}.")
    next_step = N_(
        "Ask the administrator whether its address is right and the server may reach it. Nothing was brought."
    )


class WellRefused(WellFailed):
    code = "well-refused"
    status = 422
    sentence = N_("“{connection}” refused: {reason}.")
    next_step = N_("Correct the query, or ask the administrator for the right to read what it names.")


class NotReadOnly(WellFailed):
    code = "not-read-only"
    status = 422
    sentence = N_("“{connection}” refused it because it does more than read: {reason}.")
    next_step = N_("Write one SELECT. Data of others is read here and never changed.")


class WellTooSlow(WellFailed):
    code = "well-too-slow"
    status = 422
    sentence = N_("The query was stopped after {seconds} seconds.")
    next_step = N_("Ask for less, give it an index to stand on, or allow it more seconds.")


class WellDied(WellFailed):
    code = "well-died"
    sentence = N_("“{connection}” broke off after {rows} rows: {reason}.")
    next_step = N_("Nothing of them was kept. Bring it again when it stands.")


class TooManyRows(WellFailed):
    code = "too-many-rows"
    status = 422
    sentence = N_("The query gives more than {rows} rows.")
    next_step = N_(
        "Narrow it (WHERE, LIMIT), or allow it more rows. Nothing was brought, so that nothing is cut off unseen."
    )


class TooMuchData(WellFailed):
    code = "too-much-data"
    status = 413
    sentence = N_("There are {size} bytes to bring, and {free} are free on the server.")
    next_step = N_("Make room in the home, or bring less at once.")


class NoRows(WellFailed):
    code = "no-rows"
    status = 422
    sentence = N_("The query gave no row.")
    next_step = N_("Check its conditions.")


class TooPowerful(WellFailed):
    """Read-only transactions do not keep such an account from the files of its server."""

    code = "too-powerful"
    status = 422
    sentence = N_("The account of “{connection}” may do more than read tables: {right}.")
    next_step = N_("Ask the administrator to name an account that has the right to SELECT and no other.")


class FolderGone(WellFailed):
    code = "folder-gone"
    status = 404
    sentence = N_("“{folder}” is not there, or may not be read.")
    next_step = N_("Check its name. If it is on a disk of the network, ask whether that is there.")


class FolderOutside(WellFailed):
    code = "folder-outside"
    status = 403
    sentence = N_("“{folder}” leads out of what the connection grants.")
    next_step = N_("Name a folder within, without “..” and without a link that leads elsewhere.")


class TooManyFiles(WellFailed):
    code = "too-many-files"
    status = 422
    sentence = N_("There are more than {limit} files below “{folder}”.")
    next_step = N_("Make one feed for each folder in it.")


class NothingNew(WellFailed):
    """Only a sample asks for it: a look that finds nothing new is no failure."""

    code = "nothing-there"
    status = 422
    sentence = N_("There is no file below “{folder}” yet.")
    next_step = N_("Put a first file there, or name another folder.")


class ExtraMissing(WellFailed):
    code = "feed-extra-missing"
    status = 409
    sentence = N_("For such a connection the server lacks the package {package}.")
    next_step = N_("Ask the administrator to install it: pip install 'guiju[{extra}]'.")


class FileLeftOut(Refusal):
    """Why one file or object was not taken; told beside it, and not tried again until it changes."""

    code = "file-left-out"
    status = 422
    sentence = N_("This file was not taken.")
    next_step = N_("Change it, or take it out of the folder.")


class FileIsLink(FileLeftOut):
    code = "file-is-link"
    sentence = N_("It is a link or no plain file.")
    next_step = N_("Put the file itself there.")


class FileNameUnfit(FileLeftOut):
    code = "file-name-unfit"
    sentence = N_("Its name cannot stand on a disk, or stands in the way of another.")
    next_step = N_("Give it a plain relative name of at most 200 characters a part.")


class FileTooBig(FileLeftOut):
    code = "feed-file-too-big"
    sentence = N_("It has {size} bytes; at most {limit} are read.")
    next_step = N_("Split it.")


class FileTypeUnknown(FileLeftOut):
    code = "feed-file-type-unknown"
    sentence = N_("It is none of the types that can be imported.")
    next_step = N_("Bring pictures, sounds, Excel, CSV, TSV, JSON, Parquet, Word, TXT, zip or tar.")


class ChangedWhileRead(Refusal):
    """Not a failure: the next look brings it."""

    code = "changed-while-read"
    status = 409
    sentence = N_("It changed while it was read.")
    next_step = N_("It comes with the next look, once it has come to rest.")
