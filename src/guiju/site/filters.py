"""How values are written on a page: numbers, shares, times, sizes."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

from jinja2 import pass_context
from jinja2.runtime import Context

LOCAL_ZONE: timezone | None = None


def count(value: int | None) -> str:
    """12480 → 12,480; nothing → an en dash."""
    return "–" if value is None else f"{value:,}"


def share(value: float | None, digits: int = 1) -> str:
    """0.8333 → 83.3%."""
    return "–" if value is None else f"{value * 100:.{digits}f}%"


def figure(value: float | None, digits: int = 2) -> str:
    """0.8333 → 0.83, as a statistic is written."""
    return "–" if value is None else f"{value:.{digits}f}"


def size(value: int | None) -> str:
    """Bytes in the unit that fits."""
    if value is None:
        return "–"
    amount, unit = float(value), "B"
    for unit in ("B", "kB", "MB", "GB"):  # noqa: B007 - the unit reached is the one written
        if amount < 1000:
            break
        amount /= 1000
    return f"{amount:.0f} {unit}" if unit == "B" else f"{amount:.1f} {unit}"


def duration(value: int | None) -> str:
    """Milliseconds as a clock shows them: 83400 → 1:23.4, 3600000 → 1:00:00.0."""
    if value is None:
        return "–"
    seconds, tenths = divmod(round(value / 100), 10)
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{seconds:02}.{tenths}" if hours else f"{minutes}:{seconds:02}.{tenths}"


def _moment(at: int) -> datetime:
    return (datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=at)).astimezone(LOCAL_ZONE)


@pass_context
def date(context: Context, at: int | None) -> str:
    """A day as its readers write it: 3月2日, 2 Mar."""
    if at is None:
        return "–"
    moment = _moment(at)
    if str(context.get("locale", "")).startswith("zh"):
        return f"{moment.month}月{moment.day}日"
    return f"{moment.day} {moment:%b}"


@pass_context
def moment(context: Context, at: int | None) -> str:
    """A day and a minute."""
    return "–" if at is None else f"{date(context, at)} {_moment(at):%H:%M}"


def clip(text: str, length: int = 120) -> str:
    """A text cut at `length` characters, on one line."""
    line = " ".join(text.split())
    return line if len(line) <= length else line[: length - 1] + "…"


FILTERS: dict[str, Callable[..., Any]] = {
    "clip": clip,
    "count": count,
    "date": date,
    "duration": duration,
    "figure": figure,
    "moment": moment,
    "share": share,
    "size": size,
}
