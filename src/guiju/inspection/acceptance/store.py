"""SQL of acceptances: what is offered, the customer's sample and verdicts, what was signed."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import msgspec
from sqlalchemy import Connection, Row, Select, and_, exists, func, insert, or_, select, update

from guiju.annotations import newest_wording, resolution_table
from guiju.data import item_table
from guiju.inspection import store as inspection
from guiju.inspection import tables as lots
from guiju.inspection.acceptance import tables as t
from guiju.inspection.acceptance.model import Acceptance, AcceptanceState, Condition, Promise, Statement, VersionUsed
from guiju.inspection.disputes.model import DisputeState
from guiju.inspection.disputes.tables import dispute
from guiju.inspection.model import Finding, Lot, LotState, SampleItem, Verdict
from guiju.storage import Tx

SIGNED = (AcceptanceState.ACCEPTED, AcceptanceState.CONDITIONAL)
AT_ONCE = 500
_COLUMNS = tuple(t.acceptance.c[name] for name in Acceptance.__dataclass_fields__)
_OLDER = t.acceptance_verdict.alias("older")


def _acceptance(row: Row[*tuple[Any, ...]]) -> Acceptance:
    kept: dict[str, Any] = {name: getattr(row, name) for name in Acceptance.__dataclass_fields__}
    kept["state"] = AcceptanceState(row.state)
    kept["versions"] = msgspec.json.decode(row.versions, type=tuple[VersionUsed, ...])
    kept["statement"] = msgspec.json.decode(row.statement, type=Statement) if row.statement else None
    return Acceptance(**kept)


@dataclass(frozen=True, slots=True)
class OfferedLot:
    """A lot that waits for the customer, and how many of its items changed since it was accepted."""

    lot: Lot
    changed: int
    disputed: int


def waiting_lots(connection: Connection, project_id: int) -> list[Lot]:
    """Lots that our own inspection accepted and nobody signed for, the oldest first."""
    signed = _signed_lot()
    mine = and_(lots.lot.c.project_id == project_id, lots.lot.c.state == LotState.ACCEPTED, ~signed)
    return [inspection.lot_of_row(row) for row in connection.execute(select(lots.lot).where(mine).order_by("number"))]


def _signed_lot() -> Any:
    """Whether a signature holds for a lot as our inspection decided it."""
    link, one = t.acceptance_lot, t.acceptance
    return exists().where(
        link.c.lot_id == lots.lot.c.id,
        link.c.decided_event == lots.lot.c.decided_event,
        one.c.id == link.c.acceptance_id,
        one.c.state.in_(SIGNED),
    )


def signed_in(connection: Connection, lot_id: int) -> int | None:
    """The number of the acceptance in which a lot was signed for."""
    link, one = t.acceptance_lot, t.acceptance
    found = select(one.c.number).join(link, link.c.acceptance_id == one.c.id)
    return connection.execute(found.where(link.c.lot_id == lot_id, one.c.state.in_(SIGNED))).scalar()


def count_undecided(connection: Connection, project_id: int) -> dict[str, int]:
    """How many lots are being inspected, and how many were rejected and have not come again."""
    lot, later = lots.lot, lots.lot.alias("later")
    back = exists().where(later.c.resubmits == lot.c.id)
    mine = and_(lot.c.project_id == project_id, lot.c.state != LotState.ACCEPTED, ~back)
    found = select(lot.c.state, func.count()).where(mine).group_by(lot.c.state)
    return {row[0]: row[1] for row in connection.execute(found)}


def disputes_by_lot(connection: Connection, lot_ids: Iterable[int]) -> dict[int, int]:
    """How many disputes wait for a ruling, by lot."""
    open_ = and_(dispute.c.lot_id.in_(list(lot_ids)), dispute.c.state == DisputeState.OPEN)
    found = select(dispute.c.lot_id, func.count()).where(open_).group_by(dispute.c.lot_id)
    return {row[0]: row[1] for row in connection.execute(found)}


def changed_by_lot(connection: Connection, lot_ids: Iterable[int]) -> dict[int, int]:
    """How many items of each lot hold another answer by now than the one that was accepted."""
    entry, held = lots.lot_entry, resolution_table
    worded = newest_wording(entry.c.resolution_id)
    # the first condition says nothing new, but leaves the second, which looks for wordings, to the few that differ
    found = (
        select(entry.c.lot_id, func.count())
        .join(held, and_(held.c.item_id == entry.c.item_id, held.c.holds))
        .where(entry.c.lot_id.in_(list(lot_ids)), held.c.id != entry.c.resolution_id, held.c.id != worded)
        .group_by(entry.c.lot_id)
    )
    return {row[0]: row[1] for row in connection.execute(found)}


def last_resolution(connection: Connection) -> int:
    return connection.execute(select(func.coalesce(func.max(resolution_table.c.id), 0))).scalar_one()


def newer_lot(connection: Connection, acceptance: Acceptance) -> int | None:
    """The number of a lot that is not any more as it was offered: decided anew, or one of its items answered anew."""
    link, lot, entry, held = t.acceptance_lot, lots.lot, lots.lot_entry, resolution_table
    mine = link.c.acceptance_id == acceptance.id
    other = or_(lot.c.state != LotState.ACCEPTED, lot.c.decided_event != link.c.decided_event)
    decided = select(lot.c.number).join(link, link.c.lot_id == lot.c.id).where(mine, other).limit(1)
    found = connection.execute(decided).scalar()
    if found is not None:
        return found
    answered = (
        select(lot.c.number)
        .select_from(held)
        .join(entry, entry.c.item_id == held.c.item_id)
        .join(link, and_(link.c.lot_id == entry.c.lot_id, mine))
        .join(lot, lot.c.id == entry.c.lot_id)
        .where(held.c.id > acceptance.last_resolution, held.c.project_id == acceptance.project_id)
        .limit(1)
    )
    return connection.execute(answered).scalar()


def read_offered(
    connection: Connection, lot_ids: Sequence[int], last: int
) -> Iterator[tuple[int, int, str, int, str, int]]:
    """`(lot number, item, item's hash, rulebook, answers, resolution)` of every entry, by lot and item, in the labels
    of the resolution `last`."""
    entry, lot, held = lots.lot_entry, lots.lot, resolution_table
    worded = newest_wording(entry.c.resolution_id, last)
    rows = (
        select(lot.c.number, entry.c.item_id, item_table.c.hash, held.c.rulebook_id, held.c.answers, held.c.id)
        .select_from(entry)
        .join(lot, lot.c.id == entry.c.lot_id)
        .join(held, held.c.id == worded)
        .join(item_table, item_table.c.id == entry.c.item_id)
        .where(entry.c.lot_id.in_(lot_ids))
        .order_by(lot.c.number, entry.c.item_id)
    )
    for row in connection.execute(rows.execution_options(yield_per=5_000)):
        yield row[0], row[1], row[2], row[3], row[4], row[5]


def insert_acceptance(tx: Tx, **values: Any) -> int:
    same = t.acceptance.c.project_id == values["project_id"]
    number = tx.scalar(select(func.coalesce(func.max(t.acceptance.c.number), 0)).where(same)) + 1
    state = AcceptanceState.JUDGING
    return tx.insert(insert(t.acceptance), {"number": number, "state": state, "opened_at": tx.at, **values})


def insert_lots(tx: Tx, acceptance_id: int, offered: Iterable[Lot]) -> None:
    rows = [{"acceptance_id": acceptance_id, "lot_id": lot.id, "decided_event": lot.decided_event} for lot in offered]
    tx.execute(insert(t.acceptance_lot), rows)


def insert_places(tx: Tx, acceptance_id: int, drawn: Sequence[tuple[int, int]]) -> None:
    """The sample in its order, as `(item, resolution)`."""
    rows = [
        {"acceptance_id": acceptance_id, "place": place, "item_id": item, "resolution_id": resolution}
        for place, (item, resolution) in enumerate(drawn, 1)
    ]
    for start in range(0, len(rows), AT_ONCE):
        tx.execute(insert(t.acceptance_place), rows[start : start + AT_ONCE])


def _mine(project_id: int, acceptance_id: int) -> Select[*tuple[Any, ...]]:
    return select(*_COLUMNS).where(t.acceptance.c.id == acceptance_id, t.acceptance.c.project_id == project_id)


def find_acceptance(connection: Connection, project_id: int, acceptance_id: int) -> Acceptance | None:
    row = connection.execute(_mine(project_id, acceptance_id)).first()
    return _acceptance(row) if row else None


def lock_acceptance(tx: Tx, project_id: int, acceptance_id: int) -> Acceptance | None:
    """The acceptance, held against another signature until the transaction ends."""
    row = tx.execute(_mine(project_id, acceptance_id).with_for_update()).first()
    return _acceptance(row) if row else None


def find_open(connection: Connection, project_id: int) -> Acceptance | None:
    open_ = and_(t.acceptance.c.project_id == project_id, t.acceptance.c.state == AcceptanceState.JUDGING)
    row = connection.execute(select(*_COLUMNS).where(open_)).first()
    return _acceptance(row) if row else None


def list_all(connection: Connection, project_id: int) -> list[Acceptance]:
    """The project's acceptances, the newest first."""
    mine = t.acceptance.c.project_id == project_id
    return [
        _acceptance(row)
        for row in connection.execute(select(*_COLUMNS).where(mine).order_by(t.acceptance.c.number.desc()))
    ]


def lots_of(connection: Connection, acceptance_id: int) -> list[Lot]:
    link = t.acceptance_lot
    found = select(lots.lot).join(link, link.c.lot_id == lots.lot.c.id).where(link.c.acceptance_id == acceptance_id)
    return [inspection.lot_of_row(row) for row in connection.execute(found.order_by(lots.lot.c.number))]


def _newest() -> Any:
    older = select(func.max(_OLDER.c.revision)).where(
        _OLDER.c.acceptance_id == t.acceptance_verdict.c.acceptance_id,
        _OLDER.c.item_id == t.acceptance_verdict.c.item_id,
    )
    return t.acceptance_verdict.c.revision == older.scalar_subquery()


def read_sample(connection: Connection, acceptance_id: int, item_id: int | None = None) -> list[SampleItem]:
    """The customer's sample in the order drawn, with the verdicts that hold; or one place of it."""
    said, place = t.acceptance_verdict, t.acceptance_place
    given = select(said).where(said.c.acceptance_id == acceptance_id, _newest())
    drawn = select(place).where(place.c.acceptance_id == acceptance_id).order_by(place.c.place)
    if item_id is not None:
        given, drawn = given.where(said.c.item_id == item_id), drawn.where(place.c.item_id == item_id)
    held = {row.item_id: _verdict(row) for row in connection.execute(given)}
    return [
        SampleItem(row.place, row.item_id, row.resolution_id, held.get(row.item_id))
        for row in connection.execute(drawn)
    ]


def _verdict(row: Any) -> Verdict:
    found = inspection.as_finding(row.outcome, row.defect_type, row.severity, row.clause, row.note, None)
    return Verdict(row.id, row.item_id, row.given_by, row.revision, row.at, found)


def insert_verdict(tx: Tx, place: SampleItem, finding: Finding, *, acceptance_id: int, given_by: int) -> int:
    values = {
        "acceptance_id": acceptance_id,
        "item_id": place.item_id,
        "resolution_id": place.resolution_id,
        "given_by": given_by,
        "revision": place.verdict.revision + 1 if place.verdict else 1,
        "outcome": finding.outcome,
        "defect_type": finding.defect_type,
        "severity": finding.severity,
        "clause": finding.clause,
        "note": finding.note,
        "at": tx.at,
    }
    return tx.insert(insert(t.acceptance_verdict), values)


def own_places(connection: Connection, acceptance_id: int, account_id: int, item_id: int | None = None) -> set[int]:
    """The items of the sample that hold work of this account."""
    place, held = t.acceptance_place, resolution_table
    mine = place.c.acceptance_id == acceptance_id
    if item_id is not None:
        mine = and_(mine, place.c.item_id == item_id)
    found = select(place.c.item_id).join(held, held.c.id == place.c.resolution_id)
    return set(connection.execute(found.where(mine, inspection.is_own(account_id))).scalars())


def rulebooks_of(connection: Connection, acceptance_id: int) -> dict[int, int]:
    """The rulebook version that each place of the sample was made under, by item."""
    place, held = t.acceptance_place, resolution_table
    made = select(place.c.item_id, held.c.rulebook_id).join(held, held.c.id == place.c.resolution_id)
    return {row[0]: row[1] for row in connection.execute(made.where(place.c.acceptance_id == acceptance_id))}


def count_versions(connection: Connection, lot_ids: Sequence[int], last: int) -> dict[int, int]:
    """How many of the lots' items were answered under each rulebook version."""
    entry, held = lots.lot_entry, resolution_table
    worded = newest_wording(entry.c.resolution_id, last)
    found = select(held.c.rulebook_id, func.count()).select_from(entry).join(held, held.c.id == worded)
    found = found.where(entry.c.lot_id.in_(lot_ids)).group_by(held.c.rulebook_id).order_by(held.c.rulebook_id)
    return {row[0]: row[1] for row in connection.execute(found)}


def settle(tx: Tx, acceptance_id: int, **values: object) -> None:
    tx.execute(update(t.acceptance).where(t.acceptance.c.id == acceptance_id).values(values))


def insert_conditions(tx: Tx, acceptance_id: int, promises: Sequence[Promise]) -> None:
    rows = [
        {"acceptance_id": acceptance_id, "number": number, "text": one.text, "due": one.due.isoformat()}
        for number, one in enumerate(promises, 1)
    ]
    if rows:
        tx.execute(insert(t.acceptance_condition), rows)


def list_conditions(connection: Connection, acceptance_id: int) -> list[Condition]:
    c = t.acceptance_condition
    rows = connection.execute(select(c).where(c.c.acceptance_id == acceptance_id).order_by(c.c.number))
    return [
        Condition(row.number, row.text, date.fromisoformat(row.due), row.evidence, row.met_by, row.met_at)
        for row in rows
    ]


def meet(tx: Tx, acceptance_id: int, number: int, *, evidence: str, met_by: int) -> bool:
    """Close a condition that is open; whether it was."""
    c = t.acceptance_condition
    mine = (c.c.acceptance_id == acceptance_id) & (c.c.number == number) & c.c.met_at.is_(None)
    values = {"evidence": evidence, "met_by": met_by, "met_at": tx.at}
    return tx.execute(update(c).where(mine).values(values)).rowcount == 1


def insert_returned(tx: Tx, acceptance_id: int, lot_id: int, items: Iterable[int]) -> None:
    rows = [{"acceptance_id": acceptance_id, "lot_id": lot_id, "item_id": item} for item in items]
    for start in range(0, len(rows), AT_ONCE):
        tx.execute(insert(t.acceptance_return), rows[start : start + AT_ONCE])


def lots_of_items(connection: Connection, acceptance_id: int, items: Sequence[int]) -> dict[int, int]:
    """The lot of this acceptance that each item lies in, the newest where several hold it."""
    entry, link = lots.lot_entry, t.acceptance_lot
    found = (
        select(entry.c.item_id, func.max(entry.c.lot_id))
        .join(link, link.c.lot_id == entry.c.lot_id)
        .where(link.c.acceptance_id == acceptance_id, entry.c.item_id.in_(items))
        .group_by(entry.c.item_id)
    )
    return {row[0]: row[1] for row in connection.execute(found)}
