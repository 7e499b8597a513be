"""Agreement on one field, and where it is lost. Pure: answers in, figures out."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from itertools import combinations
from typing import TypeAlias

from guiju.kinds import Answer, FieldShape, get_kind, kind_of
from guiju.kinds.model import Level
from guiju.work.trial.model import Answered, ConfusionLine, FieldReport, ItemLine, LabelLine, Measured, PairLine

SHOWN = 50


def compare_field(field: FieldShape, rows: Sequence[Answered]) -> FieldReport:
    """Agreement on `field` by its kind's own distance: single values by their table, all else pair by pair."""
    kind = get_kind(field.kind)
    own = [row for row in rows if isinstance(row.answer, kind.answer_type)]
    level = kind.level(field, [row.answer for row in own])
    if level is None:
        return _compare_pairwise(field, rows)
    said = [(row, kind.value(row.answer)) for row in own]
    return _compare_labels(field, [(row, value) for row, value in said if value is not None], level)


def _compare_labels(field: FieldShape, said: Sequence[tuple[Answered, str | float]], apart: Level) -> FieldReport:
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
        exact=_exactly(field, rows),
    )


def _exactly(field: FieldShape, rows: Sequence[Answered]) -> Measured | None:
    """Observed agreement by the kind's stricter distance."""
    from guiju.stats.agreement.pairwise import agreement_of_answers  # noqa: PLC0415 - NumPy, which only a report needs

    stricter = get_kind(field.kind).exactly
    if stricter is None:
        return None
    found = agreement_of_answers([row.item_id for row in rows], [row.answer for row in rows], stricter).observed
    return Measured(found.value, found.low, found.high, found.n, found.why)


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
    only = [kind.only(row.answer, label) for row in kept]
    found = agreement_of_answers([row.item_id for row in kept], only, kind.distance)
    return LabelLine(label, count, found.alpha.value, found.observed.value)


# Confusions


def confused(one: Answer, other: Answer) -> list[tuple[str, str]]:
    """The labels that two answers of one kind give to the same thing; "" where only one of them saw it."""
    kind = kind_of(one)
    return kind.confused(one, other) if kind is kind_of(other) else []


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
