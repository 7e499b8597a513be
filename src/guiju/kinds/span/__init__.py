"""Span: labelled stretches of a text, which may lie within and across one another."""

from guiju.kinds.model import Kind
from guiju.kinds.span.check import check
from guiju.kinds.span.compare import distance, merge
from guiju.kinds.span.shape import Spans, columns, is_finite, labels_of, normalise, summary, tidy
from guiju.kit import N_

SPAN: Kind[Spans] = Kind(
    name="span",
    title=N_("Span"),
    icon="span",
    hotkey="s",
    media=frozenset({"text"}),
    answer_type=Spans,
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
