"""SQL of sounds to be listened to, and the copy that is kept of what was heard."""

from pathlib import Path
from typing import NamedTuple

import msgspec
from sqlalchemy import Connection, Select, func, select

from guiju.data import tables as t
from guiju.data.listening.model import Voices
from guiju.data.media.store import keep, place_of
from guiju.data.model import Media, SourceState
from guiju.storage import House

ENDING = "voices.json"


class Sound(NamedTuple):
    item: int
    hash: str
    duration: int


def voices_place(house: House, key: str) -> Path:
    return place_of(house, key, ENDING)


def find_kept(house: House, key: str) -> Voices | None:
    """What was found, unless it was dropped or cannot be read any more; then it is found again."""
    try:
        return msgspec.json.decode(voices_place(house, key).read_bytes(), type=Voices)
    except (FileNotFoundError, msgspec.DecodeError):
        return None


def keep_voices(house: House, key: str, voices: Voices) -> None:
    """Raises `StorageFull`."""
    keep(house, key, ENDING, lambda to: to.write_bytes(msgspec.json.encode(voices)))


def count_sounds(connection: Connection, project_id: int) -> int:
    return connection.execute(_sounds(project_id).with_only_columns(func.count())).scalar_one()


def list_sounds(connection: Connection, project_id: int, after: int, limit: int) -> list[Sound]:
    """A project's sounds behind item `after`, in their order."""
    found = _sounds(project_id).where(t.item.c.id > after).order_by(t.item.c.id).limit(limit)
    return [Sound(row.id, row.hash, row.duration or 0) for row in connection.execute(found)]


def _sounds(project_id: int) -> Select[int, str, int]:
    landed = (t.source.c.id == t.item.c.source_id) & (t.source.c.state == SourceState.LANDED)
    found = select(t.item.c.id, t.item.c.hash, t.item.c.duration).join(t.source, landed)
    return found.where(t.item.c.project_id == project_id, t.item.c.media == Media.AUDIO)
