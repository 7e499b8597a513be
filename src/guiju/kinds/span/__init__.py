"""Span: labelled stretches of a text, which may lie within and across one another."""

from guiju.kinds.marked import all_pairs, confused_parts, expand_into, not_of_label, of_label, relabelled
from guiju.kinds.model import Kind
from guiju.kinds.span.check import check
from guiju.kinds.span.compare import distance, flat, merge
from guiju.kinds.span.shape import SpanOptions, Spans, columns, iou, is_finite, labels_of, normalise, summary, tidy
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
    asks={"label": "text", **dict.fromkeys(("start", "end", "length", "text_length", "pieces"), "number")},
    options=SpanOptions,
    hint="{nested: false, pieces: true, direction: vertical}",
    parts=lambda answer: answer.spans,
    expand=expand_into("span", "spans"),
    only=lambda answer, label: Spans(of_label(answer.spans, label)),
    without=lambda answer, label: Spans(not_of_label(answer.spans, label)),
    relabel=lambda answer, swap: tidy(Spans(relabelled(answer.spans, swap))),
    flat=flat,
    confused=lambda one, other: confused_parts(one.spans, other.spans, all_pairs(one.spans, other.spans, iou)),
)
