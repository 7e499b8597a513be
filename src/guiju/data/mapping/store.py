"""SQL of what was said the last time, and the folders of uploads that wait."""

import shutil
import time
from pathlib import Path

import msgspec
from sqlalchemy import Connection, delete, insert, select

from guiju.data import tables as t
from guiju.data.intake.model import Columns
from guiju.data.mapping.model import Remembered
from guiju.people import account_table
from guiju.storage import House, Tx

KEPT_SECONDS = 24 * 3600
_ABOUT = "upload.json"


class Waiting(msgspec.Struct, frozen=True):
    """An upload that nobody has imported yet; of a sample, `then` is the address that takes what was said of it."""

    id: str
    project: int
    account: int
    name: str
    files: list[str]
    then: str = ""


def find_remembered(connection: Connection, project_id: int, family: str) -> Remembered | None:
    found = (
        select(t.mapping.c.columns, t.mapping.c.at, account_table.c.name)
        .join_from(t.mapping, account_table, account_table.c.id == t.mapping.c.by)
        .where(t.mapping.c.project_id == project_id, t.mapping.c.family == family)
    )
    row = connection.execute(found).first()
    if row is None:
        return None
    try:
        return Remembered(msgspec.json.decode(row.columns, type=Columns), row.at, row.name)
    except msgspec.ValidationError:  # of an older version
        return None


def remember(tx: Tx, project_id: int, family: str, columns: Columns, by: int) -> None:
    forget(tx, project_id, family)
    said = msgspec.json.encode(columns).decode()
    tx.execute(insert(t.mapping).values(project_id=project_id, family=family, columns=said, by=by, at=tx.at))


def forget(tx: Tx, project_id: int, family: str) -> bool:
    mine = (t.mapping.c.project_id == project_id) & (t.mapping.c.family == family)
    return tx.execute(delete(t.mapping).where(mine)).rowcount == 1


def folder_of(house: House, upload: str) -> Path:
    return house.scratch / f"upload-{upload}"


def keep(house: House, waiting: Waiting) -> None:
    (folder_of(house, waiting.id) / _ABOUT).write_bytes(msgspec.json.encode(waiting))


def find_waiting(house: House, upload: str) -> Waiting | None:
    """An upload by its id, which is letters, digits and hyphens: nothing that leads elsewhere."""
    if not upload.replace("-", "").isalnum() or not upload.isascii():
        return None
    return _read(folder_of(house, upload) / _ABOUT)


def list_waiting(house: House, project_id: int, account_id: int) -> list[Waiting]:
    found = (_read(path) for path in sorted(house.scratch.glob(f"upload-*/{_ABOUT}")))
    return [one for one in found if one is not None and (one.project, one.account) == (project_id, account_id)]


def _read(path: Path) -> Waiting | None:
    try:
        return msgspec.json.decode(path.read_bytes(), type=Waiting)
    except (OSError, msgspec.DecodeError):
        return None


def claim(house: House, upload: str) -> bool:
    """Take an upload out of those that wait; whether it still did. Of two who try at once, one succeeds."""
    try:
        (folder_of(house, upload) / _ABOUT).unlink()
    except OSError:
        return False
    return True


def sweep(house: House) -> None:
    """Remove what waited for longer than a day."""
    for path in house.scratch.glob(f"upload-*/{_ABOUT}"):
        if path.stat().st_mtime < time.time() - KEPT_SECONDS and claim(house, path.parent.name.removeprefix("upload-")):
            shutil.rmtree(path.parent, ignore_errors=True)
