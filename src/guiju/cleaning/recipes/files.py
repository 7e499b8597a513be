"""What a piece's file is like: its figures for rules, its facts and a small picture for whoever looks at a preview."""

import tempfile
from base64 import b64encode
from collections.abc import Generator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from guiju.cleaning.profiles.figures.pictures import grey_of, laplacian_variance
from guiju.cleaning.profiles.figures.sounds import QUIETEST_DB, listen
from guiju.cleaning.recipes.model import FileFacts, Piece
from guiju.cleaning.recipes.steps.picture import written_in
from guiju.data import Media
from guiju.data.intake.errors import ImageTruncated, ImageUnreadable, RecordRefused
from guiju.data.media.tiling import eight_bits
from guiju.data.readers.pictures import BROKEN, is_turned, open_picture, sounds_truncated
from guiju.data.readers.sounds import demand_media
from guiju.data.sounds import samples

if TYPE_CHECKING:
    from PIL.Image import Image

SMALL = 240
_GPS = 0x8825


class PictureFigures(NamedTuple):
    """Pixels upright or not; brightness 0 to 255; sharpness as profiles take it."""

    width: int
    height: int
    brightness: float
    sharpness: float


class SoundFigures(NamedTuple):
    """Seconds, and dB of full scale."""

    seconds: float
    loudness: float


def measure_picture(content: bytes, *, pixels: bool) -> PictureFigures:
    """A picture's figures as a profile takes them; without `pixels` its header is enough.

    Raises `ImageUnreadable`, `ImageTruncated`, `ImageTooLarge`.
    """
    image = open_picture(content)
    width, height = image.size
    if not pixels:
        return PictureFigures(width, height, 128.0, float("inf"))
    try:
        grey = grey_of(image)
    except BROKEN as error:
        raise (ImageTruncated() if sounds_truncated(error) else ImageUnreadable()) from error
    return PictureFigures(width, height, float(grey.mean()), laplacian_variance(grey))


def measure_sound(piece: Piece, *, loudness: bool) -> SoundFigures:
    """A sound's figures as a profile takes them. Raises `SoundUnreadable`, `MediaExtraMissing`."""
    with _opened(piece) as sound:
        seconds = _seconds(sound)
        heard = listen(sound).get("loudness", QUIETEST_DB) if loudness else 0.0
    return SoundFigures(seconds, heard)


def _seconds(sound: Any) -> float:
    """How long it sounds: an MP3's header only guesses, and may lie."""
    if sound.format != "MP3":
        return float(sound.frames) / float(sound.samplerate)
    count = sum(len(block) for block in samples.blocks(sound))
    sound.seek(0)
    return count / float(sound.samplerate)


@contextmanager
def _opened(piece: Piece) -> Generator[Any]:
    demand_media(piece.name)
    with tempfile.NamedTemporaryFile() as file:
        file.write(piece.content or b"")
        file.flush()
        with samples.opened(Path(file.name)) as sound:
            yield sound


def facts_of(piece: Piece) -> FileFacts | None:
    """What a picture's or a sound's file is, in a line; `None` of what is written, and of what cannot be read."""
    try:
        if piece.media is Media.IMAGE:
            return _facts_of_picture(piece.content or b"")
        return _facts_of_sound(piece) if piece.media is Media.AUDIO else None
    except (RecordRefused, *BROKEN):
        return None


def _facts_of_picture(content: bytes) -> FileFacts:
    image = open_picture(content)
    width, height = reversed(image.size) if is_turned(image) else image.size
    line = f"{width} × {height} {image.format}, {_size(len(content))}"
    return FileFacts(line, written_in(image), bool(image.getexif().get_ifd(_GPS)), _small(image))


def _facts_of_sound(piece: Piece) -> FileFacts:
    with _opened(piece) as sound:
        seconds, rate = _seconds(sound), int(sound.samplerate)
        size = _size(len(piece.content or b""))
        line = f"{seconds:.2f} s, {rate:,} Hz × {int(sound.channels)} {sound.format}, {size}"
    return FileFacts(line, is_marked=False, is_located=False)


def _size(count: int) -> str:
    return f"{max(1, round(count / 1000)):,} kB"


def _small(image: "Image") -> str:
    """The picture as it is shown, small, as the address of itself."""
    from PIL import ImageOps  # noqa: PLC0415 - only what handles pictures pays for it

    image.draft("RGB", (SMALL, SMALL))
    shown = eight_bits(ImageOps.exif_transpose(image))
    shown.thumbnail((SMALL, SMALL))
    out = BytesIO()
    shown.convert("RGBA" if "A" in shown.mode else "RGB").save(out, "WEBP", quality=70)
    return f"data:image/webp;base64,{b64encode(out.getvalue()).decode()}"
