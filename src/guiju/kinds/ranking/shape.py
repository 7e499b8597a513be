"""The shape of a ranking: `{"kind": "ranking", "order": [[1], [0, 2]]}`, places from the best, ties together."""

import re
from typing import Any, Literal, TypeAlias, cast

import msgspec

from guiju.kinds.model import Column, FieldShape, ItemShape, Options

Mode: TypeAlias = Literal["rank", "best", "best-worst"]
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_SHORT = re.compile(r"[A-Z](\s*[>=]\s*[A-Z])*")


class Preference(Options, frozen=True):
    """`mode`: all in order, only the best, or the best and the worst. `ties`: several answers may share a place."""

    mode: Mode = "rank"
    ties: bool = False


class Ranking(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag_field="kind", tag="ranking"):
    """Groups of the item's answers, by their number from 0, from the best to the worst; none: not ranked.

    Where only the best is asked, the others are the second group; with best and worst, the rest lie between.
    """

    order: tuple[tuple[int, ...], ...]


def tidy(answer: Ranking) -> Ranking:
    """Groups in the order of numbers, none of them empty: who ties A with B ties B with A."""
    return Ranking(tuple(tuple(sorted(group)) for group in answer.order if group))


def is_finite(_answer: Ranking) -> bool:
    return True


def normalise(answer: Ranking, _field: FieldShape) -> Ranking:
    return tidy(answer)


def labels_of(_answer: Ranking) -> dict[str, int]:
    return {}


def columns(answer: Ranking, item: ItemShape) -> dict[str, Column]:
    """One row: how many `answers` the item has, how many `places` were given, how many answers share one (`tied`).

    None where nothing was ranked.
    """
    if not answer.order:
        return {"answers": [], "places": [], "tied": []}
    tied = sum(len(group) for group in answer.order if len(group) > 1)
    return {"answers": [float(item.parts)], "places": [float(len(answer.order))], "tied": [float(tied)]}


def expand(value: Any) -> object:
    """`B > A = C`, or `[1, [0, 2]]`, as a ranking."""
    if isinstance(value, str) and _SHORT.fullmatch(value.strip()):
        groups = [[_LETTERS.index(one.strip()) for one in group.split("=")] for group in value.split(">")]
        return {"kind": "ranking", "order": groups}
    if isinstance(value, list):
        order: list[Any] = [one if isinstance(one, list) else [one] for one in cast("list[Any]", value)]
        return {"kind": "ranking", "order": order}
    return value


def letter(place: int) -> str:
    """What the page calls an answer.

    >>> letter(0), letter(25), letter(26)
    ('A', 'Z', '27')
    """
    return _LETTERS[place] if 0 <= place < len(_LETTERS) else str(place + 1)


def summary(answer: Ranking) -> str:
    """
    >>> summary(Ranking(((1,), (0, 2))))
    'B > A = C'
    """
    return " > ".join(" = ".join(letter(one) for one in group) for group in answer.order) or "–"
