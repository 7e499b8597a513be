"""A project's forecast, gathered; the caller authorises."""

from sqlalchemy import Connection

from guiju.planning.days import Worked, by_day, date_of
from guiju.planning.forecast.model import Forecast, Left, When
from guiju.planning.forecast.rules import forecast, past_of
from guiju.planning.model import Facts

REMEMBERED = 60
"""Days that are looked back."""


def make_forecast(connection: Connection, facts: Facts, seen: Worked) -> Forecast:
    """When the last answer of production, rework and rechecks is given."""
    days = by_day(connection, seen, facts.worked, seen.today - REMEMBERED)
    done = {date_of(one.day): (one.firsts, one.people) for one in days}
    today = date_of(seen.today)
    covered = max(facts.resolved, facts.production_total // facts.overlap)
    to_come = max(0, (facts.volume or facts.items) - covered) * facts.overlap
    left = Left(
        queued=sum(facts.working.values()),
        to_come=to_come,
        redone=min(facts.redone, facts.lotted),
        inspected=facts.lotted,
        uninspected=facts.unlotted,
    )
    when = When(today, facts.days_a_week, facts.due, done.get(today, (0, 0))[0])
    return forecast(past_of(done, today, facts.days_a_week), left, when)
