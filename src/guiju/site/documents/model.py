"""A document as data: what a report says, before it is Word, a page or a PDF.

Texts are plain: no markup is read in them, so that what strangers wrote stays what they wrote. What stands out in a
sentence is a `Span` among its pieces. The caller speaks the reader's language; `locale` only tells it to the file.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias


class Mark(StrEnum):
    STRONG = "strong"
    QUIET = "quiet"
    CODE = "code"


class Tone(StrEnum):
    PLAIN = "plain"
    QUIET = "quiet"
    QUOTE = "quote"
    GOOD = "good"
    WARN = "warn"
    BAD = "bad"


class Align(StrEnum):
    LEFT = "left"
    RIGHT = "right"


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of a sentence that stands out, or leads to an address (http, https, mailto)."""

    text: str
    mark: Mark | None = None
    link: str | None = None


Piece: TypeAlias = str | Span
Inline: TypeAlias = str | Span | tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """`level` 1 to 3; the document's title stands above them all."""

    text: str
    level: int = 1


@dataclass(frozen=True, slots=True)
class Paragraph:
    text: Inline
    tone: Tone = Tone.PLAIN


@dataclass(frozen=True, slots=True)
class Bullets:
    items: tuple[Inline, ...]
    ordered: bool = False


@dataclass(frozen=True, slots=True)
class Column:
    """`weight` is the column's share of the width beside the others'; figures are aligned right."""

    title: str
    align: Align = Align.LEFT
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Table:
    """Each row has as many cells as there are columns. The head is repeated on every page."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[Inline, ...], ...]
    caption: str = ""


@dataclass(frozen=True, slots=True)
class Facts:
    """Names and values, one below the other."""

    pairs: tuple[tuple[str, Inline], ...]


@dataclass(frozen=True, slots=True)
class Bar:
    """`value` is drawn against the largest of its picture, or `Bars.of`; `said` is the figure as it is written."""

    label: str
    value: float
    said: str
    tone: Tone = Tone.PLAIN


@dataclass(frozen=True, slots=True)
class Bars:
    bars: tuple[Bar, ...]
    caption: str = ""
    of: float | None = None


@dataclass(frozen=True, slots=True)
class Signatures:
    """A line for each person that signs: role, and the name where it is known. `signed` and `dated` say the blanks."""

    roles: tuple[tuple[str, str], ...]
    signed: str
    dated: str


Block: TypeAlias = Heading | Paragraph | Bullets | Table | Facts | Bars | Signatures


@dataclass(frozen=True, slots=True)
class Document:
    """`header` and `footer` stand on every page of Word and PDF, the number of the page beside the footer."""

    title: str
    blocks: tuple[Block, ...]
    locale: str
    subtitle: str = ""
    header: str = ""
    footer: str = ""


def strong(text: str) -> Span:
    return Span(text, Mark.STRONG)


def quiet(text: str) -> Span:
    return Span(text, Mark.QUIET)


def code(text: str) -> Span:
    return Span(text, Mark.CODE)


def right(title: str, weight: float = 1.0) -> Column:
    """A column of figures."""
    return Column(title, Align.RIGHT, weight)


def pieces_of(text: Inline) -> tuple[Span, ...]:
    """The pieces of a sentence, every one a span."""
    pieces = text if isinstance(text, tuple) else (text,)
    return tuple(piece if isinstance(piece, Span) else Span(piece) for piece in pieces)


def share_of(bar: Bar, bars: Bars) -> float:
    """The length of a bar in [0, 1]."""
    largest = bars.of if bars.of is not None else max((one.value for one in bars.bars), default=0.0)
    return min(1.0, max(0.0, bar.value / largest)) if largest > 0 else 0.0
