"""What is measured of items, and the document that says what is in a source or a project."""

import enum
from dataclasses import dataclass

import msgspec

from guiju.kit import N_

METHOD = 1
"""How figures are taken; raised when the same item would give another figure."""


class Scale(enum.StrEnum):
    LOG = "log"
    EVEN = "even"
    RATIO = "ratio"


class Unit(enum.StrEnum):
    COUNT = "count"
    PLAIN = "plain"
    SECONDS = "seconds"
    BYTES = "bytes"
    SHARE = "share"
    DECIBEL = "decibel"
    HERTZ = "hertz"


@dataclass(frozen=True, slots=True)
class Figure:
    """One amount that an item has: how it is named, in what it is measured, and how its histogram is cut.

    `even` is (from, step, to); amounts outside fall into the bars at the ends.
    """

    code: str
    name: str
    unit: Unit
    scale: Scale = Scale.LOG
    even: tuple[float, float, float] = (0, 1, 1)
    note: str = ""
    has_outliers: bool = True


AMOUNTS = {
    figure.code: figure
    for figure in (
        Figure("length", N_("Characters"), Unit.COUNT),
        Figure("turns", N_("Turns"), Unit.COUNT),
        Figure("speakers", N_("Speakers"), Unit.COUNT, has_outliers=False),
        Figure("side", N_("Shorter side"), Unit.COUNT, note=N_("Pixels.")),
        Figure("aspect", N_("Width : height"), Unit.PLAIN, Scale.RATIO),
        Figure("brightness", N_("Brightness"), Unit.PLAIN, Scale.EVEN, (0, 16, 256), N_("Mean grey, 0 to 255.")),
        Figure(
            "sharpness",
            N_("Sharpness"),
            Unit.PLAIN,
            note=N_("Variance of the Laplacian, on the picture at no more than 1,024 pixels; little is blurred."),
        ),
        Figure("duration", N_("Duration"), Unit.SECONDS),
        Figure("rate", N_("Sample rate"), Unit.HERTZ, has_outliers=False),
        Figure("loudness", N_("Loudness"), Unit.DECIBEL, Scale.EVEN, (-60, 3, 0), N_("RMS against full scale.")),
        Figure(
            "silence",
            N_("Silence"),
            Unit.SHARE,
            Scale.EVEN,
            (0, 0.05, 1),
            N_("Share of 20 ms frames below −50 dB."),
            has_outliers=False,
        ),
        Figure(
            "clipping",
            N_("Clipping"),
            Unit.SHARE,
            Scale.EVEN,
            (0, 0.05, 1),
            N_("Share of samples at full scale."),
            has_outliers=False,
        ),
        Figure("size", N_("Size"), Unit.BYTES, has_outliers=False),
    )
}

CHOICES = {
    "media": N_("Kind"),
    "language": N_("Language"),
    "personal": N_("Personal data"),
    "mode": N_("Colours"),
    "channels": N_("Channels"),
    "format": N_("Format"),
    "state": N_("State"),
}

LANGUAGE_NAMES = {
    "zh-Hans": N_("Chinese, simplified"),
    "zh-Hant": N_("Chinese, traditional"),
    "zh": N_("Chinese, either script"),
    "ja": N_("Japanese"),
    "ko": N_("Korean"),
    "en": N_("English"),
    "de": N_("German"),
    "fr": N_("French"),
    "es": N_("Spanish"),
    "pt": N_("Portuguese"),
    "it": N_("Italian"),
    "nl": N_("Dutch"),
    "id": N_("Indonesian"),
    "vi": N_("Vietnamese"),
    "tr": N_("Turkish"),
    "pl": N_("Polish"),
    "ru": N_("Russian"),
    "uk": N_("Ukrainian"),
    "latin": N_("Latin letters, language not known"),
    "cyrillic": N_("Cyrillic letters, language not known"),
    "arabic": N_("Arabic letters"),
    "hebrew": N_("Hebrew letters"),
    "thai": N_("Thai letters"),
    "devanagari": N_("Devanagari letters"),
    "greek": N_("Greek letters"),
    "other": N_("other letters"),
    "none": N_("no letters"),
}

STATE_NAMES = {
    "whole": N_("whole"),
    "missing": N_("its file is missing"),
    "unreadable": N_("it cannot be decoded any more"),
    "large": N_("too large to be measured; its tiles are not there"),
    "unmeasured": N_("the extra “media” is not installed"),
}


class Bar(msgspec.Struct, frozen=True):
    """`low` ≤ amount < `high`; the first and the last bar are open where `low` or `high` is `None`."""

    low: float | None
    high: float | None
    count: int


class Amount(msgspec.Struct, frozen=True):
    """How an amount is spread over the items that have it; quantiles are those of the items, not of the bars.

    An outlier lies below `low_fence` or from `high_fence`: |z| ≥ 3.5 with z = 0.6745 (x - median) / MAD, of the
    logarithm where the scale is one (Iglewicz and Hoaglin, 1993).
    """

    figure: str
    count: int
    least: float
    q05: float
    q25: float
    median: float
    q75: float
    q95: float
    most: float
    mean: float
    bars: list[Bar]
    low_fence: float | None = None
    high_fence: float | None = None
    below: int = 0
    above: int = 0


class Value(msgspec.Struct, frozen=True):
    value: str
    count: int


class Choice(msgspec.Struct, frozen=True):
    """How often each value stands; `others` are those that are too many to be listed."""

    figure: str
    count: int
    values: list[Value]
    others: int = 0


class MetaColumn(msgspec.Struct, frozen=True):
    """One of the record's own columns. `distinct` is a guess (±6%) where `is_guess`; `least` and `most` of numbers."""

    name: str
    filled: int
    missing: int
    empty: int
    types: dict[str, int]
    distinct: int
    is_guess: bool
    values: list[Value]
    least: float | None = None
    most: float | None = None


class Remark(msgspec.Struct, frozen=True):
    """What is worth a look: how many items, and the query by which the list shows them (or where else they stand)."""

    code: str
    count: int
    query: dict[str, str]
    about: str = ""


class Profile(msgspec.Struct, frozen=True):
    """What is in a source, or in all landed sources of a project."""

    method: int
    items: int
    duplicates: int
    refused: int
    amounts: list[Amount]
    choices: list[Choice]
    meta: list[MetaColumn]
    meta_left_out: int
    remarks: list[Remark]


REMARK_NAMES = {
    "missing": N_("File missing"),
    "unreadable": N_("Cannot be decoded any more"),
    "large": N_("Too large to be measured"),
    "unmeasured": N_("Not measured: the extra “media” is missing"),
    "duplicates": N_("Exact duplicates, not taken"),
    "refused": N_("Records refused"),
    "short": N_("Texts of one or two characters"),
    "other-language": N_("In another language than nearly all"),
    "no-letters": N_("Without a letter"),
    "small": N_("Pictures under 64 pixels"),
    "dark": N_("Pictures too dark"),
    "bright": N_("Pictures too bright"),
    "blurred": N_("Pictures blurred"),
    "silent": N_("Sounds of nearly nothing but silence"),
    "clipped": N_("Sounds that are clipped"),
    "quiet": N_("Sounds too quiet"),
    "low-outliers": N_("Far smaller than the rest"),
    "high-outliers": N_("Far greater than the rest"),
    "empty-column": N_("Column empty or missing"),
}


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which items a list shows: those whose amount lies in [low, high), that have a value, that lack a column."""

    figure: str = ""
    low: float | None = None
    high: float | None = None
    value: str | None = None
    lacks: str | None = None


@dataclass(frozen=True, slots=True)
class Kept:
    """A profile as it is kept: of which source (`None`: of the project), by which method, and when it was made."""

    source_id: int | None
    method: int
    made_at: int
    profile: Profile
