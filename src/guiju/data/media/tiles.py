"""Tiles of large pictures: made as they are imported, kept in the home's cache, made again if they were dropped."""

import subprocess
import sys
import threading
from functools import lru_cache
from pathlib import Path

from guiju.data.actions import get_item
from guiju.data.errors import NoSuchTile
from guiju.data.intake.errors import ImageTruncated, ImageUnreadable
from guiju.data.media import tiling
from guiju.data.media.store import keep
from guiju.data.media.store import place_of as kept_at
from guiju.data.media.tiling import Index, Piece, place_of, read_index, read_piece
from guiju.data.model import Item
from guiju.storage import Actor, House

SECONDS = 300.0
ENDING = "tiles"
# One at a time: a picture of 400 million pixels takes 2 GB while it is cut.
_cutting = threading.Lock()


def cut_tiles(house: House, content: bytes, key: str) -> None:
    """Decode a large picture to its end, keep its tiles. Raises `ImageUnreadable`, `ImageTruncated`, `StorageFull`."""
    with _cutting:
        # Everybody who looks at it asks for several tiles at once: one cut is for all of them.
        if not _place(house, key).exists():
            keep(house, key, ENDING, lambda to: _cut(content, to))


def _cut(content: bytes, to: Path) -> None:
    source = to.with_name(f"{to.name}.picture")
    try:
        source.write_bytes(content)
        _run(source, to)
    finally:
        source.unlink(missing_ok=True)


def _run(source: Path, target: Path) -> None:
    command = [sys.executable, "-m", tiling.__name__, str(source), str(target)]
    try:
        ended = subprocess.run(command, timeout=SECONDS, check=False, capture_output=True)  # noqa: S603 - our own module, on paths of ours
    except subprocess.TimeoutExpired as error:
        raise ImageUnreadable from error
    if ended.returncode == tiling.TRUNCATED:
        raise ImageTruncated
    if ended.returncode != 0:
        raise ImageUnreadable


def _place(house: House, key: str) -> Path:
    return kept_at(house, key, ENDING)


def open_overview(house: House, actor: Actor, item_id: int) -> Piece:
    """The whole picture, small enough for one screen. Raises `NoSuchTile`, `ItemNotFound`, `NotAllowed`."""
    path, index = _tiles_of(house, actor, item_id)
    return read_piece(path, index, index.overview)


def open_tile(  # noqa: PLR0917 - which tile of which item, for whom
    house: House, actor: Actor, item_id: int, level: int, x: int, y: int
) -> Piece:
    """One tile. Raises `NoSuchTile`, `ItemNotFound`, `NotAllowed`."""
    path, index = _tiles_of(house, actor, item_id)
    place = place_of(index, level, x, y)
    if place is None:
        raise NoSuchTile(item=item_id)
    return read_piece(path, index, place)


def _tiles_of(house: House, actor: Actor, item_id: int) -> tuple[Path, Index]:
    item = get_item(house, actor, item_id)
    if not item.is_tiled:
        raise NoSuchTile(item=item_id)
    return tiles_of_item(house, item)


def tiles_of_item(house: House, item: Item) -> tuple[Path, Index]:
    """The file with a large picture's tiles, and what lies where in it. Raises `BlobMissing`, `ImageUnreadable`."""
    path = _place(house, item.hash)
    if not path.exists():
        cut_tiles(house, house.blobs.read(item.hash), item.hash)
    return path, _index(path, path.stat().st_mtime_ns)


@lru_cache(maxsize=64)
def _index(path: Path, changed: int) -> Index:
    """`changed` makes tiles that were cut again another entry."""
    del changed
    return read_index(path)
