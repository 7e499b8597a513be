"""SQL of quality rules, their versions, and what came of holding them against sources."""

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec
from sqlalchemy import Connection, Row, func, insert, select, update

from guiju.cleaning.duplicates import tables as near
from guiju.cleaning.quality import tables as t
from guiju.cleaning.quality.model import Outcome, Rule, Run, RunState, Version
from guiju.data import Source, SourceState, aside_table, item_table, list_sources, source_table
from guiju.people import account_table
from guiju.storage import Tx

_rules = msgspec.json.Decoder(tuple[Rule, ...]).decode
_outcome = msgspec.json.Decoder(Outcome).decode
_r = t.quality_run.c
_v = t.quality_version.c


def insert_version(tx: Tx, rules: Sequence[Rule], **values: object) -> None:
    said = msgspec.json.encode(rules).decode()
    tx.execute(insert(t.quality_version).values(rules=said, at=tx.at, **values))


def _version(row: Row[Any]) -> Version:
    return Version(row.project_id, row.version, _rules(row.rules), row.note, row.by, row.at)


def find_version(connection: Connection, project_id: int, number: int | None = None) -> Version | None:
    """A version, or the one in force."""
    mine = select(t.quality_version).where(_v.project_id == project_id)
    mine = mine if number is None else mine.where(_v.version == number)
    row = connection.execute(mine.order_by(_v.version.desc()).limit(1)).first()
    return _version(row) if row else None


def list_versions(connection: Connection, project_id: int, limit: int = 100) -> list[Version]:
    """The newest first."""
    mine = select(t.quality_version).where(_v.project_id == project_id).order_by(_v.version.desc()).limit(limit)
    return [_version(row) for row in connection.execute(mine)]


def insert_run(tx: Tx, **values: object) -> int:
    return tx.insert(insert(t.quality_run), {"state": RunState.RUNNING, "created_at": tx.at, **values})


def update_run(tx: Tx, run_id: int, values: Mapping[str, object], *, was: RunState | None = None) -> bool:
    """Whether the run was in that state, and so was changed."""
    mine = update(t.quality_run).where(_r.id == run_id)
    mine = mine if was is None else mine.where(_r.state == was)
    return tx.execute(mine.values(values)).rowcount == 1


def _run(row: Row[Any]) -> Run:
    outcome = _outcome(row.outcome) if row.outcome else None
    about = (row.id, row.project_id, row.source_id, row.version, RunState(row.state), bool(row.by_import), row.job_id)
    return Run(*about, outcome, row.created_by, row.created_at, row.released_by, row.released_at, row.reason)


def find_run(connection: Connection, run_id: int) -> Run | None:
    row = connection.execute(select(t.quality_run).where(_r.id == run_id)).first()
    return _run(row) if row else None


def list_runs(connection: Connection, project_id: int, source_id: int | None = None, limit: int = 100) -> list[Run]:
    """The newest first."""
    mine = select(t.quality_run).where(_r.project_id == project_id)
    mine = mine if source_id is None else mine.where(_r.source_id == source_id)
    return [_run(row) for row in connection.execute(mine.order_by(_r.id.desc()).limit(limit))]


def latest_runs(connection: Connection, project_id: int) -> dict[int, Run]:
    """The newest check of each source that is in force or going on."""
    shown = (RunState.DONE.value, RunState.RUNNING.value)
    newest = select(func.max(_r.id)).where(_r.project_id == project_id, _r.state.in_(shown)).group_by(_r.source_id)
    rows = connection.execute(select(t.quality_run).where(_r.id.in_(newest)))
    return {row.source_id: _run(row) for row in rows}


def runs_of_source(connection: Connection, source_id: int, state: RunState) -> list[Run]:
    mine = select(t.quality_run).where(_r.source_id == source_id, _r.state == state).order_by(_r.id)
    return [_run(row) for row in connection.execute(mine)]


def was_checked_at_import(connection: Connection, source_id: int, version: int) -> bool:
    mine = select(_r.id).where(_r.source_id == source_id, _r.version == version, _r.by_import == 1)
    return connection.execute(mine.limit(1)).first() is not None


def landed_sources(connection: Connection, project_id: int) -> list[Source]:
    """Sources whose items are seen, the oldest first."""
    return [source for source in reversed(list_sources(connection, project_id)) if source.state is SourceState.LANDED]


def otherwise_aside(connection: Connection, project_id: int, first: int, last: int) -> set[int]:
    """Items from `first` to `last` that something else than quality rules has set aside."""
    c = aside_table.c
    mine = select(c.item_id).where(c.item_id.between(first, last), c.project_id == project_id)
    return set(connection.execute(mine.where(c.cause.not_like("quality:%")).distinct()).scalars())


def near_duplicates(connection: Connection, project_id: int, first: int, last: int) -> set[int]:
    """Items from `first` to `last` that wait in a group of near-duplicates, but for the first of each group.

    Of a group that was decided only what came since waits.
    """
    g, m = near.near_group.c, near.near_member.c
    other = near.near_member.alias()
    first_of_group = select(func.min(other.c.item_id)).where(other.c.group_id == m.group_id).scalar_subquery()
    waits = (g.act.is_(None) & (m.item_id != first_of_group)) | (g.act.is_not(None) & (m.is_new == 1))
    mine = select(m.item_id).join(near.near_group, g.id == m.group_id)
    mine = mine.where(m.project_id == project_id, m.item_id.between(first, last), g.open == 1, waits)
    return set(connection.execute(mine).scalars())


def count_by_cause(connection: Connection, run: Run) -> dict[str, int]:
    """How many items each cause of a run has set aside."""
    c = aside_table.c
    mine = select(c.cause, func.count()).where(c.project_id == run.project_id, c.cause.in_(run.causes))
    return {str(row[0]): int(row[1]) for row in connection.execute(mine.group_by(c.cause))}


def count_items_of(connection: Connection, run: Run) -> int:
    """How many items of its source a run's rules have set aside; the hold of a source does not count."""
    c = aside_table.c
    mine = select(func.count(c.item_id.distinct())).where(
        c.project_id == run.project_id, c.cause.in_([cause for cause in run.causes if cause != run.hold_cause])
    )
    return int(connection.execute(mine).scalar_one())


def some_of_cause(connection: Connection, project_id: int, cause: str, after: int, limit: int) -> list[int]:
    """The next items that a cause has set aside, by id."""
    c = aside_table.c
    mine = select(c.item_id).where(c.project_id == project_id, c.cause == cause, c.item_id > after)
    return list(connection.execute(mine.order_by(c.item_id).limit(limit)).scalars())


def ids_behind(connection: Connection, source_id: int, after: int, limit: int) -> list[int]:
    """The next items of a source, by id."""
    mine = select(item_table.c.id).where(item_table.c.source_id == source_id, item_table.c.id > after)
    return list(connection.execute(mine.order_by(item_table.c.id).limit(limit)).scalars())


def count_items_of_sources(connection: Connection, sources: Sequence[int]) -> int:
    mine = select(func.count()).select_from(item_table).where(item_table.c.source_id.in_(sources))
    return int(connection.execute(mine).scalar_one())


def source_is_landed(connection: Connection, source_id: int) -> bool:
    mine = select(source_table.c.id).where(source_table.c.id == source_id, source_table.c.state == SourceState.LANDED)
    return connection.execute(mine).first() is not None


def names_of(connection: Connection, people: Sequence[int]) -> dict[int, str]:
    c = account_table.c
    return {row.id: row.name for row in connection.execute(select(c.id, c.name).where(c.id.in_(people)))}
