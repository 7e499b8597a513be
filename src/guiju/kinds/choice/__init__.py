"""Choice: one label of a list for the whole item, or several where the field says so."""

from guiju.kinds.choice.check import check
from guiju.kinds.choice.compare import confused, distance, level, merge, only, value, without
from guiju.kinds.choice.shape import (
    Choice,
    ChoiceOptions,
    columns,
    expand,
    is_finite,
    labels_of,
    normalise,
    relabel,
    summary,
    tidy,
)
from guiju.kinds.model import Kind
from guiju.kit import N_

CHOICE: Kind[Choice] = Kind(
    name="choice",
    title=N_("Choice"),
    icon="choice",
    hotkey="c",
    media=frozenset({"text", "image", "dialogue", "comparison", "audio"}),
    answer_type=Choice,
    tidy=tidy,
    is_finite=is_finite,
    normalise=normalise,
    check=check,
    distance=distance,
    merge=merge,
    labels_of=labels_of,
    columns=columns,
    summary=summary,
    asks={"count": "number"},
    options=ChoiceOptions,
    hint="{multiple: true}",
    expand=expand,
    only=only,
    without=without,
    relabel=relabel,
    confused=confused,
    level=level,
    value=value,
)
