"""Days as numbers and as dates. Pure."""

from datetime import date, timedelta

from guiju.planning.days.model import DAY

_FIRST = date(1970, 1, 1)


def day_of(at: int, midnight: int) -> int:
    """The number of the day of `at`, where days begin as the one that began at `midnight`."""
    return (at + offset_of(midnight)) // DAY


def offset_of(midnight: int) -> int:
    """What is added to a time in UTC so that whole days divide it as the machine's own clock does."""
    return -midnight % DAY


def date_of(day: int) -> date:
    return _FIRST + timedelta(day)
