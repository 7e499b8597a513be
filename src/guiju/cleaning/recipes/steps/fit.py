"""Pictures and sounds that are not fit for work are dropped: too small, blurred, dark, short or quiet."""

from typing import Annotated, Any

import msgspec

from guiju.cleaning.recipes.model import Around, Piece
from guiju.cleaning.recipes.steps.model import Step
from guiju.data import Media
from guiju.kit import N_

Side = Annotated[int, msgspec.Meta(ge=0, le=65_500)]
Grey = Annotated[int, msgspec.Meta(ge=0, le=255)]
Seconds = Annotated[int, msgspec.Meta(ge=0, le=14_400)]


class Options(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    side: Side = 64
    sharpness: Annotated[int, msgspec.Meta(ge=0, le=100_000)] = 0
    darkest: Grey = 0
    brightest: Grey = 255
    shortest: Annotated[int, msgspec.Meta(ge=0, le=3_600_000)] = 0
    longest: Seconds = 0
    loudness: Annotated[int, msgspec.Meta(ge=-96, le=0)] = -96


def choose(piece: Piece, options: Options, _: Around) -> list[Piece]:
    """The piece itself, or nothing. Raises what reading it raises: what cannot be measured is not dropped."""
    fits = _picture_fits if piece.media is Media.IMAGE else _sound_fits
    return [piece] if fits(piece, options) else []


def _picture_fits(piece: Piece, options: Options) -> bool:
    from guiju.cleaning.recipes.files import measure_picture  # noqa: PLC0415 - NumPy, which only files need

    content = piece.content or b""
    found = measure_picture(content, pixels=bool(options.sharpness or options.darkest or options.brightest < 255))
    if min(found.width, found.height) < options.side:
        return False
    return found.sharpness >= options.sharpness and options.darkest <= found.brightness <= options.brightest


def _sound_fits(piece: Piece, options: Options) -> bool:
    from guiju.cleaning.recipes.files import measure_sound  # noqa: PLC0415 - NumPy, which only files need

    found = measure_sound(piece, loudness=options.loudness > -96)
    if found.seconds * 1000 < options.shortest or (options.longest and found.seconds > options.longest):
        return False
    return found.loudness >= options.loudness


_WORDS: dict[str, Any] = {
    "side": N_("Pictures: shorter side at least (pixels)"),
    "sharpness": N_("Pictures: sharpness at least (0: any; under 50 is blurred)"),
    "darkest": N_("Pictures: brightness at least (0 to 255)"),
    "brightest": N_("Pictures: brightness at most (0 to 255)"),
    "shortest": N_("Sounds: at least (ms)"),
    "longest": N_("Sounds: at most (seconds; 0: any)"),
    "loudness": N_("Sounds: loudness at least (dB of full scale; −96: any)"),
}

STEP = Step(
    "fit",
    N_("Drop unfit pictures and sounds"),
    N_("Pictures that are too small, blurred, dark or bright go, and sounds that are too short, long or quiet."),
    frozenset({Media.IMAGE, Media.AUDIO}),
    Options,
    choose,
    _WORDS,
)
