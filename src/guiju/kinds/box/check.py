"""What can be wrong with boxes."""

from functools import partial

from guiju.kinds.box.options import BoxOptions
from guiju.kinds.box.plane import bounds_of, reach_of
from guiju.kinds.box.shape import Box, Boxes, is_finite_box
from guiju.kinds.model import FieldShape, ItemShape, Problem
from guiju.kinds.problems import problem
from guiju.kinds.shapes import ListProblems, check_shapes
from guiju.kit import N_

SLACK = 0.02
"""Pixels that a box may lie outside: corner and size are rounded to .01 each, and their sum may gain as much."""
ANGLE_SLACK = 0.0001
"""The same of a turned box, of each pixel between centre and corner: its angle is rounded to .01 degrees."""

_LIST = ListProblems(
    too_many=problem(
        "too-many-shapes",
        N_("“{field}” has {count} boxes; an answer holds {limit}."),
        N_("Split the image, or ask the trainer whether every one of them is wanted."),
    ),
    twice=problem(
        "shape-twice",
        N_("Two boxes in “{field}” have the same id “{shape}”."),
        N_("Reload the item; if an import made them, give each box an id of its own."),
    ),
)
not_a_number = problem(
    "not-finite",
    N_("Box “{shape}” in “{field}” has a side, a corner or an angle that is no finite number."),
    N_("Draw the box again, or correct the file it came from."),
)
no_area = problem(
    "no-area",
    N_("Box “{shape}” in “{field}” has no area."),
    N_("Drag it wider, or delete it."),
)
outside = problem(
    "outside-image",
    N_("Box “{shape}” in “{field}” reaches outside the image of {width} × {height} pixels."),
    N_("Move it inside; an import may need the image's size after rotation."),
)

turned = problem(
    "box-turned",
    N_("Box “{shape}” in “{field}” is turned by {angle}°; this field takes upright boxes."),
    N_("Draw it upright, or let the rulebook allow turned boxes: options: {option}."),
)


def check(answer: Boxes, field: FieldShape, item: ItemShape) -> list[Problem]:
    """Known labels, ids of their own, finite numbers, area, upright unless allowed, inside; too many are not read."""
    return check_shapes(answer.shapes, field, _LIST, partial(_check_box, field=field, item=item))


def _check_box(box: Box, field: FieldShape, item: ItemShape) -> list[Problem]:
    if not is_finite_box(box):
        return [not_a_number(field=field.id, shape=box.id)]
    if box.w <= 0 or box.h <= 0:
        return [no_area(field=field.id, shape=box.id)]
    if box.angle and not field.option(BoxOptions).rotate:
        return [turned(field=field.id, shape=box.id, angle=f"{box.angle:g}", option="{rotate: true}")]
    if not _is_inside(box, item):
        return [outside(field=field.id, shape=box.id, width=item.width, height=item.height)]
    return []


def _is_inside(box: Box, item: ItemShape) -> bool:
    """Every corner, of a turned box too: what a box says lies on the image."""
    left, top, right, bottom = bounds_of(box)
    if not box.angle:
        return left >= 0 and top >= 0 and right <= item.width + SLACK and bottom <= item.height + SLACK
    slack = SLACK + ANGLE_SLACK * reach_of(box)
    return min(left, top) >= -slack and right <= item.width + slack and bottom <= item.height + slack
