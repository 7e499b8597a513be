"""How far two sets of lines are apart, and one set from several.

Two lines share what of them runs along the other (`guiju.stats.shapes.lines`), within a reach of 3 pixels or 2% of the
longer one's length, whichever is more. Of a group the line that shares most with the others stands for it: the middle
of lines whose points were put in different places is nobody's line.
"""

from collections.abc import Sequence

from guiju.kinds.by_share import Group, distance_of, group
from guiju.kinds.model import Merged
from guiju.kinds.points import Points, bounds_of
from guiju.kinds.polyline.shape import Polyline, Polylines, length_of, tidy

LEAST_REACH = 3.0
REACH = 0.02


def share(one: Polyline, other: Polyline) -> float:
    """In [0, 1]; a line without length, which only an unchecked import could hold, shares nothing."""
    lengths = length_of(one.points), length_of(other.points)
    if not all(lengths) or _apart(one.points, other.points, reach := max(LEAST_REACH, REACH * max(lengths))):
        return 0.0
    from guiju.stats.shapes.lines import line_share  # noqa: PLC0415 - NumPy, and a submit never compares

    return line_share(one.points, other.points, reach)


def _apart(one: Points, other: Points, reach: float) -> bool:
    """Whether the lines' bounds already say that nothing is within reach."""
    a, b = bounds_of(one), bounds_of(other)
    across = max(a.left, b.left) - min(a.right, b.right)
    down = max(a.top, b.top) - min(a.bottom, b.bottom)
    return max(across, down) > reach


def distance(a: Polylines, b: Polylines) -> float:
    """In [0, 1], symmetric, 0 for equal answers."""
    return 0.0 if a.shapes == b.shapes else distance_of(a.shapes, b.shapes, share, _key)


def _key(line: Polyline) -> tuple[str, Points]:
    return (line.label, line.points)


def merge(answers: Sequence[Polylines]) -> Merged[Polylines] | None:
    """The merged lines from top to bottom, or `None` of nothing and where a label is tied."""
    found = group([answer.shapes for answer in answers], share, _key)
    if found is None:
        return None
    lines = sorted((_middle(one) for one in found.kept), key=lambda line: (bounds_of(line.points)[1::-1], _key(line)))
    named = tuple(Polyline(f"m{number}", line.label, line.points) for number, line in enumerate(lines, start=1))
    return Merged(tidy(Polylines(named)), found.confidence, len(answers))


def _middle(of: Group[Polyline]) -> Polyline:
    """The member that shares most with all others, under the majority's label."""
    members = sorted(of.members, key=_key)
    best = max(members, key=lambda one: sum(share(one, other) for other in members))
    return Polyline("m", of.label or "", best.points)
