"""Ranking: the answers of a comparison in order, the best of them, or the best and the worst."""

from guiju.kinds.model import Kind
from guiju.kinds.ranking.check import check
from guiju.kinds.ranking.compare import confused, distance, merge
from guiju.kinds.ranking.shape import (
    Preference,
    Ranking,
    columns,
    expand,
    is_finite,
    labels_of,
    normalise,
    summary,
    tidy,
)
from guiju.kit import N_

RANKING: Kind[Ranking] = Kind(
    name="ranking",
    title=N_("Ranking"),
    icon="ranking",
    hotkey="k",
    media=frozenset({"comparison"}),
    answer_type=Ranking,
    tidy=tidy,
    is_finite=is_finite,
    normalise=normalise,
    check=check,
    distance=distance,
    merge=merge,
    labels_of=labels_of,
    columns=columns,
    summary=summary,
    asks={"answers": "number", "places": "number", "tied": "number"},
    options=Preference,
    hint="{mode: rank, ties: true}",
    labelled=False,
    expand=expand,
    confused=confused,
)
