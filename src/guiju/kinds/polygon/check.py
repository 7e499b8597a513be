"""What can be wrong with polygons."""

from functools import partial

from guiju.kinds.model import FieldShape, ItemShape, Problem
from guiju.kinds.points import are_finite, are_inside, area_of, crosses_itself, rounded_points
from guiju.kinds.polygon.shape import Polygon, Polygons
from guiju.kinds.problems import problem
from guiju.kinds.shapes import ListProblems, check_shapes
from guiju.kit import N_

FEWEST_POINTS = 3
MOST_POINTS = 2_000

_LIST = ListProblems(
    too_many=problem(
        "too-many-shapes",
        N_("“{field}” has {count} polygons; an answer holds {limit}."),
        N_("Split the image, or ask the trainer whether every one of them is wanted."),
    ),
    twice=problem(
        "shape-twice",
        N_("Two polygons in “{field}” have the same id “{shape}”."),
        N_("Reload the item; if an import made them, give each polygon an id of its own."),
    ),
)
not_a_number = problem(
    "not-finite",
    N_("Polygon “{shape}” in “{field}” has a point that is no finite number."),
    N_("Draw the polygon again, or correct the file it came from."),
)
too_few_points = problem(
    "too-few-points",
    N_("Polygon “{shape}” in “{field}” has {count} different points; an outline needs {limit}."),
    N_("Add points, or delete it."),
)
too_many_points = problem(
    "too-many-points",
    N_("Polygon “{shape}” in “{field}” has {count} points; an outline holds {limit}."),
    N_("Draw it with fewer points, or simplify the file it came from."),
)
outside = problem(
    "outside-image",
    N_("Polygon “{shape}” in “{field}” reaches outside the image of {width} × {height} pixels."),
    N_("Move it inside; an import may need the image's size after rotation."),
)
no_area = problem(
    "no-area",
    N_("Polygon “{shape}” in “{field}” has no area."),
    N_("Pull its points apart, or delete it."),
)
crosses = problem(
    "crosses-itself",
    N_("The outline of polygon “{shape}” in “{field}” crosses itself."),
    N_("Move a point so that no two sides cross, or draw two polygons."),
)


def check(answer: Polygons, field: FieldShape, item: ItemShape) -> list[Problem]:
    """Known labels, ids of their own, and outlines that can be meant: finite, inside, with an area, not crossing."""
    return check_shapes(answer.shapes, field, _LIST, partial(_check_polygon, field=field, item=item))


def _check_polygon(polygon: Polygon, field: FieldShape, item: ItemShape) -> list[Problem]:
    named = {"field": field.id, "shape": polygon.id}
    if not are_finite(polygon.points):
        return [not_a_number(**named)]
    points = rounded_points(polygon.points)
    different = len(set(points))
    if different < FEWEST_POINTS:
        return [too_few_points(**named, count=different, limit=FEWEST_POINTS)]
    if len(points) > MOST_POINTS:
        return [too_many_points(**named, count=len(points), limit=MOST_POINTS)]
    problems = (
        [] if are_inside(points, item.width, item.height) else [outside(**named, width=item.width, height=item.height)]
    )
    if crosses_itself(points):
        problems.append(crosses(**named))
    elif area_of(points) <= 0:
        problems.append(no_area(**named))
    return problems
