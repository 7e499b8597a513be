"""The shape of answers that are asked of each part: `{"kind": "each", "of": "defects", "answers": {"b1": …}}`.

`of` is what they are asked of: `turn`, or the id of the field whose marked things they speak about. A key is the number
of a turn from 1, or the id of the thing marked. A part without an answer is absent.
"""

from collections.abc import Mapping
from typing import Annotated, Any, Generic, TypeVar, cast

import msgspec

from guiju.kinds.model import TURN, ItemShape

T_co = TypeVar("T_co", covariant=True)
PartId = Annotated[str, msgspec.Meta(min_length=1, max_length=64)]


class Each(msgspec.Struct, Generic[T_co], frozen=True, forbid_unknown_fields=True, tag_field="kind", tag="each"):
    """An answer for each part, by the part's id; written with its keys sorted as texts, whatever came first."""

    of: str
    answers: Mapping[PartId, T_co]


def expand_each(of: str, value: Any, expand: Any) -> object:
    """`{1: [greeting], 2: [complaint]}`, or a list in the order of the parts, as answers of each part."""
    if isinstance(value, list):
        first = "" if of == TURN else "e"
        entries = {f"{first}{number}": one for number, one in enumerate(cast("list[Any]", value), 1)}
    elif isinstance(value, dict) and "kind" not in value:
        entries = {str(key): one for key, one in cast("dict[Any, Any]", value).items()}
    else:
        return cast("object", value)
    return {"kind": "each", "of": of, "answers": {key: expand(one) for key, one in entries.items()}}


def turn_keys(item: ItemShape) -> list[str]:
    """The names of a dialogue's turns, in their order."""
    return [str(number) for number in range(1, item.parts + 1)]
