"""Grey rolled-steel surfaces with surface defects, drawn by code from a seed.

The same seed gives the same bytes, so that a project made of them can be made again anywhere, and the truth of every
image is known: the demo's exam, its inspector and its figures rest on it.
"""

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

WIDTH: Final = 640
HEIGHT: Final = 400
LEAST_SIDE: Final = 8
"""Pixels. The rulebook's C2.2: a thinner defect gets a box of this side, centred on it."""

LABELS: Final = ("scratch", "crack", "pitting", "scale", "inclusion", "rolled_in")
DOUBLES: Final = {"scale": "rolled_in", "rolled_in": "scale"}
"""What each label is taken for on a line with worn rolls."""


@dataclass(frozen=True, slots=True)
class Defect:
    """One true defect: the tight box around what can be seen, in pixels from the top left corner.

    `doubt` is how hard it is to tell from what it looks like (`DOUBLES`): 0 is plain, 1 nobody could.
    """

    label: str
    x: int
    y: int
    w: int
    h: int
    doubt: float = 0.0


@dataclass(frozen=True, slots=True)
class Surface:
    """A JPEG of one surface (greyscale, `width` × `height` pixels) and its 0 to 4 true defects."""

    image_bytes: bytes
    width: int
    height: int
    truth: tuple[Defect, ...]


def item_name(seed: int, *, worn: bool = False) -> str:
    """The file name of a surface, as the rulebook's examples cite it: `steel-0007.jpg`; `worn-0007.jpg`."""
    return f"{'worn' if worn else 'steel'}-{seed:04d}.jpg"


@lru_cache(maxsize=256)
def draw_surface(seed: int, *, worn: bool = False) -> Surface:
    """Draw the surface of `seed` (0 or more), about 20 ms of work; from a line with `worn` rolls, if told so."""
    from guiju.samples import steel_drawing  # noqa: PLC0415 - NumPy and Pillow load only when something is drawn

    image, found = steel_drawing.draw(seed, WIDTH, HEIGHT, worn=worn)
    truth = tuple(Defect(one.label, *at_least(one.box, WIDTH, HEIGHT), doubt=one.doubt) for one in found)
    return Surface(image, WIDTH, HEIGHT, truth)


def at_least(box: tuple[int, int, int, int], width: int, height: int) -> tuple[int, int, int, int]:
    """`box` (x, y, w, h) grown to the least side about its centre, still inside the image."""
    x, w = _grown(box[0], box[2], width)
    y, h = _grown(box[1], box[3], height)
    return x, y, w, h


def _grown(start: int, length: int, limit: int) -> tuple[int, int]:
    if length >= LEAST_SIDE:
        return start, length
    centred = start - (LEAST_SIDE - length) // 2
    return max(0, min(centred, limit - LEAST_SIDE)), LEAST_SIDE
