"""Answers at random, for properties that hold for all of them."""

from collections.abc import Sequence

from hypothesis import strategies as st

from guiju.kinds import Answer, Box, Boxes, Choice, FieldShape, ItemShape

LABELS = ("RBC", "WBC", "Platelets")
FIELD = FieldShape("cells", "box", LABELS)
IMAGE = ItemShape("image", width=400, height=400)
TEXT = ItemShape("text", length=20)

choices = st.lists(st.sampled_from(LABELS), unique=True, max_size=3).map(lambda labels: Choice(tuple(labels)))
pixels = st.integers(0, 30_000).map(lambda hundredths: hundredths / 100)
sides = st.integers(100, 9_900).map(lambda hundredths: hundredths / 100)


def _boxes(rows: Sequence[tuple[str, float, float, float, float]]) -> Boxes:
    return Boxes(tuple(Box(f"b{number}", *row) for number, row in enumerate(rows)))


boxes = st.lists(st.tuples(st.sampled_from(LABELS), pixels, pixels, sides, sides), max_size=6).map(_boxes)
answers: st.SearchStrategy[Answer] = st.one_of(choices, boxes)


def box(x: float, y: float, w: float = 10, h: float = 10, label: str = "RBC", name: str = "b1") -> Box:
    return Box(name, label, x, y, w, h)


def drawn(*shapes: Box) -> Boxes:
    return Boxes(tuple(shapes))
