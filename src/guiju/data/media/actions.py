"""The file of an item as a browser can show it, and a small picture of it; made once, kept in the home's cache."""

import os
import threading
from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from guiju.data.actions import get_item
from guiju.data.errors import NoThumbnail
from guiju.data.media.sounds import find_flac, find_wave
from guiju.data.media.store import keep, place_of
from guiju.data.media.tiles import open_overview
from guiju.data.model import Item, Media
from guiju.data.readers.pictures import open_picture
from guiju.data.rules import SERVED_AS
from guiju.storage import Actor, House

if TYPE_CHECKING:
    from PIL.Image import Image

THUMB_SIDE = 320
_PNG_MODES = frozenset({"1", "L", "LA", "P", "RGB", "RGBA", "I", "I;16"})
# A picture of 100 million pixels takes 400 MB while it is decoded: one at a time.
_decoding = threading.Lock()


@dataclass(frozen=True, slots=True)
class Served:
    """A file to send: its bytes from the start, how many, its type and a tag that changes with it."""

    file: BinaryIO
    size: int
    media_type: str
    tag: str


def open_item_file(house: House, actor: Actor, item_id: int) -> Served:
    """The item's content. Raises `ItemNotFound`, `NotAllowed`, `BlobMissing`."""
    item = get_item(house, actor, item_id)
    if item.media.is_written:
        return _served_text(house, item)
    shown = SERVED_AS.get(item.media_type or "")
    if shown == "audio/flac":
        return _served(find_flac(house, item).open("rb"), shown, item.hash + "-flac")
    # A large picture is shown by its tiles: its own file is only fetched to be kept.
    if shown is not None and not item.is_tiled:
        return _served(_kept(house, item, "png", _as_png).open("rb"), shown, item.hash + "-png")
    return _served(house.blobs.open(item.hash), item.media_type or "application/octet-stream", item.hash)


def open_thumbnail(house: House, actor: Actor, item_id: int) -> Served:
    """The item's picture in at most 320 × 320 pixels, turned upright. Raises `NoThumbnail`, `ItemNotFound`."""
    item = get_item(house, actor, item_id)
    if item.media is not Media.IMAGE:
        raise NoThumbnail(item=item_id)
    if item.is_tiled:
        overview = open_overview(house, actor, item_id).content
        kept = _kept(house, item, "webp", _as_thumbnail, lambda: overview)
    else:
        kept = _kept(house, item, "webp", _as_thumbnail)
    return _served(kept.open("rb"), "image/webp", item.hash + "-thumb")


def open_wave(house: House, actor: Actor, item_id: int) -> Served:
    """What is drawn of a sound. Raises `NotSound`, `ItemNotFound`."""
    item, wave = find_wave(house, actor, item_id)
    return _served(wave.open("rb"), "application/octet-stream", item.hash + "-wave")


def _served_text(house: House, item: Item) -> Served:
    if item.body is None:
        return _served(house.blobs.open(item.hash), "text/plain; charset=utf-8", item.hash)
    content = item.body.encode()
    return Served(BytesIO(content), len(content), "text/plain; charset=utf-8", item.hash)


def serve_blob(house: House, key: str, media_type: str) -> Served:
    """A content of the store as it is. Raises `BlobMissing`."""
    return _served(house.blobs.open(key), media_type, key)


def serve_thumbnail(house: House, key: str, width: int, height: int) -> Served:
    """A picture of the store in at most 320 × 320 pixels. Raises `BlobMissing`, `NoThumbnail` of one seen in tiles."""
    item = Item(0, 0, 0, key, Media.IMAGE, "", None, None, 0, width, height, None)
    if item.is_tiled:
        raise NoThumbnail(item=0)
    return _served(_kept(house, item, "webp", _as_thumbnail).open("rb"), "image/webp", key + "-thumb")


def _served(file: BinaryIO, media_type: str, tag: str) -> Served:
    return Served(file, os.fstat(file.fileno()).st_size, media_type, tag)


def _kept(
    house: House,
    item: Item,
    ending: str,
    make: Callable[["Image"], bytes],
    read: Callable[[], bytes] | None = None,
) -> Path:
    """The cached copy of `item`, made if it is not there."""
    place = place_of(house, item.hash, ending)
    if not place.exists():
        with _decoding:
            content = make(open_picture(read() if read else house.blobs.read(item.hash)))
        keep(house, item.hash, ending, lambda to: to.write_bytes(content))
    return place


def _as_png(image: "Image") -> bytes:
    from PIL import ImageOps  # noqa: PLC0415 - only what handles pictures pays for it

    upright = ImageOps.exif_transpose(image)
    shown = upright if upright.mode in _PNG_MODES else upright.convert("RGB")
    out = BytesIO()
    shown.save(out, "PNG")
    return out.getvalue()


def _as_thumbnail(image: "Image") -> bytes:
    from PIL import ImageOps  # noqa: PLC0415 - only what handles pictures pays for it

    image.draft(None, (2 * THUMB_SIDE, 2 * THUMB_SIDE))
    upright = ImageOps.exif_transpose(image)
    has_alpha = "A" in upright.mode or "transparency" in upright.info
    small = upright.convert("RGBA" if has_alpha else "RGB")
    small.thumbnail((THUMB_SIDE, THUMB_SIDE))
    out = BytesIO()
    small.save(out, "WEBP", quality=80)
    return out.getvalue()
