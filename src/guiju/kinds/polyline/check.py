"""What can be wrong with polylines."""

from functools import partial

from guiju.kinds.model import FieldShape, ItemShape, Problem
from guiju.kinds.points import are_finite, are_inside, rounded_points
from guiju.kinds.polyline.shape import Polyline, Polylines
from guiju.kinds.problems import problem
from guiju.kinds.shapes import ListProblems, check_shapes
from guiju.kit import N_

FEWEST_POINTS = 2
MOST_POINTS = 2_000

_LIST = ListProblems(
    too_many=problem(
        "too-many-shapes",
        N_("“{field}” has {count} lines; an answer holds {limit}."),
        N_("Split the image, or ask the trainer whether every one of them is wanted."),
    ),
    twice=problem(
        "shape-twice",
        N_("Two lines in “{field}” have the same id “{shape}”."),
        N_("Reload the item; if an import made them, give each line an id of its own."),
    ),
)
not_a_number = problem(
    "not-finite",
    N_("Line “{shape}” in “{field}” has a point that is no finite number."),
    N_("Draw the line again, or correct the file it came from."),
)
too_few_points = problem(
    "too-few-points",
    N_("Line “{shape}” in “{field}” has {count} different points; a line needs {limit}."),
    N_("Add points, or delete it."),
)
too_many_points = problem(
    "too-many-points",
    N_("Line “{shape}” in “{field}” has {count} points; a line holds {limit}."),
    N_("Draw it with fewer points, or simplify the file it came from."),
)
outside = problem(
    "outside-image",
    N_("Line “{shape}” in “{field}” reaches outside the image of {width} × {height} pixels."),
    N_("Move it inside; an import may need the image's size after rotation."),
)


def check(answer: Polylines, field: FieldShape, item: ItemShape) -> list[Problem]:
    """Known labels, ids of their own, and lines that can be meant: finite, inside, with two different points."""
    return check_shapes(answer.shapes, field, _LIST, partial(_check_line, field=field, item=item))


def _check_line(line: Polyline, field: FieldShape, item: ItemShape) -> list[Problem]:
    named = {"field": field.id, "shape": line.id}
    if not are_finite(line.points):
        return [not_a_number(**named)]
    points = rounded_points(line.points)
    different = len(set(points))
    if different < FEWEST_POINTS:
        return [too_few_points(**named, count=different, limit=FEWEST_POINTS)]
    if len(points) > MOST_POINTS:
        return [too_many_points(**named, count=len(points), limit=MOST_POINTS)]
    return (
        [] if are_inside(points, item.width, item.height) else [outside(**named, width=item.width, height=item.height)]
    )
