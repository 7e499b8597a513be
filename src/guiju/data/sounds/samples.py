"""The samples of a sound, block by block: an hour of it takes no more memory than a minute."""

import struct
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from guiju.data.intake.errors import (
    SoundEmpty,
    SoundRate,
    SoundTooLong,
    SoundTruncated,
    SoundUnreadable,
    TooManyChannels,
)
from guiju.data.readers.sounds import HEAD, demand_media, media_type_of

Block: TypeAlias = NDArray[np.float32]

MOST_HOURS = 4
MOST_CHANNELS = 8
LEAST_RATE, MOST_RATE = 4_000, 384_000
BLOCK = 1 << 18
# What libsndfile calls the codings of a WAV that browsers play.
_PLAYED = frozenset({"PCM_U8", "PCM_16", "PCM_24", "FLOAT", "ULAW", "ALAW"})
_OPEN_END = frozenset({0, 0xFFFFFFFF})


@contextmanager
def opened(path: Path) -> Generator[Any]:
    """The sound in a file, ready to be read. Raises `SoundUnreadable`, `MediaExtraMissing`."""
    demand_media(path.name)
    import soundfile  # noqa: PLC0415 - of the extra `media`

    try:
        sound = soundfile.SoundFile(path)
    except soundfile.LibsndfileError as error:
        raise SoundUnreadable from error
    with sound:
        yield sound


def check_header(sound: Any) -> None:
    """Raises `TooManyChannels`, `SoundRate`, `SoundTooLong` by what the file says of itself."""
    if sound.channels > MOST_CHANNELS:
        raise TooManyChannels(channels=sound.channels, limit=MOST_CHANNELS)
    if not LEAST_RATE <= sound.samplerate <= MOST_RATE:
        raise SoundRate(rate=sound.samplerate, least=LEAST_RATE, most=MOST_RATE)
    if sound.frames > MOST_HOURS * 3600 * sound.samplerate and sound.format != "MP3":
        raise SoundTooLong(limit=MOST_HOURS)


def blocks(sound: Any, size: int = BLOCK) -> Iterator[Block]:
    """The samples as frames × channels in [-1, 1]. Raises `SoundTruncated`, `SoundTooLong`."""
    count = 0
    while len(block := _read(sound, size)):
        count += len(block)
        if count > MOST_HOURS * 3600 * sound.samplerate:
            raise SoundTooLong(limit=MOST_HOURS)
        yield block


def span(sound: Any, start: int, count: int, size: int = BLOCK) -> Iterator[Block]:
    """At most `count` frames from `start` on; none where the sound has ended. Raises `SoundTruncated`."""
    import soundfile  # noqa: PLC0415 - of the extra `media`

    try:
        sound.seek(start)
    except soundfile.LibsndfileError as error:
        if start >= sound.frames:
            return
        raise SoundTruncated from error
    while count > 0 and len(block := _read(sound, min(size, count))):
        count -= len(block)
        yield block


def _read(sound: Any, size: int) -> Block:
    """The next frames; none at the end."""
    import soundfile  # noqa: PLC0415 - of the extra `media`

    try:
        block: Block = sound.read(size, dtype="float32", always_2d=True)
    except soundfile.LibsndfileError as error:
        raise SoundTruncated from error
    return block if _is_finite(sound) else np.nan_to_num(block, nan=0.0, posinf=1.0, neginf=-1.0)


def _is_finite(sound: Any) -> bool:
    """A file of floating numbers can hold what is none."""
    return str(sound.subtype) not in {"FLOAT", "DOUBLE"}


def mono(block: Block) -> NDArray[np.float32]:
    """The mean of the channels."""
    mixed = block[:, 0].copy()
    for channel in range(1, block.shape[1]):
        mixed += block[:, channel]
    return mixed if block.shape[1] == 1 else mixed / block.shape[1]


def check_count(sound: Any, count: int) -> None:
    """Raises `SoundEmpty`, `SoundTruncated` after a whole decoding; an MP3's header only guesses."""
    if count == 0:
        raise SoundEmpty
    if sound.format != "MP3" and count < sound.frames:
        raise SoundTruncated


def check_whole(path: Path) -> None:
    """A WAV says how many bytes it has; libsndfile would pass over a missing end. Raises `SoundTruncated`."""
    with path.open("rb") as file:
        head = file.read(HEAD)
    if head[:4] != b"RIFF" or head[8:12] != b"WAVE":
        return
    (said,) = struct.unpack("<I", head[4:8])
    if said not in _OPEN_END and said + 8 > path.stat().st_size + 1:
        raise SoundTruncated


def media_type(sound: Any, path: Path) -> str:
    """As browsers know it; `audio/x-wav` is a WAV that they do not play."""
    with path.open("rb") as file:
        found = media_type_of(file.read(HEAD)) or ""
    return "audio/x-wav" if found == "audio/wav" and sound.subtype not in _PLAYED else found


def as_flac(path: Path, to: Path) -> None:
    """The sound in a form that every browser plays, block by block."""
    import soundfile  # noqa: PLC0415 - of the extra `media`

    with opened(path) as sound:
        rate, channels = int(sound.samplerate), int(sound.channels)
        with soundfile.SoundFile(to, "w", rate, channels, subtype="PCM_24", format="FLAC") as out:
            for block in blocks(sound):
                out.write(block)
