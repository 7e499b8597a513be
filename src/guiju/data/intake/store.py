"""SQL of an import at work."""

from collections.abc import Sequence

import msgspec

from guiju.data import store
from guiju.data.intake.model import ChunkPlan, Known, RefusedRecord
from guiju.data.model import SourceState
from guiju.storage import House, Tx


class ContentRacedError(Exception):
    """Another import took in the same content between the look and the write: look again."""


def find_known(
    house: House, project_id: int, source_id: int, hashes: Sequence[str]
) -> tuple[dict[str, Known], set[int]]:
    """The contents that the project has, and the dropped sources whose items are still in the way."""
    with house.reading() as connection:
        rows = store.find_by_hash(connection, project_id, hashes)
    dropped = {row.source_id for row in rows if row.state == SourceState.DROPPED}
    known = {
        row.hash: Known(row.name, row.state == SourceState.STAGING and row.source_id != source_id)
        for row in rows
        if row.state != SourceState.DROPPED
    }
    return known, dropped


def insert_chunk(tx: Tx, project_id: int, source_id: int, plan: ChunkPlan) -> None:
    """Write one chunk. Raises `ContentRacedError`."""
    if store.insert_items(tx, project_id, source_id, plan.items) != len(plan.items):
        raise ContentRacedError
    store.insert_leftovers(tx, [_leftover(source_id, record) for record in plan.leftovers])


def _leftover(source_id: int, record: RefusedRecord) -> dict[str, object]:
    return {
        "source_id": source_id,
        "position": record.position,
        "name": record.name[:300].encode("utf-8", errors="replace").decode().replace("\0", "\ufffd"),
        "code": record.refusal.code,
        "details": msgspec.json.encode(record.refusal.details, enc_hook=str).decode(),
    }
