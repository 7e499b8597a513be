"""Agreement on one field, and where it is lost. Pure: answers in, figures out.

This room brings NumPy along: whoever needs a report imports it then.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeAlias

import numpy as np

from guiju.kinds import Answer, FieldShape, get_kind
from guiju.kinds.model import AnyKind, Level
from guiju.stats.agreement.drivers import Driver, drivers
from guiju.stats.agreement.pairwise import PairwiseAgreement, agreement_from_distances, agreement_of_answers
from guiju.stats.agreement.report import agreement_of
from guiju.stats.columns import encode
from guiju.work.trial.compare.lines import (
    SHOWN,
    clause_lines,
    confusion_lines,
    matrix_of,
    measured,
    pair_lines,
    standing_lines,
    with_clauses,
    worst_lines,
)
from guiju.work.trial.compare.table import (
    Floats,
    Table,
    confused,
    distances,
    table_of_answers,
    table_of_values,
)
from guiju.work.trial.model import Answered, FieldReport, LabelLine

__all__ = ["SHOWN", "Rules", "compare_field", "confused", "table_of"]

MOST_PRICED = 20_000
"""Pairs of answers from which a label's own agreement is read; of more, those of items drawn evenly."""

Rules: TypeAlias = Sequence[tuple[str, tuple[str, ...]]]
"""The rulebook's clauses, each with the labels that it is about."""
Apart: TypeAlias = Callable[[Any, Any], float]


def compare_field(field: FieldShape, rows: Sequence[Answered], rules: Rules = ()) -> FieldReport:
    """Agreement on `field` by its kind's own distance: single values by their table, all else pair by pair."""
    found = _values(field, rows)
    report = _compare_pairwise(field, rows) if found is None else _compare_values(field, found)
    table, told = report
    return replace(
        told,
        clauses=clause_lines(table),
        matrix=matrix_of(table),
        worst=worst_lines(table),
        confusions=with_clauses(confusion_lines(table), table, rules),
    )


def table_of(field: FieldShape, rows: Sequence[Answered]) -> Table:
    """The answers as columns."""
    found = _values(field, rows)
    if found is None:
        return table_of_answers(field, rows, _remembering(get_kind(field.kind).distance))
    return _table(found)


@dataclass(frozen=True, slots=True)
class _Values:
    """Answers that are single values, in the order of items and annotators."""

    rows: list[Answered]
    value: list[str | float]
    level: Level


def _values(field: FieldShape, rows: Sequence[Answered]) -> _Values | None:
    kind: AnyKind = get_kind(field.kind)
    own = [row for row in rows if isinstance(row.answer, kind.answer_type)]
    level = kind.level(field, [row.answer for row in own])
    if level is None:
        return None
    known: dict[int, str | float | None] = {}
    said: list[tuple[Answered, str | float]] = []
    for row in own:
        key = id(row.answer)
        value = known[key] if key in known else known.setdefault(key, kind.value(row.answer))
        if value is not None:
            said.append((row, value))
    said.sort(key=lambda each: (each[0].item_id, each[0].annotator_id))
    return _Values([row for row, _ in said], [value for _, value in said], level)


def _table(found: _Values) -> Table:
    columns = _columns(found)
    return table_of_values(columns, found.rows, [_name(label) for label in columns.labels])


def _columns(found: _Values) -> Any:
    rows = found.rows
    return encode([row.item_id for row in rows], [row.annotator_id for row in rows], found.value)


def _compare_values(field: FieldShape, found: _Values) -> tuple[Table, FieldReport]:
    """By the table of what was said: labels by their identity, ratings by their rank or their distance."""
    columns = _columns(found)
    table = table_of_values(columns, found.rows, [_name(label) for label in columns.labels])
    whole = agreement_of(columns, found.level)
    left_out = drivers(columns, found.level, most=None)
    alpha = whole.alpha.value
    gains = {_name(one.name): one for one in left_out.labels}
    without = {int(str(one.name)): one.without for one in left_out.annotators}
    kappas = {(int(str(one.a)), int(str(one.b))): one.kappa for one in whole.pairs}
    told = FieldReport(
        field=field.id,
        kind=field.kind,
        observed=measured(whole.observed),
        alpha=measured(whole.alpha),
        labels=tuple(
            _with_gain(LabelLine(_name(one.label), one.n, one.alpha, low=one.low, high=one.high), gains)
            for one in whole.labels
        ),
        pairs=pair_lines(table, kappas),
        standing=standing_lines(table, alpha, without),
    )
    return table, told


def _with_gain(line: LabelLine, gains: Mapping[str, Driver]) -> LabelLine:
    found = gains.get(line.label)
    return line if found is None else replace(line, without=found.without, gain=found.gain)


def _name(value: object) -> str:
    return f"{value:g}" if isinstance(value, float) else str(value)


def _compare_pairwise(field: FieldShape, rows: Sequence[Answered]) -> tuple[Table, FieldReport]:
    apart = _remembering(get_kind(field.kind).distance)
    table = table_of_answers(field, rows, apart)
    whole = agreement_from_distances(table.pairs.item, table.apart, table.at_large.apart)
    told = FieldReport(
        field=field.id,
        kind=field.kind,
        observed=measured(whole.observed),
        alpha=measured(whole.alpha),
        labels=_labels_pairwise(field, table, whole),
        pairs=pair_lines(table, {}),
        standing=standing_lines(table, whole.alpha.value),
    )
    stricter = get_kind(field.kind).exactly
    if stricter is None:
        return table, told
    exactly = distances([row.answer for row in table.rows], table.left, table.right, _remembering(stricter))
    found = agreement_from_distances(table.pairs.item, exactly, np.empty(0)).observed
    return table, replace(told, exact=measured(found))


def _remembering(distance: Apart) -> Apart:
    """The distance, computed once for each two answers; the caller keeps the answers alive."""
    known: dict[tuple[int, int], float] = {}

    def apart(a: Answer, b: Answer) -> float:
        key = (id(a), id(b)) if id(a) <= id(b) else (id(b), id(a))
        if key not in known:
            known[key] = distance(a, b)
        return known[key]

    return apart


# Labels of answers that are more than one value


def _labels_pairwise(field: FieldShape, table: Table, whole: PairwiseAgreement) -> tuple[LabelLine, ...]:
    drawn = _drawn(table)
    lines = [_label_line(field, table, drawn, label, whole.alpha.value) for label in field.labels]
    used = [line for line in lines if line.n]
    return tuple(sorted(used, key=lambda line: (line.alpha is None, line.alpha or 0.0)))


def _drawn(table: Table) -> Any:
    """Which items the labels are priced on: all, or every k-th where there are many."""
    pairs = len(table.pairs.item)
    step = max(1, -(-pairs // MOST_PRICED))
    return np.arange(table.pairs.items) % step == 0


def _label_line(field: FieldShape, table: Table, drawn: Any, label: str, alpha: float | None) -> LabelLine:
    """Agreement on the items where somebody used `label`, with everything else left out of their answers."""
    kind = get_kind(field.kind)
    code = table.labels.index(label)
    using = np.zeros(len(table.rows), bool)
    using[table.given.row[table.given.label == code]] = True
    count = int(using.sum())
    if not count:
        return LabelLine(label, 0, None)
    somewhere = np.zeros(table.pairs.items, bool)
    somewhere[table.row_item[using]] = True
    kept: list[int] = np.flatnonzero((somewhere & drawn)[table.row_item]).tolist()
    nothing = kind.only(table.rows[int(np.flatnonzero(using)[0])].answer, "")
    only = [kind.only(table.rows[row].answer, label) if using[row] else nothing for row in kept]
    found = agreement_of_answers([table.rows[row].item_id for row in kept], only, _remembering(kind.distance))
    without = _without_label(kind, table, drawn, using, label)
    gain = None if without is None or alpha is None else without - alpha
    own = found.alpha
    return LabelLine(label, count, own.value, found.observed.value, own.low, own.high, without, gain)


def _without_label(kind: AnyKind, table: Table, drawn: Any, using: Any, label: str) -> float | None:
    """Alpha with `label` left out of every answer: only pairs in which somebody used it change."""
    answers = [
        kind.without(row.answer, label) if used else row.answer for row, used in zip(table.rows, using, strict=True)
    ]
    apart = _remembering(kind.distance)
    chance = table.at_large
    within = _changed(answers, table.left, table.right, table.apart, using, apart, drawn[table.pairs.item])
    large = _changed(answers, chance.left, chance.right, chance.apart, using, apart, None)
    kept = drawn[table.pairs.item]
    return agreement_from_distances(table.pairs.item[kept], within[kept], large).alpha.value


def _changed(  # noqa: PLR0917 - the pairs, and what changes in them
    answers: Sequence[Any], left: Any, right: Any, before: Floats, using: Any, apart: Apart, among: Any
) -> Floats:
    touched = using[left] | using[right]
    if among is not None:
        touched &= among
    after = before.copy()
    after[touched] = distances(answers, left[touched], right[touched], apart)
    return after
