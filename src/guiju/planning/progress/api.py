"""JSON of a project's progress and of its alerts."""

from typing import Annotated, Any

import msgspec
from litestar import get, post
from litestar.params import FromPath, JSONBody
from msgspec import Meta

from guiju.kit import Words, iso
from guiju.planning.alerts import Alert, Watched, list_alerts, quiet_alert, wake_alert
from guiju.planning.days import Tally
from guiju.planning.forecast import Forecast
from guiju.planning.progress.actions import Progress, look_at_progress
from guiju.planning.stages import Wait
from guiju.site import actor_of, house_of, words_of
from guiju.site.guards import AnyRequest

RequestId = Annotated[str, Meta(pattern="^[A-Za-z0-9_-]{8,64}$")]


class QuietIn(msgspec.Struct, frozen=True):
    """`wake` lets the alert speak again; else it is quiet for `days`, and says why."""

    id: RequestId
    key: str
    reason: str = ""
    days: int = 7
    wake: bool = False


@get("/projects/{project_id:int}/progress", sync_to_thread=True)
def show_progress(request: AnyRequest, project_id: FromPath[int]) -> dict[str, Any]:
    """By round and person with active time, the forecast, what waits now, and how long things wait (microseconds)."""
    seen = look_at_progress(house_of(request), actor_of(request), project_id)
    return told_of(seen, words_of(request))


@get("/projects/{project_id:int}/alerts", sync_to_thread=True)
def show_alerts(request: AnyRequest, project_id: FromPath[int]) -> dict[str, Any]:
    """What should be looked at now, each with its next step; those that somebody quieted with the reason."""
    return alerts_told(list_alerts(house_of(request), actor_of(request), project_id), words_of(request))


@post("/projects/{project_id:int}/alerts", sync_to_thread=True, status_code=204)
def quiet(request: AnyRequest, project_id: FromPath[int], data: JSONBody[QuietIn]) -> None:
    """Quiet an alert, by its `key`, for some days and with a reason; or let it speak again."""
    house, actor = house_of(request), actor_of(request)
    if data.wake:
        wake_alert(house, actor, project_id, data.key)
    else:
        quiet_alert(house, actor, project_id, data.key, request_id=data.id, reason=data.reason, days=data.days)


def told_of(seen: Progress, words: Words) -> dict[str, Any]:
    """The progress as the API and the command say it."""
    return {
        "rounds": [
            {
                "round": one.round.id, "kind": one.round.kind.value, "number": one.round.number,
                "state": one.round.state.value, "done": one.progress.done, "total": one.progress.total,
                **_tally(one.tally),
            }
            for one in seen.rounds
        ],
        "people": [
            {"annotator": one.name, "last_7_days": one.week, "today": one.today, **_tally(one.tally)}
            for one in seen.people
        ],
        "days": [{"day": one.day, "answers": one.firsts, "people": one.people} for one in seen.days if one.firsts],
        "forecast": forecast_told(seen.watched.forecast),
        "waiting": [_wait(one, seen) for one in seen.waits],
        "stages": [
            {
                "stage": one.stage.value, "n": one.n, "median": one.median, "p90": one.p90,
                "longest": [{"lot": lot.number, "wait": lot.wait} for lot in one.slowest],
            }
            for one in seen.stages
        ],
        **alerts_told(seen.watched, words),
    }  # fmt: skip


def _tally(tally: Tally) -> dict[str, Any]:
    return {
        "answers": tally.answers,
        "seconds": round(tally.seconds, 2) if tally.seconds is not None else None,
        "hours": round(tally.hours, 3) if tally.hours is not None else None,
        "last_at": iso(tally.last_at) if tally.last_at else None,
    }


def forecast_told(one: Forecast) -> dict[str, Any]:
    return {
        "basis": one.basis.value,
        "left": one.left,
        "rework": one.rework,
        "to_come": one.to_come,
        "a_day": round(one.a_day, 2),
        "days": one.days,
        "people": round(one.people, 2),
        "done": [day.isoformat() for day in one.done] if one.done else None,
        "due": one.due.isoformat() if one.due else None,
        "late": one.late,
        "more_people": one.more_people,
    }


def _wait(one: Wait, seen: Progress) -> dict[str, Any]:
    return {
        "what": one.kind.value,
        "count": one.count,
        "since": iso(one.since) if one.since is not None else None,
        "lot": one.number,
        "for": list(one.names or seen.waited_for[one.act]),
    }


def alerts_told(watched: Watched, words: Words) -> dict[str, Any]:
    quieted = [
        {**_alert(one, words), "reason": one.quiet.reason, "until": iso(one.quiet.until)}
        for one in watched.quieted
        if one.quiet is not None
    ]
    return {"alerts": [_alert(one, words) for one in watched.speaking], "quieted": quieted}


def _alert(one: Alert, words: Words) -> dict[str, Any]:
    return {
        "key": one.key,
        "kind": one.kind.value,
        "bad": one.is_bad,
        "message": words(one.title.msgid, **one.title.places),
        "why": words(one.why.msgid, **one.why.places),
        "next": words(one.step.msgid, **one.step.places),
        "path": one.path,
        "since": iso(one.since) if one.since is not None else None,
    }


API: list[Any] = [show_progress, show_alerts, quiet]
