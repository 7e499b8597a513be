"""Alerts are read, quieted and let speak again."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from sqlalchemy import Connection

from guiju.people import Act, may
from guiju.planning.alerts import store
from guiju.planning.alerts.errors import AlertNotQuiet, AlertNotThere
from guiju.planning.alerts.model import HOUR, Alert
from guiju.planning.alerts.rules import check_quieting, decide_alerts, find_unlike
from guiju.planning.days import Tally, Worked, by_round, paces, worked
from guiju.planning.forecast import Forecast, make_forecast
from guiju.planning.model import Facts
from guiju.planning.stages import Wait, look_at_waiting
from guiju.planning.store import gather_facts
from guiju.projects import Standing, authorise, list_members
from guiju.rulings import Waiting, read_waiting
from guiju.storage import Actor, Event, House, Tx
from guiju.work.gold import who_is_stopped

PACE_DAYS = 14
DAY_HOURS = 24
NONE = Tally()


@dataclass(frozen=True, slots=True)
class Watched:
    """What a reader is told: the alerts that speak, those that somebody quieted, and what they were decided from."""

    speaking: list[Alert]
    quieted: list[Alert]
    forecast: Forecast
    waits: list[Wait]


def list_alerts(house: House, actor: Actor, project_id: int) -> Watched:
    """A project's alerts. Raises what `authorise` raises."""
    with house.reading() as connection:
        standing = authorise(connection, actor, project_id, Act.SEE_REPORTS)
        return _read_all(connection, actor, standing, house.clock())


def _read_all(connection: Connection, actor: Actor, standing: Standing, at: int) -> Watched:
    project_id = standing.project.id
    names: dict[int | None, str] = {one.account_id: one.name for one in list_members(connection, project_id)}
    facts, seen = gather_facts(connection, project_id), worked(connection, project_id, at)
    questions = read_waiting(connection, project_id, at) if facts.questions else None
    leads = actor.trusted or may(standing.roles, Act.CHANGE_PROJECT)
    return read_alerts(connection, project_id, facts, seen, questions, names, at, leads=leads)


def read_alerts(  # noqa: PLR0913, PLR0917 - what the caller has read already
    connection: Connection,
    project_id: int,
    facts: Facts,
    seen: Worked,
    questions: Waiting | None,
    names: Mapping[int | None, str],
    at: int,
    *,
    leads: bool,
) -> Watched:
    """The alerts of a project whose facts are known; those about somebody's work for its leads alone."""
    told = make_forecast(connection, facts, seen)
    waits = look_at_waiting(connection, project_id, facts, questions, names)
    opened = store.open_since(connection, [one for one, n in facts.working.items() if n])
    tallies = by_round(connection, seen)
    alerts = decide_alerts(
        at=at,
        forecast=told,
        lacking=sum(facts.working[one] for one in opened),
        last_at=max((max(since, tallies.get(one, NONE).last_at) for one, since in opened.items()), default=None),
        waits=waits,
        overdue=questions.overdue if questions else 0,
        unlike=find_unlike(paces(connection, seen, list(facts.working), seen.today - PACE_DAYS)) if leads else [],
        days_a_week=facts.days_a_week,
        halted=[one for each in who_is_stopped(connection, project_id).values() for one in each] if leads else [],
    )
    quiet = store.quieted(connection, project_id, at)
    speaking = [one for one in alerts if one.key not in quiet]
    quieted = [replace(one, quiet=quiet[one.key]) for one in alerts if one.key in quiet]
    return Watched(speaking, quieted, told, waits)


def quiet_alert(
    house: House, actor: Actor, project_id: int, key: str, *, request_id: str, reason: str, days: int = 7
) -> int:
    """Let an alert be silent for so many days, with a reason that everybody reads who would have read the alert.

    Raises `AlertReasonMissing`, `AlertDaysOutside`, `AlertNotThere`.
    """
    said = check_quieting(reason, days)

    def quiet(tx: Tx) -> int:
        values = {"project_id": project_id, "key": key, "reason": said, "quieted_by": actor.id}
        made = store.insert_quiet(tx, **values, until=tx.at + days * DAY_HOURS * HOUR)
        tx.journal(Event(actor.id, "alert.quieted", project_id, made, facts={"key": key, "days": days}))
        return made

    with house.reading() as connection:
        standing = authorise(connection, actor, project_id, Act.CHANGE_PROJECT)
        watched = _read_all(connection, actor, standing, house.clock())
    if key not in {one.key for one in (*watched.speaking, *watched.quieted)}:
        raise AlertNotThere(key=key[:40])

    def write(tx: Tx) -> int:
        authorise(tx.connection, actor, project_id, Act.CHANGE_PROJECT)
        return tx.once(request_id, actor.id, f"alert.quiet.{project_id}", lambda: quiet(tx))

    return house.write(write)


def wake_alert(house: House, actor: Actor, project_id: int, key: str) -> None:
    """Let a quieted alert speak again before its time. Raises `AlertNotQuiet`."""

    def write(tx: Tx) -> None:
        authorise(tx.connection, actor, project_id, Act.CHANGE_PROJECT)
        if not store.end_quiet(tx, project_id, key):
            raise AlertNotQuiet(key=key[:40])
        tx.journal(Event(actor.id, "alert.woken", project_id, project_id, facts={"key": key}))

    house.write(write)
