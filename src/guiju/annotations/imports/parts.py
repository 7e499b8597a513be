"""What a file says in one place: which kinds of field it can answer, and what it says of each thing drawn."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from guiju.annotations.imports.model import Mark, RawBox, RawFigure, RawOutline, Said
from guiju.kinds import FieldShape
from guiju.kinds.asking import leans_on

CHOICE: Final = "choice"
BOX: Final = "box"
POLYGON: Final = "polygon"
MASK: Final = "mask"
POLYLINE: Final = "polyline"
KEYPOINT: Final = "keypoint"
RATING: Final = "rating"
SPAN: Final = "span"
RELATION: Final = "relation"
SEGMENT: Final = "segment"
RANKING: Final = "ranking"
TEXT: Final = "text"
SOFT: Final = "soft"

TOLD = frozenset({CHOICE, RATING, TEXT, SOFT})
"""What a cell of a table, or an attribute of something drawn, can answer."""
_YES, _NO = ("true", "yes", "1"), ("false", "no", "0")
BUILT_IN = " "
"""Before the name of an attribute that its format writes of every shape, asked for or not: it holds where no attribute
of that name says otherwise, and is no label where the rulebook has none that means it.
"""


def first_of(mark: Mark) -> Said:
    """What the record itself says, beside `more`."""
    said = (mark.field, mark.labels, mark.boxes, mark.outlines, mark.spans)
    return Said(*said, lines=mark.lines, figures=mark.figures, order=mark.order, cell=mark.cell, kinds=mark.kinds)


def relating(fields: Sequence[FieldShape], spans: FieldShape) -> FieldShape | None:
    """The field that links the spans of another, the first where there are several."""
    return next((field for field in fields if leans_on(field) == spans.id), None)


def kinds_of(part: Said) -> list[str]:
    """The kinds of field that may take it, the one that takes the most of it first."""
    if part.kinds:
        return list(part.kinds)
    if part.labels is not None:
        return [CHOICE, RATING, TEXT, SOFT]
    if part.order is not None:
        return [RANKING]
    if part.spans is not None:
        return [SPAN, SEGMENT]
    if part.lines is not None:
        return [POLYLINE]
    outlined = (POLYGON, MASK) if all(one.runs is None for one in part.outlines or ()) else (MASK, POLYGON)
    shaped = [(kind, part.outlines) for kind in outlined]
    boxed = [(BOX, part.boxes)]
    turned = any(box.corners is not None for box in part.boxes or ())
    every = ((KEYPOINT, part.figures), *(boxed if turned else ()), *shaped, *boxed)
    return [kind for kind, drawn in every if drawn is not None]


def drawn_of(part: Said, kind: str) -> Sequence[RawBox | RawOutline | RawFigure]:
    """What the part draws for a field of this kind."""
    if kind == KEYPOINT:
        return part.figures or ()
    if part.lines is not None:
        return part.lines
    return (part.boxes if kind == BOX or part.outlines is None else part.outlines) or ()


def labels_told(told: Mapping[str, Any], field: FieldShape) -> tuple[str, ...] | None:
    """What the attributes of something drawn say to a field that is asked of it; `None` where nothing.

    True and false are the labels that mean them: `true`, `yes`, `1`, and `false`, `no`, `0`.
    """
    value = told.get(field.id)
    if value is None or value == "":
        flag = told.get(BUILT_IN + field.id)
        return None if flag is None else _truth(bool(flag), field)
    if isinstance(value, bool):
        return _truth(value, field) or (str(value).lower(),)
    if isinstance(value, list | tuple):
        return tuple(str(one) for one in value)  # pyright: ignore[reportUnknownArgumentType, reportUnknownVariableType]
    if isinstance(value, Mapping):
        return tuple(f"{name}:{share}" for name, share in value.items())  # pyright: ignore[reportUnknownVariableType]
    text = f"{value:g}" if isinstance(value, float) else str(value)
    return tuple(text.split("|")) if field.kind in {CHOICE, SOFT} else (text,)


def _truth(flag: bool, field: FieldShape) -> tuple[str, ...] | None:
    found = next((label for label in field.labels if label.lower() in (_YES if flag else _NO)), None)
    return None if found is None else (found,)


def strength_of(told: str) -> tuple[str, float]:
    """A label and its strength; a label alone has the strength 1.

    >>> strength_of("joy: 0.6"), strength_of("joy"), strength_of("a:b")
    (('joy', 0.6), ('joy', 1.0), ('a:b', 1.0))
    """
    name, _, number = told.rpartition(":")
    try:
        return (name.strip(), float(number)) if name else (told, 1.0)
    except ValueError:
        return told, 1.0
