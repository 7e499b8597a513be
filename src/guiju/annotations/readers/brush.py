"""The run lengths in which Label Studio keeps what was brushed: bits, of four channels a pixel, in rows.

32 bits say how many values there are, 5 how long a value is (less one), four times 4 how long a count may be (less
one). Then blocks: a bit that says whether one value is repeated, 2 that pick the length of the count, the count (less
one), and the value, or so many values. Each pixel is red, green, blue and alpha; brushed is what has any alpha.
"""

from itertools import pairwise

from guiju.kinds.runs import write_runs

MOST_PIXELS = 400_000_000
CHANNELS = 4


class BrokenBrushError(ValueError):
    """The bytes end too early, or say something else than they should."""


class _Bits:
    def __init__(self, content: bytes) -> None:
        self._content, self._at, self._length = content, 0, len(content) * 8

    def read(self, count: int) -> int:
        end = self._at + count
        if end > self._length:
            raise BrokenBrushError("what was brushed ends too early")
        first, last = self._at // 8, (end + 7) // 8
        word = int.from_bytes(self._content[first:last], "big")
        self._at = end
        return word >> (last * 8 - end) & (1 << count) - 1


def brushed(content: bytes, wide: int, tall: int) -> str:
    """COCO's run lengths of the pixels with any alpha. Raises `BrokenBrushError`."""
    bits = _Bits(content)
    length, word = bits.read(32), bits.read(5) + 1
    if length != wide * tall * CHANNELS or not 0 < wide * tall <= MOST_PIXELS:
        raise BrokenBrushError(f"what was brushed has {length} values and not those of {wide} × {tall} pixels")
    counts = [bits.read(4) + 1 for _ in range(4)]
    stretches: list[tuple[int, int]] = []
    at = 0
    while at < length:
        repeated = bits.read(1)
        end = at + 1 + bits.read(counts[bits.read(2)])
        if end > length:
            raise BrokenBrushError("what was brushed has more values than it says")
        if repeated:
            stretches += [_pixels(at, end)] if bits.read(word) else []
        else:
            values = [bits.read(word) for _ in range(at, end)]
            stretches += [_pixels(at + n, at + n + 1) for n, value in enumerate(values) if value]
        at = end
    return _in_columns([one for one in stretches if one[0] < one[1]], wide, tall)


def _pixels(begin: int, end: int) -> tuple[int, int]:
    """The pixels whose alpha, the last of their four values, is among these values."""
    return begin // CHANNELS, end // CHANNELS


def _in_columns(stretches: list[tuple[int, int]], wide: int, tall: int) -> str:
    """Stretches of pixels in rows as lengths down the columns."""
    import numpy as np  # noqa: PLC0415 - heavy, and only this format paints

    painted = np.zeros(wide * tall, bool)
    for begin, end in stretches:
        painted[begin:end] = True
    column = np.asfortranarray(painted.reshape(tall, wide)).ravel(order="F")
    edges: list[int] = (np.flatnonzero(column[1:] != column[:-1]) + 1).tolist()
    lengths = [after - before for before, after in pairwise([0, *edges, wide * tall])]
    return write_runs([0, *lengths] if bool(column[0]) else lengths)
