"""SQL of draws: what waits, what earlier trials drew, what was guessed, and the record."""

from collections.abc import Iterator, Sequence
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, Connection, Select, case, func, insert, select

from guiju.annotations import RoundKind, RoundState, annotation_table, resolution_table, round_table
from guiju.data import is_aside, item_table, source_table
from guiju.kinds import decode_answers, kind_of
from guiju.storage import Tx
from guiju.work import tables as t
from guiju.work.drawing.model import By, Earlier, Guess, Record, Share, StratumDrawn, Waiting, Wish
from guiju.work.drawing.tables import trial_draw
from guiju.work.prefill import Policy
from guiju.work.store import in_recheck

SLICE = 5_000
_i, _a, _r = item_table.c, annotation_table.c, round_table.c
_LENGTH = case(
    (_i.media == "image", _i.width * _i.height / 1_000_000.0),
    (_i.media == "audio", _i.duration / 1000.0),
    (_i.media == "dialogue", _i.parts),
    else_=func.coalesce(func.length(_i.body), _i.size),
)


def _landed(project_id: int) -> Select[*tuple[Any, ...]]:
    return (
        select(_i.id, _i.hash, _i.media, func.coalesce(_LENGTH, 0.0))
        .join_from(item_table, source_table, source_table.c.id == _i.source_id)
        .where(_i.project_id == project_id, source_table.c.state == "landed", ~is_aside())
        .order_by(_i.id)
    )


def _read(connection: Connection, wanted: Select[*tuple[Any, ...]]) -> list[Waiting]:
    return [Waiting(row[0], row[1], row[2], float(row[3])) for row in connection.execute(wanted)]


def read_waiting(connection: Connection, project_id: int, *, before: int | None = None) -> list[Waiting]:
    """The landed items without an answer of record, by id; with `before` those that had none at that moment."""
    q = resolution_table.c
    held = select(q.id).where(q.item_id == _i.id)
    held = held.where(q.holds) if before is None else held.where(q.at <= before)
    wanted = _landed(project_id).where(~held.exists())
    if before is None:
        wanted = wanted.where(_i.id.not_in(in_recheck(project_id)))
    else:
        wanted = wanted.where(source_table.c.landed_at <= before)
    return _read(connection, wanted)


def read_drawn(connection: Connection, project_id: int, *, before: int | None = None) -> set[int]:
    """The items that the project's trials had: drawn, chosen by hand or brought in; those of trials before a round."""
    mine = (_r.project_id == project_id) & (_r.kind == RoundKind.TRIAL) & (_r.state != RoundState.DRAFT)
    if before is not None:
        mine &= _r.id < before
    rounds = select(_r.id).where(mine)
    slots = select(t.slot.c.item_id).where(t.slot.c.round_id.in_(rounds))
    brought = select(_a.item_id).where(_a.round_id.in_(rounds))
    return set(connection.execute(slots.union(brought)).scalars())


def read_of_round(connection: Connection, project_id: int, round_id: int) -> list[Waiting]:
    """The items of a round that could be given out again, answered or not."""
    slots = select(t.slot.c.item_id).where(t.slot.c.round_id == round_id)
    brought = select(_a.item_id).where(_a.round_id == round_id)
    mine: ColumnElement[bool] = _i.id.in_(slots) | _i.id.in_(brought)
    return _read(connection, _landed(project_id).where(mine))


def read_guesses(connection: Connection, policy: Policy, items: Sequence[int]) -> dict[int, Guess]:
    """The newest answers that a source gave to these items; equal answers are decoded once."""
    known: dict[str, tuple[str, ...]] = {}
    return {
        item: Guess(known.setdefault(answers, _labels(answers)), _sure(confidence, scores))
        for item, answers, confidence, scores in _newest(connection, policy, items)
    }


def _newest(connection: Connection, policy: Policy, items: Sequence[int]) -> Iterator[Any]:
    seen = select(_r.id).where(_r.id == _a.round_id, _r.state != RoundState.DRAFT).exists()
    meant: ColumnElement[bool] = seen
    if policy.round_id is not None:
        meant &= _a.round_id == policy.round_id
    if policy.annotator_id is not None:
        meant &= _a.annotator_id == policy.annotator_id
    for start in range(0, len(items), SLICE):
        some = items[start : start + SLICE]
        newest = select(func.max(_a.id)).where(meant, _a.item_id.in_(some)).group_by(_a.item_id)
        wanted = select(_a.item_id, _a.answers, _a.confidence, _a.scores).where(_a.id.in_(newest))
        yield from connection.execute(wanted)


def _labels(answers: str) -> tuple[str, ...]:
    decoded = decode_answers(answers)
    return tuple(dict.fromkeys(label for answer in decoded.values() for label in kind_of(answer).labels_of(answer)))


def _sure(confidence: float | None, scores: str | None) -> float | None:
    """How sure of the whole; unless that was said, how sure of the part that was doubted most."""
    if confidence is not None or not scores:
        return confidence
    told = msgspec.json.decode(scores, type=dict[str, dict[str, float]])
    return min((score for parts in told.values() for score in parts.values()), default=None)


def insert_record(tx: Tx, round_id: int, record: Record) -> None:
    wish = record.wish
    strata = msgspec.json.encode(record.strata).decode()
    told = {"seed": wish.seed, "by": wish.by, "of": wish.of, "share": wish.share, "earlier": wish.earlier}
    sizes = {"trial": wish.trial, "size": wish.size, "pool": record.pool, "digest": record.digest}
    tx.execute(insert(trial_draw), {"round_id": round_id, **told, **sizes, "strata": strata})


def find_record(connection: Connection, round_id: int) -> Record | None:
    row = connection.execute(select(trial_draw).where(trial_draw.c.round_id == round_id)).first()
    if row is None:
        return None
    strata = tuple(msgspec.json.decode(row.strata, type=list[StratumDrawn]))
    wish = Wish(row.size, By(row.by), row.of, Share(row.share), Earlier(row.earlier), row.trial, row.seed)
    return Record(wish, strata, row.pool, row.digest)


def items_of(connection: Connection, round_id: int) -> set[int]:
    return set(connection.execute(select(t.slot.c.item_id).where(t.slot.c.round_id == round_id)).scalars())


def ids_of(connection: Connection, project_id: int, hashes: Sequence[str]) -> list[int]:
    """The project's items of these contents."""
    found: list[int] = []
    for start in range(0, len(hashes), SLICE):
        mine = (_i.project_id == project_id) & _i.hash.in_(hashes[start : start + SLICE])
        found += connection.execute(select(_i.id).where(mine)).scalars()
    return found


def opened_at(connection: Connection, round_id: int) -> int:
    return int(connection.execute(select(_r.created_at).where(_r.id == round_id)).scalar_one())


def read_undrawn(connection: Connection, project_id: int) -> dict[str, int]:
    """What waits and no trial has drawn: content hash → item."""
    drawn = read_drawn(connection, project_id)
    return {each.hash: each.item_id for each in read_waiting(connection, project_id) if each.item_id not in drawn}
