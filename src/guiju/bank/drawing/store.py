"""SQL of draws: what is drawn, and where it came from."""

from collections import Counter
from collections.abc import Sequence
from typing import Any, NamedTuple

import msgspec
from sqlalchemy import (
    Connection,
    Row,
    bindparam,
    delete,
    exists,
    func,
    insert,
    literal,
    null,
    or_,
    select,
    true,
    update,
)

from guiju.annotations import Origin, annotation_table, insert_resolutions, resolution_table
from guiju.bank import tables as t
from guiju.bank.drawing.model import Asked, Choice, DrawMany, Drawn, Fit, ManyState, Usable
from guiju.bank.finding.model import Search
from guiju.bank.finding.store import fitting, is_own
from guiju.bank.model import Reader, Rights
from guiju.bank.store import permitted
from guiju.data import item_table
from guiju.storage import JobState, Tx
from guiju.storage.tables import job as job_table

SLICE = 1_000
_d, _i, _draw = t.deposit.c, item_table.c, t.draw.c
_many, _pick = t.bank_draw.c, t.bank_draw_pick.c


def read_usable(connection: Connection, ids: Sequence[int], reader: Reader) -> list[Usable]:
    """Those of these deposits that the reader sees."""
    held = resolution_table.c
    found: list[Usable] = []
    for start in range(0, len(ids), SLICE):
        seen = fitting(connection, Search(), reader).where(_d.id.in_(ids[start : start + SLICE]))
        rows = (
            select(_d.id, _d.item_id, _d.project_id, _d.project_name, _d.rulebook_id, _d.rights, _d.customer, _d.grade)
            .add_columns(held.answers, _i.media, _i.size, _i.body, _i.width, _i.height, _i.parts, _i.duration)
            .add_columns(_i.speakers, _d.doubt, is_own(reader))
            .join_from(t.deposit, item_table, _i.id == _d.item_id)
            .join(resolution_table, held.id == _d.resolution_id)
            .where(_d.id.in_(seen))
        )
        found += [Usable(*row) for row in connection.execute(rows)]
    return found


def insert_draws(tx: Tx, rows: Sequence[dict[str, Any]]) -> None:
    """Provenance of what was drawn; a deposit that the project drew before keeps its first row."""
    project = rows[0]["project_id"] if rows else 0
    there = set(tx.execute(select(_draw.deposit_id).where(_draw.project_id == project)).scalars())
    fresh = [{**row, "at": tx.at} for row in rows if row["deposit_id"] not in there]
    if fresh:
        tx.execute(insert(t.draw), fresh)


# Draws of many


def insert_many(tx: Tx, project_id: int, chosen: Choice, *, asked_by: int, is_trusted: bool) -> int:
    said = msgspec.json.encode(Asked.of(chosen, is_trusted=is_trusted)).decode()
    values = {"project_id": project_id, "chosen": said, "state": ManyState.DRAWING.value, "asked_by": asked_by}
    return tx.insert(insert(t.bank_draw), {**values, "asked_at": tx.at})


def set_many(tx: Tx, draw_id: int, **values: object) -> None:
    tx.execute(update(t.bank_draw).where(_many.id == draw_id).values(**values))


def find_many(connection: Connection, draw_id: int) -> DrawMany | None:
    row = connection.execute(select(t.bank_draw).where(_many.id == draw_id)).first()
    return _draw_of(row) if row else None


def _draw_of(row: Row[*tuple[Any, ...]]) -> DrawMany:
    asked = msgspec.json.decode(row.chosen, type=Asked)
    result = msgspec.json.decode(row.result, type=Drawn) if row.result else None
    where = (row.job_id, row.source_id or 0, row.round_id or 0, row.rulebook_id or 0)
    told = (asked.choice, ManyState(row.state), *where, result, row.asked_by, row.asked_at, asked.is_trusted)
    return DrawMany(row.id, row.project_id, *told)


def left_behind(connection: Connection, project_id: int) -> list[int]:
    """Draws of the project whose job is over, but which nobody ended: their worker died each time."""
    found = select(_many.id).join_from(t.bank_draw, job_table, job_table.c.id == _many.job_id)
    over = job_table.c.state.in_([each.value for each in JobState if each.is_over])
    mine = (_many.project_id == project_id) & (_many.state == ManyState.DRAWING.value)
    return list(connection.execute(found.where(mine, over)).scalars())


def put_picks(tx: Tx, draw_id: int, deposits: Sequence[int]) -> None:
    if deposits:
        tx.execute(insert(t.bank_draw_pick), [{"draw_id": draw_id, "deposit_id": each} for each in deposits])


def delete_some_picks(tx: Tx, draw_id: int, limit: int) -> int:
    some = select(_pick.deposit_id).where(_pick.draw_id == draw_id).limit(limit)
    mine = (_pick.draw_id == draw_id) & _pick.deposit_id.in_(some.scalar_subquery())
    return tx.execute(delete(t.bank_draw_pick).where(mine)).rowcount


def next_picks(connection: Connection, draw_id: int, after: int, limit: int) -> list[int]:
    mine = select(_pick.deposit_id).where(_pick.draw_id == draw_id, _pick.deposit_id > after)
    return list(connection.execute(mine.order_by(_pick.deposit_id).limit(limit)).scalars())


def fill_picks(tx: Tx, draw_id: int, rows: Sequence[dict[str, Any]]) -> None:
    one = update(t.bank_draw_pick).where(_pick.draw_id == draw_id, _pick.deposit_id == bindparam("of_deposit"))
    said: dict[str, Any] = {name: bindparam(f"of_{name}") for name in ("fit", "answers", "lost")}
    said["item_id"] = bindparam("of_item")
    if rows:
        tx.execute(one.values(said), list(rows))


def are_all_general(connection: Connection, draw_id: int) -> bool:
    own = select(_d.id).join(t.bank_draw_pick, _pick.deposit_id == _d.id).where(_pick.draw_id == draw_id)
    return connection.execute(own.where(_d.rights != Rights.GENERAL.value).limit(1)).first() is None


def fresh_items(connection: Connection, draw_id: int, source_id: int, items: Sequence[int]) -> set[int]:
    """Those of `items` that this source brought, and that no deposit of an earlier chunk became."""
    taken = exists().where(_pick.draw_id == draw_id, _pick.item_id == _i.id)
    found = select(_i.id).where(_i.id.in_(items), _i.source_id == source_id, ~taken)
    return set(connection.execute(found).scalars())


def has_usable(connection: Connection, draw_id: int, reader: Reader) -> bool:
    seen = select(_d.id).join(t.bank_draw_pick, _pick.deposit_id == _d.id).where(_pick.draw_id == draw_id)
    return connection.execute(seen.where(permitted(_d, reader)).limit(1)).first() is not None


def count_withdrawn(connection: Connection, draw_id: int, reader: Reader, customer: str) -> int:
    """How many of what was copied a project of this customer may not draw any more: gone, narrowed, or about to be
    withdrawn."""
    going = exists().where(t.withdrawal_item.c.item_id == _d.item_id)
    may = or_(_d.rights == Rights.GENERAL.value, (_d.customer != "") & (_d.customer == customer))
    there = exists().where(_d.id == _pick.deposit_id, permitted(_d, reader), may, ~going)
    lost = select(func.count()).select_from(t.bank_draw_pick)
    lost = lost.where(_pick.draw_id == draw_id, _pick.item_id.is_not(None), ~there)
    return int(connection.execute(lost).scalar_one())


def insert_draws_of(tx: Tx, draw: DrawMany) -> None:
    """Provenance of all that came; a deposit that the project drew before keeps its first row."""
    before = exists().where(_draw.deposit_id == _pick.deposit_id, _draw.project_id == draw.project_id)
    said = (literal(draw.project_id), literal(draw.asked_by), literal(tx.at))
    rows = select(_pick.deposit_id, _pick.item_id, *said)
    rows = rows.where(_pick.draw_id == draw.id, _pick.item_id.is_not(None), ~before)
    names = ["deposit_id", "item_id", "project_id", "drawn_by", "at"]
    tx.execute(insert(t.draw).from_select(names, rows))


def resolve_picked(tx: Tx, draw_id: int, round_id: int) -> int:
    """What came with an answer holds it; new items have no other. How many."""
    a = annotation_table.c
    columns = {
        "project_id": a.project_id,
        "item_id": a.item_id,
        "rulebook_id": a.rulebook_id,
        "round_id": a.round_id,
        "origin": literal(Origin.ANNOTATION.value),
        "annotation_id": a.id,
        "annotator_id": a.annotator_id,
        "answers": a.answers,
        "confidence": null(),
        "restates": null(),
        "holds": true(),
        "at": literal(tx.at),
    }
    names = [column.name for column in resolution_table.c if column.name != "id"]
    picked = exists().where(_pick.draw_id == draw_id, _pick.item_id == a.item_id)
    rows = select(*(columns[name].label(name) for name in names)).where(a.round_id == round_id, picked)
    return insert_resolutions(tx, rows.order_by(a.item_id))


def doubted_picks(connection: Connection, draw_id: int, round_id: int) -> list[tuple[int, int, int]]:
    """`(item, resolution, annotation)` of what is to be looked at again."""
    r = resolution_table.c
    found = select(r.item_id, r.id, r.annotation_id).join(t.bank_draw_pick, _pick.item_id == r.item_id)
    found = found.where(_pick.draw_id == draw_id, _pick.fit != Fit.HOLDS.value, r.round_id == round_id, r.holds)
    return [(row[0], row[1], row[2]) for row in connection.execute(found.order_by(r.item_id))]


class Came(NamedTuple):
    """What a draw of many brought: new items, how many answers have each fit, labels that were lost."""

    items: int
    fits: dict[str, int]
    lost: dict[str, int]


def count_came(connection: Connection, draw_id: int) -> Came:
    mine = (_pick.draw_id == draw_id) & _pick.item_id.is_not(None)
    fits = select(_pick.fit, func.count()).where(mine).group_by(_pick.fit)
    counts = {row[0]: row[1] for row in connection.execute(fits)}
    losses = select(_pick.lost, func.count()).where(mine, _pick.lost.is_not(None)).group_by(_pick.lost)
    lost = Counter[str]()
    for said, n in connection.execute(losses):
        lost.update(dict.fromkeys(said.split("\n"), n))
    known = {fit: n for fit, n in counts.items() if fit is not None}
    return Came(sum(counts.values()), known, dict(lost.most_common()))


def known_answers(connection: Connection, draw_id: int) -> list[tuple[int, str]]:
    found = select(_pick.item_id, _pick.answers).where(_pick.draw_id == draw_id, _pick.answers.is_not(None))
    return [(row[0], row[1]) for row in connection.execute(found.order_by(_pick.item_id))]


def items_of_source(connection: Connection, source_id: int) -> set[int]:
    return set(connection.execute(select(_i.id).where(_i.source_id == source_id)).scalars())


def provenance_of(connection: Connection, project_id: int, item_ids: Sequence[int]) -> dict[int, int]:
    """Of the items that the project drew from the bank, the deposit that each came from."""
    mine = (_draw.project_id == project_id) & _draw.item_id.in_(item_ids)
    return {row[0]: row[1] for row in connection.execute(select(_draw.item_id, _draw.deposit_id).where(mine))}
