"""SQL of lots, their entries and verdicts."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import msgspec
from sqlalchemy import (
    Connection,
    Row,
    Select,
    and_,
    case,
    exists,
    func,
    insert,
    literal,
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
    Strictness,
    Verdict,
    Weight,
)
from guiju.rulings import ruling_table
from guiju.stats.acceptance.single import Plan
from guiju.storage import Tx

MARKED_AT_ONCE = 500
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


class _StoredPlan(msgspec.Struct, frozen=True):
    """The plan as JSON; `whole_lot` and whatever comes later is computed."""

    letter: str
    n: int
    accept: int
    reject: int
    severity: Strictness
    level: str
    aql: str
    lot: int

    def to_plan(self) -> Plan:
        return Plan(self.letter, self.n, self.accept, self.reject, self.severity, self.level, self.aql, self.lot)


def encode_plan(plan: Plan) -> str:
    return msgspec.json.encode(plan.to_dict()).decode()


def encode_reason(reason: Reason) -> str:
    return msgspec.json.encode(reason).decode()


def _lot(row: Row[*tuple[Any, ...]]) -> Lot:
    return Lot(
        row.id,
        row.project_id,
        row.number,
        LotState(row.state),
        row.round_id,
        row.annotator_id,
        msgspec.json.decode(row.plan, type=_StoredPlan).to_plan(),
        row.seed,
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
    outcome, kind, weight, *words = (getattr(row, prefix + name) for name in names)
    return Finding(Outcome(outcome), DefectType(kind) if kind else None, Weight(weight) if weight else None, *words)


def _verdict(row: Row[*tuple[Any, ...]]) -> Verdict:
    return Verdict(row.id, row.item_id, row.inspector_id, row.revision, row.at, finding_from(row))


@dataclass(frozen=True, slots=True)
class Candidates:
    """What a lot would take: `ids` in rising order, and bounds that make the same set when it is taken.

    Between reading and taking, a resolution can be replaced and another lot can be drawn, both of which only take
    items away; what comes anew lies beyond `last_resolution`. So an equal count means an equal set.
    """

    ids: list[int]
    last_resolution: int


def _free(project_id: int, round_id: int | None, annotator_id: int | None) -> Select[*tuple[Any, ...]]:
    """Resolutions that hold and wait for inspection: their item is in no undecided lot and in no rejected one that
    was not resubmitted, and they themselves were not accepted before."""
    held, entry, lot, later = resolution_table, t.lot_entry, t.lot, t.lot.alias("later")
    waiting = and_(lot.c.state == LotState.REJECTED, ~exists().where(later.c.resubmits == lot.c.id))
    taken = (
        exists()
        .where(entry.c.item_id == held.c.item_id, entry.c.lot_id == lot.c.id)
        .where(or_(lot.c.state == LotState.INSPECTING, says_the_same(entry.c.resolution_id, held), waiting))
    )
    wanted = select().where(held.c.project_id == project_id, held.c.holds, ~taken)
    if round_id is not None:
        wanted = wanted.where(held.c.round_id == round_id)
    return wanted if annotator_id is None else wanted.where(held.c.annotator_id == annotator_id)


def _returned(lot_id: int) -> Select[*tuple[Any, ...]]:
    """The resolutions that hold now for the entries of a lot."""
    held, entry = resolution_table, t.lot_entry
    return (
        select()
        .select_from(entry)
        .join(held, and_(held.c.item_id == entry.c.item_id, held.c.holds))
        .where(entry.c.lot_id == lot_id)
    )


@dataclass(frozen=True, slots=True)
class Pool:
    """Where a lot takes its items from: a round or a whole project, or an earlier lot that comes again."""

    project_id: int
    round_id: int | None = None
    annotator_id: int | None = None
    resubmits: int | None = None

    def query(self) -> Select[*tuple[Any, ...]]:
        if self.resubmits is not None:
            return _returned(self.resubmits)
        return _free(self.project_id, self.round_id, self.annotator_id)


def find_candidates(connection: Connection, pool: Pool, limit: int | None) -> Candidates:
    """The items that wait in `pool`, at most `limit`, the oldest first."""
    held = resolution_table
    rows = connection.execute(
        pool.query().add_columns(held.c.item_id, held.c.id).order_by(held.c.item_id).limit(limit)
    ).all()
    return Candidates([row[0] for row in rows], max((row[1] for row in rows), default=0))


def count_candidates(connection: Connection, pool: Pool) -> int:
    waiting = pool.query().add_columns(resolution_table.c.item_id).subquery()
    return connection.execute(select(func.count()).select_from(waiting)).scalar_one()


def count_by_annotator(connection: Connection, pool: Pool) -> dict[int, int]:
    """How many of the candidates each annotator made alone; what several made together is nobody's."""
    held = resolution_table
    waiting = pool.query().add_columns(held.c.annotator_id, func.count()).where(held.c.annotator_id.is_not(None))
    return {row[0]: row[1] for row in connection.execute(waiting.group_by(held.c.annotator_id))}


def insert_lot(tx: Tx, **values: object) -> int:
    """The project's next lot; returns its id."""
    same = t.lot.c.project_id == values["project_id"]
    number = tx.scalar(select(func.coalesce(func.max(t.lot.c.number), 0)).where(same)) + 1
    return tx.insert(insert(t.lot), {"number": number, "state": LotState.INSPECTING, "created_at": tx.at, **values})


def take_entries(tx: Tx, lot_id: int, pool: Pool, candidates: Candidates) -> int:
    """Put the candidates into the lot in one statement; returns how many were still there."""
    held = resolution_table
    still = pool.query().where(held.c.item_id <= candidates.ids[-1], held.c.id <= candidates.last_resolution)
    rows = still.add_columns(literal(lot_id), held.c.item_id, held.c.id)
    taken = insert(t.lot_entry).from_select(["lot_id", "item_id", "resolution_id"], rows)
    return tx.execute(taken.execution_options(preserve_rowcount=True)).rowcount


def mark_sample(tx: Tx, lot_id: int, drawn: Sequence[int]) -> None:
    """Number the drawn items 1…n in their order."""
    for start in range(0, len(drawn), MARKED_AT_ONCE):
        places = {item: place for place, item in enumerate(drawn[start : start + MARKED_AT_ONCE], start + 1)}
        mine = (t.lot_entry.c.lot_id == lot_id) & t.lot_entry.c.item_id.in_(list(places))
        tx.execute(update(t.lot_entry).where(mine).values(drawn=case(places, value=t.lot_entry.c.item_id)))


def find_lot(connection: Connection, project_id: int, lot_id: int) -> Lot | None:
    mine = (t.lot.c.id == lot_id) & (t.lot.c.project_id == project_id)
    row = connection.execute(select(t.lot).where(mine)).first()
    return _lot(row) if row else None


def lock_lot(tx: Tx, project_id: int, lot_id: int) -> Lot | None:
    """The lot, held against another decision until the transaction ends."""
    mine = (t.lot.c.id == lot_id) & (t.lot.c.project_id == project_id)
    row = tx.execute(select(t.lot).where(mine).with_for_update()).first()
    return _lot(row) if row else None


def list_lots(
    connection: Connection, project_id: int, *, before: int | None = None, limit: int | None = 50
) -> list[Lot]:
    """A project's lots, the newest first."""
    found = select(t.lot).where(t.lot.c.project_id == project_id)
    if before is not None:
        found = found.where(t.lot.c.number < before)
    return [_lot(row) for row in connection.execute(found.order_by(t.lot.c.number.desc()).limit(limit))]


def decided_lots(connection: Connection, project_id: int, annotator_id: int | None) -> list[Lot]:
    """The decided lots of one annotator's work, or of everybody's, in the order of the decisions."""
    whose = t.lot.c.annotator_id.is_(None) if annotator_id is None else t.lot.c.annotator_id == annotator_id
    found = select(t.lot).where(t.lot.c.project_id == project_id, whose, t.lot.c.decided_at.is_not(None))
    return [_lot(row) for row in connection.execute(found.order_by(t.lot.c.decided_event))]


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


def read_sample(connection: Connection, lot_id: int, *, as_decided: bool = False) -> list[SampleItem]:
    """The sample in the order in which it was drawn, with the verdicts that hold, or that held at the decision."""
    said = select(*VERDICT).where(t.verdict.c.lot_id == lot_id, newest_verdict(as_decided=as_decided))
    held = {row.item_id: _verdict(row) for row in connection.execute(said)}
    drawn = (t.lot_entry.c.lot_id == lot_id) & t.lot_entry.c.drawn.is_not(None)
    columns = (t.lot_entry.c.drawn, t.lot_entry.c.item_id, t.lot_entry.c.resolution_id)
    rows = connection.execute(select(*columns).where(drawn).order_by(t.lot_entry.c.drawn))
    return [SampleItem(row[0], row[1], row[2], held.get(row[1])) for row in rows]


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
    ruled = and_(
        held.c.origin == Origin.RULING,
        exists().where(ruling_table.c.item_id == held.c.item_id, ruling_table.c.ruled_by == account_id),
    )
    mine = (
        select(entry.c.item_id)
        .join_from(entry, held, held.c.id == entry.c.resolution_id)
        .where(drawn, or_(is_work_of(account_id), ruled))
    )
    return set(connection.execute(mine).scalars())


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
