"""The formats that a document is written in, and what each is called."""

from collections.abc import Callable
from dataclasses import dataclass

from guiju.kit import N_
from guiju.site.documents.errors import DocumentTooLong, FormatUnknown
from guiju.site.documents.html import render_html
from guiju.site.documents.model import Bars, Bullets, Document, Facts, Table
from guiju.site.documents.pdf import render_pdf
from guiju.site.documents.word import render_word

MAX_PARTS = 20_000


@dataclass(frozen=True, slots=True)
class Format:
    """`render` gives the same bytes for the same document: no time, no chance."""

    suffix: str
    name: str
    media_type: str
    render: Callable[[Document], bytes]


FORMATS = {
    "html": Format("html", N_("Page (HTML)"), "text/html; charset=utf-8", render_html),
    "docx": Format(
        "docx", "Word", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", render_word
    ),
    "pdf": Format("pdf", "PDF", "application/pdf", render_pdf),
}


def get_format(name: str) -> Format:
    """Raises `FormatUnknown`."""
    found = FORMATS.get(name)
    if found is None:
        raise FormatUnknown(format=name[:40], known=", ".join(FORMATS))
    return found


def render(document: Document, format: str) -> bytes:  # noqa: A002 - what it is called everywhere
    """The document as a file.

    Raises `FormatUnknown`, `DocumentTooLong`; as PDF `FormatNeedsExtra`, `FontsMissing`.
    """
    chosen = get_format(format)
    if (parts := count_parts(document)) > MAX_PARTS:
        raise DocumentTooLong(blocks=parts, limit=MAX_PARTS)
    return chosen.render(document)


def count_parts(document: Document) -> int:
    """Blocks, and the rows of those that have rows."""
    return len(document.blocks) + sum(_rows(block) for block in document.blocks)


def _rows(block: object) -> int:
    match block:
        case Table(rows=rows):
            return len(rows)
        case Bullets(items=rows) | Facts(pairs=rows) | Bars(bars=rows):
            return len(rows)
        case _:
            return 0
