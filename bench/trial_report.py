"""The report of a trial of 2,000 items by 10 annotators, from the stored answers to the last figure."""

import time
from collections.abc import Callable

import numpy as np

from bench.table import Row, show
from guiju.kinds import Box, Boxes, Choice, FieldShape, Soft, Spans, TextSpan
from guiju.kinds.registry import Answer
from guiju.work.trial.compare import compare_field
from guiju.work.trial.model import Answered

ITEMS, PEOPLE = 2_000, 10
LABELS = ("a", "b", "c", "d", "e")
SHARE_WRONG = 0.15


def choices(rng: np.random.Generator) -> Callable[[int], Answer]:
    known = [Choice((label,)) for label in LABELS]
    return lambda item: known[int(rng.integers(5)) if rng.random() < SHARE_WRONG else item % 5]


def boxes(rng: np.random.Generator) -> Callable[[int], Answer]:
    def drawn(item: int) -> Answer:
        x, y = rng.normal(0, 2, 2)
        return Boxes(
            tuple(Box(f"b{n}", LABELS[(item + n) % 5], 60 * n + x, 10 + y, 40, 40) for n in range(1 + item % 3))
        )

    return drawn


def spans(rng: np.random.Generator) -> Callable[[int], Answer]:
    def marked(item: int) -> Answer:
        at = int(rng.integers(0, 3))
        return Spans(
            tuple(TextSpan(f"s{n}", LABELS[(item + n) % 5], 50 * n + at, 50 * n + at + 12) for n in range(1 + item % 3))
        )

    return marked


def shares(rng: np.random.Generator) -> Callable[[int], Answer]:
    def felt(item: int) -> Answer:
        part = float(rng.integers(5, 10)) / 10
        first, second = LABELS[item % 5], LABELS[int(rng.integers(5))]
        return Soft({first: 1.0} if first == second else {first: part, second: round(1 - part, 1)})

    return felt


def main() -> None:
    """Print the time of the report of each kind; the best of three."""
    rng = np.random.default_rng(0)
    made = {"choice": choices(rng), "box": boxes(rng), "span": spans(rng), "soft": shares(rng)}
    rows = [
        Row(f"{kind}, {ITEMS:,} items × {PEOPLE}", f"{_best(kind, one):.2f} s", "≤ 1 s") for kind, one in made.items()
    ]
    show("Report of a trial", rows)


def _best(kind: str, answer: Callable[[int], Answer]) -> float:
    given = [Answered(item, who, answer(item)) for item in range(ITEMS) for who in range(PEOPLE)]
    field = FieldShape("answer", kind, LABELS)
    spent: list[float] = []
    for _ in range(3):
        begun = time.perf_counter()
        compare_field(field, given)
        spent.append(time.perf_counter() - begun)
    return min(spent)
