"""SQL of retrospectives, and of what they look back at."""

from collections.abc import Sequence
from typing import Any, NamedTuple

import msgspec
from sqlalchemy import Connection, Row, case, exists, func, insert, select, update

from guiju.annotations import resolution_table, round_table
from guiju.inspection import LotState, lot_table
from guiju.inspection.disputes.tables import dispute as dispute_table
from guiju.inspection.tables import verdict as verdict_table
from guiju.planning.retrospective.model import Figures, Learned, Retrospective
from guiju.planning.retrospective.tables import retrospective as t
from guiju.rulings import question_table, ruling_table
from guiju.rulings.tables import ruling_use as ruling_use_table
from guiju.storage import Tx

PAUSE = 600 * 10**6
"""Between two verdicts or rulings of one person more than this is no work on the second."""
MOST_RULINGS = 30

_v, _lot = verdict_table.c, lot_table.c
_COLUMNS = tuple(t.c)


def _read(row: Row[*tuple[Any, ...]]) -> Retrospective:
    figures = msgspec.json.decode(row.figures, type=Figures)
    words = msgspec.json.decode(row.words, type=dict[str, str])
    return Retrospective(
        row.id, row.project_id, row.version, row.revision, row.state == "finished", row.interim, figures, words,
        row.written_by, row.written_at, row.signed_by, row.signed_at,
    )  # fmt: skip


def list_all(connection: Connection, project_id: int) -> list[Retrospective]:
    """Every version, the newest first."""
    found = select(*_COLUMNS).where(t.c.project_id == project_id).order_by(t.c.version.desc())
    return [_read(row) for row in connection.execute(found)]


def find(connection: Connection, project_id: int, version: int, *, lock: bool = False) -> Retrospective | None:
    found = select(*_COLUMNS).where(t.c.project_id == project_id, t.c.version == version)
    row = connection.execute(found.with_for_update() if lock else found).first()
    return _read(row) if row else None


def insert_one(tx: Tx, **values: object) -> int:
    return tx.insert(insert(t), {"revision": 1, "state": "draft", "words": "{}", "written_at": tx.at, **values})


def update_one(tx: Tx, retrospective_id: int, **values: object) -> None:
    tx.execute(update(t).where(t.c.id == retrospective_id).values(revision=t.c.revision + 1, **values))


def finished_in(connection: Connection, project_ids: Sequence[int]) -> list[Retrospective]:
    """The last finished one of each of these projects that is no interim one."""
    newer = t.alias("newer")
    later = exists().where(
        newer.c.project_id == t.c.project_id,
        newer.c.version > t.c.version,
        newer.c.state == "finished",
        ~newer.c.interim,
    )
    mine = (t.c.project_id.in_(project_ids), t.c.state == "finished", ~t.c.interim, ~later)
    return [_read(row) for row in connection.execute(select(*_COLUMNS).where(*mine).order_by(t.c.signed_at.desc()))]


def lessons_of(connection: Connection, project_ids: Sequence[int], trade: str, kinds: str) -> list[Learned]:
    """What the finished ones of these projects say that are of the same trade; without a trade, of the same kinds."""
    same = t.c.trade == trade if trade else (t.c.kinds == kinds) & (t.c.kinds != "")
    like = select(t.c.project_id).where(t.c.project_id.in_(project_ids), t.c.state == "finished", same)
    return [one.figures.learned for one in finished_in(connection, sorted(connection.execute(like).scalars()))]


def count_open(connection: Connection, project_id: int) -> tuple[int, int]:
    """Rounds that are not closed (learning and draft ones left out), and lots that are not over.

    Rework whose lot came again is over, whether or not somebody closed its round.
    """
    r, again = round_table.c, lot_table.alias("again")
    kinds = ("trial", "production", "rework", "recheck")
    came_again = exists().where(again.c.resubmits == r.lot_id)
    going = (r.kind.in_(kinds), r.state.in_(["open", "paused"]), ~((r.kind == "rework") & came_again))
    rounds = select(func.count()).where(r.project_id == project_id, *going)
    waits = (_lot.state == LotState.INSPECTING) | (
        (_lot.state == LotState.REJECTED) & ~exists().where(again.c.resubmits == _lot.id)
    )
    lots = select(func.count()).select_from(lot_table).where(_lot.project_id == project_id, waits)
    return connection.execute(rounds).scalar_one(), connection.execute(lots).scalar_one()


class Effort(NamedTuple):
    """How many acts there were, and the hours that lay between one person's acts, pauses left out."""

    acts: int
    hours: float


def verdict_effort(connection: Connection, project_id: int) -> Effort:
    mine = select(_v.inspector_id.label("who"), _v.at.label("at")).join(lot_table, _lot.id == _v.lot_id)
    return _effort(connection, mine.where(_lot.project_id == project_id))


def ruling_effort(connection: Connection, project_id: int) -> Effort:
    r = ruling_table.c
    return _effort(connection, select(r.ruled_by.label("who"), r.at.label("at")).where(r.project_id == project_id))


def _effort(connection: Connection, acts: Any) -> Effort:
    """The gaps that are no pauses; acts after a pause count as those gaps do in the mean."""
    act = acts.subquery().c
    gap = (act.at - func.lag(act.at).over(partition_by=act.who, order_by=act.at)).label("gap")
    gaps = select(gap).subquery().c
    kept = case((gaps.gap <= PAUSE, gaps.gap))
    n, known, spent = connection.execute(select(func.count(), func.count(kept), func.sum(kept))).one()
    return Effort(int(n), float(spent) / int(known) * int(n) / 3.6e9 if known else 0.0)


class DefectRow(NamedTuple):
    """How many findings of a kind a lot has."""

    lot_id: int
    type: str
    clause: str
    severity: str
    findings: int


def _latest() -> Any:
    newer = verdict_table.alias("newer")
    same = (newer.c.lot_id == _v.lot_id, newer.c.item_id == _v.item_id, newer.c.revision > _v.revision)
    return ~exists().where(*same)


def defects_by_lot(connection: Connection, project_id: int) -> list[DefectRow]:
    said = (_v.defect_type, func.coalesce(_v.clause, ""), _v.severity)
    found = (
        select(_v.lot_id, *said, func.count())
        .join_from(verdict_table, lot_table, _lot.id == _v.lot_id)
        .where(_lot.project_id == project_id, _v.outcome == "defect", _latest())
        .group_by(_v.lot_id, *said)
    )
    return [DefectRow(row[0], row[1] or "", row[2], row[3] or "", int(row[4])) for row in connection.execute(found)]


def judged_by_rulebook(connection: Connection, project_id: int) -> dict[int, tuple[int, dict[str, int]]]:
    """By the version that items were answered under: how many were judged, and their defects by clause."""
    r = resolution_table.c
    bad = case((_v.outcome == "defect", func.coalesce(_v.clause, "")), else_=None)
    found = (
        select(r.rulebook_id, bad, func.count())
        .join_from(verdict_table, lot_table, _lot.id == _v.lot_id)
        .join(resolution_table, r.id == _v.resolution_id)
        .where(_lot.project_id == project_id, _latest())
        .group_by(r.rulebook_id, bad)
    )
    told: dict[int, tuple[int, dict[str, int]]] = {}
    for rulebook_id, clause, count in connection.execute(found):
        judged, clauses = told.get(rulebook_id, (0, {}))
        told[rulebook_id] = (judged + int(count), clauses if clause is None else {**clauses, clause: int(count)})
    return told


def rework_rounds(connection: Connection, project_id: int) -> dict[int, int]:
    """Lot → the round in which it was worked again."""
    found = select(_lot.id, _lot.rework_round).where(_lot.project_id == project_id, _lot.rework_round.is_not(None))
    return {row[0]: row[1] for row in connection.execute(found)}


def lot_numbers(connection: Connection, project_id: int) -> dict[int, int]:
    """Lot → its number."""
    return {
        row[0]: row[1] for row in connection.execute(select(_lot.id, _lot.number).where(_lot.project_id == project_id))
    }


def unused_rulings(connection: Connection, project_id: int) -> list[tuple[int, str, str, int, int | None]]:
    """Rulings that became no clause and no example: (id, text, clause, how many asked, the question that it answers),
    the most wanted first."""
    r, q, u = ruling_table.c, question_table, ruling_use_table.c
    merged = select(func.count()).select_from(q).where(q.c.merged_into == r.question_id).scalar_subquery()
    found = (
        select(
            r.id,
            r.text,
            func.coalesce(r.clause, ""),
            merged + case((r.question_id.is_not(None), 1), else_=0),
            r.question_id,
        )
        .where(r.project_id == project_id, ~exists().where(u.ruling_id == r.id))
        .order_by((merged + 0).desc(), r.id)
        .limit(MOST_RULINGS)
    )
    return [(row[0], row[1], row[2], int(row[3]), row[4]) for row in connection.execute(found)]


def count_questions(connection: Connection, project_id: int) -> int:
    q = question_table.c
    return connection.execute(select(func.count()).where(q.project_id == project_id)).scalar_one()


def count_disputes(connection: Connection, project_id: int) -> int:
    d = dispute_table.c
    return connection.execute(select(func.count()).where(d.project_id == project_id)).scalar_one()
