"""The six surface defects, each drawn as a patch of grey levels to add to the plate.

A drawer takes a random generator and returns float32 (rows, columns), positive where the plate gets brighter.
Rolling runs along x. Lines are drawn three times too large and averaged down, which is what makes them look cut
into the metal instead of painted on it.
"""

import itertools
from collections.abc import Callable, Mapping
from math import exp, log
from typing import Any, Final, TypeAlias

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFilter

Grey: TypeAlias = NDArray[np.floating[Any]]
"""(rows, columns), float32 when it runs; the stubs of NumPy widen some sums, hence the looser name."""
Points: TypeAlias = NDArray[np.floating[Any]]
"""(n, 3): x, y and the width of the stroke there, in pixels."""

_OVER = 3
_PAD = 5


def smooth(rng: np.random.Generator, rows: int, columns: int, width: int, height: int) -> Grey:
    """Noise of unit strength at rows × columns knots, interpolated to (height, width)."""
    knots = Image.fromarray(rng.standard_normal((max(rows, 2), max(columns, 2)), np.float32))
    return np.asarray(knots.resize((width, height), Image.Resampling.BICUBIC))


def scratch(rng: np.random.Generator) -> Grey:
    """Thin, bright, tapering at both ends, nearly along the rolling direction, with a dark lip below."""
    strokes = [_scratch_stroke(rng, rng.uniform(90, 330))]
    if rng.random() < 0.3:
        twin = _scratch_stroke(rng, rng.uniform(50, 120))
        twin[:, :2] += strokes[0][len(strokes[0]) // 3, :2] + (0.0, rng.uniform(4, 8))
        strokes.append(twin)
    mask = _strokes(strokes)
    skips = 0.72 + 0.28 * np.clip(smooth(rng, 2, mask.shape[1] // 9, mask.shape[1], mask.shape[0]), -1, 1)
    bright = mask * skips * np.float32(rng.uniform(62, 100))
    return bright - np.roll(mask, 2, axis=0) * np.float32(20) * (1 - mask)


def _scratch_stroke(rng: np.random.Generator, length: float) -> Points:
    along = np.linspace(0, 1, 40)
    slope, bow = rng.uniform(-0.07, 0.07), rng.uniform(-0.015, 0.015)
    across = slope * along + bow * np.sin(np.pi * along)
    taper = np.minimum(1, 4.5 * np.minimum(along + 0.03, 1.03 - along))
    return np.column_stack([along * length, across * length, rng.uniform(1.1, 2.3) * taper])


def crack(rng: np.random.Generator) -> Grey:
    """Dark and winding, widest where it began, with one to three branches; mostly across the rolling direction."""
    heading = rng.choice((-1, 1)) * rng.uniform(0.6, 1.5)
    trunk = _walk(rng, np.zeros(2), heading, int(rng.integers(26, 52)), rng.uniform(2.2, 3.4))
    strokes = [trunk]
    for _ in range(int(rng.integers(1, 4))):
        at = trunk[int(rng.integers(4, len(trunk) - 4))]
        turn = heading + rng.choice((-1, 1)) * rng.uniform(0.5, 1.1)
        strokes.append(_walk(rng, at[:2], turn, int(rng.integers(6, 17)), max(1.0, at[2] * 0.7)))
    mask = _strokes(strokes)
    lip = np.roll(mask, (1, 2), axis=(0, 1)) * (1 - mask)
    return lip * np.float32(16) - mask * np.float32(rng.uniform(72, 98))


def _walk(rng: np.random.Generator, start: Points, heading: float, steps: int, width: float) -> Points:
    """A walk that keeps its heading but jerks, as a crack does from grain to grain."""
    jerk = rng.normal(0, 0.55, steps) + rng.choice((0, -0.7, 0.7), steps, p=(0.8, 0.1, 0.1))
    angle = heading + jerk
    stride = rng.uniform(2.0, 5.0, steps)
    path = np.cumsum(np.column_stack([np.cos(angle) * stride, np.sin(angle) * stride]), axis=0)
    taper = np.linspace(1, 0.3, steps) * rng.uniform(0.7, 1.25, steps)
    return np.column_stack([path + start, np.maximum(0.6, width * taper)])


def pitting(rng: np.random.Generator) -> Grey:
    """A cluster of many small dark pits, each with a bright rim on the side away from the light."""
    count = int(rng.integers(22, 80))
    spread = np.array([rng.uniform(15, 40), rng.uniform(9, 24)])
    places = np.clip(rng.normal(0, 1, (count, 2)), -2, 2) * spread
    size = np.clip(rng.lognormal(0.85, 0.42, count), 1.3, 6.0)
    dots = [np.array([[x, y, s], [x + 0.4, y, s]]) for (x, y), s in zip(places, size, strict=True)]
    mask = _strokes(dots)
    rim = np.roll(mask, (1, 1), axis=(0, 1)) * (1 - mask)
    return rim * np.float32(26) - mask * np.float32(rng.uniform(62, 88))


def scale(rng: np.random.Generator) -> Grey:
    """An irregular dark patch with a hard, flaking edge and a mottled inside."""
    width, height = int(rng.integers(70, 170)), int(rng.integers(48, 110))
    mask = _blob(rng, width, height, edge=4.5)
    mottle = smooth(rng, height // 2, width // 7, width, height) * np.float32(8)
    mottle += smooth(rng, 3, 4, width, height) * np.float32(6)
    rim = np.clip(_blurred(mask, 2.0) - mask, 0, 1)
    return rim * np.float32(22) - mask * (np.float32(rng.uniform(34, 50)) + mottle)


def inclusion(rng: np.random.Generator) -> Grey:
    """A dark slag stringer drawn out along the rolling direction, thick in the middle, ragged at its ends."""
    length, thick = int(rng.integers(45, 130)), rng.uniform(3.5, 8.0)
    along = np.linspace(0, 1, length, dtype=np.float32)
    half = thick * np.maximum(np.sin(np.pi * along), 0) ** 0.7 * (1 + 0.3 * smooth(rng, 2, length // 8, length, 2)[0])
    middle = 2 * smooth(rng, 2, 5, length, 2)[0]
    rows = np.arange(-22, 23, dtype=np.float32)[:, None]
    ragged = smooth(rng, 45, length // 5, length, 45) * np.float32(0.8)
    mask = np.clip(half + ragged * (half > 1) - np.abs(rows - middle), 0, 1).astype(np.float32)
    mottle = smooth(rng, 20, length // 3, length, 45) * np.float32(6)
    return -_blurred(mask, 0.7) * (np.float32(rng.uniform(58, 80)) + mottle)


def rolled_in(rng: np.random.Generator) -> Grey:
    """A dent pressed in by the rolls: its edge towards the light is dark, the far edge is bright."""
    width, height = int(rng.integers(44, 96)), int(rng.integers(34, 66))
    hollow = _blurred(_blob(rng, width, height, edge=2.2), 1.5)
    down, right = np.gradient(hollow)
    shade = (down * np.float32(0.85) + right * np.float32(0.5)) * np.float32(rng.uniform(230, 320))
    debris = np.clip(smooth(rng, height // 4, width // 6, width, height) - np.float32(0.7), 0, 1) * hollow
    return (-shade - hollow * np.float32(13) - debris * np.float32(30)).astype(np.float32)


def pressed(rng: np.random.Generator) -> Grey:
    """A flake of scale that the rolls went over: dark as scale, and dented from hardly to plainly."""
    width, height = int(rng.integers(56, 120)), int(rng.integers(40, 80))
    mask = _blob(rng, width, height, edge=3.2)
    down, right = np.gradient(_blurred(mask, 1.5))
    depth = exp(rng.uniform(log(36), log(240)))
    shade = (down * np.float32(0.85) + right * np.float32(0.5)) * np.float32(depth)
    mottle = smooth(rng, height // 2, width // 7, width, height) * np.float32(7)
    return (-shade - mask * (np.float32(rng.uniform(26, 36)) + mottle)).astype(np.float32)


def bright_edge(patch: Grey) -> float:
    """How bright a patch's bright edge is: the 95th percentile of what it brightens, grey levels."""
    brighter = patch[patch > 1]
    return float(np.percentile(brighter, 95)) if brighter.size else 0.0


def _blob(rng: np.random.Generator, width: int, height: int, edge: float) -> Grey:
    """A ragged island, 1 inside and 0 outside; a larger `edge` makes a harder shore."""
    x = np.linspace(-1, 1, width, dtype=np.float32)[None, :]
    y = np.linspace(-1, 1, height, dtype=np.float32)[:, None]
    ragged = np.zeros((height, width), np.float32)
    for rows, columns, strength in ((4, 5, 0.20), (height // 7, width // 9, 0.13), (height // 2, width // 5, 0.12)):
        ragged += smooth(rng, rows, columns, width, height) * np.float32(strength)
    shore = np.float32(0.66) - (x * x + y * y) + ragged
    inside = np.clip((1 - np.maximum(np.abs(x), np.abs(y))) * np.float32(12), 0, 1)
    return (np.clip(shore * np.float32(edge), 0, 1) * inside).astype(np.float32)


def _strokes(strokes: list[Points]) -> Grey:
    """The strokes' coverage of each pixel, 0..1, on a patch just large enough for them."""
    everything = np.concatenate(strokes)[:, :2]
    corner = everything.min(axis=0) - _PAD
    size = np.ceil(everything.max(axis=0) - corner).astype(int) + _PAD
    width, height = int(size[0]), int(size[1])
    canvas = Image.new("L", (width * _OVER, height * _OVER))
    pen = ImageDraw.Draw(canvas)
    for stroke in strokes:
        _ink(pen, (stroke[:, :2] - corner) * _OVER, stroke[:, 2] * _OVER)
    small = canvas.reduce(_OVER).filter(ImageFilter.GaussianBlur(0.45))
    return np.asarray(small, np.float32) / np.float32(255)


def _ink(pen: ImageDraw.ImageDraw, points: Points, widths: Points) -> None:
    """Segments with round joints, so that a winding line has no notches."""
    spots = [(float(x), float(y), float(w) / 2) for (x, y), w in zip(points, widths, strict=True)]
    for (x0, y0, r0), (x1, y1, r1) in itertools.pairwise(spots):
        pen.line([(x0, y0), (x1, y1)], fill=255, width=max(1, round(r0 + r1)))
        pen.ellipse([x1 - r1, y1 - r1, x1 + r1, y1 + r1], fill=255)


def _blurred(mask: Grey, radius: float) -> Grey:
    """`mask` (0..1) after a Gaussian blur of `radius` pixels."""
    eight_bits = Image.fromarray((np.clip(mask, 0, 1) * np.float32(255)).astype(np.uint8))
    return np.asarray(eight_bits.filter(ImageFilter.GaussianBlur(radius)), np.float32) / np.float32(255)


Drawer: TypeAlias = Callable[[np.random.Generator], Grey]

DRAWERS: Final[Mapping[str, Drawer]] = {
    "scratch": scratch,
    "crack": crack,
    "pitting": pitting,
    "scale": scale,
    "inclusion": inclusion,
    "rolled_in": rolled_in,
}
