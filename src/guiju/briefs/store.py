"""SQL of briefs."""

from typing import Any

from sqlalchemy import Connection, Row, insert, select, update

from guiju.briefs import tables as t
from guiju.briefs.model import BriefVersion, Comment, Save
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


def insert_save(tx: Tx, brief_id: int, revision: int, document: str, account_id: int) -> None:
    row = {"brief_id": brief_id, "revision": revision, "document": document, "saved_by": account_id, "saved_at": tx.at}
    tx.insert(insert(t.brief_save), row)


def find_save(connection: Connection, project_id: int, mark: tuple[int, int]) -> str | None:
    """The document as it was at (version, revision)."""
    version, revision = mark
    held = select(t.brief_save.c.document).join_from(t.brief_save, t.brief)
    mine = (t.brief.c.project_id == project_id) & (t.brief.c.version == version) & (t.brief_save.c.revision == revision)
    return connection.execute(held.where(mine)).scalar()


def list_saves(connection: Connection, brief_id: int, most: int = 50) -> list[Save]:
    """The saves of a version, the newest first."""
    s = t.brief_save.c
    held = select(s.revision, s.document, s.saved_by, s.saved_at).where(s.brief_id == brief_id)
    return [Save(*row) for row in connection.execute(held.order_by(s.revision.desc()).limit(most))]


def list_comments(connection: Connection, project_id: int, most: int = 200) -> list[Comment]:
    """What was said, the newest first."""
    mine = select(t.brief_comment).where(t.brief_comment.c.project_id == project_id)
    rows = connection.execute(mine.order_by(t.brief_comment.c.id.desc()).limit(most))
    return [Comment(**row._mapping) for row in rows]  # noqa: SLF001 # pyright: ignore[reportPrivateUsage] - as above


def find_comment(connection: Connection, project_id: int, comment_id: int) -> Comment | None:
    mine = (t.brief_comment.c.project_id == project_id) & (t.brief_comment.c.id == comment_id)
    row = connection.execute(select(t.brief_comment).where(mine)).first()
    return Comment(**row._mapping) if row else None  # noqa: SLF001 # pyright: ignore[reportPrivateUsage] - as above


def insert_comment(tx: Tx, **values: object) -> int:
    return tx.insert(insert(t.brief_comment), {"written_at": tx.at, **values})


def close_comment(tx: Tx, comment_id: int, account_id: int) -> None:
    still = (t.brief_comment.c.id == comment_id) & t.brief_comment.c.closed_at.is_(None)
    tx.execute(update(t.brief_comment).where(still).values(closed_by=account_id, closed_at=tx.at))
