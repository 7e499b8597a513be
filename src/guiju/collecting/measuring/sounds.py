"""A recording: how long, how loud, how much of it is cut off or silent, how loud its background is."""

from pathlib import Path

import numpy as np

from guiju.cleaning.profiles.figures.sounds import QUIETEST_DB, listen
from guiju.collecting.errors import SoundRunsOn, WrongContent
from guiju.data.readers.sounds import HEAD, media_type_of
from guiju.data.sounds import samples
from guiju.data.sounds.waves import look_through

FRAME_MS = 50
BACKGROUND = 10
"""The percentile of frames that counts as background."""


def check_content(path: Path) -> str:
    """The type by the first bytes. Raises `WrongContent`."""
    with path.open("rb") as file:
        found = media_type_of(file.read(HEAD))
    if found is None:
        raise WrongContent(mode="sound")
    return found


def measure(path: Path, longest: float) -> tuple[str, dict[str, float], bytes]:
    """Its type, its measures, and what is drawn of it.

    Raises `WrongContent`, `SoundRunsOn` before it is decoded further than `longest` seconds, and what
    `data.sounds.samples` raises of sounds that are cut off, empty or unreadable.
    """
    check_content(path)
    noise = _background(path, longest)
    with samples.opened(path) as sound:
        heard, rate = listen(sound), float(sound.samplerate)
    seen = look_through(path)
    measures = {
        "seconds": seen.duration / 1000,
        "rate": rate,
        "level": heard.get("loudness", QUIETEST_DB),
        "clipping": 100 * heard.get("clipping", 0.0),
        "silence": 100 * heard.get("silence", 1.0),
        "noise": noise,
    }
    return seen.media_type, measures, seen.wave


def _background(path: Path, longest: float) -> float:
    """The level in dBFS under which the quietest tenth of the sound lies. Raises `SoundRunsOn`."""
    samples.check_whole(path)
    with samples.opened(path) as sound:
        samples.check_header(sound)
        most, count = int(longest * sound.samplerate), 0
        frame = max(1, int(sound.samplerate) * FRAME_MS // 1000)
        powers: list[float] = []
        for block in samples.blocks(sound, frame * 1_024):
            count += len(block)
            if count > most:
                raise SoundRunsOn(limit=round(longest))
            power = np.square(samples.mono(block), dtype=np.float64)
            whole = power[: len(power) // frame * frame].reshape(-1, frame).mean(axis=1)
            powers += whole.tolist()
        samples.check_count(sound, count)
    if not powers:
        return QUIETEST_DB
    return max(QUIETEST_DB, 10 * float(np.log10(max(float(np.percentile(powers, BACKGROUND)), 1e-12))))
