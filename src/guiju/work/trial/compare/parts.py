"""Agreement on a field that is asked of each part: one unit is one part of one item. Pure: answers in, figures out.

Turns are the same turn for everybody. Things marked are the same thing where annotators' marks share at least half
(`guiju.kinds.match_parts`); what only one annotator marked has one answer, which is no disagreement about it.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from statistics import fmean

from guiju.kinds import TURN, Each, FieldShape, Plain, match_parts
from guiju.work.trial.compare.rules import ByItem, Rules, agreement_by_item, compare_field
from guiju.work.trial.model import Answered, FieldReport, Given, ItemLine


def compare_parts(field: FieldShape, given: Sequence[Given], rules: Rules = ()) -> FieldReport:
    """The report of `field` over all parts; its `n` counts parts, its items are the items that they lie on."""
    rows, item_of = part_rows(field, given)
    return _on_items(compare_field(field, rows, rules), item_of)


def agreement_of_parts(field: FieldShape, given: Sequence[Given]) -> ByItem:
    """Agreement item by item: the mean over the parts of each, since parts of one item are no items of their own."""
    rows, item_of = part_rows(field, given)
    found = agreement_by_item(field, rows)

    def on_items(parts: Mapping[int, float]) -> dict[int, float]:
        known: dict[int, list[float]] = defaultdict(list)
        for part, value in parts.items():
            known[item_of[part]].append(value)
        return {item: fmean(values) for item, values in known.items()}

    labels = {label: on_items(parts) for label, parts in found.labels.items()}
    return ByItem(on_items(found.items), labels, found.alpha)


def part_rows(field: FieldShape, given: Sequence[Given]) -> tuple[list[Answered], list[int]]:
    """The answers about each part, with the parts numbered as if they were items, and the item of each part."""
    by_item: dict[int, list[Given]] = defaultdict(list)
    for one in given:
        by_item[one.item_id].append(one)
    rows: list[Answered] = []
    item_of: list[int] = []
    for item_id in sorted(by_item):
        for unit in _units(field, by_item[item_id]):
            rows += [replace(row, item_id=len(item_of)) for row in unit]
            item_of.append(item_id)
    return rows, item_of


def _units(field: FieldShape, given: Sequence[Given]) -> Iterator[list[Answered]]:
    """The answers to each part of one item."""
    said = [one.answers.get(field.id) for one in given]
    mine = [answer.answers if isinstance(answer, Each) else dict[str, Plain]() for answer in said]
    if field.target == TURN:
        turns = sorted({part for answers in mine for part in answers}, key=lambda part: (len(part), part))
        groups = [[(number, part) for number in range(len(given))] for part in turns]
    else:
        parents = [one.answers.get(field.target) for one in given]
        plain = [None if isinstance(parent, Each) else parent for parent in parents]
        groups = [[(place.answer, place.part) for place in group] for group in match_parts(plain)]
    for group in groups:
        unit = [
            Answered(0, given[n].annotator_id, mine[n][part], given[n].clauses) for n, part in group if part in mine[n]
        ]
        if unit:
            yield unit


def _on_items(report: FieldReport, item_of: Sequence[int]) -> FieldReport:
    confusions = tuple(
        replace(line, items=tuple(dict.fromkeys(item_of[unit] for unit in line.items))) for line in report.confusions
    )
    return replace(report, confusions=confusions, worst=_worst(report.worst, item_of))


def _worst(units: Sequence[ItemLine], item_of: Sequence[int]) -> tuple[ItemLine, ...]:
    """The items with parts that are disagreed about: the mean over those parts, and how many answers they have."""
    lines: dict[int, list[ItemLine]] = defaultdict(list)
    for unit in units:
        lines[item_of[unit.item_id]].append(unit)
    found = [
        ItemLine(item, fmean(unit.observed for unit in those), sum(unit.answers for unit in those))
        for item, those in lines.items()
    ]
    return tuple(sorted(found, key=lambda line: (line.observed, -line.answers, line.item_id)))
