"""Documents that people take away: one model, written as Word, as a page that needs nothing else, and as PDF.

A slice makes a `Document` out of its figures and calls `render(document, "docx" | "html" | "pdf")`; `as_download`
answers a request with it. Equal documents give equal bytes.
"""

from guiju.site.documents.answers import as_download, file_name
from guiju.site.documents.errors import DocumentTooLong, FontsMissing, FormatNeedsExtra, FormatUnknown
from guiju.site.documents.formats import FORMATS, Format, get_format, render
from guiju.site.documents.model import (
    Align,
    Bar,
    Bars,
    Block,
    Bullets,
    Column,
    Document,
    Facts,
    Heading,
    Inline,
    Mark,
    Paragraph,
    Signatures,
    Span,
    Table,
    Tone,
    code,
    quiet,
    right,
    strong,
)

__all__ = [
    "FORMATS",
    "Align",
    "Bar",
    "Bars",
    "Block",
    "Bullets",
    "Column",
    "Document",
    "DocumentTooLong",
    "Facts",
    "FontsMissing",
    "Format",
    "FormatNeedsExtra",
    "FormatUnknown",
    "Heading",
    "Inline",
    "Mark",
    "Paragraph",
    "Signatures",
    "Span",
    "Table",
    "Tone",
    "as_download",
    "code",
    "file_name",
    "get_format",
    "quiet",
    "render",
    "right",
    "strong",
]
