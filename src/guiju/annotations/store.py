"""SQL of annotators, rounds, annotations and resolutions."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from sqlalchemy import BindParameter, Connection, Select, Table, bindparam, func, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite

from guiju.annotations import tables as t
from guiju.annotations.errors import RoundNotFound
from guiju.annotations.model import (
    Annotation,
    Annotator,
    AnnotatorKind,
    Origin,
    Resolution,
    Round,
    RoundKind,
    RoundState,
)
from guiju.storage import Prepared, Tx

_ROUND = (
    t.round_.c.id,
    t.round_.c.project_id,
    t.round_.c.kind,
    t.round_.c.number,
    t.round_.c.rulebook_id,
    t.round_.c.state,
    t.round_.c.overlap,
    t.round_.c.gate,
    t.round_.c.lot_id,
    t.round_.c.created_at,
    t.round_.c.closed_at,
    t.round_.c.suggest_round_id,
    t.round_.c.suggest_annotator_id,
    t.round_.c.shows_record,
    t.round_.c.certified,
    t.round_.c.until,
    t.round_.c.least,
    t.round_.c.asks,
)
_ANNOTATION = (
    t.annotation.c.id,
    t.annotation.c.round_id,
    t.annotation.c.item_id,
    t.annotation.c.annotator_id,
    t.annotation.c.revision,
    t.annotation.c.answers,
    t.annotation.c.active_ms,
    t.annotation.c.at,
    t.annotation.c.clauses,
)
_RESOLUTION = (
    t.resolution.c.id,
    t.resolution.c.item_id,
    t.resolution.c.rulebook_id,
    t.resolution.c.round_id,
    t.resolution.c.origin,
    t.resolution.c.annotation_id,
    t.resolution.c.annotator_id,
    t.resolution.c.answers,
    t.resolution.c.confidence,
    t.resolution.c.at,
)
_FIND_ROUND = Prepared(select(*_ROUND).where(t.round_.c.id == bindparam("round_id")))
_FIND_ROUND_AS = Prepared(
    select(*_ROUND, t.annotator.c.id)
    .join_from(t.round_, t.annotator, t.annotator.c.account_id == bindparam("account_id"), isouter=True)
    .where(t.round_.c.id == bindparam("round_id"))
)
_FIND_ANNOTATOR = Prepared(select(t.annotator.c.id).where(t.annotator.c.account_id == bindparam("account_id")))
_INSERT_RESOLUTION = insert(t.resolution)
_RETIRE = (
    update(t.resolution).where(t.resolution.c.item_id == bindparam("of_item"), t.resolution.c.holds).values(holds=False)
)


def _inserting(table: Table, *without: str) -> Prepared:
    row: dict[str, BindParameter[Any]] = {
        column.name: bindparam(column.name) for column in table.c if column.name not in {"id", *without}
    }
    return Prepared(insert(table).values(row).returning(table.c.id))


# What an answer at the workbench hardly ever has is not bound at every press of a key.
_INSERT_ANNOTATION = _inserting(t.annotation, "active_claim_ms", "confidence", "scores")
_INSERT_CLAIMED = _inserting(t.annotation, "confidence", "scores")
_INSERT_ONE_RESOLUTION = _inserting(t.resolution)
_RESOLUTION_ROW: dict[str, BindParameter[Any]] = {
    column.name: bindparam(column.name) for column in t.resolution.c if column.name != "id"
}
# Most items hold nothing yet: then one statement does. Where something holds, it gives no row back.
_INSERT_FIRST = {
    "sqlite": Prepared(
        sqlite.insert(t.resolution).values(_RESOLUTION_ROW).on_conflict_do_nothing().returning(t.resolution.c.id)
    ),
    "postgresql": Prepared(
        postgresql.insert(t.resolution).values(_RESOLUTION_ROW).on_conflict_do_nothing().returning(t.resolution.c.id)
    ),
}
_RETIRE_ONE = Prepared(_RETIRE)


def _round(row: Sequence[Any]) -> Round:
    return Round(row[0], row[1], RoundKind(row[2]), row[3], row[4], RoundState(row[5]), *row[6:])


def find_round(connection: Connection, round_id: int) -> Round | None:
    row = _FIND_ROUND.first(connection, {"round_id": round_id})
    return _round(row) if row else None


def find_round_as(connection: Connection, round_id: int, account_id: int) -> tuple[Round, int | None] | None:
    """The round, and the annotator that the account is if it has annotated before."""
    row = _FIND_ROUND_AS.first(connection, {"round_id": round_id, "account_id": account_id})
    return (_round(row[:-1]), row[-1]) if row else None


def get_round(connection: Connection, round_id: int) -> Round:
    """Raises `RoundNotFound`."""
    found = find_round(connection, round_id)
    if found is None:
        raise RoundNotFound(round=round_id)
    return found


def list_rounds(connection: Connection, project_id: int, kind: RoundKind | None = None) -> list[Round]:
    """A project's rounds, in the order in which they were opened."""
    found = select(*_ROUND).where(t.round_.c.project_id == project_id)
    if kind is not None:
        found = found.where(t.round_.c.kind == kind)
    return [_round(row) for row in connection.execute(found.order_by(t.round_.c.id))]


def insert_round(  # noqa: PLR0913 - a row is said in one call
    tx: Tx,
    *,
    project_id: int,
    kind: RoundKind,
    rulebook_id: int,
    state: RoundState,
    created_by: int,
    overlap: int = 1,
    gate: str | None = None,
    lot_id: int | None = None,
    suggest_round_id: int | None = None,
    suggest_annotator_id: int | None = None,
    shows_record: bool = False,
    certified: bool = False,
    until: int | None = None,
    least: int | None = None,
    asks: bool = False,
) -> int:
    """Open the project's next round of its kind; returns its id. Without `least` every item gets `overlap` answers."""
    same = (t.round_.c.project_id == project_id) & (t.round_.c.kind == kind)
    number = tx.scalar(select(func.coalesce(func.max(t.round_.c.number), 0)).where(same)) + 1
    values = {
        "project_id": project_id,
        "kind": kind,
        "number": number,
        "rulebook_id": rulebook_id,
        "state": state,
        "overlap": overlap,
        "least": overlap if least is None else least,
        "asks": asks,
        "gate": gate,
        "lot_id": lot_id,
        "suggest_round_id": suggest_round_id,
        "suggest_annotator_id": suggest_annotator_id,
        "shows_record": shows_record,
        "certified": certified,
        "until": until,
        "created_by": created_by,
        "created_at": tx.at,
    }
    return tx.insert(insert(t.round_), values)


def set_round_state(tx: Tx, round_id: int, state: RoundState) -> None:
    closed_at = tx.at if state is RoundState.CLOSED else None
    tx.execute(update(t.round_).where(t.round_.c.id == round_id).values(state=state, closed_at=closed_at))


def set_round_certified(tx: Tx, round_id: int, *, certified: bool) -> None:
    tx.execute(update(t.round_).where(t.round_.c.id == round_id).values(certified=certified))


def set_round_overlap(tx: Tx, round_id: int, *, overlap: int, least: int, asks: bool) -> None:
    """How many answers its items get from now on."""
    values = {"overlap": overlap, "least": least, "asks": asks}
    tx.execute(update(t.round_).where(t.round_.c.id == round_id).values(**values))


def set_round_asks(tx: Tx, round_id: int, *, asks: bool) -> None:
    """Whether consensus asks for further answers where it is unsure."""
    tx.execute(update(t.round_).where(t.round_.c.id == round_id).values(asks=asks))


def find_annotator(connection: Connection, account_id: int) -> int | None:
    """The annotator that a person is, once they have annotated."""
    return _FIND_ANNOTATOR.scalar(connection, {"account_id": account_id})


def annotator_of_account(tx: Tx, account_id: int, name: str) -> int:
    """The annotator that a person is, made the first time they annotate; returns its id."""
    known = _FIND_ANNOTATOR.scalar(tx.connection, {"account_id": account_id})
    if known is not None:
        return int(known)
    values = {"kind": AnnotatorKind.PERSON, "account_id": account_id, "name": name[:120]}
    return tx.insert(insert(t.annotator), values)


def named_annotator(tx: Tx, project_id: int, name: str, kind: AnnotatorKind = AnnotatorKind.IMPORT) -> int:
    """The project's annotator of this name (a model, or somebody from a file), made when new; returns its id."""
    mine = (t.annotator.c.project_id == project_id) & (t.annotator.c.name == name[:120])
    known = tx.scalar(select(t.annotator.c.id).where(mine))
    if known is not None:
        return int(known)
    return tx.insert(insert(t.annotator), {"kind": kind, "project_id": project_id, "name": name[:120]})


def list_annotators(connection: Connection, ids: Iterable[int]) -> dict[int, Annotator]:
    wanted = sorted(set(ids))
    found: dict[int, Annotator] = {}
    for start in range(0, len(wanted), 500):
        rows = connection.execute(
            select(t.annotator.c.id, t.annotator.c.kind, t.annotator.c.account_id, t.annotator.c.name).where(
                t.annotator.c.id.in_(wanted[start : start + 500])
            )
        )
        found.update({row.id: Annotator(row.id, AnnotatorKind(row.kind), row.account_id, row.name) for row in rows})
    return found


def insert_annotation(  # noqa: PLR0913 - a row is said in one call
    tx: Tx,
    *,
    project_id: int,
    round_id: int,
    item_id: int,
    annotator_id: int,
    rulebook_id: int,
    revision: int,
    answers: str,
    request_id: str | None = None,
    active_ms: int | None = None,
    active_claim_ms: int | None = None,
    clauses: str | None = None,
    at: int | None = None,
) -> int:
    """Store one revision of an annotation; returns its id."""
    statement = _INSERT_ANNOTATION if active_claim_ms is None else _INSERT_CLAIMED
    return statement.scalar(
        tx.connection,
        {
            "project_id": project_id,
            "round_id": round_id,
            "item_id": item_id,
            "annotator_id": annotator_id,
            "rulebook_id": rulebook_id,
            "revision": revision,
            "answers": answers,
            "request_id": request_id,
            "active_ms": active_ms,
            "active_claim_ms": active_claim_ms,
            "clauses": clauses,
            "at": tx.at if at is None else at,
        },
    )


def resolve(  # noqa: PLR0913 - a row is said in one call
    tx: Tx,
    *,
    project_id: int,
    round_id: int,
    item_id: int,
    rulebook_id: int,
    origin: Origin,
    answers: str,
    annotation_id: int | None = None,
    annotator_id: int | None = None,
    confidence: float | None = None,
) -> int:
    """Make `answers` what holds for the item; the resolution that held before stays on record. Returns its id."""
    row = {
        "project_id": project_id,
        "item_id": item_id,
        "rulebook_id": rulebook_id,
        "round_id": round_id,
        "origin": origin,
        "annotation_id": annotation_id,
        "annotator_id": annotator_id,
        "answers": answers,
        "confidence": confidence,
        "restates": None,
        "holds": True,
        "at": tx.at,
    }
    first = _INSERT_FIRST[tx.dialect].scalar(tx.connection, row)
    if first is not None:
        return int(first)
    _RETIRE_ONE.run(tx.connection, {"of_item": item_id})
    return int(_INSERT_ONE_RESOLUTION.scalar(tx.connection, row))


def resolve_many(tx: Tx, rows: Sequence[dict[str, Any]]) -> None:
    """`resolve` for many items at once; each row has the columns of the resolution table but `holds` and `at`."""
    if not rows:
        return
    tx.execute(_RETIRE, [{"of_item": row["item_id"]} for row in rows])
    tx.execute(_INSERT_RESOLUTION, [{**row, "holds": True, "at": tx.at} for row in rows])


def retire(tx: Tx, which: Select[*tuple[Any, ...]]) -> int:
    """Let these resolutions (a query of their ids) hold no longer; how many."""
    mine = update(t.resolution).where(t.resolution.c.id.in_(which))
    return int(tx.execute(mine.values(holds=False).execution_options(preserve_rowcount=True)).rowcount)


def insert_resolutions(tx: Tx, rows: Select[*tuple[Any, ...]]) -> int:
    """Resolutions from a query that gives all columns but the id, in the order of the table; how many."""
    names = [column.name for column in t.resolution.c if column.name != "id"]
    made = insert(t.resolution).from_select(names, rows)
    return int(tx.execute(made.execution_options(preserve_rowcount=True)).rowcount)


def find_resolutions(
    connection: Connection, project_id: int, *, after: int = 0, limit: int = 1000, item_ids: Sequence[int] | None = None
) -> list[Resolution]:
    """What holds in the project, by item in rising order, after item `after`; or for these items only."""
    held = select(*_RESOLUTION).where(
        t.resolution.c.project_id == project_id, t.resolution.c.holds, t.resolution.c.item_id > after
    )
    if item_ids is not None:
        held = held.where(t.resolution.c.item_id.in_(item_ids))
    rows = connection.execute(held.order_by(t.resolution.c.item_id).limit(limit))
    return [Resolution(row[0], row[1], row[2], row[3], Origin(row[4]), *row[5:]) for row in rows]


def current_annotations(
    connection: Connection, round_id: int, *, item_ids: Sequence[int] | None = None, annotator_id: int | None = None
) -> Iterator[Annotation]:
    """The annotations that hold in a round (each annotator's highest revision), by item and annotator."""
    later = t.annotation.alias()
    newest = (
        select(*_ANNOTATION)
        .where(t.annotation.c.round_id == round_id)
        .where(
            ~select(later.c.id)
            .where(
                later.c.round_id == t.annotation.c.round_id,
                later.c.item_id == t.annotation.c.item_id,
                later.c.annotator_id == t.annotation.c.annotator_id,
                later.c.revision > t.annotation.c.revision,
            )
            .exists()
        )
        .order_by(t.annotation.c.item_id, t.annotation.c.annotator_id)
    )
    if item_ids is not None:
        newest = newest.where(t.annotation.c.item_id.in_(item_ids))
    if annotator_id is not None:
        newest = newest.where(t.annotation.c.annotator_id == annotator_id)
    for row in connection.execute(newest):
        yield Annotation(*row)
