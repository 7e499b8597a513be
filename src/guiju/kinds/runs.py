"""Run lengths of masks as COCO writes them into a string, without NumPy: reading and checking is on every submit.

The pixels go down each column, columns from left to right; the lengths of background and foreground alternate, the
background first. From the fourth length on the difference to the one before the last is written, each number in groups
of five bits, the lowest first, as the characters from `0` on; a group's sixth bit says that another follows.

The work is left to `re`, `map` and `accumulate`, so that a run costs a tenth of a microsecond and no more memory than
its number.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate
from math import ceil, floor
from operator import sub
from typing import NamedTuple

_GROUPS = re.compile(r"[P-o]{0,6}[0-O]")
"""One number: at most seven groups, which hold 34 bits and a sign; no picture needs more."""
_ZERO, _MORE, _SIGN, _BITS = ord("0"), 0x20, 0x10, 5
_KEPT = 3
"""Numbers of up to that many groups are remembered: there are no more than 17,000 of them."""


class _Numbers(dict[str, int]):
    def __missing__(self, groups: str) -> int:
        number = 0
        for place, group in enumerate(groups):
            number |= (ord(group) - _ZERO & _MORE - 1) << _BITS * place
        if ord(groups[-1]) - _ZERO & _SIGN:
            number -= 1 << _BITS * len(groups)
        if len(groups) <= _KEPT:
            self[groups] = number
        return number


class _Groups(dict[int, str]):
    def __missing__(self, number: int) -> str:
        left, written = number, ""
        while True:
            group, left = left & _MORE - 1, left >> _BITS
            last = left == (-1 if group & _SIGN else 0)
            written += chr(_ZERO + (group if last else group | _MORE))
            if last:
                break
        if len(written) <= _KEPT:
            self[number] = written
        return written


_numbers, _groups = _Numbers(), _Groups()


def read_runs(counts: str) -> list[int] | None:
    """The lengths as they are written, or `None` where the text says no lengths."""
    groups = _GROUPS.findall(counts)
    if not groups or sum(map(len, groups)) != len(counts):
        return None
    written = [_numbers[each] for each in groups]
    runs = written[:1] + [0] * (len(written) - 1)
    runs[1::2] = accumulate(written[1::2])
    runs[2::2] = accumulate(written[2::2])
    return None if min(runs) < 0 else runs


def write_runs(runs: Sequence[int]) -> str:
    """The lengths in COCO's short form."""
    return "".join(map(_groups.__getitem__, (*runs[:3], *map(sub, runs[3:], runs[1:]))))


def plain_runs(runs: Sequence[int]) -> list[int]:
    """The one way to write a mask: no length is 0 except the first, where the first pixel is foreground."""
    found = list(runs[:1])
    for place, run in enumerate(runs[1:], start=1):
        if not run:
            continue
        if (len(found) - place) % 2:
            found[-1] += run
        else:
            found.append(run)
    return found


def fill_rings(rings: Iterable[Sequence[tuple[float, float]]], wide: int, tall: int) -> list[int]:
    """The pixels of a picture whose middles lie in any of the rings; inside is what a line from afar crosses oddly."""
    found = sorted(stretch for ring in rings for stretch in _stretches(ring, wide, tall))
    runs, place = list[int](), 0
    for begin, end in found:
        if end > place:
            runs += [max(begin, place) - place, end - max(begin, place)]
            place = end
    return plain_runs([*runs, wide * tall - place])


def _stretches(ring: Sequence[tuple[float, float]], wide: int, tall: int) -> Iterator[tuple[int, int]]:
    """Column by column, where the foreground begins and ends."""
    sides = [pair for pair in zip(ring, (*ring[1:], *ring[:1]), strict=True) if pair[0][0] != pair[1][0]]
    left, right = (bound([x for x, _ in ring], default=0.0) for bound in (min, max))
    for column in range(max(0, floor(left)), min(wide, ceil(right))):
        middle = column + 0.5
        met = sorted(
            y + (middle - x) / (next_x - x) * (next_y - y)
            for (x, y), (next_x, next_y) in sides
            if (x > middle) != (next_x > middle)
        )
        for low, high in zip(met[::2], met[1::2], strict=False):
            begin, end = max(0, ceil(low - 0.5)), min(tall, ceil(high - 0.5))
            if end > begin:
                yield column * tall + begin, column * tall + end


class Extent(NamedTuple):
    """Where the foreground lies, in whole pixels, and how many there are."""

    left: int
    top: int
    width: int
    height: int
    area: int


def extent_of(runs: Sequence[int], tall: int) -> Extent:
    """Of lengths in columns of `tall` pixels; of nothing, nothing."""
    begins, ends = foreground(runs)
    if not begins:
        return Extent(0, 0, 0, 0, 0)
    left, right = begins[0] // tall, (ends[-1] - 1) // tall
    tops = [begin % tall for begin in begins]
    crosses = any(top + end - begin > tall for top, begin, end in zip(tops, begins, ends, strict=True))
    top = 0 if crosses else min(tops)
    bottom = tall if crosses else max((end - 1) % tall for end in ends) + 1
    return Extent(left, top, right - left + 1, bottom - top, sum(runs[1::2]))


def foreground(runs: Sequence[int]) -> tuple[list[int], list[int]]:
    """Where the stretches of foreground begin and where they end, those without a pixel left out."""
    edges = list(accumulate(runs))
    begins, ends = edges[0::2], edges[1::2]
    pairs = [(begin, end) for begin, end in zip(begins, ends, strict=False) if end > begin]
    return [begin for begin, _ in pairs], [end for _, end in pairs]


def share_pixels(several: Iterable[Sequence[int]]) -> bool:
    """Whether two of the masks have a pixel in common."""
    begins: list[int] = []
    ends: list[int] = []
    for runs in several:
        begin, end = foreground(runs)
        begins += begin
        ends += end
    begins.sort()
    ends.sort()
    # Stretches lie apart if and only if, each list in order, every one ends before the next begins.
    return any(end > begin for end, begin in zip(ends, begins[1:], strict=False))
