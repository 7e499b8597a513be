"""A large picture cut into tiles of several sizes, by a process of its own: `python -m guiju.data.media.tiling`.

The result is one file: the tiles one after another, an index in JSON, and the index's length in 8 bytes. Level 0 is the
picture itself, each next level half of it, the last one fits one screen. A process of its own, since the memory that
a picture takes while it is decoded comes back only when a process ends, and a picture made to do harm ends with it.
"""

import io
import resource
import struct
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from guiju.data.intake.errors import ImageTruncated, ImageUnreadable
from guiju.data.readers.pictures import BROKEN, open_picture, sounds_truncated

if TYPE_CHECKING:
    from PIL.Image import Image

SIDE = 512
OVERVIEW = 2_048
MEMORY = 6_000_000_000
TRUNCATED, UNREADABLE = 3, 4
_LENGTH = struct.Struct(">Q")


class Level(msgspec.Struct, frozen=True):
    """`places` are where each tile begins and ends in the file, row by row."""

    width: int
    height: int
    places: list[tuple[int, int]]

    @property
    def across(self) -> int:
        return -(-self.width // SIDE)


class Index(msgspec.Struct, frozen=True):
    """`overview` is the whole picture in one piece, as a browser takes it at once."""

    media_type: str
    levels: list[Level]
    overview: tuple[int, int]


class Piece(NamedTuple):
    """Some bytes of a tiled picture, and what they are."""

    content: bytes
    media_type: str


def cut(source: Path, target: Path) -> None:
    """Write the tiles of the picture at `source`. Raises `ImageUnreadable`, `ImageTruncated`, `ImageTooLarge`."""
    from PIL import ImageOps  # noqa: PLC0415 - only what handles pictures pays for it

    image = open_picture(source.read_bytes())
    try:
        upright = ImageOps.exif_transpose(image)
    except BROKEN as error:
        raise (ImageTruncated() if sounds_truncated(error) else ImageUnreadable()) from error
    has_alpha = "A" in upright.mode or "transparency" in upright.info
    shown = eight_bits(upright).convert("RGBA" if has_alpha else "RGB")
    form = "WEBP" if has_alpha else "JPEG"
    with target.open("wb") as file:
        index = Index(f"image/{form.lower()}", [], (0, 0))
        while True:
            index.levels.append(_write_level(shown, form, file))
            if max(shown.size) <= SIDE:
                break
            if max(shown.size) <= OVERVIEW and index.overview == (0, 0):
                index = msgspec.structs.replace(index, overview=_write(shown, form, file))
            shown = shown.reduce(2)
        written = msgspec.json.encode(index)
        file.write(written + _LENGTH.pack(len(written)))


def eight_bits(image: "Image") -> "Image":
    """A picture of 16 bits or of floats as 8 bits, from its darkest to its brightest pixel."""
    if image.mode not in {"I", "F", "I;16", "I;16B", "I;16L"}:
        return image
    wide = image.convert("F")
    low, high = wide.getextrema()
    spread = (float(high) - float(low)) or 1.0  # type: ignore[arg-type]
    return wide.point(lambda value: value * (255 / spread) - float(low) * 255 / spread).convert("L")  # type: ignore[arg-type]


def _write_level(image: "Image", form: str, file: io.BufferedWriter) -> Level:
    width, height = image.size
    boxes = ((x, y) for y in range(0, height, SIDE) for x in range(0, width, SIDE))
    tiles = (image.crop((x, y, min(x + SIDE, width), min(y + SIDE, height))) for x, y in boxes)
    return Level(width, height, [_write(tile, form, file) for tile in tiles])


def _write(image: "Image", form: str, file: io.BufferedWriter) -> tuple[int, int]:
    out, start = io.BytesIO(), file.tell()
    image.save(out, form, quality=90)
    file.write(out.getvalue())
    return start, file.tell()


def read_index(path: Path) -> Index:
    with path.open("rb") as file:
        file.seek(-_LENGTH.size, io.SEEK_END)
        (length,) = _LENGTH.unpack(file.read(_LENGTH.size))
        file.seek(-_LENGTH.size - length, io.SEEK_END)
        return msgspec.json.decode(file.read(length), type=Index)


def read_piece(path: Path, index: Index, place: tuple[int, int]) -> Piece:
    with path.open("rb") as file:
        file.seek(place[0])
        return Piece(file.read(place[1] - place[0]), index.media_type)


def place_of(index: Index, level: int, x: int, y: int) -> tuple[int, int] | None:
    """Where a tile lies; `None` where there is none."""
    if not 0 <= level < len(index.levels):
        return None
    chosen = index.levels[level]
    at = y * chosen.across + x
    return chosen.places[at] if 0 <= x < chosen.across and y >= 0 and at < len(chosen.places) else None


def _main(source: str, target: str) -> Iterator[int]:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    try:
        cut(Path(source), Path(target))
    except ImageTruncated:
        yield TRUNCATED
    except (ImageUnreadable, MemoryError):
        yield UNREADABLE


if __name__ == "__main__":
    sys.exit(next(_main(*sys.argv[1:3]), 0))
