"""What can be wrong with spans."""

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import pairwise

from guiju.kinds.model import FieldShape, ItemShape, Problem
from guiju.kinds.problems import problem, unknown_label
from guiju.kinds.span.shape import SpanOptions, Spans, Stretch, TextSpan, tidy
from guiju.kit import N_

MOST_SPANS = 20_000
MOST_PIECES = 100

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
pieces_not_allowed = problem(
    "pieces-not-allowed",
    N_("Span “{shape}” is in {count} pieces; “{field}” wants each span in one."),
    N_("Mark one stretch, or ask the trainer to allow pieces in this field."),
)
too_many_pieces = problem(
    "too-many-pieces",
    N_("Span “{shape}” in “{field}” has {count} pieces; a span holds {limit}."),
    N_("Mark what it says in fewer, longer stretches."),
)
pieces_touch = problem(
    "pieces-touch",
    N_("Two pieces of span “{shape}” in “{field}” touch or overlap at character {start}."),
    N_("Join the two into one piece."),
)
piece_empty = problem(
    "piece-empty",
    N_("A piece of span “{shape}” in “{field}” ends at character {end}, where or before it starts ({start})."),
    N_("Remove the piece, or mark it again."),
)
pieces_elsewhere = problem(
    "pieces-elsewhere",
    N_("Span “{shape}” in “{field}” says {start} to {end}; its pieces reach from {first} to {last}."),
    N_("Write as start and end where the first piece begins and the last one ends."),
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
    elif span.pieces:
        problems += _check_pieces(span, field)
    return problems


def _check_pieces(span: TextSpan, field: FieldShape) -> Iterator[Problem]:
    named, pieces = {"field": field.id, "shape": span.id}, span.pieces
    if not field.option(SpanOptions).pieces:
        yield pieces_not_allowed(**named, count=len(pieces))
    if len(pieces) > MOST_PIECES:
        yield too_many_pieces(**named, count=len(pieces), limit=MOST_PIECES)
        return
    for start, end in pieces:
        if start >= end:
            yield piece_empty(**named, start=start, end=end)
    for (_, until), (start, _) in pairwise(pieces):
        if start <= until:
            yield pieces_touch(**named, start=start)
    first, last = pieces[0][0], max(end for _, end in pieces)
    if (first, last) != (span.start, span.end):
        yield pieces_elsewhere(**named, start=span.start, end=span.end, first=first, last=last)


def _equal(ordered: Iterable[TextSpan]) -> Iterator[tuple[TextSpan, TextSpan]]:
    known: dict[tuple[tuple[Stretch, ...], str], TextSpan] = {}
    for span in ordered:
        first = known.setdefault((span.stretches, span.label), span)
        if first is not span:
            yield first, span


def overlapping(ordered: Iterable[TextSpan]) -> Iterator[tuple[TextSpan, TextSpan]]:
    """Each span that has a stretch which begins before an earlier span's has ended, with the one that reaches furthest.

    A span that lies in the gap of another shares no character with it, and does not overlap it.
    """
    stretches = ((start, end, span) for span in ordered for start, end in span.stretches)
    until, furthest, told = 0, None, set[frozenset[int]]()
    for start, end, span in sorted(stretches, key=lambda one: (one[0], -one[1])):
        if furthest not in (None, span) and start < until and (pair := frozenset((id(furthest), id(span)))) not in told:
            told.add(pair)
            yield furthest, span
        if furthest is None or end > until:
            until, furthest = end, span
