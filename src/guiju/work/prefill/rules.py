"""Decisions about suggestions: what became of one, and whether it was looked at. Pure."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from typing import Any, NamedTuple, cast

import msgspec

from guiju.kinds import Answer, Each, kind_of
from guiju.work.prefill.model import Comparison, Count, Outcome

Scores = Mapping[str, Mapping[str, float]]
Answers = Mapping[str, Answer]


class Part(NamedTuple):
    """One thing that an answer says: a shape, a span, a chosen label, a number. `content` is all but its id.

    Of an answer that is asked of parts, `about` is the part that it speaks of, and `of` what marks it.
    """

    field: str
    id: str
    label: str
    content: bytes
    about: str = ""
    of: str = ""

    @property
    def place(self) -> tuple[str, str]:
        return self.field, self.id


def compare(suggested: Answers, given: Answers, scores: Scores, hidden_below: float) -> Comparison:
    """What the annotator made of a suggestion.

    A part counts as kept if an equal one is in the answer, whatever its id; as changed if one of its id is. Parts that
    their own threshold hid from the annotator count neither as kept nor as removed, unless they are in the answer.
    Fields that the suggestion leaves open are the annotator's alone.
    """
    before = _parts(suggested)
    after = _parts({field: answer for field, answer in given.items() if field in suggested})
    kept, left = _split(before, after)
    _, new = _split(after, kept)
    there, meant = {part.place for part in new}, {part.place for part in left}
    changed = [part for part in left if part.place in there]
    gone = [part for part in left if part.place not in there]
    added = [part for part in new if part.place not in meant]
    removed = [part for part in gone if _score(part, scores) >= hidden_below]
    total = Count(len(kept), len(changed), len(removed), len(added))
    by_label = _by_label({"kept": kept, "changed": changed, "removed": removed, "added": added})
    return Comparison(_outcome(total), total, by_label, len(gone) - len(removed))


def _split(parts: list[Part], others: list[Part]) -> tuple[list[Part], list[Part]]:
    """The parts that have an equal among the others, each other counting once; and the rest."""
    free = Counter(part.content for part in others)
    equal, rest = list[Part](), list[Part]()
    for part in parts:
        (equal if free[part.content] > 0 else rest).append(part)
        free[part.content] -= 1
    return equal, rest


def _outcome(total: Count) -> Outcome:
    if not (total.changed or total.removed or total.added):
        return Outcome.ACCEPTED
    return Outcome.CORRECTED if total.kept or total.changed else Outcome.REJECTED


def _by_label(groups: Mapping[str, list[Part]]) -> dict[str, Count]:
    counted: defaultdict[str, Count] = defaultdict(Count)
    for name, parts in groups.items():
        for label, n in Counter(part.label for part in parts if part.label).items():
            counted[label] = counted[label].plus(Count(**{name: n}))
    return dict(counted)


def _score(part: Part, scores: Scores) -> float:
    """How sure the annotator of the suggestion was of a part; what bears no score is always shown.

    What is said of a part was out of sight where the part itself was.
    """
    own = scores.get(part.field, {}).get(part.about or part.id, 1.0)
    return min(own, scores.get(part.of, {}).get(part.about, 1.0)) if part.of else own


def _parts(answers: Answers) -> list[Part]:
    return [part for field, answer in answers.items() for part in parts_of(field, answer)]


def parts_of(field: str, answer: Answer) -> list[Part]:
    """What an answer says, part by part; an answer that is one thing is one part without an id."""
    if isinstance(answer, Each):
        said = cast("Mapping[str, Any]", answer.answers)
        return [_about(part, answer.of, about) for about, one in said.items() for part in parts_of(field, one)]
    marked: Any = kind_of(answer).parts(answer)
    if marked:
        return [Part(field, one.id, one.label, _content(field, msgspec.structs.replace(one, id="-"))) for one in marked]
    labels: tuple[str, ...] = getattr(answer, "labels", ())
    if len(labels) > 1:
        return [Part(field, label, label, _content(field, label)) for label in labels]
    empty = all(getattr(answer, name) in {None, (), ""} for name in answer.__struct_fields__)
    return (
        []
        if empty
        else [Part(field, "", labels[0] if labels else "", _content(field, labels[0] if labels else answer))]
    )


def _about(part: Part, of: str, about: str) -> Part:
    """The part of an answer that is asked of parts: equal only where it is said of the same one."""
    name = f"{about}/{part.id}" if part.id else about
    return Part(part.field, name, part.label, _content(about, part.content), about, of)


def _content(field: str, value: Any) -> bytes:
    return msgspec.json.encode((field, value), order="sorted")
