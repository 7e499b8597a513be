"""The shape of spans: `{"kind": "span", "spans": [{"id", "label", "start", "end", "pieces"?}]}`.

`start` and `end` count Unicode code points of the item's text, as Python's `text[start:end]` does; `end` is the first
that no longer belongs to the span. A span of several pieces lists them, and `start` and `end` are where the first one
begins and the last one ends; of one piece `pieces` is not written.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Annotated, Literal, TypeAlias

import msgspec

from guiju.kinds.model import Column, FieldShape, ItemShape, Options

Direction: TypeAlias = Literal["auto", "ltr", "rtl", "vertical"]


class SpanOptions(Options, frozen=True):
    """`nested`: spans may lie within or across one another. `pieces`: a span may have several pieces.

    `direction`: how the text is set; `auto` goes by the first letter of each paragraph.
    """

    nested: bool = True
    pieces: bool = False
    direction: Direction = "auto"


SpanId = Annotated[str, msgspec.Meta(min_length=1, max_length=64)]


Stretch: TypeAlias = tuple[int, int]
"""From a place up to and without another, in code points."""


class TextSpan(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """One stretch, or several; `id` is unique within the answer and stays with the span through its revisions."""

    id: SpanId
    label: str
    start: int
    end: int
    pieces: tuple[Stretch, ...] = ()

    @property
    def stretches(self) -> tuple[Stretch, ...]:
        """Its pieces from front to back; of a span in one piece that one."""
        return self.pieces or ((self.start, self.end),)

    @property
    def length(self) -> int:
        """The characters that belong to it."""
        return sum(end - start for start, end in self.stretches)


def span_of(name: str, label: str, stretches: Iterable[Stretch]) -> TextSpan:
    """The span of these stretches (at least one), in the one form that its characters have."""
    pieces = joined(stretches)
    return TextSpan(name, label, pieces[0][0], pieces[-1][1], pieces if len(pieces) > 1 else ())


def joined(stretches: Iterable[Stretch]) -> tuple[Stretch, ...]:
    """Stretches from front to back, those that overlap or touch as one.

    >>> joined([(6, 8), (0, 2), (2, 3), (7, 9)])
    ((0, 3), (6, 9))
    """
    found: list[Stretch] = []
    for start, end in sorted(stretches):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], end))
        else:
            found.append((start, end))
    return tuple(found)


class Spans(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag_field="kind", tag="span"):
    """All spans of a field on an item. None is an answer: there is nothing to mark."""

    spans: tuple[TextSpan, ...]


def tidy(answer: Spans) -> Spans:
    """From front to back; of those that begin together the longest first. One piece is written as none."""
    plain = (_in_order(span) if span.pieces else span for span in answer.spans)
    return Spans(tuple(sorted(plain, key=lambda span: (span.start, -span.end, span.label, span.pieces, span.id))))


def _in_order(span: TextSpan) -> TextSpan:
    pieces = tuple(sorted(span.pieces))
    return msgspec.structs.replace(span, pieces=() if pieces == ((span.start, span.end),) else pieces)


def is_finite(_answer: Spans) -> bool:
    return True


def normalise(answer: Spans, _field: FieldShape) -> Spans:
    return tidy(answer)


def labels_of(answer: Spans) -> dict[str, int]:
    return dict(Counter(span.label for span in answer.spans))


def columns(answer: Spans, item: ItemShape) -> dict[str, Column]:
    """One row a span: `label`, and in characters `start`, `end`, `length` (without gaps), `text_length`; `pieces`."""
    spans = answer.spans
    return {
        "label": [span.label for span in spans],
        "start": [float(span.start) for span in spans],
        "end": [float(span.end) for span in spans],
        "length": [float(span.length) for span in spans],
        "text_length": [float(item.length)] * len(spans),
        "pieces": [float(len(span.stretches)) for span in spans],
    }


def summary(answer: Spans) -> str:
    counts = sorted(labels_of(answer).items(), key=lambda entry: (-entry[1], entry[0]))
    return " · ".join(f"{label} ×{count}" for label, count in counts) or "–"


def iou(a: TextSpan, b: TextSpan) -> float:
    """Shared characters by characters in either."""
    both = shared(a.stretches, b.stretches)
    union = a.length + b.length - both
    return both / union if union > 0 else 0.0


def shared(one: Sequence[Stretch], other: Sequence[Stretch]) -> int:
    """The characters that both have, of stretches from front to back.

    >>> shared([(0, 4), (8, 10)], [(2, 9)])
    3
    """
    found, i, j = 0, 0, 0
    while i < len(one) and j < len(other):
        (start, end), (begin, until) = one[i], other[j]
        found += max(0, min(end, until) - max(start, begin))
        i, j = (i + 1, j) if end <= until else (i, j + 1)
    return found
