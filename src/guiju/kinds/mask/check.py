"""What can be wrong with masks."""

from functools import partial

from guiju.kinds.mask.shape import MOST_CHARACTERS, Mask, MaskOptions, Masks, is_readable
from guiju.kinds.model import FieldShape, ItemShape, Problem
from guiju.kinds.problems import problem
from guiju.kinds.runs import read_runs, share_pixels
from guiju.kinds.shapes import ListProblems, check_shapes
from guiju.kit import N_

_LIST = ListProblems(
    too_many=problem(
        "too-many-shapes",
        N_("“{field}” has {count} masks; an answer holds {limit}."),
        N_("Split the image, or ask the trainer whether every one of them is wanted."),
    ),
    twice=problem(
        "shape-twice",
        N_("Two masks in “{field}” have the same id “{shape}”."),
        N_("Reload the item; if an import made them, give each mask an id of its own."),
    ),
)
too_detailed = problem(
    "too-detailed",
    N_("The masks in “{field}” take {count} characters of run lengths; an answer holds {limit}."),
    N_("Smooth their edges, remove loose pixels, or split the image."),
)
other_size = problem(
    "other-size",
    N_("Mask “{shape}” in “{field}” is of a picture of {wide} × {high} pixels; this one has {width} × {height}."),
    N_("Draw it on this picture; an import may need the image's size after rotation."),
)
broken_runs = problem(
    "broken-runs",
    N_("The run lengths of mask “{shape}” in “{field}” do not fill its {wide} × {high} pixels."),
    N_("Draw the mask again, or write the file anew with a program that knows COCO's run lengths."),
)
no_area = problem(
    "no-area",
    N_("Mask “{shape}” in “{field}” has no pixel."),
    N_("Paint it, or delete it."),
)
overlapping = problem(
    "masks-overlap",
    N_("Two masks in “{field}” have pixels in common, which its rulebook forbids."),
    N_("Paint over one of them with the other, or erase what they share."),
)


def check(answer: Masks, field: FieldShape, item: ItemShape) -> list[Problem]:
    """Known labels, ids of their own, run lengths that fill the picture; apart where the field wants it."""
    if not is_readable(answer):
        count = sum(len(mask.counts) for mask in answer.shapes)
        return [too_detailed(field=field.id, count=count, limit=MOST_CHARACTERS)]
    problems = check_shapes(answer.shapes, field, _LIST, partial(_check_mask, field=field, item=item))
    if not problems and not field.option(MaskOptions).overlap and _overlap(answer):
        problems.append(overlapping(field=field.id))
    return problems


def _check_mask(mask: Mask, field: FieldShape, item: ItemShape) -> list[Problem]:
    named = {"field": field.id, "shape": mask.id}
    high, wide = mask.size
    if (wide, high) != (item.width, item.height):
        return [other_size(**named, wide=wide, high=high, width=item.width, height=item.height)]
    runs = read_runs(mask.counts)
    if runs is None or sum(runs) != wide * high:
        return [broken_runs(**named, wide=wide, high=high)]
    return [] if any(runs[1::2]) else [no_area(**named)]


def _overlap(answer: Masks) -> bool:
    return share_pixels(read_runs(mask.counts) or [] for mask in answer.shapes)
