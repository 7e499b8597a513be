"""Rating: a point of a scale, for the whole item."""

from guiju.kinds.model import Kind
from guiju.kinds.rating.check import check
from guiju.kinds.rating.compare import distance, level, merge, value
from guiju.kinds.rating.scale import Scale, faults
from guiju.kinds.rating.shape import Rating, columns, expand, is_finite, labels_of, normalise, summary, tidy
from guiju.kit import N_

RATING: Kind[Rating] = Kind(
    name="rating",
    title=N_("Rating"),
    icon="rating",
    hotkey="r",
    media=frozenset({"text", "image", "dialogue", "comparison", "audio"}),
    answer_type=Rating,
    tidy=tidy,
    is_finite=is_finite,
    normalise=normalise,
    check=check,
    distance=distance,
    merge=merge,
    labels_of=labels_of,
    columns=columns,
    summary=summary,
    asks={"value": "number"},
    options=Scale,
    hint="{low: 1, high: 5}",
    faults=faults,
    labelled=False,
    expand=expand,
    level=level,
    value=value,
)
