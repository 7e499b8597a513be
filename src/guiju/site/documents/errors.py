"""What keeps a document from being written."""

from guiju.kit import N_, Refusal


class FormatNeedsExtra(Refusal):
    code = "document-format-needs-extra"
    status = 501
    sentence = N_("Guiju writes {format} with the package {package}, which is not installed here.")
    next_step = N_("Install it with pip install 'guiju[{extra}]', or take the document as Word or as a page.")


class FontsMissing(Refusal):
    """A source tree whose front end was built before the fonts came, or not at all."""

    code = "document-fonts-missing"
    status = 501
    sentence = N_("The fonts that PDF documents are set in are not where this Guiju was started from.")
    next_step = N_("Run make app in the source tree, or install a wheel; Word and the page need no fonts.")


class FormatUnknown(Refusal):
    code = "document-format-unknown"
    status = 422
    sentence = N_("Documents are not written as “{format}”.")
    next_step = N_("Choose one of {known}.")


class DocumentTooLong(Refusal):
    code = "document-too-long"
    status = 422
    sentence = N_("The document has {blocks} parts and rows; {limit} at most are written into one file.")
    next_step = N_("Narrow down what it reports on, or take the rows as a table.")
