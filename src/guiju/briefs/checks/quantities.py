"""Numbers with units as people write them: 5,000–6,000 张, 两万条, 3 周, 30 s, 4 annotators, 2027 年 3 月 28 日."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Unit(StrEnum):
    """What is counted; every quantity is brought to the family's own measure, named here."""

    ITEMS = "items"
    PEOPLE = "people"
    SECONDS = "seconds"
    DAYS = "days"
    PERCENT = "percent"
    MONEY = "money"


@dataclass(frozen=True, slots=True)
class Quantity:
    """From `low` to `high` (equal for one number), as it was `said`, and what stood just before it."""

    low: float
    high: float
    unit: Unit
    said: str
    before: str = ""

    def holds(self, value: float) -> bool:
        return self.low <= value <= self.high

    @property
    def is_of_each(self) -> bool:
        """Whether it counts what is in one of something (每批 500 张, 60 images for the trial), not the whole."""
        return _EACH.search(self.before) is not None


_EACH = re.compile(
    r"(?:每\S{0,4}|试标\S{0,4}|抽\S{0,4}|\bper \w+|\beach\b.{0,8}|\bevery\b.{0,8}"
    r"|\btrial\b.{0,10}|\ba (?:lot|batch) of) ?$",
    re.IGNORECASE,
)
_COUNTED = (
    *("张", "条", "幅", "份", "通", "句", "篇", "段", "帧", "组", "轮", "个?样本"),
    *(f"{name}s?\\b" for name in ("item", "image", "picture", "photo", "frame", "text", "clip", "message", "call")),
    *(f"{name}s?\\b" for name in ("utterance", "dialogue", "conversation", "answer", "pair", "scan", "sample")),
    "documents?\\b",
)
_UNITS: tuple[tuple[str, Unit, float], ...] = (
    (r"万元", Unit.MONEY, 10_000),
    (r"元|块钱|CNY|RMB|USD|EUR", Unit.MONEY, 1),
    (r"%|％|percent\b|per cent\b|个百分点", Unit.PERCENT, 1),
    (r"(?:个)?工作日|working days?|business days?", Unit.DAYS, 1.4),
    (r"周(?!岁|[一二三四五六日])|个?星期(?![一二三四五六日])|weeks?\b", Unit.DAYS, 7),
    (r"个月|months?\b", Unit.DAYS, 30),
    (r"天|days?\b", Unit.DAYS, 1),
    (r"个?小时|hours?\b|h\b", Unit.SECONDS, 3600),
    (r"分钟|minutes?\b|min\b", Unit.SECONDS, 60),
    (r"秒钟?|seconds?\b|secs?\b|s\b", Unit.SECONDS, 1),
    (r"名|位|人(?!民币)|people\b|persons?\b|annotators?\b|labell?ers?\b", Unit.PEOPLE, 1),
    ("|".join(_COUNTED), Unit.ITEMS, 1),
)
_DIGITS = {"零": 0, "〇": 0, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
_TENS = {"十": 10, "百": 100, "千": 1000}
_WORDS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_NUMBER = (
    r"(?:\d{1,3}(?:[,，]\d{3})+|\d+)(?:\.\d+)?\s*(?:[万亿]|千(?!克|米)|[kK](?![a-zA-Z])|thousand|million)?"
    r"|[零〇一二两三四五六七八九十百千][零〇一二两三四五六七八九十百千万]{0,9}|万"
    r"|\b(?:" + "|".join(_WORDS) + r")\b"
)
_TIMES = {"万": 1e4, "亿": 1e8, "千": 1e3, "k": 1e3, "thousand": 1e3, "million": 1e6}
_QUANTITY = re.compile(
    rf"(?P<low>{_NUMBER})\s*(?:(?:-|–|—|~|～|至|到|to\b)\s*(?P<high>{_NUMBER})\s*)?(?:more |of )?"
    rf"(?P<unit>{'|'.join(f'(?P<u{n}>{pattern})' for n, (pattern, _, _) in enumerate(_UNITS))})",
    re.IGNORECASE,
)
_MOST_BEFORE = 16


def quantities_in(text: str) -> list[Quantity]:
    """Every number that stands before a unit, a range as one; dates are not among them."""
    return list(_quantities(_DATE.sub(lambda found: "\n" * len(found.group()), text)))


def _quantities(text: str) -> Iterator[Quantity]:
    for found in _QUANTITY.finditer(text):
        unit, factor = next(
            (unit, factor) for n, (_, unit, factor) in enumerate(_UNITS) if found.group(f"u{n}") is not None
        )
        first, last = found["low"], found["high"] or found["low"]
        if len(first) == 2 and not found["high"] and all(_DIGITS.get(each, 0) for each in first):
            first, last = first[0], first[1]  # 三五 is three to five
        low, high = number_of(first), number_of(last)
        if low is None or high is None:
            continue
        if high > low and found["high"] and _scale(found["low"]) == 1 < (shared := _scale(found["high"])):
            low = low * shared if low * shared <= high else low  # 5–6 万张: both are counted in 万
        before = text[max(0, found.start() - _MOST_BEFORE) : found.start()]
        said = found.group().strip()
        yield Quantity(min(low, high) * factor, max(low, high) * factor, unit, said, before)


def _scale(said: str) -> float:
    return next((by for name, by in _TIMES.items() if said.strip().lower().endswith(name)), 1)


def number_of(said: str) -> float | None:
    """12,000 · 1.2万 · 两万 · 三十五 · twelve; `None` for what is none (a lone 千)."""
    text = said.strip().lower().replace(",", "").replace("，", "")
    if text in _WORDS:
        return float(_WORDS.index(text) + 1)
    scale = _scale(text)
    digits = re.match(r"\d+(?:\.\d+)?", text)
    if digits:
        return float(digits.group()) * scale
    return _spoken(text)


def _spoken(text: str) -> float | None:
    """Chinese numerals below 100 million; 十 alone is ten."""
    above, found, below = text.partition("万")
    if found:
        high = _spoken(above)
        return None if high is None else high * 10_000 + (_spoken(below) or 0 if below else 0)
    total = digit = 0
    for character in text:
        if character in _DIGITS:
            digit = digit * 10 + _DIGITS[character]
        elif character in _TENS:
            total, digit = total + (digit or 1) * _TENS[character], 0
        else:
            return None
    return float(total + digit) if text and (text[0] not in "百千") else None


_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = r"(?:" + "|".join(f"{name}[a-z]*" for name in _MONTHS) + r")\.?"
_DATE = re.compile(
    r"(?:(?P<y1>20\d\d)\s*年\s*)?(?P<m1>\d{1,2})\s*月\s*(?P<d1>\d{1,2})\s*[日号]"
    r"|(?P<y2>20\d\d)[-/.](?P<m2>\d{1,2})[-/.](?P<d2>\d{1,2})(?!\d)"
    rf"|\b(?P<d3>\d{{1,2}})(?:st|nd|rd|th)?\s+(?P<m3>{_MONTH})(?:,?\s+(?P<y3>20\d\d))?\b"
    rf"|\b(?P<m4>{_MONTH})\s+(?P<d4>\d{{1,2}})(?:st|nd|rd|th)?(?:,?\s+(?P<y4>20\d\d)(?![-/.]))?\b",
    re.IGNORECASE,
)


def dates_in(text: str, year: int | None = None) -> list[tuple[date | None, str]]:
    """Every date, as it was said; `year` stands in where none is said. `None` for one that no calendar has."""
    found = (_date_of(match, year) for match in _DATE.finditer(text))
    return [each for each in found if each is not None]


def _date_of(match: re.Match[str], year: int | None) -> tuple[date | None, str] | None:
    parts = next((match[f"y{n}"], match[f"m{n}"], match[f"d{n}"]) for n in range(1, 5) if match[f"d{n}"])
    said_year = int(parts[0]) if parts[0] else year
    if said_year is None:
        return None
    month = int(parts[1]) if parts[1].isdigit() else _MONTHS.index(parts[1][:3].lower()) + 1
    try:
        return date(said_year, month, int(parts[2])), match.group().strip()
    except ValueError:
        return None, match.group().strip()
