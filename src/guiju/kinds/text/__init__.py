"""Text: free words of a person or a model: a translation, a transcript, an answer, a reason."""

from guiju.kinds.model import Kind
from guiju.kinds.text.check import check
from guiju.kinds.text.compare import distance, merge
from guiju.kinds.text.options import TextOptions, faults
from guiju.kinds.text.shape import Written, columns, expand, is_finite, labels_of, normalise, summary, tidy
from guiju.kit import N_

TEXT: Kind[Written] = Kind(
    name="text",
    title=N_("Text"),
    icon="text",
    hotkey="t",
    media=frozenset({"text", "image", "dialogue", "comparison", "audio"}),
    answer_type=Written,
    tidy=tidy,
    is_finite=is_finite,
    normalise=normalise,
    check=check,
    distance=distance,
    merge=merge,
    labels_of=labels_of,
    columns=columns,
    summary=summary,
    asks={"text": "text", "length": "number", "lines": "number"},
    options=TextOptions,
    hint="{max: 200, multiline: false}",
    faults=faults,
    labelled=False,
    expand=expand,
)
