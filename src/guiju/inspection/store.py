"""SQL of lots, their entries and verdicts."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import msgspec
from sqlalchemy import (
    ColumnElement,
    Connection,
    Row,
    and_,
    case,
    exists,
    func,
    insert,
    or_,
    select,
    update,
)

from guiju.annotations import Origin, annotation_table, annotator_table, resolution_table, says_the_same
from guiju.inspection import tables as t
from guiju.inspection.model import (
    DefectType,
    Finding,
    Lot,
    LotState,
    Outcome,
    Reason,
    SampleItem,
    Scope,
    Verdict,
    Weight,
)
from guiju.inspection.plans.model import AnyPlan, LotPlan
from guiju.inspection.plans.rules import Judged
from guiju.inspection.strata.model import Strata
from guiju.rulings import ruling_table
from guiju.storage import Tx

MARKED_AT_ONCE = 500
GAPS_READ = 500
PAUSE = 300
"""Seconds after which an inspector was away."""
_STRATA = msgspec.json.Decoder(Strata)
_PLANS = msgspec.json.Decoder(AnyPlan)
_OLDER = t.verdict.alias("older")
VERDICT = (
    t.verdict.c.id,
    t.verdict.c.item_id,
    t.verdict.c.inspector_id,
    t.verdict.c.revision,
    t.verdict.c.at,
    t.verdict.c.outcome,
    t.verdict.c.defect_type,
    t.verdict.c.severity,
    t.verdict.c.clause,
    t.verdict.c.note,
    t.verdict.c.correction,
)


def read_plan(text: str) -> AnyPlan:
    return _PLANS.decode(text)


def encode_plan(plan: LotPlan) -> str:
    return msgspec.json.encode(plan).decode()


def encode_strata(strata: Strata | None) -> str | None:
    return msgspec.json.encode(strata).decode() if strata else None


def encode_reason(reason: Reason) -> str:
    return msgspec.json.encode(reason).decode()


def lot_of_row(row: Row[*tuple[Any, ...]]) -> Lot:
    return Lot(
        row.id,
        row.project_id,
        row.number,
        LotState(row.state),
        row.round_id,
        row.annotator_id,
        row.source_id,
        row.day,
        _PLANS.decode(row.plan),
        row.seed,
        row.contents,
        _STRATA.decode(row.strata) if row.strata else None,
        row.drawn_event,
        row.resubmits,
        msgspec.json.decode(row.reason, type=Reason) if row.reason else None,
        row.rework_round,
        Scope(row.rework_scope) if row.rework_scope else None,
        row.created_by,
        row.created_at,
        row.decided_by,
        row.decided_at,
        row.decided_event,
    )


def finding_from(row: Row[*tuple[Any, ...]], prefix: str = "") -> Finding:
    """What a row of verdict columns says, whose names begin with `prefix`."""
    names = ("outcome", "defect_type", "severity", "clause", "note", "correction")
    return as_finding(*(getattr(row, prefix + name) for name in names))


def as_finding(outcome: str, kind: str | None, weight: str | None, *words: str | None) -> Finding:
    return Finding(Outcome(outcome), DefectType(kind) if kind else None, Weight(weight) if weight else None, *words)


def _verdict(row: Row[*tuple[Any, ...]]) -> Verdict:
    return Verdict(row.id, row.item_id, row.inspector_id, row.revision, row.at, finding_from(row))


def insert_lot(tx: Tx, **values: object) -> int:
    """The project's next lot; returns its id."""
    same = t.lot.c.project_id == values["project_id"]
    number = tx.scalar(select(func.coalesce(func.max(t.lot.c.number), 0)).where(same)) + 1
    return tx.insert(insert(t.lot), {"number": number, "state": LotState.INSPECTING, "created_at": tx.at, **values})


def set_drawn(tx: Tx, lot_id: int, event: int) -> None:
    tx.execute(update(t.lot).where(t.lot.c.id == lot_id).values(drawn_event=event))


def newest_lot(connection: Connection, project_id: int, *, before: int | None = None) -> int:
    """The id of the project's newest lot, or of the newest before one; 0 where there is none."""
    newest = select(func.coalesce(func.max(t.lot.c.id), 0)).where(t.lot.c.project_id == project_id)
    if before is not None:
        newest = newest.where(t.lot.c.id < before)
    return connection.execute(newest).scalar_one()


def extent_of(connection: Connection, lot_id: int) -> tuple[int, int]:
    """How many items a lot holds, and the last of them."""
    entry = t.lot_entry.c
    row = connection.execute(select(func.count(), func.max(entry.item_id)).where(entry.lot_id == lot_id)).one()
    return row[0], row[1]


def mark_strata(tx: Tx, lot_id: int, groups: Mapping[int, Sequence[int]]) -> None:
    """Write into each entry the number of its group."""
    for key, items in groups.items():
        for start in range(0, len(items), MARKED_AT_ONCE):
            mine = (t.lot_entry.c.lot_id == lot_id) & t.lot_entry.c.item_id.in_(items[start : start + MARKED_AT_ONCE])
            tx.execute(update(t.lot_entry).where(mine).values(stratum=key))


def list_drawn(connection: Connection, lot_id: int) -> list[int]:
    """The items of the sample in the order in which they were drawn."""
    entry = t.lot_entry.c
    drawn = select(entry.item_id).where(entry.lot_id == lot_id, entry.drawn.is_not(None)).order_by(entry.drawn)
    return list(connection.execute(drawn).scalars())


def mark_sample(tx: Tx, lot_id: int, drawn: Sequence[int]) -> None:
    """Number the drawn items 1…n in their order."""
    for start in range(0, len(drawn), MARKED_AT_ONCE):
        places = {item: place for place, item in enumerate(drawn[start : start + MARKED_AT_ONCE], start + 1)}
        mine = (t.lot_entry.c.lot_id == lot_id) & t.lot_entry.c.item_id.in_(list(places))
        tx.execute(update(t.lot_entry).where(mine).values(drawn=case(places, value=t.lot_entry.c.item_id)))


def find_lot(connection: Connection, project_id: int, lot_id: int) -> Lot | None:
    mine = (t.lot.c.id == lot_id) & (t.lot.c.project_id == project_id)
    row = connection.execute(select(t.lot).where(mine)).first()
    return lot_of_row(row) if row else None


def lock_lot(tx: Tx, project_id: int, lot_id: int) -> Lot | None:
    """The lot, held against another decision until the transaction ends."""
    mine = (t.lot.c.id == lot_id) & (t.lot.c.project_id == project_id)
    row = tx.execute(select(t.lot).where(mine).with_for_update()).first()
    return lot_of_row(row) if row else None


def list_lots(
    connection: Connection, project_id: int, *, before: int | None = None, limit: int | None = 50
) -> list[Lot]:
    """A project's lots, the newest first."""
    found = select(t.lot).where(t.lot.c.project_id == project_id)
    if before is not None:
        found = found.where(t.lot.c.number < before)
    return [lot_of_row(row) for row in connection.execute(found.order_by(t.lot.c.number.desc()).limit(limit))]


def decided_lots(connection: Connection, mine: ColumnElement[bool]) -> list[Lot]:
    """The decided ones of some lots, in the order of the decisions."""
    found = select(t.lot).where(mine, t.lot.c.decided_at.is_not(None))
    return [lot_of_row(row) for row in connection.execute(found.order_by(t.lot.c.decided_event))]


def find_resubmission(connection: Connection, lot_id: int) -> int | None:
    return connection.execute(select(t.lot.c.id).where(t.lot.c.resubmits == lot_id)).scalar()


def set_decided(tx: Tx, lot_id: int, **values: object) -> None:
    tx.execute(update(t.lot).where(t.lot.c.id == lot_id).values(values))


def newest_verdict(*, as_decided: bool = False) -> Any:
    """Of the revisions of a verdict the last one; `as_decided`, the last before the lot was decided: what a dispute
    withdrew afterwards counts in it, as it did in the decision."""
    older = select(func.max(_OLDER.c.revision)).where(
        _OLDER.c.lot_id == t.verdict.c.lot_id, _OLDER.c.item_id == t.verdict.c.item_id
    )
    if as_decided:
        older = older.where(_OLDER.c.lot_id == t.lot.c.id, _OLDER.c.at <= t.lot.c.decided_at).correlate(t.verdict)
    return t.verdict.c.revision == older.scalar_subquery()


def tallies(connection: Connection, lot_ids: Iterable[int], *, as_decided: bool = False) -> dict[int, tuple[int, int]]:
    """Of each lot, how many items are judged and how many of them are defective."""
    defective = func.sum(case((t.verdict.c.outcome == Outcome.DEFECT, 1), else_=0))
    counted = (
        select(t.verdict.c.lot_id, func.count(), defective)
        .where(t.verdict.c.lot_id.in_(list(lot_ids)), newest_verdict(as_decided=as_decided))
        .group_by(t.verdict.c.lot_id)
    )
    return {row[0]: (row[1], row[2]) for row in connection.execute(counted)}


def defects_decided(connection: Connection, lot_ids: Sequence[int]) -> dict[int, list[Judged]]:
    """Of each lot the places found defective when it was decided, with the severity, in the order of the draw."""
    found: dict[int, list[Judged]] = {lot_id: [] for lot_id in lot_ids}
    entry = t.lot_entry
    rows = (
        select(t.verdict.c.lot_id, entry.c.drawn, t.verdict.c.severity)
        .join_from(t.verdict, t.lot, t.lot.c.id == t.verdict.c.lot_id)
        .join(entry, and_(entry.c.lot_id == t.verdict.c.lot_id, entry.c.item_id == t.verdict.c.item_id))
        .where(t.verdict.c.lot_id.in_(lot_ids), t.verdict.c.outcome == Outcome.DEFECT, newest_verdict(as_decided=True))
        .order_by(t.verdict.c.lot_id, entry.c.drawn)
    )
    for row in connection.execute(rows):
        found[row[0]].append(Judged(row[1], Weight(row[2])))
    return found


def verdict_seconds(connection: Connection, project_id: int) -> list[float]:
    """What lay between the last verdicts of each inspector in a project, in seconds, pauses left out."""
    verdict, recent = t.verdict.c, dict[int, int]()
    rows = (
        select(verdict.inspector_id, verdict.at)
        .join_from(t.verdict, t.lot, t.lot.c.id == verdict.lot_id)
        .where(t.lot.c.project_id == project_id)
        .order_by(verdict.id.desc())
        .limit(GAPS_READ)
    )
    gaps = list[float]()
    for inspector, at in connection.execute(rows):
        if inspector in recent:
            gaps.append((recent[inspector] - at) / 1_000_000)
        recent[inspector] = at
    return [gap for gap in gaps if 0 < gap <= PAUSE]


def read_sample(connection: Connection, lot_id: int, *, as_decided: bool = False) -> list[SampleItem]:
    """The sample in the order in which it was drawn, with the verdicts that hold, or that held at the decision."""
    said = select(*VERDICT).where(t.verdict.c.lot_id == lot_id, newest_verdict(as_decided=as_decided))
    held = {row.item_id: _verdict(row) for row in connection.execute(said)}
    drawn = (t.lot_entry.c.lot_id == lot_id) & t.lot_entry.c.drawn.is_not(None)
    columns = (t.lot_entry.c.drawn, t.lot_entry.c.item_id, t.lot_entry.c.resolution_id, t.lot_entry.c.stratum)
    rows = connection.execute(select(*columns).where(drawn).order_by(t.lot_entry.c.drawn))
    return [SampleItem(row[0], row[1], row[2], held.get(row[1]), row[3] or 0) for row in rows]


def find_place(connection: Connection, lot_id: int, item_id: int) -> SampleItem | None:
    """One place of the sample, with the verdict that holds."""
    entry = t.lot_entry
    mine = (entry.c.lot_id == lot_id) & (entry.c.item_id == item_id) & entry.c.drawn.is_not(None)
    row = connection.execute(select(entry.c.drawn, entry.c.item_id, entry.c.resolution_id).where(mine)).first()
    if row is None:
        return None
    said = (t.verdict.c.lot_id == lot_id) & (t.verdict.c.item_id == item_id)
    last = connection.execute(select(*VERDICT).where(said).order_by(t.verdict.c.revision.desc()).limit(1)).first()
    return SampleItem(row[0], row[1], row[2], _verdict(last) if last else None)


def insert_verdict(tx: Tx, place: SampleItem, finding: Finding, **values: object) -> int:
    found = {
        "item_id": place.item_id,
        "resolution_id": place.resolution_id,
        "revision": place.verdict.revision + 1 if place.verdict else 1,
        "outcome": finding.outcome,
        "defect_type": finding.defect_type,
        "severity": finding.severity,
        "clause": finding.clause,
        "note": finding.note,
        "correction": finding.correction,
        "at": tx.at,
    }
    return tx.insert(insert(t.verdict), {**found, **values})


def own_places(connection: Connection, lot_id: int, account_id: int, item_id: int | None = None) -> set[int]:
    """The items of the sample that hold work of this account: they annotated it in the round that resolved it, or
    what is judged is their own ruling."""
    entry, held = t.lot_entry, resolution_table
    drawn = and_(entry.c.lot_id == lot_id, entry.c.drawn.is_not(None))
    if item_id is not None:
        drawn = and_(drawn, entry.c.item_id == item_id)
    mine = (
        select(entry.c.item_id)
        .join_from(entry, held, held.c.id == entry.c.resolution_id)
        .where(drawn, is_own(account_id))
    )
    return set(connection.execute(mine).scalars())


def is_own(account_id: int) -> Any:
    """Whether a resolution holds an answer of this account, or is its own ruling."""
    held = resolution_table
    ruled = and_(
        held.c.origin == Origin.RULING,
        exists().where(ruling_table.c.item_id == held.c.item_id, ruling_table.c.ruled_by == account_id),
    )
    return or_(is_work_of(account_id), ruled)


def is_work_of(account_id: int) -> Any:
    """Whether a resolution holds an answer of this account, given in the round that resolved it."""
    held, said, who = resolution_table, annotation_table, annotator_table
    by_me = select(who.c.id).where(who.c.account_id == account_id).scalar_subquery()
    in_round = exists().where(
        said.c.item_id == held.c.item_id, said.c.round_id == held.c.round_id, said.c.annotator_id == by_me
    )
    return or_(held.c.annotator_id == by_me, in_round)


def find_resolution_of(connection: Connection, place: SampleItem) -> Row[*tuple[Any, ...]]:
    """`answers`, `rulebook_id`, `annotator_id` of what is judged, whatever holds for the item by now."""
    held = resolution_table
    columns = (held.c.answers, held.c.rulebook_id, held.c.annotator_id, held.c.round_id)
    return connection.execute(select(*columns).where(held.c.id == place.resolution_id)).one()


def rulebooks_of(connection: Connection, lot_id: int) -> dict[int, int]:
    """The rulebook version that each place of the sample was made under, by item."""
    entry, held = t.lot_entry, resolution_table
    made = select(entry.c.item_id, held.c.rulebook_id).join_from(entry, held, held.c.id == entry.c.resolution_id)
    rows = connection.execute(made.where(entry.c.lot_id == lot_id, entry.c.drawn.is_not(None)))
    return {row[0]: row[1] for row in rows}


def read_entries(
    connection: Connection, lot_id: int, item_ids: Sequence[int] | None = None
) -> Iterator[tuple[int, int | None]]:
    """`(item, annotator)` of the lot's entries, by item; or of these items only. An annotator who has no account
    (known from a file, or a consensus of several) is `None`: anybody may redo it."""
    entry, held, who = t.lot_entry, resolution_table, annotator_table
    person = and_(who.c.id == held.c.annotator_id, who.c.account_id.is_not(None))
    rows = (
        select(entry.c.item_id, who.c.id)
        .join_from(entry, held, held.c.id == entry.c.resolution_id)
        .join(who, person, isouter=True)
        .where(entry.c.lot_id == lot_id)
    )
    if item_ids is not None:
        rows = rows.where(entry.c.item_id.in_(item_ids))
    for row in connection.execute(rows.order_by(entry.c.item_id)):
        yield row[0], row[1]


def count_unreworked(connection: Connection, lot_id: int, only: Sequence[int] | None) -> int:
    """How many entries (of the items in `only`) still hold the answer with which the lot was rejected."""
    entry, held = t.lot_entry, resolution_table
    mine = and_(held.c.item_id == entry.c.item_id, held.c.holds, says_the_same(entry.c.resolution_id, held))
    same = select(func.count()).select_from(entry).join(held, mine)
    same = same.where(entry.c.lot_id == lot_id)
    if only is not None:
        same = same.where(entry.c.item_id.in_(only))
    return connection.execute(same).scalar_one()


def list_entry_ids(connection: Connection, lot_id: int, *, after: int = 0, limit: int | None = 1000) -> list[int]:
    """The lot's items in rising order: with the seed, what anybody needs to draw the sample again."""
    mine = (t.lot_entry.c.lot_id == lot_id) & (t.lot_entry.c.item_id > after)
    found = select(t.lot_entry.c.item_id).where(mine).order_by(t.lot_entry.c.item_id).limit(limit)
    return list(connection.execute(found).scalars())
