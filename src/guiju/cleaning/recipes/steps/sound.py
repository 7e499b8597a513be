"""Sounds: silence trimmed off both ends, one rate, one channel."""

import tempfile
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import msgspec

from guiju.cleaning.recipes.errors import StepFailed
from guiju.cleaning.recipes.model import Around, Piece
from guiju.cleaning.recipes.steps.model import Step
from guiju.data import Media
from guiju.data.readers.sounds import demand_media
from guiju.kit import N_

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

MOST_MINUTES = 60
_WINDOW_SECONDS = 0.02


class Options(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    trim: bool = True
    threshold: Annotated[int, msgspec.Meta(ge=-90, le=-10)] = -45
    pad: Annotated[int, msgspec.Meta(ge=0, le=5_000)] = 100
    rate: Annotated[int, msgspec.Meta(ge=0, le=192_000)] = 16_000
    mono: bool = True

    def __post_init__(self) -> None:
        if self.rate and self.rate < 4_000:
            raise ValueError("rate: 0, or at least 4000")


def remake(piece: Piece, options: Options, _: Around) -> list[Piece]:
    """The sound as FLAC; one that is like that already stays byte for byte. Nothing but silence drops."""
    samples, rate, channels = _decoded(piece)
    changed = samples
    if options.mono and channels > 1:
        changed = changed.mean(axis=1, keepdims=True, dtype="float32")
    if options.trim:
        changed = _trimmed(changed, rate, options)
        if not len(changed):
            return []
    to = options.rate or rate
    if to != rate:
        import soxr  # noqa: PLC0415 - of the extra `media`

        changed = soxr.resample(changed, rate, to)
    if to == rate and changed.shape == samples.shape:
        return [piece]
    import soundfile  # noqa: PLC0415 - of the extra `media`

    out = BytesIO()
    soundfile.write(out, changed, to, format="FLAC", subtype="PCM_16")
    return [msgspec.structs.replace(piece, content=out.getvalue())]


def _decoded(piece: Piece) -> "tuple[NDArray[np.float32], int, int]":
    demand_media(piece.name)
    from guiju.data.sounds import samples  # noqa: PLC0415 - NumPy, which only sounds need

    with tempfile.NamedTemporaryFile() as file:
        file.write(piece.content or b"")
        file.flush()
        with samples.opened(Path(file.name)) as sound:
            rate, channels = int(sound.samplerate), int(sound.channels)
            import numpy as np  # noqa: PLC0415

            held: list[Any] = []
            for block in samples.blocks(sound):
                held.append(block)
                if sum(map(len, held)) > MOST_MINUTES * 60 * rate:
                    fault = f"> {MOST_MINUTES} min"
                    raise StepFailed(place="", step=STEP.code, fault=fault)
    return (np.concatenate(held) if held else np.zeros((0, channels), "float32")), rate, channels


def _trimmed(block: "NDArray[np.float32]", rate: int, options: Options) -> "NDArray[np.float32]":
    """From the first to the last window that is louder than the threshold, with a little before and behind."""
    import numpy as np  # noqa: PLC0415 - only what handles sounds pays for it

    size = max(1, int(rate * _WINDOW_SECONDS))
    loud = np.abs(block).max(axis=1) if len(block) else np.zeros(0)
    windows = np.add.reduceat(loud**2, np.arange(0, len(loud), size)) / size if len(loud) else loud
    heard = np.flatnonzero(np.sqrt(windows) > 10 ** (options.threshold / 20))
    if not len(heard):
        return block[:0]
    pad = options.pad * rate // 1000
    return block[max(0, int(heard[0]) * size - pad) : min(len(block), (int(heard[-1]) + 1) * size + pad)]


STEP = Step(
    "sound",
    N_("Sounds: silence, rate, channels"),
    N_("Silence at both ends is trimmed; every sound in one rate and one channel, as FLAC."),
    frozenset({Media.AUDIO}),
    Options,
    remake,
    {
        "trim": N_("Trim silence at both ends"),
        "threshold": N_("Silence is below (dB of full scale)"),
        "pad": N_("Left before and behind (ms)"),
        "rate": N_("Samples a second (0: as it is)"),
        "mono": N_("One channel"),
    },
)
