"""What can be wrong with boxes."""

from collections import Counter

from guiju.kinds.box.shape import Box, Boxes, is_finite_box
from guiju.kinds.model import FieldShape, ItemShape, Problem
from guiju.kinds.problems import problem, unknown_label
from guiju.kit import N_

MOST_SHAPES = 5_000
SLACK = 0.02
"""Pixels that a box may lie outside: corner and size are rounded to .01 each, and their sum may gain as much."""

too_many_shapes = problem(
    "too-many-shapes",
    N_("“{field}” has {count} boxes; an answer holds {limit}."),
    N_("Split the image, or ask the trainer whether every one of them is wanted."),
)
shape_twice = problem(
    "shape-twice",
    N_("Two boxes in “{field}” have the same id “{shape}”."),
    N_("Reload the item; if an import made them, give each box an id of its own."),
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
    count = len(answer.shapes)
    if count > MOST_SHAPES:
        return [too_many_shapes(field=field.id, count=count, limit=MOST_SHAPES)]
    problems = [found for box in answer.shapes for found in _check_box(box, field, item)]
    ids = Counter(box.id for box in answer.shapes)
    if len(ids) < count:
        problems += [shape_twice(field=field.id, shape=shape) for shape, times in ids.items() if times > 1]
    return problems


def _check_box(box: Box, field: FieldShape, item: ItemShape) -> list[Problem]:
    problems: list[Problem] = []
    if box.label not in field.rank:
        problems.append(unknown_label(field=field.id, label=box.label, shape=box.id))
    if not is_finite_box(box):
        problems.append(not_a_number(field=field.id, shape=box.id))
    elif box.w <= 0 or box.h <= 0:
        problems.append(no_area(field=field.id, shape=box.id))
    elif not _is_inside(box, item):
        problems.append(outside(field=field.id, shape=box.id, width=item.width, height=item.height))
    return problems


def _is_inside(box: Box, item: ItemShape) -> bool:
    right, bottom = box.x + box.w, box.y + box.h
    return box.x >= 0 and box.y >= 0 and right <= item.width + SLACK and bottom <= item.height + SLACK
