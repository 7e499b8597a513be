"""The shape of what people give: `{"kind": "contribution", "given": [{"id", "mode", "hash", …, "measures"}]}`.

The thing itself (a sound, a picture, a text) lies in the store under its `hash`; an answer only names it, with what the
server measured of it. What a browser says of the measures is never trusted: they are written anew at every submit.
"""

from typing import Literal, TypeAlias

import msgspec

from guiju.kinds.model import Column, FieldShape, ItemShape

Mode: TypeAlias = Literal["sound", "picture", "text"]

MEASURES = (
    "seconds",
    "level",
    "clipping",
    "silence",
    "noise",
    "rate",
    "width",
    "height",
    "sharpness",
    "brightness",
    "characters",
    "alike",
)
"""Seconds; dBFS; percent; percent; dBFS; hertz; pixels, twice; variance of second differences; 0 to 255; code points;
percent of likeness to what was given before."""


class Given(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One thing given: the `id` of its upload, its content's SHA-256, its size in bytes, and `MEASURES` of it."""

    id: str
    mode: Mode
    hash: str
    media_type: str
    size: int
    language: str
    measures: dict[str, float]


class Contributions(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag_field="kind", tag="contribution"):
    given: tuple[Given, ...]


def tidy(answer: Contributions) -> Contributions:
    """Each once, in the order of giving; measures to two decimals."""
    seen: dict[str, Given] = {}
    for one in answer.given:
        rounded = {name: round(value, 2) for name, value in one.measures.items()}
        seen.setdefault(one.id, msgspec.structs.replace(one, measures=rounded))
    return Contributions(tuple(seen.values()))


def is_finite(answer: Contributions) -> bool:
    return all(abs(value) < float("inf") for one in answer.given for value in one.measures.values())


def normalise(answer: Contributions, _field: FieldShape) -> Contributions:
    return tidy(answer)


def labels_of(_answer: Contributions) -> dict[str, int]:
    return {}


def columns(answer: Contributions, _item: ItemShape) -> dict[str, Column]:
    """A row for each thing given; a measure that it has not is 0."""
    given = answer.given
    found: dict[str, Column] = {name: [one.measures.get(name, 0.0) for one in given] for name in MEASURES}
    counted: dict[str, Column] = {
        "size": [float(one.size) for one in given],
        "language": [one.language for one in given],
        "count": [float(len(given)) for _ in given],
    }
    return {**found, **counted}


def summary(answer: Contributions) -> str:
    return " · ".join(_line(one) for one in answer.given) or "–"


def _line(one: Given) -> str:
    measures = one.measures
    if one.mode == "sound":
        return f"{measures.get('seconds', 0):.1f} s"
    if one.mode == "picture":
        return f"{measures.get('width', 0):.0f} × {measures.get('height', 0):.0f}"
    return f"¶ {measures.get('characters', 0):.0f}"
