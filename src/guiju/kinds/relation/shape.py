"""The shape of relations: `{"kind": "relation", "links": [{"id", "label", "from", "to"}]}`.

`from` and `to` are ids of spans of another field. Beside them the server writes what they stand for: `of` is that field
and the `ends` of a link the two spans as they are. So answers of annotators whose spans have other ids can be
compared, and a link can be read alone. Both are computed anew whenever an answer is stored; what was sent is not read.
"""

from collections import Counter
from collections.abc import Mapping
from typing import Annotated, Any, TypeAlias

import msgspec

from guiju.kinds.model import Column, FieldShape, ItemShape
from guiju.kinds.relation.options import RelationOptions
from guiju.kinds.span.shape import Spans, TextSpan

Name = Annotated[str, msgspec.Meta(min_length=1, max_length=64)]
Ends: TypeAlias = tuple[TextSpan, TextSpan]


class Link(
    msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True, rename={"origin": "from", "goal": "to"}
):
    """One relation, from a span to a span; `id` is unique within the answer and stays through its revisions."""

    id: Name
    label: str
    origin: Name
    goal: Name
    ends: Ends | None = None


class Relations(
    msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True, tag_field="kind", tag="relation"
):
    """All links of a field on an item. None is an answer: nothing is related."""

    links: tuple[Link, ...]
    of: str = ""


def tidy(answer: Relations) -> Relations:
    """From front to back by where links begin and end; links whose ends nobody resolved, by the ids of their spans."""
    return msgspec.structs.replace(answer, links=tuple(sorted(answer.links, key=order)))


def order(link: Link) -> tuple[Any, ...]:
    places = () if link.ends is None else tuple((end.start, end.end, end.label) for end in link.ends)
    return (places, link.label, link.origin, link.goal, link.id)


def is_finite(_answer: Relations) -> bool:
    return True


def resolve(answer: Relations, field: FieldShape, parent: object) -> Relations:
    """The links with the spans that they join, whatever stood there; a link to what is not there has no ends."""
    spans = spans_in(parent)
    links = tuple(msgspec.structs.replace(link, ends=_ends(link, spans)) for link in answer.links)
    return Relations(links, field.option(RelationOptions).of)


def spans_in(parent: object) -> Mapping[str, TextSpan]:
    """The spans by their ids."""
    return {span.id: span for span in parent.spans} if isinstance(parent, Spans) else {}


def _ends(link: Link, spans: Mapping[str, TextSpan]) -> Ends | None:
    origin, goal = spans.get(link.origin), spans.get(link.goal)
    return None if origin is None or goal is None else (origin, goal)


def normalise(answer: Relations, field: FieldShape) -> Relations:
    """Links whose label has no direction go from the front to the back, so that equal ones are written alike."""
    undirected = field.option(RelationOptions).undirected
    return tidy(
        msgspec.structs.replace(
            answer, links=tuple(forward(link) if link.label in undirected else link for link in answer.links)
        )
    )


def forward(link: Link) -> Link:
    """The same link, from the end that lies further to the front; by ids where the ends are not known."""
    if link.ends is None:
        return link if link.origin <= link.goal else _turned(link)
    first, second = (((end.start + end.end, end.start, end.label, end.id)) for end in link.ends)
    return link if first <= second else _turned(link)


def _turned(link: Link) -> Link:
    ends = None if link.ends is None else (link.ends[1], link.ends[0])
    return Link(link.id, link.label, link.goal, link.origin, ends)


def labels_of(answer: Relations) -> dict[str, int]:
    return dict(Counter(link.label for link in answer.links))


def columns(answer: Relations, _item: ItemShape) -> dict[str, Column]:
    """One row a link whose ends are known: its label, those of its ends, how far apart they lie, how many links."""
    known = [(link, *link.ends) for link in answer.links if link.ends is not None]
    same = Counter(link.label for link in answer.links)
    leaving = Counter((link.label, link.origin) for link in answer.links)
    arriving = Counter((link.label, link.goal) for link in answer.links)
    return {
        "label": [link.label for link, _, _ in known],
        "from_label": [origin.label for _, origin, _ in known],
        "to_label": [goal.label for _, _, goal in known],
        "distance": [float(apart(origin, goal)) for _, origin, goal in known],
        "links": [float(len(answer.links))] * len(known),
        "same_label": [float(same[link.label]) for link, _, _ in known],
        "from_same": [float(leaving[link.label, link.origin]) for link, _, _ in known],
        "to_same": [float(arriving[link.label, link.goal]) for link, _, _ in known],
    }


def apart(one: TextSpan, other: TextSpan) -> int:
    """Characters between two spans; 0 where they touch or lie across one another."""
    return max(0, max(one.start, other.start) - min(one.end, other.end))


def summary(answer: Relations) -> str:
    counts = sorted(labels_of(answer).items(), key=lambda entry: (-entry[1], entry[0]))
    return " · ".join(f"{label} ×{count}" for label, count in counts) or "–"
