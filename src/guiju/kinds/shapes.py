"""What all kinds of drawn shapes share: ids, rounding, counting, and the problems that no form is spared."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, TypeVar

import msgspec

from guiju.kinds.model import Asked, FieldShape, Part, Problem
from guiju.kinds.problems import MakeProblem, unknown_label

DECIMALS = 2
MOST_SHAPES = 5_000
ShapeId = Annotated[str, msgspec.Meta(min_length=1, max_length=64)]


BOUNDS: Mapping[str, Asked] = {
    "label": "text",
    "x": "number",
    "y": "number",
    "width": "number",
    "height": "number",
    "area": "number",
    "image_width": "number",
    "image_height": "number",
}
"""What a check may ask of anything drawn on an image: its label, and in pixels bounds, area and the image's size."""

S = TypeVar("S", bound=Part)


@dataclass(frozen=True, slots=True)
class ListProblems:
    """What can be wrong with a list of shapes, in the words of its kind."""

    too_many: MakeProblem
    twice: MakeProblem


def check_shapes(
    shapes: Sequence[S], field: FieldShape, words: ListProblems, look: Callable[[S], list[Problem]]
) -> list[Problem]:
    """Known labels, ids of their own, and what `look` finds wrong with each; nothing else is read of too many."""
    count = len(shapes)
    if count > MOST_SHAPES:
        return [words.too_many(field=field.id, count=count, limit=MOST_SHAPES)]
    problems: list[Problem] = []
    for shape in shapes:
        if shape.label not in field.rank:
            problems.append(unknown_label(field=field.id, label=shape.label, shape=shape.id))
        problems += look(shape)
    ids = Counter(shape.id for shape in shapes)
    return problems + [words.twice(field=field.id, shape=name) for name, times in ids.items() if times > 1]


def rounded(number: float) -> float:
    """To two decimals, and no negative zero."""
    return round(number, DECIMALS) + 0.0


def count_labels(shapes: Iterable[Part]) -> dict[str, int]:
    return dict(Counter(shape.label for shape in shapes))


def summarise(shapes: Iterable[Part]) -> str:
    """The labels and how often each was drawn, the most frequent first."""
    counts = sorted(count_labels(shapes).items(), key=lambda entry: (-entry[1], entry[0]))
    return " · ".join(f"{label} ×{count}" for label, count in counts) or "–"
