"""Which parts of different annotators' answers are the same thing, and one annotation from several.

Ids of shapes, spans and segments are each annotator's own. Two parts share 1 − distance of answers that hold them
alone, labels aside: for boxes their IoU, for every other kind what its distance measures. Parts are joined into groups,
the closest pair first; a group never holds two parts of one annotator.
"""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple, TypeAlias, cast

import msgspec

from guiju.kinds.each import merge_part
from guiju.kinds.each.shape import Each
from guiju.kinds.marked import SAME_PLACE
from guiju.kinds.model import TURN, Merged, Part
from guiju.kinds.registry import Answer, Plain, kind_of
from guiju.kinds.relation.shape import Relations

Annotation: TypeAlias = Mapping[str, Answer]


class Place(NamedTuple):
    """A part of one answer: the number of the answer, and the part's id."""

    answer: int
    part: str


def match_parts(answers: Sequence[Plain | None]) -> list[list[Place]]:
    """The groups of parts that are the same thing, one list of places a group, in the order of their first places."""
    alone = [[(part.id, _alone(answer, part)) for part in _parts(answer)] for answer in answers]
    close = [
        (share, Place(a, one), Place(b, other))
        for a, left in enumerate(alone)
        for b, right in enumerate(alone[a + 1 :], a + 1)
        for one, first in left
        for other, second in right
        if (share := _share(first, second)) >= SAME_PLACE
    ]
    group_of = {Place(a, part): {Place(a, part)} for a, parts in enumerate(alone) for part, _ in parts}
    for _, one, other in sorted(close, key=lambda pair: (-pair[0], pair[1], pair[2])):
        _join(group_of, one, other)
    unique = {id(group): group for group in group_of.values()}
    return [sorted(group) for group in unique.values()]


def _parts(answer: Plain | None) -> Sequence[Part]:
    return () if answer is None else kind_of(answer).parts(answer)


def _alone(answer: Any, part: Part) -> Any:
    """An answer that holds this part alone, without its label."""
    member = next(
        name for name in answer.__struct_fields__ if any(one is part for one in _listed(getattr(answer, name)))
    )
    bare = msgspec.structs.replace(cast("Any", part), label="")
    return msgspec.structs.replace(answer, **{member: (bare,)})


def _listed(value: object) -> tuple[object, ...]:
    return cast("tuple[object, ...]", value) if isinstance(value, tuple) else ()


def _share(one: Any, other: Any) -> float:
    return 1 - kind_of(one).distance(one, other) if type(one) is type(other) else 0.0


def _join(group_of: dict[Place, set[Place]], one: Place, other: Place) -> None:
    first, second = group_of[one], group_of[other]
    people = [place.answer for place in (*first, *second)]
    if first is not second and len(set(people)) == len(people):
        first |= second
        for place in second:
            group_of[place] = first


def merge_annotations(annotations: Sequence[Annotation]) -> Merged[dict[str, Answer]] | None:
    """One answer to every field by its kind's own merge, the smallest confidence among them; `None` at any tie.

    What is asked of the parts of another field is merged after that field: a merged part's answer comes from those who
    marked the same thing, and stands when more than half of them answered. So is what joins parts of another field.
    """
    merged: dict[str, Answer] = {}
    confidence = 1.0
    names = sorted({name for one in annotations for name in one}, key=lambda name: (_turn_of(annotations, name), name))
    for name in names:
        found = _merge(name, annotations, merged)
        if found is None:
            return None
        merged[name] = found.answer
        confidence = min(confidence, found.confidence)
    return Merged(merged, confidence, len(annotations))


def _turn_of(annotations: Sequence[Annotation], name: str) -> int:
    """First what stands alone, then what leans on it, then what is asked of the parts of either."""
    given = [one[name] for one in annotations if name in one]
    return 2 if any(isinstance(one, Each) for one in given) else int(kind_of(given[0]).leans is not None)


def _merge(name: str, annotations: Sequence[Annotation], merged: Mapping[str, Answer]) -> Merged[Any] | None:
    given = [one[name] for one in annotations if name in one]
    first = given[0]
    if isinstance(first, Relations):
        return _merge_links(given, merged)
    if not isinstance(first, Each) or first.of == TURN:
        return kind_of(first).merge(given) if len({type(one) for one in given}) == 1 else None
    parent = merged.get(first.of)
    return None if parent is None or isinstance(parent, Each) else _merge_parts(name, first.of, annotations, parent)


def _merge_links(given: Sequence[Answer], merged: Mapping[str, Answer]) -> Merged[Any] | None:
    """Links between the spans of the merged annotation."""
    kind = kind_of(given[0])
    found: Merged[Any] | None = kind.merge(given) if len({type(one) for one in given}) == 1 else None
    if found is None or kind.leans is None:
        return None
    answer = kind.leans.rewire(found.answer, merged.get(found.answer.of))
    return None if answer is None else Merged(answer, found.confidence, found.n)


def _merge_parts(name: str, of: str, annotations: Sequence[Annotation], parent: Plain) -> Merged[Each[Any]] | None:
    """The answers for each part of the merged `parent`, which is the last of the answers that are matched."""
    parents = [None if isinstance(one.get(of), Each) else one.get(of) for one in annotations]
    last = len(annotations)
    answers: dict[str, Any] = {}
    confidence = 1.0
    for group in match_parts([*parents, parent]):  # pyright: ignore[reportArgumentType] - Each was left out
        mine = next((place.part for place in group if place.answer == last), None)
        seen = [place for place in group if place.answer != last]
        if mine is None or not seen:
            continue
        found = merge_part([_said(annotations[place.answer].get(name), place.part) for place in seen], kind_of)
        if found is None:
            return None
        confidence = min(confidence, found.confidence)
        if found.answer is not None:
            answers[mine] = found.answer
    return Merged(Each(of, answers), confidence, len(annotations))


def _said(answer: Answer | None, part: str) -> Plain | None:
    return answer.answers.get(part) if isinstance(answer, Each) else None
