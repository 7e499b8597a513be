"""SQL of labels given to items."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, delete, func, insert, select, update

from guiju.annotations import resolution_table
from guiju.findings.marks.tables import counted, label_mark
from guiju.storage import Tx


def place_of(connection: Connection, project_id: int) -> tuple[int, int | None]:
    """The last resolution that was counted, and the job that was asked to go on."""
    row = connection.execute(select(counted.c.upto, counted.c.job_id).where(counted.c.project_id == project_id)).first()
    return (row.upto, row.job_id) if row else (0, None)


def read_new(
    connection: Connection, project_id: int, after: int, limit: int, settled: int
) -> list[tuple[int, int, str]]:
    """`(resolution, item, answers)` of those that hold, behind the resolution `after`.

    On PostgreSQL only those from before `settled` (microseconds): a smaller id may be committed after a larger one,
    and would be passed over for good.
    """
    r = resolution_table.c
    new = select(r.id, r.item_id, r.answers).where(r.project_id == project_id, r.holds, r.id > after)
    if connection.dialect.name != "sqlite":
        new = new.where(r.at < settled)
    return [(row[0], row[1], row[2]) for row in connection.execute(new.order_by(r.id).limit(limit))]


def put_marks(tx: Tx, project_id: int, upto: int, items: Sequence[int], rows: Sequence[dict[str, Any]]) -> None:
    """The labels of these items from now on, and how far the resolutions were read."""
    tx.execute(delete(label_mark).where(label_mark.c.item_id.in_(items)))
    if rows:
        tx.execute(insert(label_mark), rows)
    _place(tx, project_id, upto=upto)


def set_job(tx: Tx, project_id: int, job_id: int) -> None:
    _place(tx, project_id, job_id=job_id)


def _place(tx: Tx, project_id: int, **values: int) -> None:
    there = tx.execute(update(counted).where(counted.c.project_id == project_id).values(**values)).rowcount
    if not there:
        tx.execute(insert(counted), {"project_id": project_id, "upto": 0, "job_id": None, **values})


def labels_of_items(connection: Connection, items: Sequence[int]) -> dict[int, list[str]]:
    """The labels of the answer of record of each of these items."""
    m = label_mark.c
    found: dict[int, list[str]] = {}
    rows = select(m.item_id, m.label).where(m.item_id.in_(items)).order_by(m.item_id, m.field, m.label)
    for item, label in connection.execute(rows):
        found.setdefault(item, []).append(label)
    return found


def known_labels(connection: Connection, project_id: int, most: int = 300) -> list[str]:
    """The labels that answers of record use: one step through an index for each, however many items there are."""
    m = label_mark.c
    found: list[str] = []
    while len(found) < most:
        after = found[-1] if found else ""
        step = select(func.min(m.label)).where(m.project_id == project_id, m.label > after)
        label = connection.execute(step).scalar()
        if label is None:
            break
        found.append(label)
    return found


def list_labels(connection: Connection, project_id: int) -> list[tuple[str, int]]:
    """Every label that an answer of record uses, with the number of items."""
    m = label_mark.c
    grouped = select(m.label, func.count()).where(m.project_id == project_id).group_by(m.label).order_by(m.label)
    return [(label, n) for label, n in connection.execute(grouped)]
