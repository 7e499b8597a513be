"""A text with its spans, cut into pieces that a page can draw: each piece knows the spans that cover it. Pure."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from guiju.inspection.showing import ShownSpan

LANE = 4
"""Pixels from one underline to the next below it."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the text and the underlines below it, as `(colour, lane)`; `title` names their labels."""

    text: str
    lines: tuple[tuple[str, int], ...]
    spans: tuple[ShownSpan, ...]

    @property
    def style(self) -> str:
        """The underlines as CSS: one gradient each, the first lane closest to the text."""
        deepest = max(lane for _, lane in self.lines) + 1
        images = ",".join(f"linear-gradient({color},{color})" for color, _ in self.lines)
        places = ",".join(f"0 calc(100% - {(deepest - 1 - lane) * LANE}px)" for _, lane in self.lines)
        return (
            f"background-image:{images};background-position:{places};background-size:100% 3px;"
            f"background-repeat:no-repeat;padding-bottom:{deepest * LANE}px"
        )


def cut_text(text: str, spans: Sequence[ShownSpan]) -> list[Piece]:
    """The pieces from front to back; together they are the text."""
    ordered = sorted((one for one in spans if one.start < one.end), key=lambda one: (one.start, -one.end))
    lanes = _lanes(ordered)
    edges = sorted({0, len(text), *(min(edge, len(text)) for one in ordered for edge in (one.start, one.end))})
    covering: list[list[int]] = [[] for _ in edges]
    for number, one in enumerate(ordered):
        for place in range(bisect_left(edges, one.start), bisect_left(edges, one.end)):
            covering[place].append(number)
    return [
        Piece(
            text[left:right],
            tuple((ordered[number].label.color, lanes[number]) for number in covering[place]),
            tuple(ordered[number] for number in covering[place]),
        )
        for place, (left, right) in enumerate(pairwise(edges))
    ]


def _lanes(ordered: Sequence[ShownSpan]) -> list[int]:
    """The first lane that is free where each span begins."""
    free: list[int] = []
    lanes: list[int] = []
    for one in ordered:
        lane = next((lane for lane, until in enumerate(free) if until <= one.start), len(free))
        free[lane : lane + 1] = [one.end]
        lanes.append(lane)
    return lanes
