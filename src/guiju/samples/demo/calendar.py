"""A clock that begins some days ago and catches up as the story is told, so that the demo's projects have a past.

What needs days that are over, such as a closed period of pay, could not be told in a minute otherwise; and where all
work was done in one second, no forecast, no pace and no retrospective has anything to say.
"""

from guiju.kit import now
from guiju.storage import House

SECOND = 1_000_000
DAY = 86_400 * SECOND
BEGINS_AGO = 12.0
"""Days before today on which the demo begins."""


class Calendar:
    """Microseconds since 1970, behind the real time until that is caught up with; never ahead of it."""

    def __init__(self, days_ago: float = BEGINS_AGO) -> None:
        self._behind = int(days_ago * DAY)

    def __call__(self) -> int:
        return now() - self._behind

    def let_pass(self, micros: int) -> None:
        self._behind = max(0, self._behind - micros)


def let_pass(house: House, *, days: float = 0.0, seconds: float = 0.0) -> None:
    """In a house with a calendar so much time passes; in any other it passes by itself."""
    if isinstance(house.clock, Calendar):
        house.clock.let_pass(int(days * DAY + seconds * SECOND))


def catch_up(house: House) -> None:
    """From here on it is today."""
    let_pass(house, days=BEGINS_AGO * 100)
