"""Agreement on one field, and where it is lost. Pure: answers in, figures out."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from itertools import combinations
from typing import TypeAlias, TypeVar

from guiju.kinds import Answer, Box, Boxes, Choice, FieldShape, Polygon, Polygons, Rating, Spans, TextSpan, get_kind
from guiju.kinds.box.shape import iou
from guiju.kinds.polygon.distance import overlaps_of
from guiju.kinds.span.shape import iou as iou_of_spans
from guiju.work.trial.model import Answered, ConfusionLine, FieldReport, ItemLine, LabelLine, Measured, PairLine

V = TypeVar("V", str, float)
SHOWN = 50
SAME_PLACE = 0.5
"""IoU from which two shapes or spans are taken to mean the same thing."""
NOTHING = ""


def compare_field(field: FieldShape, rows: Sequence[Answered]) -> FieldReport:
    """Agreement on `field` by its kind's own distance: single choices by their table, all else pair by pair."""
    choices = [row for row in rows if isinstance(row.answer, Choice)]
    if field.kind == "choice" and not field.multiple and all(len(_labels(row)) <= 1 for row in choices):
        return _compare_labels(field, [(row, "".join(_labels(row))) for row in choices])
    if field.scale is not None:
        rated = [(row, row.answer.value) for row in rows if isinstance(row.answer, Rating)]
        said = [(row, value) for row, value in rated if value is not None]
        return _compare_labels(field, said, field.scale.apart)
    return _compare_pairwise(field, rows)


def _labels(row: Answered) -> tuple[str, ...]:
    return row.answer.labels if isinstance(row.answer, Choice) else ()


def _compare_labels(field: FieldShape, said: Sequence[tuple[Answered, V]], apart: str = "nominal") -> FieldReport:
    """By the table of what was said: labels by their identity, ratings by their rank or their distance."""
    from guiju.stats.agreement.report import agreement  # noqa: PLC0415 - NumPy, which only a report needs

    rows, label = [row for row, _ in said], [one for _, one in said]
    found = agreement([row.item_id for row in rows], [row.annotator_id for row in rows], label, apart)
    observed, alpha = found.observed, found.alpha
    return FieldReport(
        field=field.id,
        kind=field.kind,
        observed=Measured(observed.value, observed.low, observed.high, observed.n, observed.why),
        alpha=Measured(alpha.value, alpha.low, alpha.high, alpha.n, alpha.why),
        labels=tuple(LabelLine(_name(one.label), one.n, one.alpha) for one in found.labels),
        pairs=tuple(PairLine(_id(one.a), _id(one.b), one.n, one.observed, one.kappa) for one in found.pairs),
        confusions=tuple(
            ConfusionLine(_name(one.a), _name(one.b), one.count, tuple(map(_id, one.items))) for one in found.confusions
        ),
        worst=_worst_of_labels(rows, [_name(one) for one in label]),
    )


def _name(value: object) -> str:
    return f"{value:g}" if isinstance(value, float) else str(value)


def _id(value: object) -> int:
    return int(str(value))


def _worst_of_labels(rows: Sequence[Answered], label: Sequence[str]) -> tuple[ItemLine, ...]:
    counts: dict[int, Counter[str]] = defaultdict(Counter)
    for row, one in zip(rows, label, strict=True):
        counts[row.item_id][one] += 1
    lines = [ItemLine(item, _share_agreeing(votes), votes.total()) for item, votes in counts.items()]
    return _worst(line for line in lines if line.answers > 1)


def _share_agreeing(votes: Counter[str]) -> float:
    n = votes.total()
    return sum(count * (count - 1) for count in votes.values()) / (n * (n - 1)) if n > 1 else 1.0


def _worst(lines: Iterable[ItemLine]) -> tuple[ItemLine, ...]:
    """The items on which annotators agree least, those with more answers first."""
    found = [line for line in lines if line.observed < 1]
    return tuple(sorted(found, key=lambda line: (line.observed, -line.answers, line.item_id))[:SHOWN])


def _compare_pairwise(field: FieldShape, rows: Sequence[Answered]) -> FieldReport:
    from guiju.stats.agreement.pairwise import agreement_of_answers  # noqa: PLC0415 - NumPy, which only a report needs

    apart = _remembering(get_kind(field.kind).distance)
    found = agreement_of_answers([row.item_id for row in rows], [row.answer for row in rows], apart)
    counts = Counter(row.item_id for row in rows)
    observed, alpha = found.observed, found.alpha
    pairs = _pairs_by_item(rows)
    return FieldReport(
        field=field.id,
        kind=field.kind,
        observed=Measured(observed.value, observed.low, observed.high, observed.n, observed.why),
        alpha=Measured(alpha.value, alpha.low, alpha.high, alpha.n, alpha.why),
        labels=_labels_pairwise(field, rows),
        pairs=_pair_lines(pairs, apart),
        confusions=_confusions(pairs),
        worst=_worst(ItemLine(_id(item), share, counts[_id(item)]) for item, share in found.by_item),
    )


Apart: TypeAlias = Callable[[Answer, Answer], float]
Pair: TypeAlias = tuple[Answered, Answered]


def _remembering(distance: Apart) -> Apart:
    """The distance, computed once for each two answers; the caller keeps the answers alive."""
    known: dict[tuple[int, int], float] = {}

    def apart(a: Answer, b: Answer) -> float:
        key = (id(a), id(b)) if id(a) <= id(b) else (id(b), id(a))
        if key not in known:
            known[key] = distance(a, b)
        return known[key]

    return apart


def _pairs_by_item(rows: Sequence[Answered]) -> list[Pair]:
    by_item: dict[int, list[Answered]] = defaultdict(list)
    for row in rows:
        by_item[row.item_id].append(row)
    ordered = (sorted(group, key=lambda row: row.annotator_id) for group in by_item.values())
    return [pair for group in ordered for pair in combinations(group, 2)]


def _pair_lines(pairs: Sequence[Pair], apart: Apart) -> tuple[PairLine, ...]:
    shares: dict[tuple[int, int], list[float]] = defaultdict(list)
    for a, b in pairs:
        shares[a.annotator_id, b.annotator_id].append(1 - apart(a.answer, b.answer))
    lines = [PairLine(*who, len(found), sum(found) / len(found), None) for who, found in shares.items()]
    return tuple(sorted(lines, key=lambda line: (-line.n, line.a, line.b)))


def _labels_pairwise(field: FieldShape, rows: Sequence[Answered]) -> tuple[LabelLine, ...]:
    lines = (_label_line(field, rows, label) for label in field.labels)
    used = [line for line in lines if line.n]
    return tuple(sorted(used, key=lambda line: (line.alpha is None, line.alpha or 0.0)))


def _label_line(field: FieldShape, rows: Sequence[Answered], label: str) -> LabelLine:
    """Agreement on the items where somebody used `label`, with everything else left out of their answers."""
    from guiju.stats.agreement.pairwise import agreement_of_answers  # noqa: PLC0415 - NumPy, which only a report needs

    kind = get_kind(field.kind)
    count = sum(label in kind.labels_of(row.answer) for row in rows)
    somewhere = {row.item_id for row in rows if label in kind.labels_of(row.answer)}
    kept = [row for row in rows if row.item_id in somewhere]
    only = [_only(row.answer, label) for row in kept]
    found = agreement_of_answers([row.item_id for row in kept], only, kind.distance)
    return LabelLine(label, count, found.alpha.value, found.observed.value)


def _only(answer: Answer, label: str) -> Answer:
    if isinstance(answer, Boxes):
        return Boxes(tuple(box for box in answer.shapes if box.label == label))
    if isinstance(answer, Polygons):
        return Polygons(tuple(polygon for polygon in answer.shapes if polygon.label == label))
    if isinstance(answer, Spans):
        return Spans(tuple(span for span in answer.spans if span.label == label))
    if isinstance(answer, Choice):
        return Choice(tuple(one for one in answer.labels if one == label))
    return answer


# Confusions


def _confusions(pairs: Iterable[Pair]) -> tuple[ConfusionLine, ...]:
    """Which label is taken for which, most often first."""
    count: Counter[tuple[str, str]] = Counter()
    items: dict[tuple[str, str], dict[int, None]] = defaultdict(dict)
    for one, other in pairs:
        for a, b in confused(one.answer, other.answer):
            key = (a, b) if a <= b else (b, a)
            count[key] += 1
            items[key][one.item_id] = None
    ranked = sorted(count.items(), key=lambda entry: (-entry[1], entry[0]))
    return tuple(ConfusionLine(a, b, n, tuple(sorted(items[a, b])[:SHOWN])) for (a, b), n in ranked)


def confused(one: Answer, other: Answer) -> list[tuple[str, str]]:
    """The labels that two answers give to the same thing; `NOTHING` where only one of them saw it.

    Shapes and spans are the same thing when they overlap with IoU of at least .5, whatever their labels; the closest
    go first.
    """
    if isinstance(one, Boxes) and isinstance(other, Boxes):
        return _confused_shapes(one.shapes, other.shapes, _alike(one.shapes, other.shapes, iou))
    if isinstance(one, Polygons) and isinstance(other, Polygons):
        return _confused_shapes(one.shapes, other.shapes, overlaps_of(one, other))
    if isinstance(one, Spans) and isinstance(other, Spans):
        return _confused_shapes(one.spans, other.spans, _alike(one.spans, other.spans, iou_of_spans))
    if isinstance(one, Choice) and isinstance(other, Choice):
        left, right = set(one.labels) - set(other.labels), set(other.labels) - set(one.labels)
        return [(a, b) for a in sorted(left) or [NOTHING] for b in sorted(right) or [NOTHING] if a != b]
    return []


Shape = TypeVar("Shape", Box, Polygon, TextSpan)
Close: TypeAlias = Sequence[tuple[float, int, int]]
"""How much two shapes share, and the place of each among its own."""


def _alike(one: Sequence[Shape], other: Sequence[Shape], share: Callable[[Shape, Shape], float]) -> Close:
    return [(share(a, b), i, j) for i, a in enumerate(one) for j, b in enumerate(other)]


def _confused_shapes(one: Sequence[Shape], other: Sequence[Shape], close: Close) -> list[tuple[str, str]]:
    left, right = set(range(len(one))), set(range(len(other)))
    found: list[tuple[str, str]] = []
    for share, i, j in sorted(close, key=lambda entry: (-entry[0], entry[1], entry[2])):
        if share < SAME_PLACE:
            break
        if i in left and j in right:
            left.discard(i)
            right.discard(j)
            found += [(one[i].label, other[j].label)] if one[i].label != other[j].label else []
    return found + [(one[i].label, NOTHING) for i in sorted(left)] + [(other[j].label, NOTHING) for j in sorted(right)]
