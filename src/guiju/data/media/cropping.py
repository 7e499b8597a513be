"""A part of a picture, cut out of the original; of one that is seen in tiles, out of its tiles."""

import io
import threading
from typing import TYPE_CHECKING, NamedTuple

from guiju.data.intake.errors import ImageTruncated, ImageUnreadable
from guiju.data.media.errors import RegionNotOnPicture, RegionOutside, RegionTooSmall
from guiju.data.media.tiles import tiles_of_item
from guiju.data.media.tiling import SIDE, place_of, read_piece
from guiju.data.model import Item, Media
from guiju.data.readers.pictures import BROKEN, open_picture, pillow, sounds_truncated
from guiju.storage import House

if TYPE_CHECKING:
    from PIL.Image import Image

LEAST = 8
# A part is compared at 96 to 224 pixels: more than this is never cut out.
MOST_SIDE = 1_024
# A picture of 25 million pixels takes 100 MB while it is decoded: one at a time.
_decoding = threading.Lock()


class Region(NamedTuple):
    """A box in pixels of the picture as it is shown, turned upright: left, top, width, height."""

    x: int
    y: int
    w: int
    h: int

    def __str__(self) -> str:
        return f"{self.x},{self.y},{self.w},{self.h}"


def check_region(item: Item, region: Region) -> None:
    """Raises `RegionNotOnPicture`, `RegionOutside`, `RegionTooSmall`."""
    if item.media is not Media.IMAGE:
        raise RegionNotOnPicture(item=item.id)
    width, height = item.width or 0, item.height or 0
    if region.x + region.w > width or region.y + region.h > height:
        raise RegionOutside(region=str(region), width=width, height=height)
    if min(region.w, region.h) < LEAST:
        raise RegionTooSmall(width=region.w, height=region.h, least=LEAST)


def crop_region(house: House, item: Item, region: Region) -> "Image":
    """The part in at most 1,024 × 1,024 pixels. Raises as `check_region`, `BlobMissing`, `ImageUnreadable`."""
    check_region(item, region)
    cut = _from_tiles if item.is_tiled else _from_original
    try:
        part = cut(house, item, region)
        part.thumbnail((MOST_SIDE, MOST_SIDE))
    except BROKEN as error:
        raise (ImageTruncated() if sounds_truncated(error) else ImageUnreadable()) from error
    return part


def _from_original(house: House, item: Item, region: Region) -> "Image":
    from PIL import ImageOps  # noqa: PLC0415 - only what handles pictures pays for it

    with _decoding:
        upright = ImageOps.exif_transpose(open_picture(house.blobs.read(item.hash)))
        part = upright.crop((region.x, region.y, region.x + region.w, region.y + region.h))
    return part if part.mode in {"L", "RGB", "RGBA"} else part.convert("RGB")


def _from_tiles(house: House, item: Item, region: Region) -> "Image":
    """Put together from the tiles of the finest level that is no larger than needed: sixteen at most."""
    path, index = tiles_of_item(house, item)
    level = 0
    while max(region.w, region.h) >> level > MOST_SIDE and level < len(index.levels) - 1:
        level += 1
    left, top = region.x >> level, region.y >> level
    right = min(-(-(region.x + region.w) >> level), index.levels[level].width)
    bottom = min(-(-(region.y + region.h) >> level), index.levels[level].height)
    part = pillow().new("RGBA" if index.media_type == "image/webp" else "RGB", (right - left, bottom - top))
    for y in range(top // SIDE, -(-bottom // SIDE)):
        for x in range(left // SIDE, -(-right // SIDE)):
            place = place_of(index, level, x, y)
            if place is None:
                raise ImageUnreadable
            tile = open_picture(read_piece(path, index, place).content)
            part.paste(tile, (x * SIDE - left, y * SIDE - top))
    return part


def written(image: "Image", form: str, most: int | None = None) -> bytes:
    """The picture as a file of this form, in at most `most` × `most` pixels."""
    shown = image.copy()
    if most is not None:
        shown.thumbnail((most, most))
    out = io.BytesIO()
    shown.save(out, form)
    return out.getvalue()
