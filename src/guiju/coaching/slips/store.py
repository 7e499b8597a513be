"""SQL of what was found on a person's work, and when they practised what."""

from sqlalchemy import Connection, func, select

from guiju.annotations import annotator_table, resolution_table, round_table
from guiju.coaching import tables as t
from guiju.coaching.slips.model import Judged
from guiju.inspection import lot_table
from guiju.inspection.store import newest_verdict
from guiju.inspection.tables import verdict as verdict_table

MOST = 2_000
_v, _h, _who = verdict_table.c, resolution_table.c, annotator_table.c


def judged_of(connection: Connection, project_id: int, account_id: int) -> list[Judged]:
    """Their newest answers that were judged; a defect that was withdrawn is none."""
    rows = connection.execute(
        select(_h.at, _v.outcome, _v.clause, _v.correction)
        .join_from(verdict_table, lot_table, lot_table.c.id == _v.lot_id)
        .join(resolution_table, _h.id == _v.resolution_id)
        .join(annotator_table, _who.id == _h.annotator_id)
        .where(lot_table.c.project_id == project_id, _who.account_id == account_id, newest_verdict())
        .order_by(_v.id.desc())
        .limit(MOST)
    )
    return [Judged(row[0], row[2] if row[1] == "defect" else None, row[3] is not None) for row in rows]


def people_by_clause(connection: Connection, project_id: int, account_id: int) -> dict[str, int]:
    """By clause, how many people got it wrong in the rounds in which this person's answers hold."""
    mine = (
        select(_h.round_id)
        .join_from(resolution_table, annotator_table, _who.id == _h.annotator_id)
        .where(_h.project_id == project_id, _who.account_id == account_id)
    )
    found = (
        select(_v.clause, func.count(func.distinct(_h.annotator_id)))
        .join_from(verdict_table, lot_table, lot_table.c.id == _v.lot_id)
        .join(resolution_table, _h.id == _v.resolution_id)
        .where(lot_table.c.project_id == project_id, newest_verdict(), _v.outcome == "defect", _v.clause.is_not(None))
        .where(_h.round_id.in_(mine))
        .group_by(_v.clause)
    )
    return {row[0]: int(row[1]) for row in connection.execute(found)}


def practised_since(connection: Connection, project_id: int, account_id: int) -> dict[str, int]:
    """By clause, when it was practised first."""
    a = t.practice_answer.c
    found = (
        select(a.clause, func.min(a.at))
        .join_from(t.practice_answer, round_table, round_table.c.id == a.round_id)
        .where(round_table.c.project_id == project_id, a.account_id == account_id, a.clause.is_not(None))
        .group_by(a.clause)
    )
    return {row[0]: int(row[1]) for row in connection.execute(found)}
