"""Choice: one label of a list for the whole item, or several where the field says so."""

from guiju.kinds.choice.check import check
from guiju.kinds.choice.compare import distance, merge
from guiju.kinds.choice.shape import Choice, columns, is_finite, labels_of, normalise, summary, tidy
from guiju.kinds.model import Kind
from guiju.kit import N_

CHOICE: Kind[Choice] = Kind(
    name="choice",
    title=N_("Choice"),
    icon="choice",
    hotkey="c",
    media=frozenset({"text", "image"}),
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
)
