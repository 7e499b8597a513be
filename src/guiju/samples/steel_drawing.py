"""One steel surface: its texture, then its defects laid where there is room, then the camera.

Grey levels are float32 in 0..255 until the very end. Imports NumPy and Pillow, so `steel` loads it lazily.
"""

from io import BytesIO
from math import exp, log
from typing import NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from guiju.samples.steel_defects import DRAWERS, Grey, bright_edge, pressed, smooth

Box: TypeAlias = tuple[int, int, int, int]


class Drawn(NamedTuple):
    """One defect on a surface: its label, its tight box (x, y, w, h), and how hard it is to tell from its double."""

    label: str
    box: Box
    doubt: float = 0.0


_HOW_MANY = (0.12, 0.36, 0.28, 0.16, 0.08)
_HOW_OFTEN = (0.24, 0.15, 0.17, 0.15, 0.17, 0.12)
_HOW_OFTEN_WORN = (0.12, 0.08, 0.10, 0.34, 0.10, 0.26)
_RELIEF = 10.0
"""Grey levels: from here on a bright edge stands out of the grain, and what has one is rolled in."""
_BLUR = 0.55
_VISIBLE = 15.0
"""Grey levels: a change below this drowns in the grain, so it is outside the true box."""
_MARGIN = 12
_TRIES = 12


def draw(seed: int, width: int, height: int, *, worn: bool = False) -> tuple[bytes, list[Drawn]]:
    """The JPEG of the surface of `seed` and what was put on it.

    On a line whose rolls are `worn` scale is pressed into the plate, now hardly, now deeply: there is no gap between
    scale and rolled-in.
    """
    rng = np.random.default_rng([20_270_328, seed, 1] if worn else [20_270_328, seed])
    grey = _texture(rng, width, height)
    _stains(rng, grey)
    found = _defects(rng, grey, worn=worn)
    return _camera(rng, grey), found


def _texture(rng: np.random.Generator, width: int, height: int) -> Grey:
    """Rolled metal: streaks of several lengths along x, broad bands, and a fine grain."""
    streak = rng.uniform(0.7, 1.3)
    layers = ((height, 2, 2.2), (height, 8, 3.4), (height, 48, 4.4), (height // 2, 5, 2.6), (9, 2, 4.0), (4, 5, 5.0))
    grey = np.full((height, width), rng.uniform(122, 160), np.float32)
    for rows, columns, strength in layers:
        grey += smooth(rng, rows, columns, width, height) * np.float32(strength * streak)
    grain = rng.standard_normal((height, width + 2), np.float32)
    grey += (grain[:, :-2] + grain[:, 1:-1] + grain[:, 2:]) * np.float32(2.4)
    return grey


def _stains(rng: np.random.Generator, grey: Grey) -> None:
    """Now and then a faint water mark or a run of grinding lines: by clause C1.3 no defect, but a temptation."""
    height, width = int(grey.shape[0]), int(grey.shape[1])
    if rng.random() < 0.22:
        veil: Grey = smooth(rng, 5, 7, width, height) - np.float32(0.6)
        grey -= np.clip(veil, np.float32(0), np.float32(0.7)) * np.float32(7)
    if rng.random() < 0.18:
        top, rows = int(rng.integers(20, height - 80)), int(rng.integers(20, 60))
        lines: Grey = rng.standard_normal((rows, 1), np.float32) * np.float32(3.5)
        grey[top : top + rows] += lines


def _defects(rng: np.random.Generator, grey: Grey, *, worn: bool) -> list[Drawn]:
    found: list[Drawn] = []
    labels, often = list(DRAWERS), _HOW_OFTEN_WORN if worn else _HOW_OFTEN
    for _ in range(int(rng.choice(5, p=_HOW_MANY))):
        label = labels[int(rng.choice(len(labels), p=often))]
        between = worn and label in {"scale", "rolled_in"}
        patch = pressed(rng) if between else DRAWERS[label](rng)
        place = _room(rng, grey.shape, patch.shape, [each.box for each in found])
        if place is not None:
            told = _told_apart(patch) if between else (label, 0.0)
            found.append(Drawn(told[0], _lay(grey, patch, *place), told[1]))
    return found


def _told_apart(patch: Grey) -> tuple[str, float]:
    """What a flake is by its bright edge, and how near that edge is to drowning in the grain: 1 is undecidable."""
    edge = max(0.1, bright_edge(patch))
    return "rolled_in" if edge >= _RELIEF else "scale", exp(-((log(edge / _RELIEF) / _BLUR) ** 2))


def _room(
    rng: np.random.Generator, surface: tuple[int, ...], patch: tuple[int, ...], taken: list[Box]
) -> tuple[int, int] | None:
    """A corner (x, y) where the patch lies inside the surface and clear of every box, or None after a few tries."""
    for _ in range(_TRIES):
        x = int(rng.integers(0, surface[1] - patch[1] + 1))
        y = int(rng.integers(0, surface[0] - patch[0] + 1))
        if not any(_touch((x, y, patch[1], patch[0]), box) for box in taken):
            return x, y
    return None


def _touch(one: Box, other: Box) -> bool:
    across = one[0] < other[0] + other[2] + _MARGIN and other[0] < one[0] + one[2] + _MARGIN
    return across and one[1] < other[1] + other[3] + _MARGIN and other[1] < one[1] + one[3] + _MARGIN


def _lay(grey: Grey, patch: Grey, x: int, y: int) -> Box:
    """Add the patch at (x, y) and give back the box of what of it can be seen."""
    height, width = patch.shape
    grey[y : y + height, x : x + width] += patch
    seen = np.abs(patch) > _VISIBLE
    columns, rows = np.flatnonzero(seen.any(axis=0)), np.flatnonzero(seen.any(axis=1))
    left, top = int(columns[0]), int(rows[0])
    return x + left, y + top, int(columns[-1]) - left + 1, int(rows[-1]) - top + 1


def _camera(rng: np.random.Generator, grey: Grey) -> bytes:
    """Light from one side, corners that fall off, eight bits, JPEG."""
    lit = grey * _light(rng, *grey.shape)
    pixels: NDArray[np.uint8] = np.clip(lit, 0, 255).astype(np.uint8)
    out = BytesIO()
    Image.fromarray(pixels).save(out, "JPEG", quality=90)
    return out.getvalue()


def _light(rng: np.random.Generator, height: int, width: int) -> Grey:
    """A factor for each pixel: a soft slope across the plate, and vignetting by the distance from the middle."""
    x = np.linspace(-1, 1, width, dtype=np.float32)[None, :]
    y = np.linspace(-1, 1, height, dtype=np.float32)[:, None]
    across, down, fall = (np.float32(rng.uniform(*span)) for span in ((-0.09, 0.09), (-0.07, 0.07), (0.10, 0.17)))
    return 1 + across * x + down * y - fall * (x * x + y * y) * np.float32(0.75)
