"""Relation: labelled links between the spans of a text, from one to another."""

from guiju.kinds.marked import not_of_label, of_label, relabelled
from guiju.kinds.model import Kind, Leaning
from guiju.kinds.relation.check import check, check_beside
from guiju.kinds.relation.compare import confused, distance, exactly, merge, rewire
from guiju.kinds.relation.options import RelationOptions, faults, faults_beside
from guiju.kinds.relation.shape import Relations, columns, is_finite, labels_of, normalise, resolve, summary, tidy
from guiju.kinds.relation.short import expand
from guiju.kit import N_

RELATION: Kind[Relations] = Kind(
    name="relation",
    title=N_("Relation"),
    icon="relation",
    hotkey="l",
    media=frozenset({"text"}),
    answer_type=Relations,
    tidy=tidy,
    is_finite=is_finite,
    normalise=normalise,
    check=check,
    distance=distance,
    exactly=exactly,
    merge=merge,
    labels_of=labels_of,
    columns=columns,
    summary=summary,
    asks={
        **dict.fromkeys(("label", "from_label", "to_label"), "text"),
        **dict.fromkeys(("distance", "links", "same_label", "from_same", "to_same"), "number"),
    },
    options=RelationOptions,
    hint="{of: entities, ends: {treats: {from: [drug], to: [illness]}}}",
    faults=faults,
    parts=lambda answer: answer.links,
    expand=expand,
    only=lambda answer, label: Relations(of_label(answer.links, label), answer.of),
    without=lambda answer, label: Relations(not_of_label(answer.links, label), answer.of),
    relabel=lambda answer, swap: Relations(relabelled(answer.links, swap), answer.of),
    confused=confused,
    leans=Leaning(
        on="span",
        of=lambda field: field.option(RelationOptions).of,
        faults=faults_beside,
        check=check_beside,
        resolve=resolve,
        rewire=rewire,
    ),
)
