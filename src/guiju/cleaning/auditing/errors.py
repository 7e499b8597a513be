"""What keeps an audit report from being written."""

from guiju.kit import N_, Refusal


class AuditLanguageUnknown(Refusal):
    code = "audit-language-unknown"
    status = 422
    sentence = N_("Audit reports are not written in “{language}”.")
    next_step = N_("Choose one of {known}.")


class TooManySources(Refusal):
    code = "audit-too-many-sources"
    status = 422
    sentence = N_("The project has {sources} imported sources; {limit} at most go into one report.")
    next_step = N_("Choose a source, and take a report of each.")


class NothingToAudit(Refusal):
    code = "nothing-to-audit"
    status = 409
    sentence = N_("No data has been imported, so there is nothing to report on.")
    next_step = N_("Bring data in first.")
