"""Time, as whole microseconds in UTC: one integer sorts, compares and stores alike on every database."""

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import TypeAlias

Clock: TypeAlias = Callable[[], int]

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def now() -> int:
    """Microseconds since 1970-01-01T00:00Z."""
    return time.time_ns() // 1_000


def iso(at: int) -> str:
    """`at` in ISO 8601 with milliseconds, in UTC."""
    return (_EPOCH + timedelta(microseconds=at)).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def parse_iso(text: str) -> int:
    """Microseconds of an ISO 8601 time; a time without a zone is UTC. Raises `ValueError` if it is not a time."""
    moment = datetime.fromisoformat(text.strip())
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return (moment - _EPOCH) // timedelta(microseconds=1)


def day_of(at: int) -> str:
    """The machine's own day in which `at` lies: 2026-11-22."""
    return (_EPOCH + timedelta(microseconds=at)).astimezone().date().isoformat()


def bounds_of_day(day: str) -> tuple[int, int]:
    """The first and the last microsecond of a day of this machine.

    Raises `ValueError` if it is not a day, `OverflowError` beyond the last.
    """
    begins = datetime.fromisoformat(day).astimezone()
    ends = datetime.fromisoformat(day) + timedelta(days=1)
    return (begins - _EPOCH) // timedelta(microseconds=1), (ends.astimezone() - _EPOCH) // timedelta(microseconds=1) - 1


def midnight(at: int) -> int:
    """The beginning of the machine's own day in which `at` lies."""
    day = (_EPOCH + timedelta(microseconds=at)).astimezone().replace(hour=0, minute=0, second=0, microsecond=0)
    return (day - _EPOCH) // timedelta(microseconds=1)
