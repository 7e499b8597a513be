"""SQL of groups of near-duplicates."""

from collections.abc import Iterable, Sequence
from itertools import islice
from typing import Any

from sqlalchemy import Connection, Row, delete, func, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite

from guiju.cleaning.duplicates import tables as t
from guiju.cleaning.duplicates.model import Group, Keep, Member, Run
from guiju.data import Media, aside_table
from guiju.storage import Tx

SLICE = 2_000
SHOWN = 6
_g, _m = t.near_group.c, t.near_member.c


def slices(values: Iterable[Any], size: int = SLICE) -> Iterable[list[Any]]:
    walk = iter(values)
    while part := list(islice(walk, size)):
        yield part


def put_run(tx: Tx, project_id: int, at_least: float, items: int, groups: int) -> None:
    values = {"at_least": at_least, "items": items, "groups": groups, "at": tx.at}
    tx.execute(insert(t.near_run).values(project_id=project_id, **values))


def find_run(connection: Connection, project_id: int) -> Run | None:
    mine = select(t.near_run).where(t.near_run.c.project_id == project_id).order_by(t.near_run.c.id.desc()).limit(1)
    row = connection.execute(mine).first()
    return Run(row.at, row.at_least, row.items, row.groups) if row else None


def delete_some_undecided(tx: Tx, project_id: int, limit: int) -> int:
    """Groups that nobody has decided on: the search that follows finds them again."""
    mine = select(_g.id).where(_g.project_id == project_id, _g.act.is_(None)).order_by(_g.id).limit(limit)
    ids = list(tx.execute(mine).scalars())
    tx.execute(delete(t.near_member).where(_m.group_id.in_(ids)))
    tx.execute(delete(t.near_group).where(_g.id.in_(ids)))
    return len(ids)


def decided_items(connection: Connection, project_id: int) -> dict[int, int]:
    """The group of every item that somebody decided on."""
    mine = (
        select(_m.item_id, _m.group_id)
        .join(t.near_group, _g.id == _m.group_id)
        .where(_m.project_id == project_id, _g.act.is_not(None))
    )
    return {int(row.item_id): int(row.group_id) for row in connection.execute(mine)}


def otherwise_aside(connection: Connection, project_id: int) -> list[int]:
    """Items that something else has set aside: they are not compared."""
    mine = select(aside_table.c.item_id).where(
        aside_table.c.project_id == project_id, aside_table.c.cause.not_like("duplicates:%")
    )
    return list(connection.execute(mine.distinct()).scalars())


def insert_groups(tx: Tx, project_id: int, groups: Sequence[tuple[Media, list[tuple[int, float]]]]) -> None:
    """Groups as (media, [(item, likeness)])."""
    if not groups:
        return
    rows = [
        {"project_id": project_id, "media": media.value, "least": min(like for _, like in members), "open": 1}
        for media, members in groups
    ]
    made = insert(t.near_group).returning(_g.id, sort_by_parameter_order=True)
    ids = list(tx.execute(made, rows).scalars())
    members = [
        _member(project_id, group, item, like, is_new=False)
        for group, (_, found) in zip(ids, groups, strict=True)
        for item, like in found
    ]
    for part in slices(members):
        tx.execute(_insert_members(tx), part)


def _member(project_id: int, group: int, item: int, like: float, *, is_new: bool) -> dict[str, object]:
    about = {"item_id": item, "group_id": group, "project_id": project_id, "likeness": like}
    return {**about, "weight": 1.0, "is_new": int(is_new)}


def _insert_members(tx: Tx) -> Any:
    make = sqlite.insert if tx.dialect == "sqlite" else postgresql.insert
    return make(t.near_member).on_conflict_do_nothing()


def join_groups(tx: Tx, project_id: int, joining: Sequence[tuple[int, int, float]]) -> None:
    """Let items (item, group, likeness) come to groups that were decided; these wait again."""
    rows = [_member(project_id, group, item, like, is_new=True) for item, group, like in joining]
    tx.execute(_insert_members(tx), rows)
    tx.execute(update(t.near_group).where(_g.id.in_({group for _, group, _ in joining})).values(open=1))


def _group(row: Row[Any], size: int, members: Sequence[Member]) -> Group:
    act = Keep(row.act) if row.act else None
    about = (row.id, row.project_id, Media(row.media), row.least, bool(row.open), act)
    return Group(*about, row.kept, row.job_id, size, members)


def list_groups(
    connection: Connection, project_id: int, *, is_open: bool, after: int, limit: int, shown: int = SHOWN
) -> list[Group]:
    """Groups that wait, or those that were decided, by id, each with its first members."""
    mine = select(t.near_group).where(_g.project_id == project_id, _g.open == int(is_open), _g.id > after)
    rows = connection.execute(mine.order_by(_g.id).limit(limit)).all()
    return _with_members(connection, rows, shown)


def _with_members(connection: Connection, rows: Sequence[Row[Any]], shown: int) -> list[Group]:
    ids = [row.id for row in rows]
    sizes = select(_m.group_id, func.count()).where(_m.group_id.in_(ids)).group_by(_m.group_id)
    counted = {int(row[0]): int(row[1]) for row in connection.execute(sizes)}
    place = func.row_number().over(partition_by=_m.group_id, order_by=(_m.is_new.desc(), _m.item_id)).label("place")
    ranked = select(t.near_member, place).where(_m.group_id.in_(ids)).subquery()
    found: dict[int, list[Member]] = {}
    for row in connection.execute(select(ranked).where(ranked.c.place <= shown).order_by(ranked.c.item_id)):
        member = Member(row.item_id, row.likeness, row.weight, bool(row.is_new))
        found.setdefault(row.group_id, []).append(member)
    return [_group(row, counted.get(row.id, 0), found.get(row.id, [])) for row in rows]


def find_group(connection: Connection, project_id: int, group_id: int) -> Group | None:
    mine = select(t.near_group).where(_g.project_id == project_id, _g.id == group_id)
    rows = connection.execute(mine).all()
    return next(iter(_with_members(connection, rows, SHOWN)), None) if rows else None


def members_of(connection: Connection, group_id: int) -> list[int]:
    return list(connection.execute(select(_m.item_id).where(_m.group_id == group_id).order_by(_m.item_id)).scalars())


def near_items(connection: Connection, project_id: int, item_ids: Sequence[int]) -> set[int]:
    """The near-duplicates of these items, as the last search found them, without the items themselves."""
    groups = select(_m.group_id).where(_m.project_id == project_id, _m.item_id.in_(item_ids))
    found = connection.execute(select(_m.item_id).where(_m.group_id.in_(groups)).limit(SLICE))
    return {int(item) for item in found.scalars()} - set(item_ids)


def count_groups(connection: Connection, project_id: int) -> tuple[int, int]:
    """How many groups wait, and how many are decided."""
    counts = select(_g.open, func.count()).where(_g.project_id == project_id).group_by(_g.open)
    found = {bool(is_open): count for is_open, count in connection.execute(counts)}
    return found.get(True, 0), found.get(False, 0)


def set_decision(tx: Tx, group: Group, keep: Keep, kept: int | None, *, by: int | None, job: int | None) -> None:
    _set(tx, group, keep, {"kept": kept, "by": by, "at": tx.at, "job_id": job})


def clear_decision(tx: Tx, group: Group) -> None:
    """As if nobody had decided."""
    _set(tx, group, None, {"kept": None, "by": None, "at": None, "job_id": None})


def _set(tx: Tx, group: Group, keep: Keep | None, values: dict[str, int | None]) -> None:
    tx.execute(update(t.near_group).where(_g.id == group.id).values(open=int(keep is None), act=keep, **values))
    tx.execute(update(t.near_member).where(_m.group_id == group.id).values(weight=1.0, is_new=0))


def set_weights(tx: Tx, group: Group, weights: dict[int, float]) -> None:
    """All members of a group weigh the same, but for one that stands for all."""
    for weight in set(weights.values()) - {1.0}:
        items = [item for item, weighed in weights.items() if weighed == weight]
        mine = (_m.group_id == group.id) if len(items) > SLICE else _m.item_id.in_(items)
        tx.execute(update(t.near_member).where(mine).values(weight=weight))


def next_group(
    connection: Connection, project_id: int, after: int, *, job: int | None, at_least: float
) -> Group | None:
    """The next group that waits and is as like as that; or, with a job, the next that this job decided."""
    mine = select(t.near_group).where(_g.project_id == project_id, _g.id > after)
    if job is None:
        mine = mine.where(_g.open == 1, _g.act.is_(None), _g.least >= at_least)
    else:
        mine = mine.where(_g.job_id == job)
    row = connection.execute(mine.order_by(_g.id).limit(1)).first()
    return _group(row, 0, []) if row else None


def last_bulk(connection: Connection, project_id: int) -> tuple[int, int] | None:
    """The latest job that decided groups together, and how many of its decisions stand."""
    mine = select(_g.job_id, func.count()).where(_g.project_id == project_id, _g.job_id.is_not(None))
    row = connection.execute(mine.group_by(_g.job_id).order_by(_g.job_id.desc()).limit(1)).first()
    return (int(row[0]), int(row[1])) if row else None


def groups_of(connection: Connection, project_id: int, items: Sequence[int]) -> dict[int, int]:
    """The group of each item that is in one."""
    found: dict[int, int] = {}
    for part in slices(items):
        mine = select(_m.item_id, _m.group_id).where(_m.project_id == project_id, _m.item_id.in_(part))
        found.update((int(row.item_id), int(row.group_id)) for row in connection.execute(mine))
    return found
