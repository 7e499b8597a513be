"""Telephone numbers: mobile and landline of China, and others that are written internationally."""

import re
from collections.abc import Iterator

from guiju.cleaning.personal.model import Found, PersonalKind

# Only there is looked: what the other patterns begin with would be tried at every character of the text.
_ZONE = re.compile(r"[+(\d][\d ()+.-]{5,}")
_BEYOND = 9
_COUNTRY = r"(?:(?:\+|00)?\(?86\)?[ -]?)?"
_MOBILE = re.compile(
    rf"(?<![\d])(?<!\d\.){_COUNTRY}"
    r"(1[3-9]\d(?:\d{8}|[ -]\d{4}[ -]\d{4}|\d{2}[ -]\d{6}|[ -]\d{3}[ -]\d{5}))(?![\d])"
)
# Two-digit area codes of the large cities have eight digits behind them, the others seven or eight.
_LANDLINE = re.compile(
    r"(?<![\d.])(?:(?:\+|00)86[ -]?)?(?:(\()0?(?:10|2\d|[3-9]\d{2})\)|0(?:10|2\d|[3-9]\d{2}))"
    r"([ -]?)[2-8]\d{2,3}[ -]?\d{4}"
    r"(?:(?:转|轉|-|ext\.? ?)\d{1,5})?(?![\d])"
)
_WORLD = re.compile(r"(?<![\w+])\+(?!86)[1-9]\d{0,2}[ -]?(?:\(\d{1,4}\)[ -]?)?\d{1,4}(?:[ -]?\d{2,4}){2,4}(?![\d])")
_AMERICAN = re.compile(r"(?<![\d-])(?!\(?[48]00)(?:\([2-9]\d{2}\) ?|[2-9]\d{2}[-.])[2-9]\d{2}[-.]\d{4}(?![\d-])")
_WORDS = re.compile(r"电话|電話|座机|座機|热线|传真|傳真|联系|聯繫|致电|tel|phone|fax|call", re.IGNORECASE)
_BEFORE = 16


def find_phones(text: str) -> Iterator[Found]:
    for zone in _ZONE.finditer(text):
        yield from _phones_in(text, zone.start(), zone.end() + _BEYOND)


def _phones_in(text: str, start: int, end: int) -> Iterator[Found]:
    for match in _MOBILE.finditer(text, start, end):
        sure = not text[max(match.start() - 1, 0) : match.start()].isascii() or not _is_sign(text, match.start() - 1)
        yield Found(PersonalKind.MOBILE, match.start(), match.end(), sure)
    for match in _LANDLINE.finditer(text, start, end):
        bracketed, gap = match.groups()
        sure = bool(bracketed or gap) or _WORDS.search(text, max(match.start() - _BEFORE, 0), match.start()) is not None
        yield Found(PersonalKind.LANDLINE, match.start(), match.end(), sure)
    for match in _WORLD.finditer(text, start, end):
        if 8 <= sum(map(str.isdigit, match.group())) <= 15:
            yield Found(PersonalKind.LANDLINE, match.start(), match.end(), certain=True)
    for match in _AMERICAN.finditer(text, start, end):
        yield Found(PersonalKind.LANDLINE, match.start(), match.end(), certain=False)


def _is_sign(text: str, place: int) -> bool:
    """Whether a letter stands there: what looks like a number may then be the end of an order's code."""
    return place >= 0 and text[place].isalpha()
