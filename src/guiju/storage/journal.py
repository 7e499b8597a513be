"""The journal: one row for every write, in its transaction, and those who act on what it says.

A row says who did what to which thing, when, from which revision, and holds a digest of the facts, never content.
Subscribers read it in order and keep their place in the transaction of what they do: exactly once, after any crash.
Afterwards `seal` chains finished rows by hash in batches; `verify` walks the chain and names the tail not yet sealed.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sqlalchemy import BigInteger, Connection, func, insert, literal_column, or_, select, text, update

from guiju.kit import digest as digest_of
from guiju.kit import sha256_hex
from guiju.storage import tables as t

if TYPE_CHECKING:
    from guiju.storage.engine import Database, Tx

SEAL_ROWS = 1_000
PUMP_ROWS = 500
GENESIS = "0" * 64


@dataclass(frozen=True, slots=True)
class Event:
    """What an action did. `facts` is digested into the row; `digest` may be given instead."""

    actor_id: int | None
    action: str
    project_id: int | None = None
    subject_id: int | None = None
    from_revision: int | None = None
    facts: Mapping[str, object] = field(default_factory=dict[str, object])
    digest: str | None = None


@dataclass(frozen=True, slots=True)
class JournalRow:
    id: int
    at: int
    actor_id: int | None
    action: str
    project_id: int | None
    subject_id: int | None
    from_revision: int | None
    digest: str


@dataclass(frozen=True, slots=True)
class Subscriber:
    """Somebody who acts on the journal: `act(tx, row)` for each row whose action is in `actions`."""

    name: str
    actions: frozenset[str]
    act: "Callable[[Tx, JournalRow], None]"


_COLUMNS = (
    t.journal.c.id,
    t.journal.c.at,
    t.journal.c.actor_id,
    t.journal.c.action,
    t.journal.c.project_id,
    t.journal.c.subject_id,
    t.journal.c.from_revision,
    t.journal.c.digest,
)


def _row(row: Any) -> JournalRow:
    return JournalRow(
        row.id, row.at, row.actor_id, row.action, row.project_id, row.subject_id, row.from_revision, row.digest
    )


def _settled(is_sqlite: bool) -> list[Any]:
    """On PostgreSQL, only rows that no open transaction can precede; those from another server have no `xact`."""
    if is_sqlite:
        return []
    oldest = literal_column("(pg_snapshot_xmin(pg_current_snapshot()))::text::bigint", BigInteger)
    return [or_(t.journal.c.xact.is_(None), t.journal.c.xact < oldest)]


def recent_events(connection: Connection, project_id: int, limit: int = 50) -> list[JournalRow]:
    """The last `limit` rows of a project, newest first, without the answers given."""
    found = (
        select(*_COLUMNS)
        .where(t.journal.c.project_id == project_id, text(t.MILESTONES))
        .order_by(t.journal.c.id.desc())
        .limit(limit)
    )
    return [_row(row) for row in connection.execute(found)]


def last_event(connection: Connection, project_id: int, *, but: str = "") -> int:
    """The last row of a project, the answers given left out and the action `but`; 0 where nothing was done yet."""
    found = select(t.journal.c.id).where(t.journal.c.project_id == project_id, text(t.MILESTONES))
    ordered = found.where(t.journal.c.action != but).order_by(t.journal.c.id.desc()).limit(1)
    return connection.execute(ordered).scalar() or 0


def find_event(connection: Connection, event_id: int) -> JournalRow | None:
    row = connection.execute(select(*_COLUMNS).where(t.journal.c.id == event_id)).first()
    return _row(row) if row else None


def pump(database: "Database", subscribers: Sequence[Subscriber]) -> int:
    """Let every subscriber act on what is new; returns how many rows were acted on."""
    return sum(_pump_one(database, subscriber) for subscriber in subscribers)


def _pump_one(database: "Database", subscriber: Subscriber) -> int:
    acted = 0
    while True:
        with database.reading() as connection:
            place = connection.execute(
                select(t.journal_cursor.c.last_id).where(t.journal_cursor.c.subscriber == subscriber.name)
            ).scalar()
            wanted = (
                select(t.journal.c.id)
                .where(t.journal.c.id > (place or 0), t.journal.c.action.in_(subscriber.actions))
                .where(*_settled(database.is_sqlite))
            )
            new = connection.execute(wanted.order_by(t.journal.c.id).limit(PUMP_ROWS)).scalars().all()
        if not new:
            return acted
        for row_id in new:
            acted += database.write(lambda tx, row_id=row_id: _act(tx, subscriber, row_id))


def _act(tx: "Tx", subscriber: Subscriber, row_id: int) -> int:
    mine = t.journal_cursor.c.subscriber == subscriber.name
    place = tx.execute(select(t.journal_cursor.c.last_id).where(mine).with_for_update()).scalar()
    if place is None:
        tx.execute(insert(t.journal_cursor).values(subscriber=subscriber.name, last_id=0))
    if row_id <= (place or 0):
        return 0  # another process was faster
    subscriber.act(tx, _row(tx.execute(select(*_COLUMNS).where(t.journal.c.id == row_id)).one()))
    tx.execute(update(t.journal_cursor).where(mine).values(last_id=row_id))
    return 1


@dataclass(frozen=True, slots=True)
class ChainReport:
    """What `verify` found: `broken_at` is the first seal that does not hold, `unsealed` the rows after the last one."""

    sealed: int
    unsealed: int
    broken_at: int | None


def seal(database: "Database") -> int:
    """Chain full batches of finished rows by hash; returns how many rows were sealed."""
    sealed = 0
    while rows := database.write(lambda tx: _seal_batch(tx, SEAL_ROWS, full=True)):
        sealed += rows
    return sealed


def seal_all(database: "Database") -> int:
    """Seal the tail too, whatever its length: before a backup."""
    return seal(database) + database.write(lambda tx: _seal_batch(tx, SEAL_ROWS, full=False))


def _seal_batch(tx: "Tx", size: int, *, full: bool) -> int:
    if tx.dialect == "postgresql":  # two that seal at once (a server, a backup) would both follow the same seal
        tx.execute(text("LOCK TABLE journal_seal IN EXCLUSIVE MODE"))
    last = tx.execute(select(t.journal_seal).order_by(t.journal_seal.c.id.desc()).limit(1)).first()
    after = select(*_COLUMNS).where(t.journal.c.id > (last.last_id if last else 0))
    after = after.where(*_settled(tx.dialect == "sqlite")).order_by(t.journal.c.id).limit(size)
    rows = [_row(row) for row in tx.execute(after)]
    if not rows or (full and len(rows) < size):
        return 0
    previous = last.hash if last else GENESIS
    tx.execute(
        insert(t.journal_seal).values(
            last_id=rows[-1].id, rows=len(rows), previous=previous, hash=_chain(previous, rows), at=tx.at
        )
    )
    return len(rows)


def _chain(previous: str, rows: Sequence[JournalRow]) -> str:
    return sha256_hex((previous + digest_of(list(rows))).encode())


def verify_chain(connection: Connection) -> ChainReport:
    """Recompute every seal from the rows it covers."""
    previous, last_id, sealed = GENESIS, 0, 0
    for held in connection.execute(select(t.journal_seal).order_by(t.journal_seal.c.id)).all():
        covered = select(*_COLUMNS).where(t.journal.c.id > last_id, t.journal.c.id <= held.last_id)
        rows = [_row(row) for row in connection.execute(covered.order_by(t.journal.c.id))]
        if held.previous != previous or len(rows) != held.rows or _chain(previous, rows) != held.hash:
            return ChainReport(sealed, 0, held.id)
        previous, last_id, sealed = held.hash, held.last_id, sealed + held.rows
    tail = connection.execute(select(func.count()).where(t.journal.c.id > last_id)).scalar_one()
    return ChainReport(sealed, tail, None)
