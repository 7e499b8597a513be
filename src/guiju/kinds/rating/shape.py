"""The shape of a rating: `{"kind": "rating", "value": 4}`."""

from math import isfinite

import msgspec

from guiju.kinds.model import Column, FieldShape, ItemShape


class Rating(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag_field="kind", tag="rating"):
    """A point of the field's scale; `None` says that none was chosen."""

    value: float | None


def tidy(answer: Rating) -> Rating:
    """Two decimals, and no negative nought."""
    return answer if answer.value is None else Rating(round(answer.value, 2) + 0.0)


def is_finite(answer: Rating) -> bool:
    return answer.value is None or isfinite(answer.value)


def normalise(answer: Rating, _field: FieldShape) -> Rating:
    return answer


def labels_of(_answer: Rating) -> dict[str, int]:
    return {}


def columns(answer: Rating, _item: ItemShape) -> dict[str, Column]:
    """One row with `value`, or none where nothing was chosen."""
    return {"value": [] if answer.value is None else [answer.value]}


def expand(value: object) -> object:
    """`4` as a rating."""
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return {"kind": "rating", "value": value} if is_number else value


def written(value: float) -> str:
    """
    >>> written(4.0), written(3.5)
    ('4', '3.5')
    """
    return f"{value:g}"


def summary(answer: Rating) -> str:
    return "–" if answer.value is None else written(answer.value)
