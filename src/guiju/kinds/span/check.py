"""What can be wrong with spans."""

from collections import Counter
from collections.abc import Iterable, Iterator

from guiju.kinds.model import FieldShape, ItemShape, Problem
from guiju.kinds.problems import problem, unknown_label
from guiju.kinds.span.shape import SpanOptions, Spans, TextSpan, tidy
from guiju.kit import N_

MOST_SPANS = 20_000

too_many_spans = problem(
    "too-many-spans",
    N_("“{field}” has {count} spans; an answer holds {limit}."),
    N_("Split the text, or ask the trainer whether every one of them is wanted."),
)
span_empty = problem(
    "span-empty",
    N_("Span “{shape}” in “{field}” ends at character {end}, where or before it starts ({start})."),
    N_("Mark it again, or delete it."),
)
outside_text = problem(
    "outside-text",
    N_("Span “{shape}” in “{field}” reaches from {start} to {end}; the text has {length} characters."),
    N_("Mark it again; an import must count Unicode code points, not bytes or UTF-16 units."),
)
span_id_twice = problem(
    "span-id-twice",
    N_("Two spans in “{field}” have the same id “{shape}”."),
    N_("Reload the item; if an import made them, give each span an id of its own."),
)
same_span = problem(
    "same-span",
    N_("Spans “{shape}” and “{other}” in “{field}” are the same: one place, one label."),
    N_("Delete one of them."),
)
spans_overlap = problem(
    "spans-overlap",
    N_("Spans “{shape}” and “{other}” overlap; “{field}” does not allow it."),
    N_("Shorten or delete one of the two."),
)


def check(answer: Spans, field: FieldShape, item: ItemShape) -> list[Problem]:
    """Known labels, inside the text, ids of their own, none twice, and apart where the field says so."""
    count = len(answer.spans)
    if count > MOST_SPANS:
        return [too_many_spans(field=field.id, count=count, limit=MOST_SPANS)]
    ordered = tidy(answer).spans
    problems = [found for span in ordered for found in _check_span(span, field, item)]
    ids = Counter(span.id for span in ordered)
    problems += [span_id_twice(field=field.id, shape=name) for name, times in ids.items() if times > 1]
    problems += [same_span(field=field.id, shape=a.id, other=b.id) for a, b in _equal(ordered)]
    if not field.option(SpanOptions).nested:
        problems += [spans_overlap(field=field.id, shape=a.id, other=b.id) for a, b in overlapping(ordered)]
    return problems


def _check_span(span: TextSpan, field: FieldShape, item: ItemShape) -> list[Problem]:
    problems: list[Problem] = []
    if span.label not in field.rank:
        problems.append(unknown_label(field=field.id, label=span.label, shape=span.id))
    place = {"field": field.id, "shape": span.id, "start": span.start, "end": span.end}
    if span.start < 0 or span.end > item.length:
        problems.append(outside_text(**place, length=item.length))
    elif span.start >= span.end:
        problems.append(span_empty(**place))
    return problems


def _equal(ordered: Iterable[TextSpan]) -> Iterator[tuple[TextSpan, TextSpan]]:
    known: dict[tuple[int, int, str], TextSpan] = {}
    for span in ordered:
        first = known.setdefault((span.start, span.end, span.label), span)
        if first is not span:
            yield first, span


def overlapping(ordered: Iterable[TextSpan]) -> Iterator[tuple[TextSpan, TextSpan]]:
    """Each span, in tidy order, that begins before an earlier one has ended, with the one that reaches furthest."""
    furthest: TextSpan | None = None
    for span in ordered:
        if furthest is not None and span.start < furthest.end:
            yield furthest, span
        if furthest is None or span.end > furthest.end:
            furthest = span
