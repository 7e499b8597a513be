"""Sounds by their spectrum over time: what a voice, a machine or a room sounds like, not what is said.

Decibels in 40 bands of the mel scale, 25 ms every 10 ms; of each band its mean, its spread, and the mean size of its
change. Loudness is taken out. At most two minutes of a sound are heard.
"""

import math
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np

from guiju.vectors.errors import BackendNotInstalled
from guiju.vectors.model import Backend, Floats, State, always, learns_nothing

BANDS = 40
SECONDS = 120
LOW_HZ, HIGH_HZ = 60.0, 7_600.0
FLOOR_DB = -90.0


def embed(paths: Sequence[Path], state: State, home: Path) -> Floats:
    """A sound that cannot be read is zeros. Raises `BackendNotInstalled`."""
    del state, home
    try:
        files = import_module("soundfile")
    except ImportError as error:
        raise BackendNotInstalled(name="sounds", package="soundfile", extra="media") from error
    return np.stack([_row(files, Path(path)) for path in paths]) if paths else np.zeros((0, 3 * BANDS), np.float32)


def _row(files: Any, path: Path) -> Floats:
    nothing = np.zeros(3 * BANDS, np.float32)
    try:
        with files.SoundFile(path) as sound:
            rate = int(sound.samplerate)
            heard = np.asarray(sound.read(SECONDS * rate, dtype="float32", always_2d=True)).mean(axis=1)
    except (RuntimeError, OSError, ValueError):  # the library's own errors are RuntimeErrors
        return nothing
    bands = _bands(heard, rate)
    if bands is None:
        return nothing
    bands = bands - bands.mean()
    change = np.abs(np.diff(bands, axis=0)).mean(axis=0) if len(bands) > 1 else np.zeros(BANDS)
    return np.concatenate([bands.mean(axis=0), bands.std(axis=0), change]).astype(np.float32)


def _bands(heard: Floats, rate: int) -> Floats | None:
    """Decibels, frames × bands; `None` of silence and of what is shorter than a frame."""
    size, step = max(int(0.025 * rate), 16), max(int(0.010 * rate), 8)
    if len(heard) < size or not np.isfinite(heard).all() or float(np.abs(heard).max()) < 1e-5:
        return None
    frames = np.lib.stride_tricks.sliding_window_view(heard, size)[::step] * np.hanning(size).astype(np.float32)
    power = np.square(np.abs(np.fft.rfft(frames, axis=1))).astype(np.float32)
    loud = power @ _filters(rate, size).T
    return np.maximum(10 * np.log10(loud / loud.max() + 1e-12), FLOOR_DB).astype(np.float32)


def _filters(rate: int, size: int) -> Floats:
    """Triangles on the mel scale, bands × bins."""
    hertz = np.fft.rfftfreq(size, 1 / rate)
    mel = 2595 * np.log10(1 + hertz / 700)
    low, high = (2595 * math.log10(1 + each / 700) for each in (LOW_HZ, min(HIGH_HZ, rate / 2)))
    edges: Floats = np.linspace(low, high, BANDS + 2).astype(np.float32)
    rising = (mel - edges[:-2, None]) / (edges[1:-1] - edges[:-2])[:, None]
    falling = (edges[2:, None] - mel) / (edges[2:] - edges[1:-1])[:, None]
    return np.maximum(0, np.minimum(rising, falling)).astype(np.float32)


BACKEND = Backend("sounds", 1, frozenset({"audio"}), False, learns_nothing, embed, always, batch=64)
