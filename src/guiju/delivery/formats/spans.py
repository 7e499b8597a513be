"""Spans on texts: JSON Lines as spaCy and Prodigy read them, and CoNLL with BIO tags. docs/formats/spans.md."""

import re
from collections.abc import Iterator, Sequence
from unicodedata import category

import msgspec

from guiju.delivery.formats.model import Format, Source
from guiju.delivery.model import Row
from guiju.kinds import Relations, Spans, TextSpan, decode_answers
from guiju.kit import N_

_encode = msgspec.json.Encoder().encode
_ALONE = re.compile("[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
"""Hiragana, Katakana and Han: each character is a token."""
_JOINER = "\u200d"
OUTSIDE = "O"


class _Span(msgspec.Struct, frozen=True, omit_defaults=True):
    start: int
    end: int
    label: str
    pieces: tuple[tuple[int, int], ...] = ()


class _Meta(msgspec.Struct, frozen=True):
    name: str
    sha256: str
    status: str
    rulebook: str


class _Relation(msgspec.Struct, frozen=True):
    label: str
    head_span: _Span
    child_span: _Span


class _Line(msgspec.Struct, frozen=True, omit_defaults=True):
    text: str
    spans: list[_Span]
    meta: _Meta
    relations: list[_Relation] | None = None


def spans_of(row: Row) -> list[TextSpan]:
    """All spans of an item, whatever field they answer, from front to back, longer ones first."""
    answers = decode_answers(row.answers).values()
    found = [span for answer in answers if isinstance(answer, Spans) for span in answer.spans]
    return sorted(found, key=lambda span: (span.start, -span.end, span.label))


def write_jsonl(source: Source) -> Iterator[bytes]:
    for row in source.rows():
        spans = [_span(span) for span in spans_of(row)]
        meta = _Meta(row.name, row.hash, "accepted" if row.accepted else "resolved", row.rulebook)
        yield _encode(_Line(row.text or "", spans, meta, relations_of(row))) + b"\n"


def _span(span: TextSpan) -> _Span:
    return _Span(span.start, span.end, span.label, span.pieces)


def relations_of(row: Row) -> list[_Relation] | None:
    """The links of an item with the spans that they join; `None` where it was not asked for any."""
    found = [answer for answer in decode_answers(row.answers).values() if isinstance(answer, Relations)]
    links = [link for answer in found for link in answer.links]
    made = [_Relation(link.label, _span(link.ends[0]), _span(link.ends[1])) for link in links if link.ends]
    return made if found else None


def write_conll(source: Source) -> Iterator[bytes]:
    """One token a line with its tag, an empty line after every item."""
    for row in source.rows():
        text = row.text or ""
        kept, _ = fitting(spans_of(row))
        lines = [f"{token}\t{tag}\n" for token, tag in tagged(text, kept)]
        yield ("".join(lines) + "\n").encode()


def list_left_out(source: Source) -> Iterator[bytes]:
    """What a column of tags cannot carry, one a line: across another span, in pieces, or of white space alone."""
    for row in source.rows():
        text = row.text or ""
        spans = spans_of(row)
        kept, across = fitting(spans)
        pieced = [(span, None) for span in spans if span.pieces]
        blank = [(span, None) for span in kept if not text[span.start : span.end].strip()]
        for span, over in (*across, *pieced, *blank):
            yield _encode({"name": row.name, **_place(span), "over": over and _place(over)}) + b"\n"


def _place(span: TextSpan) -> dict[str, object]:
    pieces = {"pieces": span.pieces} if span.pieces else {}
    return {"start": span.start, "end": span.end, "label": span.label, **pieces}


def fitting(spans: Sequence[TextSpan]) -> tuple[list[TextSpan], list[tuple[TextSpan, TextSpan]]]:
    """Spans that lie apart, and those left out with the one that they lie across; the earlier and longer stays.

    Spans in pieces are in neither: a column of tags cannot say which stretches are one span.
    """
    kept: list[TextSpan] = []
    left_out: list[tuple[TextSpan, TextSpan]] = []
    for span in spans:
        if span.pieces:
            continue
        if kept and span.start < kept[-1].end:
            left_out.append((span, kept[-1]))
        else:
            kept.append(span)
    return kept, left_out


def tagged(text: str, spans: Sequence[TextSpan]) -> Iterator[tuple[str, str]]:
    """Tokens with BIO tags; a span that begins or ends within a token cuts it there, so every span is exact."""
    place = 0
    for span in spans:
        yield from ((token, OUTSIDE) for token in tokens(text[place : span.start]))
        for number, token in enumerate(tokens(text[span.start : span.end])):
            yield token, f"{'I' if number else 'B'}-{span.label}"
        place = span.end
    yield from ((token, OUTSIDE) for token in tokens(text[place:]))


def tokens(text: str) -> list[str]:
    """Every Han or Kana character and every sign alone, other letters and digits together; no white space.

    A combining mark or a joiner belongs to the character before it.
    """
    found: list[str] = []
    before, in_word = False, False
    for character in text:
        if character.isspace():
            before, in_word = False, False
            continue
        marks = character == _JOINER or category(character).startswith("M")
        word = (character.isalnum() or character == "_") and _ALONE.match(character) is None
        if (before and marks) or (in_word and word):
            found[-1] += character
        else:
            found.append(character)
        before, in_word = True, word or (in_word and marks)
    return found


SPACY = Format(
    "spacy",
    N_("JSON Lines of spans, as spaCy and Prodigy read them"),
    "annotations.spans.jsonl",
    frozenset({"span"}),
    write_jsonl,
)
CONLL = Format(
    "conll",
    N_("CoNLL, spans as BIO tags; what lies across another span is listed apart"),
    "annotations.conll",
    frozenset({"span"}),
    write_conll,
    {"annotations.left_out.jsonl": list_left_out},
)
