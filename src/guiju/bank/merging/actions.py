"""What is new is compared in the background; the sources of a deposit are read."""

from typing import Any

from sqlalchemy import Connection, Row

from guiju.bank.clusters import store
from guiju.bank.finding.actions import get_reader
from guiju.bank.finding.errors import DepositNotFound
from guiju.bank.finding.store import find_visible
from guiju.bank.merging.model import Source
from guiju.bank.model import Reader
from guiju.bank.rules import is_stranger
from guiju.rulebooks import get_published
from guiju.storage import Actor, House, JobRun, JobState, JournalRow, Subscriber, Tx, ask_for_job, find_live_job

COMPARE = "bank.compare"


def ask_to_compare(tx: Tx, actor_id: int | None) -> int:
    """One that waits will see all there is; one that runs may have looked already."""
    live = find_live_job(tx.connection, COMPARE, {}, None)
    if live is not None and live.state is JobState.QUEUED:
        return live.id
    return ask_for_job(tx, COMPARE, {}, project_id=None, actor_id=actor_id)


def _on_change(tx: Tx, row: JournalRow) -> None:
    ask_to_compare(tx, row.actor_id)


def _on_mapped(tx: Tx, row: JournalRow) -> None:
    """What lies under both rulebooks can be compared from now on."""
    ask_for_job(tx, COMPARE, {"map": row.subject_id}, project_id=None, actor_id=row.actor_id)


_CHANGES = frozenset({"bank.deposited", "bank.consent-ended", "bank.withdrawn", "data.taken-back"})
SUBSCRIBERS = [
    Subscriber("bank.compare", _CHANGES, _on_change),
    Subscriber("bank.compare.mapped", frozenset({"bank.mapped", "bank.map-forgotten"}), _on_mapped),
]


def run_compare(run: JobRun) -> dict[str, object]:
    """Bring together what is nearly the same, and find what contradicts."""
    from guiju.bank.merging.making import compare_all  # noqa: PLC0415 - NumPy, which only comparing needs

    return compare_all(run)


JOBS = {COMPARE: run_compare}


def read_sources(house: House, actor: Actor, deposit_id: int) -> list[Source]:
    """Every source of a deposit, as often as it was deposited, the one that stands first.

    Raises `BankClosed`, `DepositNotFound`.
    """
    with house.reading() as connection:
        reader = get_reader(connection, actor, house.clock())
        if find_visible(connection, deposit_id, reader) is None:
            raise DepositNotFound
        rows = store.group_of(connection, deposit_id)
        return [_source(connection, reader, row) for row in rows]


def _source(connection: Connection, reader: Reader, row: Row[*tuple[Any, ...]]) -> Source:
    strange = is_stranger(reader, row.project_id, row.customer)
    return Source(
        deposit_id=row.id,
        is_stranger=strange,
        project_id=0 if strange else row.project_id,
        project="" if strange else row.project_name,
        lot_id=0 if strange else row.lot_id,
        lot=0 if strange else row.lot_number,
        accepted_at=row.decided_at,
        rulebook=get_published(connection, row.rulebook_id).version,
        grade=row.grade,
        rights=row.rights,
        consent_id=0 if strange else row.consent_id or 0,
        paper="" if strange else row.document or "",
        consent_until=row.until,
        at=row.at,
        likeness=1.0 if row.likeness is None else row.likeness,
        stands=row.same_as is None,
    )
