"""Soft labels: how much of each label an item has, as shares of one."""

from guiju.kinds.model import Kind
from guiju.kinds.soft.check import check
from guiju.kinds.soft.compare import confused, distance, merge, only, without
from guiju.kinds.soft.options import SoftOptions, faults
from guiju.kinds.soft.shape import Soft, columns, expand, is_finite, labels_of, normalise, relabel, summary, tidy
from guiju.kit import N_

SOFT: Kind[Soft] = Kind(
    name="soft",
    title=N_("Shares of labels"),
    icon="soft",
    hotkey="d",
    media=frozenset({"text", "image", "dialogue", "comparison", "audio"}),
    answer_type=Soft,
    tidy=tidy,
    is_finite=is_finite,
    normalise=normalise,
    check=check,
    distance=distance,
    merge=merge,
    labels_of=labels_of,
    columns=columns,
    summary=summary,
    asks={"label": "text", "share": "number", "labels_used": "number"},
    options=SoftOptions,
    hint="{points: 10}",
    faults=faults,
    expand=expand,
    only=only,
    without=without,
    relabel=relabel,
    confused=confused,
    shares=lambda answer: answer.weights,
)
