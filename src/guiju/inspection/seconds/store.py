"""SQL of second looks."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, case, exists, false, func, insert, select, update

from guiju.annotations import resolution_table
from guiju.inspection import store as inspection
from guiju.inspection import tables as lots
from guiju.inspection.disputes.tables import dispute as disputes
from guiju.inspection.model import Finding, Outcome, SampleItem, Verdict
from guiju.inspection.seconds import tables as t
from guiju.inspection.seconds.model import Disagreement, Look
from guiju.storage import Tx

_v, _look, _place = lots.verdict.c, t.second_look.c, t.second_place.c
IN_ONE = 500


def share_of(connection: Connection, project_id: int) -> int:
    """The share in force, in percent."""
    held = select(t.second_share.c.percent).where(t.second_share.c.project_id == project_id)
    return int(connection.execute(held.order_by(t.second_share.c.id.desc()).limit(1)).scalar() or 0)


def insert_share(tx: Tx, project_id: int, percent: int, by: int) -> None:
    tx.insert(insert(t.second_share), {"project_id": project_id, "percent": percent, "set_by": by, "at": tx.at})


def is_planned(connection: Connection, lot_id: int) -> bool:
    return (
        connection.execute(select(t.second_plan.c.lot_id).where(t.second_plan.c.lot_id == lot_id)).first() is not None
    )


def insert_plan(tx: Tx, lot_id: int, percent: int, seed: str, items: list[int]) -> None:
    tx.execute(insert(t.second_plan), {"lot_id": lot_id, "percent": percent, "seed": seed})
    for start in range(0, len(items), IN_ONE):
        rows = [{"lot_id": lot_id, "item_id": item} for item in items[start : start + IN_ONE]]
        tx.execute(insert(t.second_place), rows)


def awaits_second() -> ColumnElement[bool]:
    """Of a verdict: its place is to be judged a second time and was not yet. What is disputed is ruled on anyhow."""
    mine = and_(_place.lot_id == _v.lot_id, _place.item_id == _v.item_id)
    looked = exists().where(_look.lot_id == _v.lot_id, _look.item_id == _v.item_id)
    disputed = exists().where(disputes.c.lot_id == _v.lot_id, disputes.c.item_id == _v.item_id)
    return exists().where(mine) & ~looked & ~disputed


def hidden_from(connection: Connection, lot_id: int, account_id: int, item_id: int | None = None) -> set[int]:
    """The items of a lot whose verdict this account must not see: another gave it, and they may give the second."""
    found = select(_v.item_id).where(_v.lot_id == lot_id, inspection.newest_verdict(), awaits_second())
    found = found.where(_v.inspector_id != account_id)
    if item_id is not None:
        found = found.where(_v.item_id == item_id)
    return set(connection.execute(found).scalars())


def hidden_tallies(connection: Connection, lot_ids: Iterable[int], account_id: int) -> dict[int, tuple[int, int]]:
    """Of each lot, how many judged and defective items this account must not see."""
    defective = func.sum(case((_v.outcome == Outcome.DEFECT, 1), else_=0))
    found = (
        select(_v.lot_id, func.count(), defective)
        .where(_v.lot_id.in_(list(lot_ids)), inspection.newest_verdict(), awaits_second())
        .where(_v.inspector_id != account_id)
        .group_by(_v.lot_id)
    )
    return {row[0]: (int(row[1]), int(row[2])) for row in connection.execute(found)}


def own_looks(connection: Connection, lot_id: int, account_id: int) -> dict[int, Verdict]:
    """What this account said at second looks of a lot, by item, as if it were the verdict."""
    mine = select(t.second_look).where(_look.lot_id == lot_id, _look.inspector_id == account_id)
    return {
        row.item_id: Verdict(row.id, row.item_id, account_id, 1, row.at, inspection.finding_from(row))
        for row in connection.execute(mine)
    }


def insert_look(tx: Tx, lot_id: int, place: SampleItem, finding: Finding, *, by: int, request_id: str) -> int:
    assert place.verdict is not None  # there is no second without a first
    told = {name: getattr(finding, name) for name in Finding.__dataclass_fields__}
    named = {"lot_id": lot_id, "item_id": place.item_id, "first_id": place.verdict.id, "inspector_id": by}
    return tx.insert(insert(t.second_look), {**told, **named, "request_id": request_id, "at": tx.at})


def looks_of(connection: Connection, project_id: int) -> list[Look]:
    """Every second look of a project."""
    found = (
        select(_look.lot_id, _look.item_id, _v.inspector_id, _v.outcome, _look.inspector_id, _look.outcome, _look.right)
        .add_columns(_look.at)
        .join_from(t.second_look, lots.verdict, _v.id == _look.first_id)
        .join(lots.lot, lots.lot.c.id == _look.lot_id)
        .where(lots.lot.c.project_id == project_id)
    )
    return [
        Look(
            row[0],
            row[1],
            row[2],
            Outcome(row[3]),
            row[4],
            Outcome(row[5]),
            Outcome(row[6]) if row[6] else None,
            row[7],
        )
        for row in connection.execute(found)
    ]


def count_waiting(connection: Connection, project_id: int) -> int:
    """Places whose first verdict is there and whose second is not."""
    found = select(func.count()).select_from(lots.verdict.join(lots.lot, lots.lot.c.id == _v.lot_id))
    mine = found.where(lots.lot.c.project_id == project_id, inspection.newest_verdict(), awaits_second())
    return int(connection.execute(mine).scalar_one())


def waiting_lots(connection: Connection, project_id: int, account_id: int) -> list[tuple[int, int, int]]:
    """`(lot, its number, places)` that this account may look at, of lots that are decided."""
    lot = lots.lot.c
    found = (
        select(lot.id, lot.number, func.count())
        .join_from(lots.verdict, lots.lot, lot.id == _v.lot_id)
        .join(resolution_table, resolution_table.c.id == _v.resolution_id)
        .where(lot.project_id == project_id, lot.decided_at.is_not(None), inspection.newest_verdict(), awaits_second())
        .where(_v.inspector_id != account_id, _not_work_of(account_id))
        .group_by(lot.id, lot.number)
        .order_by(lot.number)
    )
    return [(row[0], row[1], int(row[2])) for row in connection.execute(found)]


def first_verdicts(connection: Connection, project_id: int) -> tuple[int, int]:
    """`(defective, judged)` by the first verdicts of the lots that were looked at twice."""
    defective = func.sum(case((_v.outcome == Outcome.DEFECT, 1), else_=0))
    found = (
        select(defective, func.count())
        .join_from(lots.verdict, lots.lot, lots.lot.c.id == _v.lot_id)
        .join(t.second_plan, t.second_plan.c.lot_id == _v.lot_id)
        .where(lots.lot.c.project_id == project_id, _v.revision == 1)
    )
    row = connection.execute(found).one()
    return int(row[0] or 0), int(row[1])


def _not_work_of(account_id: int) -> ColumnElement[bool]:
    """Who never annotated has no annotator, so whether it is theirs is neither true nor false."""
    return ~func.coalesce(inspection.is_work_of(account_id), false())


def _disagreeing(project_id: int, reader: int) -> Any:
    """Looks that differ from their first verdict and wait for a ruling, but for those of the reader."""
    held, verdict = resolution_table, lots.verdict
    first = [column.label(f"v_{column.name}") for column in inspection.VERDICT]
    return (
        select(t.second_look, *first, lots.lot.c.number, held.c.answers, held.c.rulebook_id)
        .join_from(t.second_look, verdict, _v.id == _look.first_id)
        .join(lots.lot, lots.lot.c.id == _look.lot_id)
        .join(held, held.c.id == _v.resolution_id)
        .where(lots.lot.c.project_id == project_id, _look.right.is_(None), _look.outcome != _v.outcome)
        .where(_look.inspector_id != reader, _v.inspector_id != reader, _not_work_of(reader))
        .order_by(_look.id)
    )


def disagreements(connection: Connection, project_id: int, reader: int, limit: int) -> list[Disagreement]:
    return [
        Disagreement(
            row.lot_id,
            row.number,
            row.item_id,
            inspection.finding_from(row, "v_"),
            inspection.finding_from(row),
            row.answers,
            row.rulebook_id,
        )
        for row in connection.execute(_disagreeing(project_id, reader).limit(limit))
    ]


def find_open(connection: Connection, lot_id: int, item_id: int) -> tuple[int, int, int, Finding] | None:
    """`(look, first inspector, second inspector, the second finding)` of a disagreement that waits for a ruling."""
    found = (
        select(t.second_look, _v.inspector_id.label("first_by"))
        .join_from(t.second_look, lots.verdict, _v.id == _look.first_id)
        .where(_look.lot_id == lot_id, _look.item_id == item_id, _look.right.is_(None), _look.outcome != _v.outcome)
    )
    row = connection.execute(found).first()
    return (row.id, row.first_by, row.inspector_id, inspection.finding_from(row)) if row else None


def settle(tx: Tx, look_id: int, right: Outcome, *, by: int, text: str) -> None:
    told = {"right": right, "ruling": text, "ruled_by": by, "ruled_at": tx.at}
    tx.execute(update(t.second_look).where(_look.id == look_id).values(**told))
