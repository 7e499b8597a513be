"""SQL of contributions, their marks, and what they became."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import msgspec
from sqlalchemy import (
    ColumnElement,
    Connection,
    Row,
    Select,
    and_,
    case,
    delete,
    func,
    insert,
    or_,
    select,
    true,
    update,
)

from guiju.annotations import annotator_table
from guiju.collecting import tables as t
from guiju.collecting.model import Contribution, Person, Place, State
from guiju.collecting.rules import pseudonym_of
from guiju.data import item_table, source_table
from guiju.kinds import Given
from guiju.storage import Tx

MOST_COMPARED = 200
SLICE = 500
_c = t.contribution.c
_ROW = (
    _c.id,
    _c.token,
    _c.project_id,
    _c.round_id,
    _c.item_id,
    _c.annotator_id,
    _c.consent_id,
    _c.field,
    _c.mode,
    _c.state,
    _c.hash,
    _c.given,
    _c.problems,
    _c.at,
)
_given = msgspec.json.Decoder(Given)


def _contribution(row: Row[*tuple[Any, ...]]) -> Contribution:
    given = _given.decode(row.given) if row.given else None
    problems = tuple(row.problems.split(",")) if row.problems else ()
    about = (row.id, row.token, row.project_id, row.round_id, row.item_id, row.annotator_id, row.consent_id)
    return Contribution(*about, row.field, row.mode, State(row.state), row.hash, given, problems, row.at)


def find(connection: Connection, token: str) -> Contribution | None:
    row = connection.execute(select(*_ROW).where(_c.token == token)).first()
    return _contribution(row) if row else None


def find_many(connection: Connection, tokens: Sequence[str]) -> dict[str, Contribution]:
    found = connection.execute(select(*_ROW).where(_c.token.in_(tokens)))
    return {row.token: _contribution(row) for row in found}


def insert_coming(tx: Tx, token: str, place: Place, mode: str, consent_id: int) -> int:
    values = {
        "token": token,
        "project_id": place.project_id,
        "round_id": place.round_id,
        "item_id": place.item_id,
        "annotator_id": place.annotator_id,
        "consent_id": consent_id,
        "field": place.field,
        "mode": mode,
        "state": State.COMING.value,
        "at": tx.at,
    }
    return tx.insert(insert(t.contribution), values)


def finish(
    tx: Tx, token: str, *, given: Given, state: State, signature: bytes, problems: Sequence[str], marks: Sequence[int]
) -> None:
    """What came of an upload; the marks of what is kept let later ones be compared with it."""
    values = {
        "state": state.value,
        "hash": given.hash,
        "given": msgspec.json.encode(given).decode(),
        "signature": signature or None,
        "problems": ",".join(problems)[:300] or None,
    }
    coming = (_c.token == token) & (_c.state == State.COMING.value)
    done = tx.execute(update(t.contribution).where(coming).values(values).returning(_c.id, _c.project_id)).first()
    if done is not None and marks and state is State.KEPT:
        rows = [{"project_id": done.project_id, "mark": mark, "contribution_id": done.id} for mark in set(marks)]
        tx.execute(insert(t.contribution_mark), rows)


def find_same(connection: Connection, place: Place, key: str, *, but: str, own: bool) -> str | None:
    """The upload of exactly these bytes to the project, which holds or was taken back; `own` ones for the item too."""
    states = [State.KEPT.value, State.USED.value, State.WITHDRAWN.value]
    mine = (_c.project_id == place.project_id) & (_c.hash == key) & (_c.token != but) & _c.state.in_(states)
    return connection.execute(select(_c.token).where(mine, _others(place, own=own)).limit(1)).scalar()


def _others(place: Place, *, own: bool) -> ColumnElement[bool]:
    """Without `own`, none of what the same person gave for the same item: a new take stands in its place."""
    return true() if own else or_(_c.item_id != place.item_id, _c.annotator_id != place.annotator_id)


def find_alike(
    connection: Connection, place: Place, marks: Sequence[int], *, but: str, own: bool
) -> Sequence[Row[*tuple[Any, ...]]]:
    """Rows (hash, signature) of the contributions that share a mark, the newest first."""
    if not marks:
        return []
    mark = t.contribution_mark.c
    sharing = select(mark.contribution_id).where(mark.project_id == place.project_id, mark.mark.in_(marks)).distinct()
    wanted = select(_c.hash, _c.signature).where(_c.id.in_(sharing), _c.token != but, _c.state.in_(_HOLDING))
    wanted = wanted.where(_others(place, own=own))
    return connection.execute(wanted.order_by(_c.id.desc()).limit(MOST_COMPARED)).all()


_HOLDING = (State.KEPT.value, State.USED.value)


def mark_used(tx: Tx, tokens: Sequence[str], annotation_id: int) -> None:
    mine = _c.token.in_(tokens) & _c.state.in_(_HOLDING)
    tx.execute(update(t.contribution).where(mine).values(state=State.USED.value, annotation_id=annotation_id))


def find_stale(connection: Connection, before: int, limit: int) -> Sequence[Row[*tuple[Any, ...]]]:
    """Rows (id, hash) of uploads that nobody's answer used since before that moment."""
    waiting = (_c.state < State.USED.value) & (_c.at < before)
    return connection.execute(select(_c.id, _c.hash).where(waiting).limit(limit)).all()


def end(tx: Tx, ids: Sequence[int], state: State) -> None:
    """The contributions are no more: neither their marks nor their signatures stay."""
    for start in range(0, len(ids), SLICE):
        part = ids[start : start + SLICE]
        tx.execute(delete(t.contribution_mark).where(t.contribution_mark.c.contribution_id.in_(part)))
        tx.execute(update(t.contribution).where(_c.id.in_(part)).values(state=state.value, signature=None))


def find_of_consent(connection: Connection, consent_id: int) -> Sequence[Row[*tuple[Any, ...]]]:
    """Rows (id, token, hash) of what holds under a consent."""
    mine = (_c.consent_id == consent_id) & _c.state.in_((State.COMING.value, *_HOLDING))
    return connection.execute(select(_c.id, _c.token, _c.hash).where(mine).order_by(_c.id)).all()


def find_unheld(connection: Connection, hashes: Sequence[str]) -> set[str]:
    """Those of `hashes` that neither a contribution nor an item refers to."""
    held: set[str] = set()
    for start in range(0, len(hashes), SLICE):
        part = hashes[start : start + SLICE]
        held.update(connection.execute(select(_c.hash).where(_c.hash.in_(part), _c.state.in_(_HOLDING))).scalars())
        kept = (item_table.c.hash.in_(part)) & (item_table.c.body.is_(None))
        held.update(connection.execute(select(item_table.c.hash).where(kept)).scalars())
    return set(hashes) - held


def list_contributions(
    connection: Connection,
    project_id: int,
    *,
    before: int | None,
    limit: int,
    states: Sequence[State] = (),
    annotator_id: int | None = None,
) -> list[tuple[Contribution, str, str]]:
    """A project's contributions, the newest first, each with its giver's name and its prompt."""
    wanted = (
        select(*_ROW, annotator_table.c.name, item_table.c.name.label("prompt_name"), item_table.c.body)
        .join_from(t.contribution, annotator_table, annotator_table.c.id == _c.annotator_id)
        .join(item_table, item_table.c.id == _c.item_id)
        .where(_c.project_id == project_id)
    )
    if before is not None:
        wanted = wanted.where(_c.id < before)
    if states:
        wanted = wanted.where(_c.state.in_([state.value for state in states]))
    if annotator_id is not None:
        wanted = wanted.where(_c.annotator_id == annotator_id)
    rows = connection.execute(wanted.order_by(_c.id.desc()).limit(limit))
    return [(_contribution(row), row.name, row.body or row.prompt_name) for row in rows]


def list_people(connection: Connection, project_id: int) -> list[Person]:
    """Everybody who agreed or gave something, with counts of what they gave; the latest consent of each."""
    agreed = connection.execute(
        select(
            t.consent.c.id,
            t.consent.c.annotator_id,
            t.consent.c.version,
            t.consent.c.agreed_at,
            t.consent.c.withdrawn_at,
        )
        .where(t.consent.c.project_id == project_id)
        .order_by(t.consent.c.id)
    )
    latest = {row.annotator_id: row for row in agreed}
    counted = {row.annotator_id: row for row in connection.execute(_counts(project_id))}
    ids = sorted(latest.keys() | counted.keys())
    names: dict[int, str] = {}
    for start in range(0, len(ids), SLICE):
        known = select(annotator_table.c.id, annotator_table.c.name)
        rows = connection.execute(known.where(annotator_table.c.id.in_(ids[start : start + SLICE])))
        names.update({row.id: row.name for row in rows})
    return [_person(project_id, one, names.get(one, ""), counted.get(one), latest.get(one)) for one in ids]


def _counts(project_id: int) -> Select[*tuple[Any, ...]]:
    def counted(state: State) -> Any:
        return func.coalesce(func.sum(case((_c.state == state.value, 1), else_=0)), 0)

    return (
        select(
            _c.annotator_id,
            counted(State.USED).label("used"),
            counted(State.REFUSED).label("refused"),
            counted(State.WITHDRAWN).label("withdrawn"),
        )
        .where(_c.project_id == project_id)
        .group_by(_c.annotator_id)
    )


def _person(project_id: int, annotator_id: int, name: str, counts: Any, agreed: Any) -> Person:
    given = (int(counts.used), int(counts.refused), int(counts.withdrawn)) if counts else (0, 0, 0)
    when = (agreed.id, agreed.agreed_at, agreed.version, agreed.withdrawn_at) if agreed else (None, None, None, None)
    return Person(annotator_id, name, pseudonym_of(project_id, annotator_id), *given, *when)


@dataclass(frozen=True, slots=True)
class Harvestable:
    """A contribution that holds and is not in a project yet, with what its item is told of."""

    contribution: Contribution
    prompt: str
    prompt_name: str
    version: str


def find_harvestable(connection: Connection, into: int, tokens: Sequence[str]) -> list[Harvestable]:
    """Those of `tokens` that hold and were not harvested into the project `into`."""
    found: list[Harvestable] = []
    for start in range(0, len(tokens), SLICE):
        there = select(t.harvested.c.contribution_id).where(t.harvested.c.project_id == into)
        wanted = (
            select(*_ROW, item_table.c.body, item_table.c.name, t.consent.c.version)
            .join_from(t.contribution, item_table, item_table.c.id == _c.item_id)
            .join(t.consent, t.consent.c.id == _c.consent_id)
            .where(_c.token.in_(tokens[start : start + SLICE]), _c.state == State.USED.value, _c.id.not_in(there))
            .where(t.consent.c.withdrawn_at.is_(None))
        )
        found += [
            Harvestable(_contribution(row), row.body or row.name, row.name, row.version)
            for row in connection.execute(wanted.order_by(_c.id))
        ]
    return found


def find_landing(connection: Connection, into: int, state: str) -> int | None:
    """A source of the project that a harvest began to fill and did not live to land."""
    begun = (
        select(t.harvested.c.source_id)
        .join_from(t.harvested, source_table, source_table.c.id == t.harvested.c.source_id)
        .where(t.harvested.c.project_id == into, source_table.c.state == state)
    )
    return connection.execute(begun.limit(1)).scalar()


def keep_harvested(tx: Tx, into: int, source_id: int, pairs: Sequence[tuple[int, int]]) -> None:
    """Which item each contribution became: `(contribution, item)`."""
    rows = [
        {"contribution_id": given, "project_id": into, "source_id": source_id, "item_id": item, "at": tx.at}
        for given, item in pairs
    ]
    if rows:
        tx.execute(insert(t.harvested), rows)


def find_items_of(connection: Connection, contributions: Sequence[int]) -> list[tuple[int, int]]:
    """`(project, item)` that these contributions became."""
    found: list[tuple[int, int]] = []
    for start in range(0, len(contributions), SLICE):
        part = t.harvested.c.contribution_id.in_(contributions[start : start + SLICE])
        rows = connection.execute(select(t.harvested.c.project_id, t.harvested.c.item_id).where(part))
        found += [(row.project_id, row.item_id) for row in rows]
    return found


def count_harvested(connection: Connection, project_id: int) -> int:
    """How many of the project's contributions are items somewhere."""
    mine = and_(_c.id == t.harvested.c.contribution_id, _c.project_id == project_id)
    return int(
        connection.execute(select(func.count()).select_from(t.harvested).join(t.contribution, mine)).scalar_one()
    )
