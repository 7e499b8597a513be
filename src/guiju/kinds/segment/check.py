"""What can be wrong with segments."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from guiju.kinds.model import FieldShape, ItemShape, Problem
from guiju.kinds.problems import problem, unknown_label
from guiju.kinds.segment.shape import Segment, SegmentOptions, Segments, tidy
from guiju.kit import N_

MOST_SEGMENTS = 20_000

too_many_segments = problem(
    "too-many-segments",
    N_("“{field}” has {count} segments; an answer holds {limit}."),
    N_("Split the sound, or ask the trainer whether every one of them is wanted."),
)
segment_empty = problem(
    "segment-empty",
    N_("Segment “{shape}” in “{field}” ends at {end} ms, where or before it starts ({start} ms)."),
    N_("Mark it again, or delete it."),
)
outside_sound = problem(
    "outside-sound",
    N_("Segment “{shape}” in “{field}” reaches from {start} to {end} ms; the sound lasts {duration} ms."),
    N_("Mark it again; an import must count milliseconds, not seconds or samples."),
)
segment_short = problem(
    "segment-short",
    N_("Segment “{shape}” in “{field}” lasts {length} ms; the shortest may be {shortest} ms."),
    N_("Lengthen it, merge it with its neighbour, or delete it."),
)
segment_id_twice = problem(
    "segment-id-twice",
    N_("Two segments in “{field}” have the same id “{shape}”."),
    N_("Reload the item; if an import made them, give each segment an id of its own."),
)
same_segment = problem(
    "same-segment",
    N_("Segments “{shape}” and “{other}” in “{field}” are the same: one place, one label."),
    N_("Delete one of them."),
)
segments_overlap = problem(
    "segments-overlap",
    N_("Segments “{shape}” and “{other}” overlap; “{field}” does not allow it."),
    N_("Shorten or delete one of the two."),
)
segments_gap = problem(
    "segments-gap",
    N_("No segment of “{field}” lies from {start} to {end} ms; this field wants the whole sound covered."),
    N_("Lengthen a neighbour, or mark what is there."),
)
shortest_wrong = problem(
    "shortest-wrong",
    N_("“{field}” says that a segment may be as short as {shortest} ms."),
    N_("Give a shortest length of 1 ms or more."),
)


def faults(field: FieldShape) -> list[Problem]:
    """What is wrong with a field's options."""
    shortest = field.option(SegmentOptions).shortest
    return [] if shortest >= 1 else [shortest_wrong(field=field.id, shortest=shortest)]


def check(answer: Segments, field: FieldShape, item: ItemShape) -> list[Problem]:
    """Known labels, inside the sound, ids of their own; apart, whole and long enough if the field says so."""
    count, options = len(answer.segments), field.option(SegmentOptions)
    if count > MOST_SEGMENTS:
        return [too_many_segments(field=field.id, count=count, limit=MOST_SEGMENTS)]
    ordered = tidy(answer).segments
    problems = [found for one in ordered for found in _check_segment(one, field, item, options)]
    ids = Counter(one.id for one in ordered)
    problems += [segment_id_twice(field=field.id, shape=name) for name, times in ids.items() if times > 1]
    problems += [same_segment(field=field.id, shape=a.id, other=b.id) for a, b in _equal(ordered)]
    if not options.overlap:
        problems += [segments_overlap(field=field.id, shape=a.id, other=b.id) for a, b in overlapping(ordered)]
    if not options.gaps:
        problems += [segments_gap(field=field.id, start=a, end=b) for a, b in gaps(ordered, item.duration)]
    return problems


def _check_segment(one: Segment, field: FieldShape, item: ItemShape, options: SegmentOptions) -> list[Problem]:
    problems: list[Problem] = []
    if one.label not in field.rank:
        problems.append(unknown_label(field=field.id, label=one.label, shape=one.id))
    place = {"field": field.id, "shape": one.id, "start": one.start, "end": one.end}
    if one.start < 0 or one.end > item.duration:
        problems.append(outside_sound(**place, duration=item.duration))
    elif one.start >= one.end:
        problems.append(segment_empty(**place))
    elif one.end - one.start < options.shortest:
        length = one.end - one.start
        problems.append(segment_short(field=field.id, shape=one.id, length=length, shortest=options.shortest))
    return problems


def _equal(ordered: Iterable[Segment]) -> Iterator[tuple[Segment, Segment]]:
    known: dict[tuple[int, int, str], Segment] = {}
    for one in ordered:
        first = known.setdefault((one.start, one.end, one.label), one)
        if first is not one:
            yield first, one


def overlapping(ordered: Iterable[Segment]) -> Iterator[tuple[Segment, Segment]]:
    """Each segment, in tidy order, that begins before an earlier one has ended, with the one that reaches furthest."""
    furthest: Segment | None = None
    for one in ordered:
        if furthest is not None and one.start < furthest.end:
            yield furthest, one
        if furthest is None or one.end > furthest.end:
            furthest = one


def gaps(ordered: Sequence[Segment], duration: int) -> Iterator[tuple[int, int]]:
    """The stretches of a sound of `duration` milliseconds that no segment covers; segments in tidy order."""
    until = 0
    for one in ordered:
        if one.start > until:
            yield until, one.start
        until = max(until, one.end)
    if until < duration:
        yield until, duration
