"""What is measured of a sound: duration, rate, channels, loudness, silence, clipping."""

import numpy as np

from guiju.cleaning.profiles.figures.columns import Measured
from guiju.data import Item
from guiju.data.intake.errors import MediaExtraMissing, RecordRefused
from guiju.data.sounds import samples
from guiju.storage import House

FRAME_MS = 20
SILENT_DB = -50.0
QUIETEST_DB = -96.0
FULL = 0.999


def look(house: House, item: Item) -> Measured:
    """The figures of a sound; where it cannot be read, those of its row and what is wrong."""
    amounts = {"duration": (item.duration or 0) / 1000}
    choices = {"format": item.media_type or "", "state": "whole"}
    path = house.blobs.path(item.hash)
    if not path.is_file():
        return Measured(amounts, {**choices, "state": "missing"})
    try:
        with samples.opened(path) as sound:
            amounts["rate"] = float(sound.samplerate)
            choices["channels"] = str(int(sound.channels))
            amounts.update(listen(sound))
    except MediaExtraMissing:
        choices["state"] = "unmeasured"
    except RecordRefused:
        choices["state"] = "unreadable"
    return Measured(amounts, choices)


def listen(sound: object) -> dict[str, float]:
    """Loudness in dBFS, clipping and silence as shares; block by block: an hour takes no more memory than a minute."""
    frame = max(1, int(sound.samplerate) * FRAME_MS // 1000)  # type: ignore[attr-defined]
    energy, count, clipped, silent, frames = 0.0, 0, 0, 0, 0
    for block in samples.blocks(sound, frame * 4_096):
        flat = np.abs(block)
        clipped += int((flat >= FULL).sum())
        power = np.square(block, dtype=np.float64).mean(axis=1)
        energy += float(power.sum())
        count += len(power)
        whole = power[: len(power) // frame * frame].reshape(-1, frame).mean(axis=1)
        frames += len(whole)
        silent += int((whole < 10 ** (SILENT_DB / 10)).sum())
    if not count:
        return {}
    loudness = max(QUIETEST_DB, 10 * float(np.log10(max(energy / count, 1e-12))))
    channels = max(1, int(sound.channels))  # type: ignore[attr-defined]
    found = {"loudness": loudness, "clipping": clipped / (count * channels)}
    return {**found, "silence": silent / frames} if frames else found
