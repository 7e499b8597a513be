"""What a field for text can be told: how long, in how many lines, in which form."""

import re
from typing import Final, Literal, TypeAlias

import msgspec

from guiju.kinds.model import FieldShape, Options, Problem
from guiju.kinds.problems import problem
from guiju.kit import N_

MOST_CHARACTERS = 200_000
Form: TypeAlias = Literal["", "digits", "number", "date", "time", "email", "url", "han", "no-han"]

_HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af"
FORMS: Final[dict[Form, re.Pattern[str]]] = {
    "digits": re.compile("[0-9]+"),
    "number": re.compile(r"[+-]?[0-9]+(?:\.[0-9]+)?"),
    "date": re.compile("[0-9]{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])"),
    "time": re.compile("(?:[01][0-9]|2[0-3]):[0-5][0-9](?::[0-5][0-9])?"),
    "email": re.compile(r"[^\s@]+@[^\s@.]+(?:\.[^\s@.]+)+"),
    "url": re.compile(r"https?://[^\s/]+(?:/\S*)?"),
    "han": re.compile(f"[^{_HAN}]*[{_HAN}][^\\x00]*"),
    "no-han": re.compile(f"[^{_HAN}]+"),
}
"""Fixed forms instead of a pattern of one's own: each takes time in proportion to the text, on both sides the same."""


class Placeholder(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What stands in the empty field, in both languages."""

    zh: str = ""
    en: str = ""


class TextOptions(Options, frozen=True):
    """`min` and `max` count characters (code points); `pattern` names one of the `FORMS`, or none."""

    min: int = 0
    max: int = 10_000
    multiline: bool = True
    placeholder: Placeholder = Placeholder()
    pattern: Form = ""


unsound = problem(
    "text-limits-unsound",
    N_("Field “{field}”: no text has at least {min} and at most {max} characters."),
    N_("Let min be 0 or more, and max between min and {limit}."),
)


def faults(field: FieldShape) -> list[Problem]:
    """What is wrong with a field's limits."""
    told = field.option(TextOptions)
    if 0 <= told.min <= told.max and 1 <= told.max <= MOST_CHARACTERS:
        return []
    return [unsound(field=field.id, min=told.min, max=told.max, limit=MOST_CHARACTERS)]


def has_form(text: str, form: Form) -> bool:
    """
    >>> has_form("2026-05-12", "date"), has_form("12 May", "date"), has_form("订单 7", "han"), has_form("x", "")
    (True, False, True, True)
    """
    return form == "" or FORMS[form].fullmatch(text) is not None
