"""Pictures by their colours and edges, with nothing but NumPy and Pillow.

The picture at 96 × 96: a histogram of 4 × 4 × 4 colours in each of 2 × 2 parts, and in each of 6 × 6 cells eight
directions of the edge, weighted by its strength and scaled within blocks of 2 × 2 cells. Square roots of both, so that
many small agreements weigh as much as one large.
Source: Dalal & Triggs 2005, Histograms of Oriented Gradients, doi:10.1109/CVPR.2005.177.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from guiju.vectors.model import Backend, Floats, State, always, learns_nothing

SIDE, CELLS, WAYS, SHADES, PARTS = 96, 6, 8, 4, 2
DIMENSIONS = PARTS * PARTS * SHADES**3 + CELLS * CELLS * WAYS
MOST_PIXELS = 200_000_000


def embed(paths: Sequence[Path], state: State, home: Path) -> Floats:
    """A picture that cannot be read is zeros."""
    del state, home
    return np.stack([_row(Path(path)) for path in paths]) if paths else np.zeros((0, DIMENSIONS), np.float32)


def _row(path: Path) -> Floats:
    pixels = read_picture(path, SIDE)
    return np.zeros(DIMENSIONS, np.float32) if pixels is None else np.concatenate([_colours(pixels), _edges(pixels)])


def read_picture(path: Path, side: int) -> NDArray[np.uint8] | None:
    """side × side × 3, seen as it is shown; `None` where it cannot be decoded."""
    from PIL import Image, ImageOps, UnidentifiedImageError  # noqa: PLC0415 - only what handles pictures pays for it

    try:
        with Image.open(path) as image:
            if image.width * image.height > MOST_PIXELS:
                return None
            image.draft("RGB", (side * 2, side * 2))
            upright: Any = ImageOps.exif_transpose(image)
            return np.asarray(upright.convert("RGB").resize((side, side), Image.Resampling.BILINEAR), np.uint8)
    except (OSError, UnidentifiedImageError, ValueError, SyntaxError, Image.DecompressionBombError):
        return None


def _colours(pixels: NDArray[np.uint8]) -> Floats:
    """Each part's histogram at length 1/2, so that colours weigh as much as edges."""
    half = SIDE // PARTS
    codes = (pixels // (256 // SHADES)).astype(np.int64) @ np.array([SHADES * SHADES, SHADES, 1])
    parts = [codes[y : y + half, x : x + half] for y in range(0, SIDE, half) for x in range(0, SIDE, half)]
    shares = np.concatenate([np.bincount(part.ravel(), minlength=SHADES**3) for part in parts]) / codes.size
    return np.sqrt(shares).astype(np.float32)


def _edges(pixels: NDArray[np.uint8]) -> Floats:
    grey = pixels.astype(np.float32) @ np.array([0.299, 0.587, 0.114], np.float32)
    down, across = np.gradient(grey)
    strength = np.hypot(down, across)
    way = ((np.arctan2(down, across) % np.pi) / np.pi * WAYS).astype(np.int64) % WAYS
    rows, columns = np.indices(grey.shape) // (SIDE // CELLS)
    bins = ((rows * CELLS + columns) * WAYS + way).ravel()
    cells = np.bincount(bins, strength.ravel(), CELLS * CELLS * WAYS).reshape(CELLS, CELLS, WAYS)
    around = np.sqrt(_spread(np.square(cells).sum(axis=2)))[..., None]
    scaled = np.sqrt(cells / (around + 20.0)).ravel()
    length = float(np.linalg.norm(scaled))
    return (scaled / length if length > 0 else scaled).astype(np.float32)


def _spread(energy: NDArray[np.float64]) -> NDArray[np.float64]:
    """The energy of the 3 × 3 cells around each."""
    padded = np.pad(energy, 1, mode="edge")
    return sum((padded[y : y + CELLS, x : x + CELLS] for y in range(3) for x in range(3)), np.zeros_like(energy))


BACKEND = Backend("colours", 1, frozenset({"image"}), False, learns_nothing, embed, always, batch=256)
