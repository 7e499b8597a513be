"""The files of a sound: itself as a browser can play it, what is drawn of it, and where somebody speaks in it."""

import threading
from pathlib import Path

import msgspec

from guiju.data.actions import get_item
from guiju.data.errors import NotSound
from guiju.data.media.errors import VoicesBusy
from guiju.data.media.store import keep, place_of
from guiju.data.model import Item, Media
from guiju.storage import Actor, House

# Each keeps a core busy: one sound is decoded and one is listened to at a time. Listening to an hour takes minutes,
# which what is drawn must not wait for.
_decoding = threading.Lock()
_listening = threading.Lock()
WAIT_SECONDS = 60


class Voices(msgspec.Struct, frozen=True):
    """Stretches in which somebody speaks, `[start, end]` in milliseconds, in order and apart."""

    segments: list[tuple[int, int]]


def find_flac(house: House, item: Item) -> Path:
    """A copy of a WAV that browsers do not play; made once."""
    from guiju.data.sounds.samples import as_flac  # noqa: PLC0415 - NumPy, which only sounds need

    place = place_of(house, item.hash, "flac")
    with _decoding:
        return place if place.exists() else keep(house, item.hash, "flac", lambda to: as_flac(_blob(house, item), to))


def keep_wave(house: House, key: str, wave: bytes) -> None:
    """What an import drew of a sound, so that the first who opens it does not wait."""
    keep(house, key, "wave", lambda to: to.write_bytes(wave))


def find_wave(house: House, actor: Actor, item_id: int) -> tuple[Item, Path]:
    """What is drawn of a sound, made again where it was dropped. Raises `NotSound`, `ItemNotFound`."""
    from guiju.data.sounds.waves import look_through  # noqa: PLC0415 - NumPy, which only sounds need

    item = _sound(house, actor, item_id)
    place = place_of(house, item.hash, "wave")
    if place.exists():
        return item, place
    with _decoding:
        if not place.exists():
            keep_wave(house, item.hash, look_through(_blob(house, item)).wave)
    return item, place


def propose_voices(house: House, actor: Actor, item_id: int) -> Voices:
    """Where somebody speaks, found once for a sound. Raises `NotSound`, `ItemNotFound`, `VoicesBusy`."""
    from guiju.data.sounds.voices import find_voices  # noqa: PLC0415 - NumPy, which only sounds need

    item = _sound(house, actor, item_id)
    place = place_of(house, item.hash, "voices.json")
    if not place.exists():
        if not _listening.acquire(timeout=WAIT_SECONDS):
            raise VoicesBusy(seconds=WAIT_SECONDS)
        try:
            if not place.exists():
                found = Voices(find_voices(_blob(house, item), item.duration or 0))
                keep(house, item.hash, "voices.json", lambda to: to.write_bytes(msgspec.json.encode(found)))
        finally:
            _listening.release()
    return msgspec.json.decode(place.read_bytes(), type=Voices)


def _sound(house: House, actor: Actor, item_id: int) -> Item:
    item = get_item(house, actor, item_id)
    if item.media is not Media.AUDIO:
        raise NotSound(item=item_id)
    return item


def _blob(house: House, item: Item) -> Path:
    """Raises `BlobMissing`."""
    house.blobs.open(item.hash).close()
    return house.blobs.path(item.hash)
