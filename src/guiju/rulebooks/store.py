"""SQL of rulebooks. A published row is out of reach of every statement here that changes one."""

from typing import Any

from sqlalchemy import Connection, Row, delete, func, insert, select, update

from guiju.rulebooks import tables as t
from guiju.rulebooks.model import DRAFT, RulebookVersion
from guiju.storage import Tx


def _version(row: Row[Any]) -> RulebookVersion:
    return RulebookVersion(**row._mapping)  # noqa: SLF001 # pyright: ignore[reportPrivateUsage] - SQLAlchemy's own documented name


def find_by_id(connection: Connection, rulebook_id: int) -> RulebookVersion | None:
    row = connection.execute(select(t.rulebook).where(t.rulebook.c.id == rulebook_id)).first()
    return _version(row) if row else None


def find_draft(connection: Connection, project_id: int) -> RulebookVersion | None:
    mine = (t.rulebook.c.project_id == project_id) & (t.rulebook.c.version == DRAFT)
    row = connection.execute(select(t.rulebook).where(mine)).first()
    return _version(row) if row else None


def find_latest(connection: Connection, project_id: int) -> RulebookVersion | None:
    """The version published last."""
    mine = (t.rulebook.c.project_id == project_id) & (t.rulebook.c.version != DRAFT)
    row = connection.execute(select(t.rulebook).where(mine).order_by(t.rulebook.c.revision.desc()).limit(1)).first()
    return _version(row) if row else None


def find_latest_id(connection: Connection, project_id: int) -> int | None:
    mine = (t.rulebook.c.project_id == project_id) & (t.rulebook.c.version != DRAFT)
    return connection.execute(
        select(t.rulebook.c.id).where(mine).order_by(t.rulebook.c.revision.desc()).limit(1)
    ).scalar()


def find_revision(connection: Connection, project_id: int) -> int:
    """How often the project's rulebook was saved; 0 before the first time."""
    mine = select(func.max(t.rulebook.c.revision)).where(t.rulebook.c.project_id == project_id)
    return int(connection.execute(mine).scalar() or 0)


def list_published(connection: Connection, project_id: int) -> list[RulebookVersion]:
    """Every published version, the newest first; a project has few."""
    mine = (t.rulebook.c.project_id == project_id) & (t.rulebook.c.version != DRAFT)
    rows = connection.execute(select(t.rulebook).where(mine).order_by(t.rulebook.c.revision.desc()))
    return [_version(row) for row in rows]


def insert_draft(tx: Tx, **values: object) -> int:
    return tx.insert(insert(t.rulebook), {"version": DRAFT, "created_at": tx.at, **values})


def insert_version(tx: Tx, **values: object) -> int:
    """A version that is published as it is made."""
    return tx.insert(insert(t.rulebook), values)


def update_draft(tx: Tx, rulebook_id: int, **values: object) -> int:
    """Change a draft; how many rows that were (none when it is published)."""
    draft = (t.rulebook.c.id == rulebook_id) & (t.rulebook.c.version == DRAFT)
    return int(tx.execute(update(t.rulebook).where(draft).values(**values)).rowcount)


def insert_save(tx: Tx, *, keep: int, **values: Any) -> None:
    """Keep what a save held; of those before it the last `keep` stay."""
    tx.execute(insert(t.rulebook_save), {**values, "saved_at": tx.at})
    project_id, revision = values["project_id"], values["revision"]
    mine = (t.rulebook_save.c.project_id == project_id) & (t.rulebook_save.c.revision < revision - keep)
    tx.execute(delete(t.rulebook_save).where(mine))


def find_save(connection: Connection, project_id: int, revision: int) -> str | None:
    mine = (t.rulebook_save.c.project_id == project_id) & (t.rulebook_save.c.revision == revision)
    return connection.execute(select(t.rulebook_save.c.document).where(mine)).scalar()
