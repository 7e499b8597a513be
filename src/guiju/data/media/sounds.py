"""The files of a sound: itself as a browser can play it, and what is drawn of it."""

import threading
from pathlib import Path

from guiju.data.actions import get_item
from guiju.data.errors import NotSound
from guiju.data.media.store import keep, place_of
from guiju.data.model import Item, Media
from guiju.storage import Actor, House

# It keeps a core busy: one sound is decoded at a time.
_decoding = threading.Lock()


def find_flac(house: House, item: Item) -> Path:
    """A copy of a WAV that browsers do not play; made once."""
    from guiju.data.sounds.samples import as_flac  # noqa: PLC0415 - NumPy, which only sounds need

    place = place_of(house, item.hash, "flac")
    with _decoding:
        return (
            place
            if place.exists()
            else keep(house, item.hash, "flac", lambda to: as_flac(blob_of(house, item.hash), to))
        )


def keep_wave(house: House, key: str, wave: bytes) -> None:
    """What an import drew of a sound, so that the first who opens it does not wait."""
    keep(house, key, "wave", lambda to: to.write_bytes(wave))


def find_wave(house: House, actor: Actor, item_id: int) -> tuple[Item, Path]:
    """What is drawn of a sound, made again where it was dropped. Raises `NotSound`, `ItemNotFound`."""
    from guiju.data.sounds.waves import look_through  # noqa: PLC0415 - NumPy, which only sounds need

    item = get_sound(house, actor, item_id)
    place = place_of(house, item.hash, "wave")
    if place.exists():
        return item, place
    with _decoding:
        if not place.exists():
            keep_wave(house, item.hash, look_through(blob_of(house, item.hash)).wave)
    return item, place


def get_sound(house: House, actor: Actor, item_id: int) -> Item:
    """Raises `NotSound`, `ItemNotFound`, `NotAllowed`."""
    item = get_item(house, actor, item_id)
    if item.media is not Media.AUDIO:
        raise NotSound(item=item_id)
    return item


def blob_of(house: House, key: str) -> Path:
    """Where the content lies. Raises `BlobMissing`."""
    house.blobs.open(key).close()
    return house.blobs.path(key)
