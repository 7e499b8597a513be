"""The shape of spans: `{"kind": "span", "spans": [{"id", "label", "start", "end"}]}`.

`start` and `end` count Unicode code points of the item's text, as Python's `text[start:end]` does; `end` is the first
that no longer belongs to the span.
"""

from collections import Counter
from typing import Annotated

import msgspec

from guiju.kinds.model import Column, FieldShape, ItemShape, Options


class SpanOptions(Options, frozen=True):
    """`nested`: spans may lie within or across one another."""

    nested: bool = True


SpanId = Annotated[str, msgspec.Meta(min_length=1, max_length=64)]


class TextSpan(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One stretch; `id` is unique within the answer and stays with the span through its revisions."""

    id: SpanId
    label: str
    start: int
    end: int


class Spans(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag_field="kind", tag="span"):
    """All spans of a field on an item. None is an answer: there is nothing to mark."""

    spans: tuple[TextSpan, ...]


def tidy(answer: Spans) -> Spans:
    """From front to back; of those that begin together the longest first."""
    return Spans(tuple(sorted(answer.spans, key=lambda span: (span.start, -span.end, span.label, span.id))))


def is_finite(_answer: Spans) -> bool:
    return True


def normalise(answer: Spans, _field: FieldShape) -> Spans:
    return tidy(answer)


def labels_of(answer: Spans) -> dict[str, int]:
    return dict(Counter(span.label for span in answer.spans))


def columns(answer: Spans, item: ItemShape) -> dict[str, Column]:
    """One row a span: `label`, and in characters `start`, `end`, `length`, `text_length`."""
    spans = answer.spans
    return {
        "label": [span.label for span in spans],
        "start": [float(span.start) for span in spans],
        "end": [float(span.end) for span in spans],
        "length": [float(span.end - span.start) for span in spans],
        "text_length": [float(item.length)] * len(spans),
    }


def summary(answer: Spans) -> str:
    counts = sorted(labels_of(answer).items(), key=lambda entry: (-entry[1], entry[0]))
    return " · ".join(f"{label} ×{count}" for label, count in counts) or "–"


def iou(a: TextSpan, b: TextSpan) -> float:
    """Shared characters by characters in either."""
    shared = max(0, min(a.end, b.end) - max(a.start, b.start))
    union = (a.end - a.start) + (b.end - b.start) - shared
    return shared / union if union > 0 else 0.0
