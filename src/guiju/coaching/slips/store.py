"""SQL of what was found on a person's work, and when they practised what."""

from collections.abc import Sequence

from sqlalchemy import Connection, exists, func, select

from guiju.annotations import annotator_table, resolution_table, round_table
from guiju.coaching import tables as t
from guiju.coaching.slips.model import Correction, Judged
from guiju.inspection import lot_table
from guiju.inspection.disputes.model import DisputeState
from guiju.inspection.disputes.tables import dispute as dispute_table
from guiju.inspection.store import newest_verdict
from guiju.inspection.tables import verdict as verdict_table

MOST = 2_000
IN_ONE = 500
_v, _h, _who, _d = verdict_table.c, resolution_table.c, annotator_table.c, dispute_table.c


def corrections_in(connection: Connection, lot_id: int) -> list[Correction]:
    """What the lot's verdicts corrected in answers of one person who has an account, as far as defects stand."""
    rows = connection.execute(
        select(_v.id, _v.item_id, _v.correction, _v.clause, _h.rulebook_id, _h.project_id, _who.account_id)
        .join_from(verdict_table, resolution_table, _h.id == _v.resolution_id)
        .join(annotator_table, _who.id == _h.annotator_id)
        .where(_v.lot_id == lot_id, newest_verdict(), _v.outcome == "defect", _v.correction.is_not(None))
        .where(_who.account_id.is_not(None))
        .order_by(_v.id)
    )
    return [Correction(*row) for row in rows]


def standing_corrections(connection: Connection, names: Sequence[str]) -> set[str]:
    """Of references `account-verdict` those whose defect neither was withdrawn nor is disputed."""
    verdicts = {int(name.partition("-")[2]): name for name in names}
    found, ids = set[str](), list(verdicts)
    disputed = exists().where(_d.lot_id == _v.lot_id, _d.item_id == _v.item_id, _d.state == DisputeState.OPEN)
    for start in range(0, len(ids), IN_ONE):
        some = select(_v.id).where(_v.id.in_(ids[start : start + IN_ONE]), newest_verdict(), _v.outcome == "defect")
        found |= {verdicts[each] for each in connection.execute(some.where(~disputed)).scalars()}
    return found


def note_of(connection: Connection, name: str) -> str | None:
    """What the inspector wrote to the defect of a reference `account-verdict`."""
    return connection.execute(select(_v.note).where(_v.id == int(name.partition("-")[2]))).scalar()


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
