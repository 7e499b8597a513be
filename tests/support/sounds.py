"""Sounds that tests make themselves: tones, noise, silence, and something that a detector takes for a voice."""

from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
import soundfile
from numpy.typing import NDArray

RATE = 16_000
Samples = NDArray[np.float64]


def tone(seconds: float, hertz: float = 440.0, loud: float = 0.5, rate: int = RATE) -> Samples:
    return loud * np.sin(2 * np.pi * hertz * np.arange(round(seconds * rate)) / rate)


def silence(seconds: float, rate: int = RATE) -> Samples:
    return np.zeros(round(seconds * rate))


def noise(seconds: float, loud: float = 0.1, rate: int = RATE) -> Samples:
    return np.random.default_rng(7).normal(0, loud, round(seconds * rate))


def sound_bytes(samples: Samples, kind: str = "WAV", rate: int = RATE, **options: Any) -> bytes:
    out = BytesIO()
    soundfile.write(out, samples, rate, format=kind, **options)
    return out.getvalue()


def write_sound(path: Path, samples: Samples, rate: int = RATE) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(sound_bytes(samples, path.suffix[1:].upper(), rate))
    return path


def voice(seconds: float) -> NDArray[np.float64]:
    """Syllables: a buzz at 120 to 160 Hz through two formants, four times a second."""
    count = round(seconds * RATE)
    time = np.arange(count) / RATE
    pitch = 140 + 20 * np.sin(2 * np.pi * 2 * time)
    phase = np.cumsum(pitch) / RATE
    found = np.zeros(count)
    for harmonic in range(1, 28):
        hertz = harmonic * 140
        gain = np.exp(-(((hertz - 650) / 250) ** 2)) + 0.6 * np.exp(-(((hertz - 1500) / 300) ** 2)) + 0.02
        found += gain * np.sin(2 * np.pi * harmonic * phase)
    return 0.25 * found * (0.15 + np.clip(np.sin(2 * np.pi * 2 * time), 0, 1)) / np.abs(found).max()
