"""What is refused about a mapping and about an upload that waits."""

from guiju.kit import N_, NotFound, Refusal


class UploadNotFound(NotFound):
    """Imported, discarded, older than a day, or another person's."""

    code = "upload-not-found"
    sentence = N_("These files do not wait here any more.")
    next_step = N_("Look at the project's data page: they may be imported already. Otherwise upload them again.")


class MappingUnreadable(Refusal):
    code = "mapping-unreadable"
    status = 422
    sentence = N_("The mapping cannot be read: {reason}.")
    next_step = N_("Write it as docs/formats/import.md shows, one “name: value” a line.")
