"""What can be wrong with figures of keypoints."""

from functools import partial
from math import isfinite

from guiju.kinds.keypoint.options import joints_of
from guiju.kinds.keypoint.shape import Figure, Figures, places_of
from guiju.kinds.model import FieldShape, ItemShape, Problem
from guiju.kinds.points import are_inside, rounded_points
from guiju.kinds.problems import problem
from guiju.kinds.shapes import ListProblems, check_shapes
from guiju.kit import N_

_LIST = ListProblems(
    too_many=problem(
        "too-many-shapes",
        N_("“{field}” has {count} figures; an answer holds {limit}."),
        N_("Split the image, or ask the trainer whether every one of them is wanted."),
    ),
    twice=problem(
        "shape-twice",
        N_("Two figures in “{field}” have the same id “{shape}”."),
        N_("Reload the item; if an import made them, give each figure an id of its own."),
    ),
)
not_a_number = problem(
    "not-finite",
    N_("Figure “{shape}” in “{field}” has a point that is no finite number."),
    N_("Put the point again, or correct the file it came from."),
)
other_figure = problem(
    "wrong-number-of-points",
    N_("Figure “{shape}” in “{field}” has {count} points; the rulebook's figure has {limit}."),
    N_("Reload the item: the rulebook may be newer. An import must have all points, absent ones as 0, 0, 0."),
)
nothing_there = problem(
    "no-point-put",
    N_("Figure “{shape}” in “{field}” has no point that is in the image."),
    N_("Put a point, or delete the figure."),
)
outside = problem(
    "outside-image",
    N_("Figure “{shape}” in “{field}” reaches outside the image of {width} × {height} pixels."),
    N_("Move it inside; an import may need the image's size after rotation."),
)


def check(answer: Figures, field: FieldShape, item: ItemShape) -> list[Problem]:
    """Known labels, ids of their own, and figures that can be meant: all points said, one at least there, inside."""
    return check_shapes(answer.shapes, field, _LIST, partial(_check_figure, field=field, item=item))


def _check_figure(figure: Figure, field: FieldShape, item: ItemShape) -> list[Problem]:
    named = {"field": field.id, "shape": figure.id}
    joints = joints_of(field)
    if joints and len(figure.points) != len(joints):
        return [other_figure(**named, count=len(figure.points), limit=len(joints))]
    if not all(isfinite(x) and isfinite(y) for x, y, _ in figure.points):
        return [not_a_number(**named)]
    places = rounded_points(places_of(figure.points))
    if not places:
        return [nothing_there(**named)]
    return (
        [] if are_inside(places, item.width, item.height) else [outside(**named, width=item.width, height=item.height)]
    )
