"""SQL of briefs."""

from typing import Any

from sqlalchemy import Connection, Row, insert, select, update

from guiju.briefs import tables as t
from guiju.briefs.model import BriefVersion
from guiju.storage import Tx


def _version(row: Row[Any]) -> BriefVersion:
    return BriefVersion(**row._mapping)  # noqa: SLF001 # pyright: ignore[reportPrivateUsage] - SQLAlchemy's own documented name


def find_current(connection: Connection, project_id: int) -> BriefVersion | None:
    """The newest version, signed or not."""
    newest = select(t.brief).where(t.brief.c.project_id == project_id).order_by(t.brief.c.version.desc()).limit(1)
    row = connection.execute(newest).first()
    return _version(row) if row else None


def find_signed(connection: Connection, project_id: int) -> BriefVersion | None:
    """The newest signed version."""
    mine = (t.brief.c.project_id == project_id) & t.brief.c.signed_at.is_not(None)
    row = connection.execute(select(t.brief).where(mine).order_by(t.brief.c.version.desc()).limit(1)).first()
    return _version(row) if row else None


def find_version(connection: Connection, project_id: int, version: int) -> BriefVersion | None:
    mine = (t.brief.c.project_id == project_id) & (t.brief.c.version == version)
    row = connection.execute(select(t.brief).where(mine)).first()
    return _version(row) if row else None


def list_versions(connection: Connection, project_id: int) -> list[BriefVersion]:
    """All versions, the newest first; a brief has few."""
    mine = select(t.brief).where(t.brief.c.project_id == project_id).order_by(t.brief.c.version.desc())
    return [_version(row) for row in connection.execute(mine)]


def insert_version(tx: Tx, **values: object) -> int:
    return tx.insert(insert(t.brief), {"created_at": tx.at, **values})


def update_unsigned(tx: Tx, brief_id: int, **values: object) -> None:
    """Change a version that nobody has signed; a signed one is out of this statement's reach."""
    unsigned = (t.brief.c.id == brief_id) & t.brief.c.signed_at.is_(None)
    tx.execute(update(t.brief).where(unsigned).values(**values))
