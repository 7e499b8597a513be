"""SQL of suggestions: which there are, what is suggested with each slot, what became of it."""

from collections.abc import Mapping
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, Connection, Select, bindparam, func, insert, select, update

from guiju.annotations import AnnotatorKind, RoundKind, RoundState, annotation_table, annotator_table, round_table
from guiju.storage import Prepared, Tx
from guiju.work import tables as t
from guiju.work.prefill.model import Comparison, Count, Policy, Suggestion
from guiju.work.prefill.tables import suggested, suggested_label

MOST_COUNTED = 32_767  # of a small integer
_a, _r = annotation_table.c, round_table.c
_FIND = Prepared(
    select(annotator_table.c.name, annotator_table.c.kind, _a.answers, _a.confidence, _a.scores)
    .join_from(annotation_table, annotator_table, annotator_table.c.id == _a.annotator_id)
    .where(_a.id == bindparam("annotation_id"))
)
_RETIRE = Prepared(
    update(suggested).where(suggested.c.slot_id == bindparam("of_slot"), suggested.c.holds).values(holds=False)
)


def _inserting(table: Any) -> Prepared:
    return Prepared(insert(table).values({column.name: bindparam(column.name) for column in table.c}))


_INSERT, _INSERT_LABEL = _inserting(suggested), _inserting(suggested_label)


def find_suggestion(connection: Connection, annotation_id: int) -> Suggestion | None:
    """What an annotation suggests; its answers and scores stay the JSON that they are."""
    row = _FIND.first(connection, {"annotation_id": annotation_id})
    if row is None:
        return None
    return Suggestion(row[0], row[1], msgspec.Raw(row[2].encode()), row[3], msgspec.Raw((row[4] or "{}").encode()))


def suggest(tx: Tx, round_id: int, policy: Policy, after: int, last: int) -> None:
    """Settle what is suggested with the round's slots of the items behind `after` up to `last`, in one statement."""
    chosen = _newest(policy).where(_a.item_id == t.slot.c.item_id).correlate(t.slot).scalar_subquery()
    mine = (t.slot.c.round_id == round_id) & (t.slot.c.item_id > after) & (t.slot.c.item_id <= last)
    tx.execute(update(t.slot).where(mine).values(suggestion_id=chosen))


def _newest(policy: Policy) -> Select[Any]:
    """The newest annotation of a source: a later revision and a later round have higher numbers."""
    return select(func.max(_a.id)).where(_of(policy))


def _of(policy: Policy) -> ColumnElement[bool]:
    # A round that is still being filled is not seen: nothing of it is suggested. Nor is what was learnt on.
    learnt = [kind.value for kind in RoundKind if kind.is_learning]
    seen = select(_r.id).where(_r.id == _a.round_id, _r.state != RoundState.DRAFT, _r.kind.not_in(learnt)).exists()
    meant = seen if policy.round_id is None else (_a.round_id == policy.round_id) & seen
    return meant if policy.annotator_id is None else meant & (_a.annotator_id == policy.annotator_id)


def has_any(connection: Connection, policy: Policy, items: Select[Any]) -> bool:
    """Whether the source has an answer to one of these items."""
    found = select(_a.id).where(_of(policy), _a.item_id.in_(items)).limit(1)
    return connection.execute(found).first() is not None


def find_named(connection: Connection, project_id: int, name: str) -> int | None:
    """The project's model or imported annotator of this name."""
    mine = (annotator_table.c.project_id == project_id) & (annotator_table.c.name == name)
    return connection.execute(select(annotator_table.c.id).where(mine)).scalar()


def named_annotators(connection: Connection, project_id: int) -> list[tuple[int, str, str]]:
    """Those of the project that cannot sign in, models first: `(id, name, kind)`."""
    c = annotator_table.c
    found = select(c.id, c.name, c.kind).where(c.project_id == project_id).limit(200)
    rows = [(row.id, row.name, row.kind) for row in connection.execute(found.order_by(c.id.desc()))]
    return sorted(rows, key=lambda row: row[2] != AnnotatorKind.MODEL)


def keep_outcome(  # noqa: PLR0913 - a row is said in one call
    tx: Tx,
    *,
    annotation_id: int,
    round_id: int,
    annotator_id: int,
    slot_id: int,
    suggestion_id: int,
    made: Comparison,
    revised: bool,
) -> None:
    """Store what became of a suggestion; a correction's row counts in place of the one before."""
    if revised:
        _RETIRE.run(tx.connection, {"of_slot": slot_id})
    row = {
        "annotation_id": annotation_id,
        "round_id": round_id,
        "annotator_id": annotator_id,
        "slot_id": slot_id,
        "suggestion_id": suggestion_id,
        "outcome": made.outcome.value,
        "hidden": min(made.hidden, MOST_COUNTED),
        "holds": True,
    }
    _INSERT.run(tx.connection, {**row, **_counted(made.total)})
    keys = {"annotation_id": annotation_id, "round_id": round_id}
    rows = [{**keys, "label": label[:60], **_counted(count)} for label, count in made.labels.items()]
    _INSERT_LABEL.run_many(tx.connection, rows)


def _counted(count: Count) -> Mapping[str, int]:
    counts = {"kept": count.kept, "changed": count.changed, "removed": count.removed, "added": count.added}
    return {name: min(n, MOST_COUNTED) for name, n in counts.items()}
