"""How far two sets of links are apart, and one set from several.

Two links are the same relation where the spans at both ends are the same thing: each pair shares at least half of its
characters (IoU). Distance: links of the same label that are the same relation are matched one to one, as many as can
be; with M the number of matches
    distance = 1 - 2 M / (|A| + |B|)
which is 1 - F1. Ends that differ by a character are the spans' disagreement and counted there; `exactly` counts a link
as the same only where both ends begin, end and are labelled alike.

Merge: links of different annotators that are the same relation are joined, the closest pair first; what more than half
of the annotators drew stays, under the majority's label. Its ends are the middle ones among theirs.
"""

from collections.abc import Sequence

import msgspec

from guiju.kinds.by_share import distance_of, group
from guiju.kinds.marked import SAME_PLACE, all_pairs, confused_parts
from guiju.kinds.model import Merged
from guiju.kinds.relation.shape import Ends, Link, Relations, order, spans_in, tidy
from guiju.kinds.span.shape import TextSpan, iou


def share(a: Link, b: Link) -> float:
    """How much the ends share that share less; nothing where the ends of one are not known."""
    if a.ends is None or b.ends is None:
        return 0.0
    return min(iou(one, other) for one, other in zip(a.ends, b.ends, strict=True))


def distance(a: Relations, b: Relations) -> float:
    """In [0, 1], symmetric, 0 for equal answers."""
    return distance_of(a.links, b.links, lambda one, other: float(_is_same(one, other)), order)


def exactly(a: Relations, b: Relations) -> float:
    """The distance where ends must be equal, not only overlap."""
    return distance_of(a.links, b.links, lambda one, other: float(_places(one) == _places(other)), order)


def _is_same(one: Link, other: Link) -> bool:
    if one.ends is None and other.ends is None:
        return _places(one) == _places(other)
    return share(one, other) >= SAME_PLACE


def _places(link: Link) -> tuple[object, object]:
    """The ends without their ids; the ids alone where nobody resolved them, so that an answer equals itself."""
    if link.ends is None:
        return link.origin, link.goal
    return msgspec.structs.replace(link.ends[0], id="-"), msgspec.structs.replace(link.ends[1], id="-")


def confused(one: Relations, other: Relations) -> list[tuple[str, str]]:
    return confused_parts(one.links, other.links, all_pairs(one.links, other.links, share))


def merge(answers: Sequence[Relations]) -> Merged[Relations] | None:
    """The merged links, or `None` of nothing and where a label is tied."""
    found = group([answer.links for answer in answers], share, order)
    if found is None:
        return None
    links = [_middle(one.members, one.label or "") for one in found.kept]
    named = (msgspec.structs.replace(link, id=f"m{n}") for n, link in enumerate(sorted(links, key=order), start=1))
    of = {answer.of for answer in answers}
    return Merged(Relations(tuple(named), of.pop() if len(of) == 1 else ""), found.confidence, len(answers))


def _middle(members: Sequence[Link], label: str) -> Link:
    """The member whose ends lie in the middle, which is one that somebody drew."""
    in_order = sorted(members, key=order)
    return msgspec.structs.replace(in_order[(len(in_order) - 1) // 2], label=label)


def rewire(answer: Relations, parent: object) -> Relations | None:
    """Merged links between the merged spans: each end is the span that shares most with it, one of its label first.

    `None` where an end has no such span, or both ends have become one: that is for a person to decide.
    """
    spans = list(spans_in(parent).values())
    links: dict[tuple[str, str, str], Link] = {}
    for link in answer.links:
        ends = link.ends and _found(link.ends, spans)
        if not ends:
            return None
        origin, goal = ends
        links.setdefault(
            (link.label, origin.id, goal.id), Link(link.id, link.label, origin.id, goal.id, (origin, goal))
        )
    return tidy(Relations(tuple(links.values()), answer.of))


def _found(ends: Ends, spans: Sequence[TextSpan]) -> Ends | None:
    origin, goal = (_nearest(end, spans) for end in ends)
    return None if origin is None or goal is None or origin.id == goal.id else (origin, goal)


def _nearest(end: TextSpan, spans: Sequence[TextSpan]) -> TextSpan | None:
    close = [span for span in spans if iou(span, end) >= SAME_PLACE]
    return max(close, key=lambda span: (span.label == end.label, iou(span, end), span.id), default=None)
