"""Agreement on one field, and where it is lost. Pure: answers in, figures out.

This room brings NumPy along: whoever needs a report imports it then.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeAlias

import numpy as np

from guiju.kinds import FieldShape, get_kind
from guiju.kinds.model import AnyKind, Level
from guiju.stats.agreement.alpha import krippendorff_alpha
from guiju.stats.agreement.drivers import Driver, drivers
from guiju.stats.agreement.pairwise import (
    PairwiseAgreement,
    agreement_from_distances,
    alpha_from_distances,
    chance_pairs,
)
from guiju.stats.agreement.report import agreement_of
from guiju.stats.columns import encode, pairs_within
from guiju.work.trial.compare.flat import Judge
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
    table_of_answers,
    table_of_values,
)
from guiju.work.trial.model import Answered, FieldReport, Given, LabelLine

__all__ = ["SHOWN", "Rules", "agreement_of_field", "compare_field", "confused"]

MOST_PRICED = 20_000
"""Pairs of answers from which a label's own agreement is read; of more, those of items drawn evenly."""

Rules: TypeAlias = Sequence[tuple[str, tuple[str, ...]]]
"""The rulebook's clauses, each with the labels that it is about."""


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
    kind = get_kind(field.kind)
    table = table_of_answers(field, rows)
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
    if kind.exactly is None or table.judge is None:
        return table, told
    exactly = table.judge.distances(table.left, table.right, kind.exactly)
    found = agreement_from_distances(table.pairs.item, exactly, np.empty(0)).observed
    return table, replace(told, exact=measured(found))


# Labels of answers that are more than one value


def _labels_pairwise(field: FieldShape, table: Table, whole: PairwiseAgreement) -> tuple[LabelLine, ...]:
    drawn = _drawn(table)
    lines = [_label_line(table, drawn, label, whole.alpha.value) for label in field.labels]
    used = [line for line in lines if line.n]
    return tuple(sorted(used, key=lambda line: (line.alpha is None, line.alpha or 0.0)))


def _drawn(table: Table) -> Any:
    """Which items the labels are priced on: all, or every k-th where there are many."""
    pairs = len(table.pairs.item)
    step = max(1, -(-pairs // MOST_PRICED))
    return np.arange(table.pairs.items) % step == 0


def _label_line(table: Table, drawn: Any, label: str, alpha: float | None) -> LabelLine:
    """Agreement on the items where somebody used `label`, with everything else left out of their answers."""
    assert table.judge is not None
    code = table.labels.index(label)
    using = np.zeros(len(table.rows), bool)
    using[table.given.row[table.given.label == code]] = True
    count = int(using.sum())
    if not count:
        return LabelLine(label, 0, None)
    somewhere = np.zeros(table.pairs.items, bool)
    somewhere[table.row_item[using]] = True
    kept: list[int] = np.flatnonzero((somewhere & drawn)[table.row_item]).tolist()
    found = _agreement(table, table.judge.only(label), np.array(kept, np.int64))
    without = _without_label(table, drawn, using, label)
    gain = None if without is None or alpha is None else without - alpha
    own = found.alpha
    return LabelLine(label, count, own.value, found.observed.value, own.low, own.high, without, gain)


def _without_label(table: Table, drawn: Any, using: Any, label: str) -> float | None:
    """Alpha with `label` left out of every answer: only pairs in which somebody used it change."""
    assert table.judge is not None
    judge, chance, pairs = table.judge.without(label), table.at_large, drawn[table.pairs.item]
    within = _changed(judge, table.left[pairs], table.right[pairs], table.apart[pairs], using)
    large = _changed(judge, chance.left, chance.right, chance.apart, using)
    return alpha_from_distances(table.pairs.item[pairs], within, large)


def _changed(judge: Judge, left: Any, right: Any, before: Floats, using: Any) -> Floats:
    """The distances of pairs, `before` where nobody was `using` the label."""
    touched = using[left] | using[right]
    after = before.copy()
    after[touched] = judge.distances(left[touched], right[touched])
    return after


def _agreement(table: Table, judge: Judge, rows: Any) -> PairwiseAgreement:
    """Observed agreement and alpha of some rows, which stand in the order of their items."""
    within, chance = pairs_within(table.row_item[rows]), chance_pairs(len(rows))
    apart = judge.distances(rows[within.left], rows[within.right])
    at_large = judge.distances(rows[chance.left], rows[chance.right])
    return agreement_from_distances(within.item, apart, at_large)


# Item by item, for the comparison of two rounds


@dataclass(frozen=True, slots=True)
class ByItem:
    """Each item's agreement, and by label each item's on which somebody gave it; `alpha` of the whole."""

    items: Mapping[int, float]
    labels: Mapping[str, Mapping[int, float]]
    alpha: float | None


def agreement_of_field(field: FieldShape, given: Sequence[Given]) -> ByItem:
    """Agreement of the answers to one field, item by item."""
    rows = [Answered(one.item_id, one.annotator_id, one.answers[field.id]) for one in given if field.id in one.answers]
    return agreement_by_item(field, rows)


def agreement_by_item(field: FieldShape, rows: Sequence[Answered]) -> ByItem:
    """Agreement of these answers, item by item."""
    found = _values(field, rows)
    if found is None:
        table = table_of_answers(field, rows)
        alpha = alpha_from_distances(table.pairs.item, table.apart, table.at_large.apart)
    else:
        table = _table(found)
        alpha = krippendorff_alpha(_columns(found), found.level, interval=False).value
    return ByItem(table.by_item, _labels_by_item(table), alpha)


def _labels_by_item(table: Table) -> dict[str, dict[int, float]]:
    """For each label and item: of the things in pairs of answers that somebody gave it to, the share where both did."""
    width, items = max(1, len(table.labels)), max(1, table.pairs.items)
    per_row = np.zeros((len(table.rows), width), np.int64)
    np.add.at(per_row, (table.given.row, table.given.label), table.given.count)
    slips = np.zeros((items, width), np.int64)
    for side in (table.slips.a, table.slips.b):
        np.add.at(slips, (table.slips.item, side), 1)
    used = np.zeros((items, width), np.int64)
    np.add.at(used, table.pairs.item, per_row[table.left] + per_row[table.right])
    both = np.maximum(0, used - slips) // 2
    found: dict[str, dict[int, float]] = {}
    for code, label in enumerate(table.labels):
        either = both[:, code] + slips[:, code]
        at: list[int] = np.flatnonzero((either > 0) & (used[:, code] > 0)).tolist()
        found[label] = {table.items[item]: float(both[item, code] / either[item]) for item in at}
    return found
