"""Each: one answer of another kind for every turn of a dialogue, or for every thing that another field marks.

No field names it: a field names its own kind and a `target`. It is made from the other kinds, so the registry hands it
the way to find them.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from guiju.kinds.each.shape import Each
from guiju.kinds.model import AnyKind, Column, FieldShape, ItemShape, Kind, Merged, Problem, Swap
from guiju.kit import N_

__all__ = ["each_of"]


def each_of(kind_of: Callable[[Any], AnyKind]) -> Kind[Each[Any]]:
    """The kind of answers that are asked of each part."""
    does = _Does(kind_of)
    return Kind(
        name="each",
        title=N_("For each part"),
        icon="each",
        hotkey="",
        media=frozenset({"text", "image", "dialogue", "comparison", "audio"}),
        answer_type=Each,
        tidy=does.tidy,
        is_finite=does.is_finite,
        normalise=does.normalise,
        check=_checked_with_the_whole,
        distance=does.distance,
        merge=does.merge,
        labels_of=does.labels_of,
        columns=_no_columns,
        summary=does.summary,
        relabel=does.relabel,
    )


@dataclass(frozen=True, slots=True)
class _Does:
    """What is done to each part by its own kind."""

    kind_of: Callable[[Any], AnyKind]

    def tidy(self, answer: Each[Any]) -> Each[Any]:
        tidied = {part: self.kind_of(one).tidy(one) for part, one in answer.answers.items()}
        return Each(answer.of, dict(sorted(tidied.items())))

    def is_finite(self, answer: Each[Any]) -> bool:
        return all(self.kind_of(one).is_finite(one) for one in answer.answers.values())

    def normalise(self, answer: Each[Any], field: FieldShape) -> Each[Any]:
        return Each(answer.of, {part: self.kind_of(one).normalise(one, field) for part, one in answer.answers.items()})

    def distance(self, a: Each[Any], b: Each[Any]) -> float:
        """The mean over the parts that either answers, by their ids; a part that only one answers is 1 apart.

        Reports of shapes match the parts first (`guiju.kinds.matching`), since ids are each annotator's own.
        """
        parts = sorted({*a.answers, *b.answers})
        if a.of != b.of or not parts:
            return float(a.of != b.of)
        return sum(self._apart(a.answers.get(part), b.answers.get(part)) for part in parts) / len(parts)

    def _apart(self, one: Any, other: Any) -> float:
        if one is None or other is None or type(one) is not type(other):
            return 1.0
        return self.kind_of(one).distance(one, other)

    def merge(self, answers: Sequence[Each[Any]]) -> Merged[Each[Any]] | None:
        """Part by part; `None` where any part is tied, or of nothing."""
        if not answers or len({answer.of for answer in answers}) > 1:
            return None
        merged: dict[str, Any] = {}
        confidence = 1.0
        for part in sorted({part for answer in answers for part in answer.answers}):
            found = merge_part([answer.answers.get(part) for answer in answers], self.kind_of)
            if found is None:
                return None
            confidence = min(confidence, found.confidence)
            if found.answer is not None:
                merged[part] = found.answer
        return Merged(Each(answers[0].of, merged), confidence, len(answers))

    def labels_of(self, answer: Each[Any]) -> dict[str, int]:
        counts: Counter[str] = Counter()
        for one in answer.answers.values():
            counts.update(self.kind_of(one).labels_of(one))
        return dict(counts)

    def relabel(self, answer: Each[Any], swap: Swap) -> Each[Any]:
        """Each part's answer by its own kind; the part asked for is the one that the answer speaks of."""

        def of_part(part: str) -> Swap:
            return lambda label, _: swap(label, part)

        return Each(
            answer.of, {part: self.kind_of(one).relabel(one, of_part(part)) for part, one in answer.answers.items()}
        )

    def summary(self, answer: Each[Any]) -> str:
        """What was said, and how often, the most frequent first."""
        counts = Counter(self.kind_of(one).summary(one) for one in answer.answers.values())
        ordered = sorted(counts.items(), key=lambda entry: (-entry[1], entry[0]))
        return " · ".join(f"{said} ×{count}" for said, count in ordered) or "–"


def merge_part(said: Sequence[Any], kind_of: Callable[[Any], AnyKind]) -> Merged[Any] | None:
    """What several people's answers to one part come to; `None` in them says that one left it out.

    More than half must have answered for it to be answered, more than half must have left it out for it to go.
    """
    given = [one for one in said if one is not None]
    if 2 * len(given) == len(said):
        return None
    if 2 * len(given) < len(said):
        return Merged(None, 1 - len(given) / len(said), len(said))
    found: Merged[Any] | None = kind_of(given[0]).merge(given)
    return found and Merged(found.answer, found.confidence * len(given) / len(said), len(said))


def _checked_with_the_whole(_answer: object, _field: FieldShape, _item: ItemShape) -> list[Problem]:
    return []


def _no_columns(_answer: object, _item: ItemShape) -> dict[str, Column]:
    return {}
