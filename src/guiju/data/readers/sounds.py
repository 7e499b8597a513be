"""Sounds: what they are by their first bytes, and a stream of a file's bytes, however long it is."""

from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import BinaryIO

from guiju.data.intake.errors import EmptySound, FileTooLarge, MediaExtraMissing, NotASound
from guiju.storage.blobs import CHUNK

HEAD = 16
SUFFIXES = frozenset({".wav", ".flac", ".ogg", ".oga", ".opus", ".mp3"})
MAX_BYTES = 4_000_000_000
_SYNC, _LAYER_3 = 0xE0, 1


def is_sound_name(name: str) -> bool:
    return Path(name).suffix.lower() in SUFFIXES


def media_type_of(head: bytes) -> str | None:
    """The format of sound that the first `HEAD` bytes announce, or `None`."""
    if head[:4] in {b"RIFF", b"RF64"} and head[8:12] == b"WAVE":
        return "audio/wav"
    if head.startswith(b"fLaC"):
        return "audio/flac"
    if head.startswith(b"OggS"):
        return "audio/ogg"
    return "audio/mpeg" if head.startswith(b"ID3") or _begins_a_frame(head) else None


def _begins_a_frame(head: bytes) -> bool:
    """Eleven bits of synchronisation, and layer III."""
    return len(head) > 1 and head[0] == 0xFF and head[1] & _SYNC == _SYNC and head[1] >> 1 & 3 == _LAYER_3


def demand_media(name: str) -> None:
    """Raises `MediaExtraMissing` where the libraries that read sounds are not installed."""
    if find_spec("soundfile") is None:
        raise MediaExtraMissing(name=name)


def stream(file: BinaryIO) -> Iterator[bytes]:
    """The file's bytes. Raises `EmptySound`, `NotASound`, `FileTooLarge`."""
    chunk = file.read(CHUNK)
    if not chunk:
        raise EmptySound
    if media_type_of(chunk[:HEAD]) is None:
        raise NotASound
    size = 0
    while chunk:
        size += len(chunk)
        if size > MAX_BYTES:
            raise FileTooLarge(limit=f"{MAX_BYTES:,}")
        yield chunk
        chunk = file.read(CHUNK)
