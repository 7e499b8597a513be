"""What is drawn of a sound: its waveform and its spectrogram at several scales, in one file read by ranges.

The file: `GJW1`, the length of the header (32 bits, little end first), the header as JSON, then the data. The header
names each level with the milliseconds of one column, where it begins behind the header, and its number of columns.
A column of the waveform is two signed bytes, the least and the greatest sample of all channels; one of the
spectrogram is a byte for each band of the mel scale, 0 at -100 dB and 255 at full scale. A browser asks for the
coarse levels, which stand first, and for what it is looking at.
"""

import math
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

import msgspec
import numpy as np
from numpy.typing import NDArray

from guiju.data.sounds import samples

MAGIC = b"GJW1"
PEAK_MS, SPECTRUM_MS = 2, 16
STEP = 8
COARSEST_MS = 1024
BANDS = 64
LOW_HZ, HIGH_HZ = 50.0, 8_000.0
WINDOW_SECONDS = 0.025
ENOUGH_RATE = 16_000
FLOOR_DB = -100.0

Numbers: TypeAlias = NDArray[np.float32]
Bytes: TypeAlias = NDArray[np.int8] | NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class Sound:
    """What a whole decoding says about a sound, and what is drawn of it."""

    media_type: str
    duration: int
    wave: bytes


def look_through(path: Path) -> Sound:
    """Decode a sound to its end. Raises the refusals of `sounds.samples`."""
    samples.check_whole(path)
    with samples.opened(path) as sound:
        samples.check_header(sound)
        rate, count = int(sound.samplerate), 0
        peaks, spectrum = _Peaks(rate), _Spectrum(rate)
        for block in samples.blocks(sound):
            count += len(block)
            peaks.take(block)
            spectrum.take(samples.mono(block))
        samples.check_count(sound, count)
        duration = max(1, round(count * 1000 / rate))
        kind, channels = samples.media_type(sound, path), int(sound.channels)
    about = {"duration": duration, "rate": rate, "channels": channels, "low": LOW_HZ, "high": spectrum.high}
    return Sound(kind, duration, _written(about, peaks.finish(), spectrum.finish()))


class _Peaks:
    """Least and greatest sample of every column of `PEAK_MS`."""

    def __init__(self, rate: int) -> None:
        self._rate = rate
        self._low, self._high = np.empty(0, np.float32), np.empty(0, np.float32)
        self._start, self._column = 0, 0
        self._found: list[NDArray[np.int8]] = []

    def take(self, block: Numbers) -> None:
        low, high = block[:, 0].copy(), block[:, 0].copy()
        for channel in range(1, block.shape[1]):
            np.minimum(low, block[:, channel], out=low)
            np.maximum(high, block[:, channel], out=high)
        self._low, self._high = np.concatenate([self._low, low]), np.concatenate([self._high, high])
        until = (self._start + len(self._low)) * 1000 // (PEAK_MS * self._rate)
        edges = self._edges(self._column, until + 1)
        self._column = until
        if len(edges) > 1:
            self._pack(edges[:-1], int(edges[-1]))
            self._low, self._high = self._low[edges[-1] :], self._high[edges[-1] :]
            self._start += int(edges[-1])

    def finish(self) -> NDArray[np.int8]:
        """Columns × 2."""
        if len(self._low):
            self._pack(np.zeros(1, np.int64), len(self._low))
        return np.concatenate(self._found)

    def _edges(self, first: int, behind: int) -> NDArray[np.int64]:
        return np.arange(first, behind, dtype=np.int64) * PEAK_MS * self._rate // 1000 - self._start

    def _pack(self, starts: NDArray[np.int64], end: int) -> None:
        low = np.minimum.reduceat(self._low[:end], starts)
        high = np.maximum.reduceat(self._high[:end], starts)
        self._found.append(np.clip(np.rint(np.stack([low, high], axis=1) * 127), -127, 127).astype(np.int8))


class _Spectrum:
    """Loudness in each band of the mel scale, in every column of `SPECTRUM_MS`; what is too high is filtered first."""

    def __init__(self, given: int) -> None:
        import soxr  # noqa: PLC0415 - of the extra `media`

        self._rate = rate = min(given, ENOUGH_RATE)
        self._slower = soxr.ResampleStream(given, rate, 1, dtype="float32", quality="LQ") if given > rate else None
        self._length = 1 << int(np.ceil(np.log2(rate * WINDOW_SECONDS)))
        self.high = min(HIGH_HZ, rate / 2)
        self._window = np.hanning(self._length).astype(np.float32)
        self._filters = _mel_filters(rate, self._length, self.high)
        lead = (self._length - rate * SPECTRUM_MS // 1000) // 2
        self._waiting = np.zeros(max(0, lead), np.float32)
        self._start, self._column, self._count, self._lead = 0, 0, 0, max(0, lead)
        self._found: list[NDArray[np.uint8]] = []

    def take(self, mono: Numbers, *, last: bool = False) -> None:
        heard = self._slower.resample_chunk(mono, last=last) if self._slower else mono
        self._count += len(heard)
        self._waiting = np.concatenate([self._waiting, heard])
        behind = (self._start + len(self._waiting) - self._length) * 1000 // (SPECTRUM_MS * self._rate) + 1
        self._columns(max(self._column, behind))

    def finish(self) -> NDArray[np.uint8]:
        """Columns × bands."""
        self.take(np.empty(0, np.float32), last=True)
        self._waiting = np.concatenate([self._waiting, np.zeros(2 * self._length, np.float32)])
        self._columns(max(1, -(-self._count * 1000 // (SPECTRUM_MS * self._rate))))
        return np.concatenate(self._found)

    def _columns(self, behind: int) -> None:
        if behind <= self._column:
            return
        at = np.arange(self._column, behind, dtype=np.int64) * SPECTRUM_MS * self._rate // 1000 - self._start
        frames = self._waiting[at[:, None] + np.arange(self._length)] * self._window
        power = np.abs(np.fft.rfft(frames, axis=1)).astype(np.float32) ** 2 / (self._window.sum() / 2) ** 2
        loud = 10 * np.log10(power[:, : self._filters.shape[0]] @ self._filters + 1e-12)
        self._found.append(np.clip((loud - FLOOR_DB) * 255 / -FLOOR_DB, 0, 255).astype(np.uint8))
        self._column = behind
        done = behind * SPECTRUM_MS * self._rate // 1000 - self._start
        self._waiting, self._start = self._waiting[done:], self._start + done


def _mel_filters(rate: int, length: int, high: float) -> Numbers:
    """Triangles on the mel scale, 2595 log10(1 + f / 700): bins of the transform × bands, each summing to one."""
    mel = np.linspace(_mel(LOW_HZ), _mel(high), BANDS + 2)
    edges: NDArray[np.float64] = np.asarray(700 * (10 ** (mel / 2595) - 1), np.float64)
    bins = np.arange(int(np.ceil(high * length / rate)) + 1) * rate / length
    rise: NDArray[np.float64] = (bins[:, None] - edges[:-2]) / (edges[1:-1] - edges[:-2])
    fall: NDArray[np.float64] = (edges[2:] - bins[:, None]) / (edges[2:] - edges[1:-1])
    found = np.maximum(0, np.minimum(rise, fall))
    nearest = np.abs(bins[:, None] - edges[1:-1]).argmin(axis=0)
    empty = found.sum(axis=0) == 0  # low bands narrower than a bin take the nearest one
    found[nearest[empty], np.flatnonzero(empty)] = 1.0
    return (found / found.sum(axis=0)).astype(np.float32)


def _mel(hertz: float) -> float:
    return 2595 * math.log10(1 + hertz / 700)


def _written(about: dict[str, float], peaks: NDArray[np.int8], spectrum: NDArray[np.uint8]) -> bytes:
    levels = [("peaks", ms, data) for ms, data in _coarser(peaks, PEAK_MS)]
    levels += [("spectrum", ms, data) for ms, data in _coarser(spectrum, SPECTRUM_MS)]
    levels.sort(key=lambda level: (-level[1], level[0]))
    listed: dict[str, list[dict[str, int]]] = {"peaks": [], "spectrum": []}
    at = 0
    for name, ms, data in levels:
        listed[name].append({"ms": ms, "at": at, "count": len(data)})
        at += data.nbytes
    head = msgspec.json.encode({**about, "bands": BANDS, "loudest": int(spectrum.max()), **listed})
    return b"".join([MAGIC, len(head).to_bytes(4, "little"), head, *(data.tobytes() for _, _, data in levels)])


def _coarser(finest: Bytes, ms: int) -> list[tuple[int, Bytes]]:
    """The level itself and coarser ones, each a `STEP`th of the one before, until `COARSEST_MS`."""
    levels: list[tuple[int, Bytes]] = [(ms, finest)]
    while ms < COARSEST_MS:
        ms *= STEP
        finest = _pooled(finest)
        levels.append((ms, finest))
    return levels


def _pooled(finer: Bytes) -> Bytes:
    starts = np.arange(0, len(finer), STEP)
    if finer.dtype == np.int8:
        least, most = np.minimum.reduceat(finer[:, 0], starts), np.maximum.reduceat(finer[:, 1], starts)
        return np.stack([least, most], axis=1)
    return np.maximum.reduceat(finer, starts, axis=0)
