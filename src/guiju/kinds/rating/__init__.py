"""Rating: a point of a scale, for the whole item."""

from guiju.kinds.model import Kind
from guiju.kinds.rating.check import check
from guiju.kinds.rating.compare import distance, merge
from guiju.kinds.rating.shape import Rating, columns, is_finite, labels_of, normalise, summary, tidy
from guiju.kit import N_

RATING: Kind[Rating] = Kind(
    name="rating",
    title=N_("Rating"),
    icon="rating",
    hotkey="r",
    media=frozenset({"text", "image"}),
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
)
