"""Mask: labelled sets of an image's pixels, each one thing, painted rather than outlined."""

from guiju.kinds.marked import confused_parts, expand_into, not_of_label, of_label, relabelled
from guiju.kinds.mask.check import check
from guiju.kinds.mask.distance import distance, overlaps_of
from guiju.kinds.mask.merge import merge
from guiju.kinds.mask.shape import MaskOptions, Masks, columns, is_finite, labels_of, normalise, summary, tidy
from guiju.kinds.model import Kind
from guiju.kinds.shapes import BOUNDS
from guiju.kit import N_

MASK: Kind[Masks] = Kind(
    name="mask",
    title=N_("Mask"),
    icon="mask",
    hotkey="m",
    media=frozenset({"image"}),
    answer_type=Masks,
    tidy=tidy,
    is_finite=is_finite,
    normalise=normalise,
    check=check,
    distance=distance,
    merge=merge,
    labels_of=labels_of,
    columns=columns,
    summary=summary,
    asks=BOUNDS,
    options=MaskOptions,
    hint="{overlap: false}",
    parts=lambda answer: answer.shapes,
    expand=expand_into("mask", "shapes"),
    only=lambda answer, label: Masks(of_label(answer.shapes, label)),
    without=lambda answer, label: Masks(not_of_label(answer.shapes, label)),
    relabel=lambda answer, swap: Masks(relabelled(answer.shapes, swap)),
    confused=lambda one, other: confused_parts(one.shapes, other.shapes, overlaps_of(one, other)),
)
