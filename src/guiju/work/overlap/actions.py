"""Several answers are asked for in a round that was opened for one: rework and rechecks, whose items others chose.

What is answered already stays as it is; of what waits each item gets more slots, for anybody else. Made in windows of
slots, each a short write; the same request again finishes what a killed one began.
"""

from dataclasses import asdict, replace
from typing import Any

from sqlalchemy import ColumnElement, Select, func, insert, literal, select

from guiju.annotations import Round, RoundKind, get_round, set_round_overlap
from guiju.kit import new_secret
from guiju.storage import Actor, Event, House, Tx
from guiju.work.model import SlotState
from guiju.work.overlap import store
from guiju.work.overlap.errors import NotForSeveral, SeveralAlready
from guiju.work.overlap.model import Overlap, Way, overlap_of
from guiju.work.overlap.rules import demand_possible, draw_share
from guiju.work.queue.actions import in_windows, movable
from guiju.work.rules import LAYER
from guiju.work.tables import slot

SEVERAL = {RoundKind.REWORK, RoundKind.RECHECK}
CHUNK = 1_000
_s = slot.c
_WAITS = _s.state.in_([SlotState.OPEN.value, SlotState.LEASED.value])


def ask_for_several(house: House, actor: Actor, round_id: int, said: int | Overlap, *, request_id: str) -> int:
    """Let each item that waits in a rework or a recheck get several answers, once; how many more are wanted now.

    Raises `NotForSeveral`, `SeveralAlready`, `RoundNotFound`, `RoundOver`, and what `demand_possible` raises.
    """
    wanted = replace(overlap_of(said), seed=new_secret(12))
    demand_possible(wanted)
    if wanted.most < 2:
        raise SeveralAlready(count=1)

    def settle(tx: Tx) -> int:
        round_ = movable(tx.connection, actor, round_id)
        if round_.kind not in SEVERAL:
            raise NotForSeveral
        return tx.once(request_id, actor.id, f"round.several.{round_id}", lambda: _settle(tx, actor, round_, wanted))

    house.write(settle)
    with house.reading() as connection:
        overlap = store.find_overlap(connection, get_round(connection, round_id))
    if overlap.way is Way.SHARE:
        return _fill_share(house, round_id, overlap)
    return sum(_fill(house, round_id, layer) for layer in range(1, overlap.least))


def _settle(tx: Tx, actor: Actor, round_: Round, wanted: Overlap) -> int:
    if round_.overlap > 1:
        raise SeveralAlready(count=round_.overlap)
    set_round_overlap(tx, round_.id, overlap=wanted.most, least=wanted.least, asks=wanted.way is Way.UNTIL)
    store.insert_policy(tx, round_.id, wanted)
    facts: dict[str, object] = {"overlap": asdict(wanted)}
    tx.journal(Event(actor.id, "round.several", round_.project_id, round_.id, facts=facts))
    return round_.id


def _fill(house: House, round_id: int, layer: int) -> int:
    """One more slot for every item that waits and has none in this layer, with what its first one shows."""
    there = slot.alias("there").c
    present = select(there.id).where(
        there.round_id == round_id,
        there.item_id == _s.item_id,
        there.ordinal.between(layer * LAYER, (layer + 1) * LAYER - 1),
    )
    mine = (_s.round_id == round_id) & _WAITS & (_s.ordinal < LAYER) & ~present.exists()

    def fill(tx: Tx, window: tuple[int, int]) -> int:
        rows = _copied(_s.ordinal + layer * LAYER).where(_s.id.between(*window), mine)
        return _insert(tx, rows)

    return in_windows(house, round_id, fill)


_COLUMNS = ["round_id", "item_id", "ordinal", "reserved", "state", "note", "found", "batch_id", "suggestion_id"]


def _copied(place: ColumnElement[int]) -> Select[Any]:
    """Columns of a further slot: for anybody who has not the item yet."""
    return select(
        _s.round_id, _s.item_id, place, literal(0), literal(SlotState.OPEN.value), _s.note, _s.found
    ).add_columns(_s.batch_id, _s.suggestion_id)


def _insert(tx: Tx, rows: Select[Any]) -> int:
    """How many were made: not every driver tells it of an insert from a select."""
    made = int(tx.scalar(select(func.count()).select_from(rows.subquery())) or 0)
    tx.execute(insert(slot).from_select(_COLUMNS, rows))
    return made


def _fill_share(house: House, round_id: int, overlap: Overlap) -> int:
    """Of the items that wait the share gets its further slots; items that have theirs are passed over."""
    with house.reading() as connection:
        waiting = select(_s.item_id).where((_s.round_id == round_id) & _WAITS & (_s.ordinal < LAYER))
        ids = sorted(set(connection.execute(waiting).scalars()))
        more = select(_s.item_id).where(_s.round_id == round_id, _s.ordinal >= LAYER)
        there = set(connection.execute(more).scalars())
    drawn = [one for one in draw_share(ids, overlap.share, overlap.seed) if one not in there]
    made = 0
    for start in range(0, len(drawn), CHUNK):
        some = drawn[start : start + CHUNK]
        for layer in range(1, overlap.most):
            rows = _copied(_s.ordinal + layer * LAYER).where(
                _s.round_id == round_id, _s.item_id.in_(some), _s.ordinal < LAYER
            )
            made += house.write(lambda tx, rows=rows: _insert(tx, rows))
    return made
