"""The shape of masks: `{"kind": "mask", "shapes": [{"id", "label", "size": [height, width], "counts"}]}`.

`size` and `counts` are COCO's own: run lengths down the columns in its short text. Each mask says how large its picture
is, so that two answers can be compared and read without it; `check` holds it to the item.
"""

from typing import Annotated, TypeAlias

import msgspec

from guiju.kinds.model import Column, FieldShape, ItemShape, Options
from guiju.kinds.runs import Extent, extent_of, plain_runs, read_runs, write_runs
from guiju.kinds.shapes import ShapeId, count_labels, summarise

MOST_CHARACTERS = 1_000_000
"""Of run lengths in one answer: half a million runs at most, read in a quarter of a second."""

Side: TypeAlias = Annotated[int, msgspec.Meta(ge=1, le=1_000_000)]
# One class of characters before the last, so that a text of ten million is looked through without a stack of its own.
Counts: TypeAlias = Annotated[str, msgspec.Meta(pattern="^[0-o]*[0-O]$")]


class MaskOptions(Options, frozen=True):
    """`overlap`: a pixel may belong to several masks."""

    overlap: bool = True


class Mask(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Some pixels of the picture; `id` is unique within the answer and stays with the mask through its revisions."""

    id: ShapeId
    label: str
    size: tuple[Side, Side]
    counts: Counts


class Masks(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag_field="kind", tag="mask"):
    """All masks of a field on an item, in drawing order. None is an answer: there is nothing to mark."""

    shapes: tuple[Mask, ...]


def is_readable(answer: Masks) -> bool:
    """Whether so much may be read at all; nothing else is done with what is longer."""
    return sum(len(mask.counts) for mask in answer.shapes) <= MOST_CHARACTERS


def tidy(answer: Masks) -> Masks:
    """Run lengths in their one form; what is none stays as it is, for `check` to name."""
    return Masks(tuple(map(_tidy, answer.shapes))) if is_readable(answer) else answer


def _tidy(mask: Mask) -> Mask:
    runs = read_runs(mask.counts)
    if runs is None:
        return mask
    counts = write_runs(plain_runs(runs) if 0 in runs[1:] else runs)
    return mask if counts == mask.counts else Mask(mask.id, mask.label, mask.size, counts)


def is_finite(_answer: Masks) -> bool:
    """Whole numbers always are."""
    return True


def normalise(answer: Masks, _field: FieldShape) -> Masks:
    """Masks keep their drawing order, which says what lies on top."""
    return answer


def labels_of(answer: Masks) -> dict[str, int]:
    return count_labels(answer.shapes)


def extent(mask: Mask) -> Extent:
    """The upright rectangle around a mask and its pixels; of unreadable lengths, nothing."""
    return extent_of(read_runs(mask.counts) or [], mask.size[0])


def columns(answer: Masks, item: ItemShape) -> dict[str, Column]:
    """One row a mask: `label`, and in pixels its bounds, `area` and the image's size."""
    shapes = answer.shapes
    extents = [extent(mask) for mask in shapes]
    return {
        "label": [mask.label for mask in shapes],
        "x": [float(each.left) for each in extents],
        "y": [float(each.top) for each in extents],
        "width": [float(each.width) for each in extents],
        "height": [float(each.height) for each in extents],
        "area": [float(each.area) for each in extents],
        "image_width": [float(item.width)] * len(shapes),
        "image_height": [float(item.height)] * len(shapes),
    }


def summary(answer: Masks) -> str:
    return summarise(answer.shapes)
