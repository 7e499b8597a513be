"""What is measured of a picture: its shorter side, its sides' ratio, brightness and sharpness."""

import io
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from guiju.cleaning.profiles.figures.columns import Measured
from guiju.data import Item
from guiju.data.media.store import place_of
from guiju.data.media.tiles import ENDING
from guiju.data.media.tiling import eight_bits, read_index, read_piece
from guiju.data.readers.pictures import BROKEN, pillow
from guiju.storage import BlobMissing, House

if TYPE_CHECKING:
    from PIL.Image import Image

SIDE = 1_024


def look(house: House, item: Item) -> Measured:
    """The figures of a picture; where it cannot be read, those of its row and what is wrong."""
    width, height = item.width or 1, item.height or 1
    amounts = {"side": float(min(width, height)), "aspect": width / height}
    choices = {"format": item.media_type or "", "state": "whole"}
    try:
        grey, choices["mode"] = read_grey(house, item)
    except BlobMissing:
        return Measured(amounts, {**choices, "state": "missing"})
    except FileNotFoundError:
        return Measured(amounts, {**choices, "state": "large"})
    except BROKEN:
        return Measured(amounts, {**choices, "state": "unreadable"})
    amounts["brightness"] = float(grey.mean())
    amounts["sharpness"] = laplacian_variance(grey)
    return Measured(amounts, choices)


def read_grey(house: House, item: Item, side: int = SIDE) -> tuple[NDArray[np.float32], str]:
    """A picture in grey, no longer than `side`, and its mode; of a tiled one the overview.

    Raises `BlobMissing`, `FileNotFoundError` when there are no tiles, and what Pillow raises on damaged bytes.
    """
    content = house.blobs.read(item.hash)
    mode = ""
    if item.is_tiled:
        mode = str(pillow().open(io.BytesIO(content)).mode)
        tiles = place_of(house, item.hash, ENDING)
        index = read_index(tiles)
        content = read_piece(tiles, index, index.overview).content
    image = pillow().open(io.BytesIO(content))
    mode = mode or str(image.mode)
    return grey_of(image, side), mode


def grey_of(image: "Image", side: int = SIDE) -> NDArray[np.float32]:
    """A picture in grey, no longer than `side`. Raises what Pillow raises on damaged bytes."""
    image.draft("L", (side, side))
    shown = eight_bits(image).convert("L")
    if max(shown.size) > side:
        shown.thumbnail((side, side))
    return np.asarray(shown, np.float32)


def laplacian_variance(grey: NDArray[np.float32]) -> float:
    """The variance of the picture's second differences: small where nothing has an edge (Pech-Pacheco, 2000)."""
    if min(grey.shape) < 3:
        return 0.0
    inner = -4 * grey[1:-1, 1:-1]
    inner += grey[:-2, 1:-1]
    inner += grey[2:, 1:-1]
    inner += grey[1:-1, :-2]
    inner += grey[1:-1, 2:]
    return float(inner.var())
