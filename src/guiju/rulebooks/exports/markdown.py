"""Clauses in Markdown as blocks of a document: paragraphs, lists, tables, quotes and code."""

from collections.abc import Iterator, Sequence
from typing import Any

from guiju.rulebooks.clauses import read_markdown
from guiju.site.documents import Block, Bullets, Column, Heading, Mark, Paragraph, Span, Table, Tone

_MARKS = {"strong_open": Mark.STRONG, "strong_close": None}


def blocks_of(markdown: str) -> list[Block]:
    """The text's blocks. What is nested deeper than one list stands in the line of its entry."""
    return list(_blocks(_tree(read_markdown(markdown))))


def _tree(tokens: Sequence[Any]) -> list[tuple[Any, list[Any]]]:
    """Tokens of the outermost level, each with all that lies between it and its end."""
    found: list[tuple[Any, list[Any]]] = []
    depth = 0
    for token in tokens:
        if depth == 0 and token.nesting >= 0:
            found.append((token, []))
        elif depth > 0 and not (depth == 1 and token.nesting < 0):
            found[-1][1].append(token)
        depth += token.nesting
    return found


def _blocks(tree: Sequence[tuple[Any, list[Any]]]) -> Iterator[Block]:
    for token, inner in tree:
        match token.type:
            case "paragraph_open":
                yield Paragraph(_said(inner))
            case "heading_open":
                yield Heading("".join(piece.text for piece in _said(inner)), 3)
            case "bullet_list_open" | "ordered_list_open":
                entries = tuple(_said(entry) for _, entry in _tree(inner))
                yield Bullets(entries, ordered=token.type == "ordered_list_open")
            case "blockquote_open":
                yield Paragraph(_said(inner), Tone.QUOTE)
            case "fence" | "code_block":
                yield Paragraph(Span(token.content.rstrip("\n"), Mark.CODE))
            case "table_open":
                yield _table(inner)
            case _:
                pass


def _table(tokens: Sequence[Any]) -> Table:
    rows = [tuple(_said(cell) for _, cell in _tree(row)) for row in _rows(tokens)]
    head = tuple(Column("".join(piece.text for piece in cell)) for cell in rows[0])
    return Table(head, tuple(rows[1:]))


def _rows(tokens: Sequence[Any]) -> Iterator[list[Any]]:
    for _, part in _tree(tokens):
        for _, row in _tree(part):
            yield row


def _said(tokens: Sequence[Any]) -> tuple[Span, ...]:
    """The words below a block, in one line."""
    pieces: list[Span] = []
    for token in tokens:
        if token.type == "inline":
            pieces += [Span(" ")] if pieces else []
            pieces += _inline(token.children)
    return tuple(pieces)


def _inline(tokens: Sequence[Any]) -> Iterator[Span]:
    mark: Mark | None = None
    link: str | None = None
    for token in tokens:
        if token.type in _MARKS:
            mark = _MARKS[token.type]
        elif token.type == "link_open":
            link = _address(token.attrGet("href"))
        elif token.type == "link_close":
            link = None
        elif token.type == "code_inline":
            yield Span(token.content, Mark.CODE)
        elif token.type in {"softbreak", "hardbreak"}:
            yield Span(" ")
        elif token.content:
            yield Span(token.content, mark, link)


def _address(href: object) -> str | None:
    said = str(href or "")
    return said if said.startswith(("https://", "http://", "mailto:")) else None
