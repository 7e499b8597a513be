"""A document as Markdown: what a package carries for readers without a browser, and for diffs."""

from collections.abc import Iterator

from guiju.site.documents import Bars, Block, Bullets, Document, Facts, Heading, Inline, Paragraph, Span, Table


def as_markdown(document: Document) -> str:
    """Headings, lists and tables; lines to sign on are left out."""
    blocks = ["# " + document.title, *([document.subtitle] if document.subtitle else [])]
    return "\n\n".join([*blocks, *("\n".join(lines) for block in document.blocks if (lines := list(_lines(block))))])


def _lines(block: Block) -> Iterator[str]:
    match block:
        case Heading(text=text, level=level):
            yield "#" * (level + 1) + " " + text
        case Paragraph(text=text):
            yield _said(text)
        case Bullets(items=items):
            yield from (f"- {_said(item)}" for item in items)
        case Facts(pairs=pairs):
            yield from (f"- {name}: {_said(value)}" for name, value in pairs)
        case Bars(bars=bars, caption=caption):
            yield from ([caption, ""] if caption else [])
            yield from (f"- {bar.label}: {bar.said}" for bar in bars)
        case Table(columns=columns, rows=rows):
            yield "| " + " | ".join(column.title for column in columns) + " |"
            yield "|" + "|".join("---:" if column.align.value == "right" else "---" for column in columns) + "|"
            yield from ("| " + " | ".join(_said(cell).replace("|", "\\|") for cell in row) + " |" for row in rows)
        case _:
            return


def _said(text: Inline) -> str:
    if isinstance(text, tuple):
        return "".join(_said(piece) for piece in text)
    return text.text if isinstance(text, Span) else text.replace("\n", " ")
