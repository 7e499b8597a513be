"""SQL of what is on record about a person's answers; the latest `MOST` of each source."""

from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, Select, select

from guiju.annotations import Origin, RoundKind, annotation_table, resolution_table, round_table
from guiju.coaching import tables as t
from guiju.inspection import lot_table
from guiju.inspection.tables import verdict as verdict_table
from guiju.rulings import SHARED, ReferenceOrigin, reference_table

MOST = 2_000
# What is practised or sat is told by the rooms that marked it.
WORK = (RoundKind.TRIAL, RoundKind.PRODUCTION, RoundKind.REWORK, RoundKind.RECHECK, RoundKind.IMPORT)
_RANK = {ReferenceOrigin.RULING: 0, ReferenceOrigin.EXAMPLE: 1, ReferenceOrigin.GOLD: 2}
_a = annotation_table.c
_r = round_table.c


class Compared(NamedTuple):
    """A person's answer (JSON) beside what is right (JSON), under the version by which they answered."""

    item_id: int
    rulebook_id: int
    given: str
    right: str
    clause: str | None


def known_answers(connection: Connection, project_id: int, annotator_id: int) -> list[Compared]:
    """Their work on items of which the right answer is known; a ruling goes before an example before gold."""
    f = reference_table.c
    found = connection.execute(
        _work(project_id, annotator_id, _a.round_id, f.answers.label("right"), f.clause, f.origin)
        .join(reference_table, (f.item_id == _a.item_id) & (f.project_id == _a.project_id))
        .where(f.answers.is_not(None), f.origin.in_(list(SHARED)))
    )
    best: dict[tuple[int, int], tuple[int, Compared]] = {}
    for row in found:
        item_id, rulebook_id, given, round_id, right, clause, origin = tuple[Any, ...](row)
        rank = _RANK[ReferenceOrigin(origin)]
        there = best.get((round_id, item_id))
        if there is None or rank < there[0]:
            best[round_id, item_id] = (rank, Compared(item_id, rulebook_id, given, right, clause))
    return [compared for _, compared in best.values()]


def resolved_trials(connection: Connection, project_id: int, annotator_id: int) -> list[Compared]:
    """Their answers in trials beside what several answers together decided, where nothing surer is known."""
    h, f = resolution_table.c, reference_table.c
    known = select(f.id).where(f.item_id == _a.item_id, f.answers.is_not(None)).exists()
    rows = connection.execute(
        _work(project_id, annotator_id, h.answers.label("right"))
        .join(resolution_table, (h.item_id == _a.item_id) & h.holds)
        .where(_r.kind == RoundKind.TRIAL, h.origin == Origin.CONSENSUS, ~known)
    )
    return [Compared(row[0], row[1], row[2], row[3], None) for row in map(tuple[Any, ...], rows)]


def _work(project_id: int, annotator_id: int, *columns: ColumnElement[Any]) -> Select[Any]:
    """The newest answers of a person that hold, from rounds of work."""
    later = annotation_table.alias()
    newer = (
        (later.c.round_id == _a.round_id)
        & (later.c.item_id == _a.item_id)
        & (later.c.annotator_id == _a.annotator_id)
        & (later.c.revision > _a.revision)
    )
    return (
        select(_a.item_id, _a.rulebook_id, _a.answers, *columns)
        .join_from(annotation_table, round_table, _r.id == _a.round_id)
        .where(_r.project_id == project_id, _r.kind.in_(WORK), _a.annotator_id == annotator_id)
        .where(~select(later.c.id).where(newer).exists())
        .order_by(_a.id.desc())
        .limit(MOST)
    )


class Verdict(NamedTuple):
    """What an inspector found on a person's answer; `correction` is what should have been answered."""

    rulebook_id: int
    given: str
    passed: bool
    clause: str | None
    correction: str | None


def verdicts_on(connection: Connection, project_id: int, annotator_id: int) -> list[Verdict]:
    """The verdicts that hold on resolutions that are this person's work."""
    v, h, lot = verdict_table.c, resolution_table.c, lot_table.c
    later = verdict_table.alias()
    newer = (later.c.lot_id == v.lot_id) & (later.c.item_id == v.item_id) & (later.c.revision > v.revision)
    rows = connection.execute(
        select(h.rulebook_id, h.answers, v.outcome, v.clause, v.correction)
        .join_from(verdict_table, lot_table, lot.id == v.lot_id)
        .join(resolution_table, h.id == v.resolution_id)
        .where(lot.project_id == project_id, h.annotator_id == annotator_id)
        .where(~select(later.c.id).where(newer).exists())
        .order_by(v.id.desc())
        .limit(MOST)
    )
    return [Verdict(row[0], row[1], row[2] == "pass", row[3], row[4]) for row in rows]


class Practised(NamedTuple):
    """A marked answer of practice; `labels` is JSON."""

    card_id: int
    at: int
    score: float
    labels: str
    clause: str | None


def practised(connection: Connection, project_id: int, account_id: int) -> list[Practised]:
    a = t.practice_answer.c
    rows = connection.execute(
        select(a.card_id, a.at, a.score, a.labels, a.clause)
        .join_from(t.practice_answer, round_table, _r.id == a.round_id)
        .where(a.account_id == account_id, _r.project_id == project_id)
        .order_by(a.id.desc())
        .limit(MOST)
    )
    return [Practised(*row) for row in rows]
