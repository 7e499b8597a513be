"""Causes and charts are read for whoever may see reports."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection

from guiju.annotations import list_annotators
from guiju.inspection.causes import store
from guiju.inspection.causes.errors import CauseUnknown
from guiju.inspection.causes.model import (
    NO_CLAUSE,
    NO_LABEL,
    TOGETHER,
    By,
    Cause,
    Charted,
    Of,
    Place,
    Row,
    Weighed,
    Where,
)
from guiju.inspection.causes.rules import chart_of, labels_concerned, labels_in, order_charts
from guiju.inspection.causes.store import Answered
from guiju.inspection.model import DEFECT_NAMES, WEIGHT_NAMES, DefectType, Weight
from guiju.inspection.seconds.actions import is_veiled
from guiju.kinds import decode_stored
from guiju.kit import Page, PageRequest, decode_cursor, encode_cursor
from guiju.kit.words import Bilingual
from guiju.people import Act
from guiju.projects import Standing, authorise
from guiju.rulebooks import latest_published
from guiju.stats.control.pareto import Bar, pareto, vital_few
from guiju.stats.intervals import wilson
from guiju.storage import Actor, House

MOST_LOTS = 60
NONE = "-"


@dataclass(frozen=True, slots=True)
class _Names:
    """How causes are called: labels and clauses by the rules in force, people by their names."""

    labels: Mapping[str, Bilingual]
    clauses: Mapping[str, Bilingual]
    people: Mapping[str, str]

    def of(self, by: By, key: str) -> tuple[Bilingual, bool]:
        """The name, and whether it is a msgid."""
        if key == NONE:
            return {"en": {By.CLAUSE: NO_CLAUSE, By.LABEL: NO_LABEL}.get(by, TOGETHER)}, True
        if by is By.TYPE:
            return {"en": DEFECT_NAMES[DefectType(key)]}, True
        if by is By.SEVERITY:
            return {"en": WEIGHT_NAMES[Weight(key)]}, True
        if by is By.ANNOTATOR:
            return {"en": self.people.get(key, key)}, False
        known = self.labels if by is By.LABEL else self.clauses
        return known.get(key, {"en": key}), False


def _names(connection: Connection, project_id: int, people: Any = ()) -> _Names:
    published = latest_published(connection, project_id)
    labels = {key: known.name for key, known in published.labels.items()} if published else {}
    clauses = {clause.id: clause.title for clause in published.rulebook.clauses} if published else {}
    found = list_annotators(connection, list(people))
    return _Names(labels, clauses, {str(each): one.name for each, one in found.items()})


def _seen(standing: Standing, actor: Actor, where: Where) -> Where:
    return replace(where, veiled_for=actor.id) if is_veiled(standing, actor) else where


def weigh_causes(house: House, actor: Actor, project_id: int, by: By, where: Where | None = None) -> Weighed:
    """The defects that hold, put together by one kind of cause, the most frequent first.

    By label a defect counts under each label that it concerns, so the counts add up to more than the defects.
    """
    where = where or Where()
    with house.reading() as connection:
        where = _seen(authorise(connection, actor, project_id, Act.SEE_REPORTS), actor, where)
        judged, defects = store.count_judged(connection, project_id, where)
        counts, looked = _count(connection, project_id, by, where)
        people = [int(key) for key in counts if key != NONE] if by is By.ANNOTATOR else []
        names = _names(connection, project_id, people)
    bars = pareto(counts)
    causes = [
        Cause(bar.cause, *names.of(by, bar.cause), bar.count, bar.share, bar.cumulative, *_rate(bar, looked))
        for bar in bars
    ]
    return Weighed(by, judged, defects, tuple(causes), vital_few(bars))


def _rate(bar: Bar, looked: Mapping[str, int]) -> tuple[Any, ...]:
    judged = looked.get(bar.cause)
    return (judged, wilson(bar.count, judged)) if judged else ()


def _count(connection: Connection, project_id: int, by: By, where: Where) -> tuple[dict[str, int], dict[str, int]]:
    """How many defects under each cause, and how many items were judged of it where that is known."""
    if by is By.LABEL:
        counted = Counter[str]()
        for each in store.read_defects(connection, project_id, where):
            counted.update(concerned(each) or {NONE})
        return dict(counted), {}
    found = store.count_by(connection, project_id, where, by)
    if by is not By.ANNOTATOR:
        return {NONE if key is None else str(key): n for key, (_, n) in found.items() if n}, {}
    told = {NONE if key is None else str(key): both for key, both in found.items()}
    return {key: n for key, (_, n) in told.items()}, {key: judged for key, (judged, _) in told.items()}


def concerned(each: Answered) -> set[str]:
    """The labels that a defect is counted under."""
    return labels_concerned(decode_stored(each.judged), decode_stored(each.correction) if each.correction else None)


def list_defective(  # noqa: PLR0917 - a filter and a page
    house: House,
    actor: Actor,
    project_id: int,
    by: By,
    key: str,
    where: Where | None = None,
    wanted: PageRequest | None = None,
) -> Page[Row]:
    """The defects behind one bar, the newest first; `-` is what has no cause of the kind. Raises `CauseUnknown`."""
    where, wanted = where or Where(), wanted or PageRequest()
    before = decode_cursor(wanted.cursor)[0] if wanted.cursor else None
    with house.reading() as connection:
        where = _seen(authorise(connection, actor, project_id, Act.SEE_REPORTS), actor, where)
        rows = store.list_rows(
            connection,
            project_id,
            where,
            only=_only(connection, project_id, by, key, where),
            before=before if isinstance(before, int) else None,
            limit=wanted.size + 1,
        )
    more, rows = len(rows) > wanted.size, rows[: wanted.size]
    return Page(rows, encode_cursor([rows[-1].verdict_id]) if more else None)


def _only(connection: Connection, project_id: int, by: By, key: str, where: Where) -> tuple[By, Any] | list[int]:
    if by is By.LABEL:
        found = store.read_defects(connection, project_id, where)
        return [each.verdict_id for each in found if key in (concerned(each) or {NONE})][: store.IN_ONE]
    if by is By.ANNOTATOR and key != NONE and not key.isdecimal():
        raise CauseUnknown(cause=key[:80])
    value = None if key == NONE else int(key) if by is By.ANNOTATOR else key
    return by, value


def chart_shares(house: House, actor: Actor, project_id: int, of: Of) -> list[Charted]:
    """A control chart for each person or label over the newest lots, those that ask to be looked at first.

    Only first inspections that were decided count; a lot in which nothing of a person or label was judged is no point.
    """
    with house.reading() as connection:
        where = _seen(authorise(connection, actor, project_id, Act.SEE_REPORTS), actor, Where())
        lots = store.first_lots(connection, project_id, MOST_LOTS)
        ids = [lot.id for lot in lots]
        count = _people if of is Of.ANNOTATOR else _labels
        counts = count(connection, project_id, ids, where)
        names = _names(connection, project_id, [int(key) for key in counts] if of is Of.ANNOTATOR else ())
    by = By.ANNOTATOR if of is Of.ANNOTATOR else By.LABEL
    charts = [
        chart_of(
            key,
            names.of(by, key)[0],
            [Place(lot.id, lot.number, *found[lot.id]) for lot in lots if lot.id in found],
        )
        for key, found in counts.items()
    ]
    return order_charts(one for one in charts if one is not None)


def _people(
    connection: Connection, project_id: int, lots: list[int], where: Where
) -> dict[str, dict[int, tuple[int, int]]]:
    counts: dict[str, dict[int, tuple[int, int]]] = defaultdict(dict)
    for annotator, lot, judged, defective in store.count_people(connection, project_id, lots, where):
        counts[str(annotator)][lot] = (judged, defective)
    return counts


def _labels(
    connection: Connection, project_id: int, lots: list[int], where: Where
) -> dict[str, dict[int, tuple[int, int]]]:
    """An item is looked at under each label that its answer has; defective under those that the defect concerns."""
    judged, defective = Counter[tuple[str, int]](), Counter[tuple[str, int]]()
    for each in store.read_judged(connection, project_id, lots, where):
        wrong = concerned(each) if each.defective else set[str]()
        for label in wrong | labels_in(decode_stored(each.judged)).keys():
            judged[label, each.lot_id] += 1
        for label in wrong:
            defective[label, each.lot_id] += 1
    counts: dict[str, dict[int, tuple[int, int]]] = defaultdict(dict)
    for (label, lot), n in judged.items():
        counts[label][lot] = (n, defective[label, lot])
    return counts
