"""What can be wrong with boxes."""

from functools import partial

from guiju.kinds.box.shape import Box, Boxes, is_finite_box
from guiju.kinds.model import FieldShape, ItemShape, Problem
from guiju.kinds.problems import problem
from guiju.kinds.shapes import ListProblems, check_shapes
from guiju.kit import N_

SLACK = 0.02
"""Pixels that a box may lie outside: corner and size are rounded to .01 each, and their sum may gain as much."""

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
    N_("Box “{shape}” in “{field}” has a side or a corner that is no finite number."),
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


def check(answer: Boxes, field: FieldShape, item: ItemShape) -> list[Problem]:
    """Known labels, ids of their own, finite numbers, area, inside the image; nothing else is read of too many."""
    return check_shapes(answer.shapes, field, _LIST, partial(_check_box, field=field, item=item))


def _check_box(box: Box, field: FieldShape, item: ItemShape) -> list[Problem]:
    if not is_finite_box(box):
        return [not_a_number(field=field.id, shape=box.id)]
    if box.w <= 0 or box.h <= 0:
        return [no_area(field=field.id, shape=box.id)]
    if not _is_inside(box, item):
        return [outside(field=field.id, shape=box.id, width=item.width, height=item.height)]
    return []


def _is_inside(box: Box, item: ItemShape) -> bool:
    right, bottom = box.x + box.w, box.y + box.h
    return box.x >= 0 and box.y >= 0 and right <= item.width + SLACK and bottom <= item.height + SLACK
