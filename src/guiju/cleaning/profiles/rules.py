"""What in a profile is worth a look, and the words of a figure. Pure, without NumPy."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from guiju.cleaning.profiles.model import AMOUNTS, Amount, Choice, MetaColumn, Remark, Unit, Wanted

# Amounts that are worth a look whatever the rest is like: the remark, the figure, from, below.
_LIMITS: list[tuple[str, str, float | None, float | None]] = [
    ("short", "length", None, 3),
    ("small", "side", None, 64),
    ("dark", "brightness", None, 40),
    ("bright", "brightness", 235, None),
    ("blurred", "sharpness", None, 50),
    ("silent", "silence", 0.95, None),
    ("clipped", "clipping", 0.001, None),
    ("quiet", "loudness", None, -45),
]
_STATES = ("missing", "unreadable", "large", "unmeasured")
NEARLY_ALL = 0.9


@dataclass(frozen=True, slots=True)
class Found:
    """What was gathered of a source or a project; `count` says how many items have an amount in [low, high)."""

    items: int
    amounts: list[Amount]
    choices: list[Choice]
    meta: list[MetaColumn]
    duplicates: int
    refused: int
    count: Callable[[str, float | None, float | None], int]


def find_remarks(found: Found) -> list[Remark]:
    """What is lost, what is not like the rest, what hardly anybody can work with."""
    remarks = [*_lost(found), *_limits(found), *_languages(found), *_outliers(found), *_columns(found)]
    return [remark for remark in remarks if remark.count]


def _lost(found: Found) -> Iterator[Remark]:
    yield Remark("duplicates", found.duplicates, {})
    yield Remark("refused", found.refused, {})
    for choice in found.choices:
        if choice.figure == "state":
            counts = {value.value: value.count for value in choice.values}
            for state in _STATES:
                yield Remark(state, counts.get(state, 0), {"figure": "state", "value": state})


def _limits(found: Found) -> Iterator[Remark]:
    for code, figure, low, high in _LIMITS:
        yield Remark(code, found.count(figure, low, high), query_of(Wanted(figure, low, high)))


def _languages(found: Found) -> Iterator[Remark]:
    """Where nearly all texts are of one language, the others; Chinese that either script writes is in both."""
    for choice in found.choices:
        if choice.figure != "language" or not choice.values:
            continue
        first = choice.values[0]
        for value in choice.values:
            query = {"figure": "language", "value": value.value}
            if value.value == "none":
                yield Remark("no-letters", value.count, query)
            elif first.count >= NEARLY_ALL * choice.count and not _is_like(value.value, first.value):
                yield Remark("other-language", value.count, query, value.value)


def _is_like(one: str, other: str) -> bool:
    return one == other or ({one, other} < {"zh", "zh-Hans", "zh-Hant"} and "zh" in {one, other})


def _outliers(found: Found) -> Iterator[Remark]:
    for amount in found.amounts:
        low, high = amount.low_fence, amount.high_fence
        yield Remark("low-outliers", amount.below, query_of(Wanted(amount.figure, None, low)), amount.figure)
        yield Remark("high-outliers", amount.above, query_of(Wanted(amount.figure, high)), amount.figure)


def _columns(found: Found) -> Iterator[Remark]:
    for column in found.meta:
        lacking = column.missing + column.empty
        yield Remark("empty-column", lacking, {"lacks": column.name}, column.name)


def query_of(wanted: Wanted) -> dict[str, str]:
    """What a link to the list says."""
    said = {"figure": wanted.figure, "low": wanted.low, "high": wanted.high, "value": wanted.value}
    said["lacks"] = wanted.lacks
    return {name: plain(value) if isinstance(value, float | int) else value for name, value in said.items() if value}


def plain(value: float) -> str:
    """
    >>> plain(3.0), plain(0.25)
    ('3', '0.25')
    """
    return str(int(value)) if value == int(value) else repr(value)


def told(figure: str, value: float | None) -> str:
    """An amount as a person reads it: 3.5 s, 12 kB, 0.4%, −20 dB."""
    if value is None:
        return ""
    unit = AMOUNTS[figure].unit
    if unit is Unit.BYTES:
        return _bytes(value)
    if unit is Unit.SHARE:
        return f"{value * 100:.3g}%"
    said = f"{value:,.0f}" if value == int(value) or value >= 100 else f"{value:.3g}"
    said = said.replace("-", "−")
    return said + {Unit.SECONDS: " s", Unit.DECIBEL: " dB", Unit.HERTZ: " Hz"}.get(unit, "")


def _bytes(value: float) -> str:
    unit = "B"
    for unit in ("B", "kB", "MB", "GB"):  # noqa: B007 - the unit reached is the one written
        if value < 1000:
            break
        value /= 1000
    return f"{value:.3g} {unit}"
