"""What should be looked at: decided from figures, told with a next step, quieted with a reason."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import update

from guiju.annotations import round_table
from guiju.kit import new_id, now
from guiju.people import Act, NotAllowed
from guiju.planning.alerts import Alert, AlertKind, list_alerts, quiet_alert, wake_alert
from guiju.planning.alerts.errors import AlertDaysOutside, AlertNotQuiet, AlertNotThere, AlertReasonMissing
from guiju.planning.alerts.model import HOUR
from guiju.planning.alerts.rules import decide_alerts, find_unlike, waited
from guiju.planning.days import DAY, Pace
from guiju.planning.forecast import Basis, Forecast
from guiju.planning.stages import Wait, WaitKind
from guiju.projects import ProjectNotFound
from tests.planning.going import Work, begin
from tests.support.build import service_project
from tests.support.cast import Cast

# Wednesday, 3 March 2027, noon in UTC
NOON = 20_880 * DAY + 12 * HOUR + 10 * DAY
NOTHING = Forecast(Basis.NOTHING_LEFT)
DUE = date(2027, 4, 1)


def _alerts(**told: Any) -> list[Alert]:
    plain: dict[str, Any] = {
        "at": NOON, "forecast": NOTHING, "lacking": 0, "last_at": None, "waits": [], "overdue": 0, "unlike": [],
        "days_a_week": 7,
    }  # fmt: skip
    return decide_alerts(**{**plain, **told})


def _late(done: date, more: int | None) -> Forecast:
    late = float(done > DUE)
    return Forecast(Basis.MEASURED, 900, 0, 10.0, 9, 3.0, (done, done, done), DUE, late, more)


def test_where_nothing_is_the_matter_nothing_is_said() -> None:
    assert _alerts() == []


def test_behind_the_date_the_next_step_is_more_people_while_they_help() -> None:
    [told] = _alerts(forecast=_late(date(2027, 4, 9), 2))
    assert (told.kind, told.path, told.act) == (AlertKind.LATE, "/members", Act.MANAGE_MEMBERS)
    assert (told.why.places["n"], told.is_bad) == (2, True)
    [told] = _alerts(forecast=_late(date(2027, 4, 9), None))
    assert told.path == "/brief", "when no number of people helps, another date is agreed on"
    assert _alerts(forecast=_late(DUE, 0)) == []


def test_nobody_working_is_told_after_a_working_day() -> None:
    [told] = _alerts(lacking=40, last_at=NOON - 25 * HOUR)
    assert told.kind is AlertKind.IDLE
    assert _alerts(lacking=40, last_at=NOON - 23 * HOUR) == []
    assert _alerts(lacking=0, last_at=NOON - 99 * HOUR) == []


def test_days_of_rest_are_no_waiting() -> None:
    friday, monday = 20_888 * DAY + 15 * HOUR, 20_891 * DAY + 9 * HOUR
    assert waited(friday, monday, 7) == 66 * HOUR
    assert waited(friday, monday, 6) == 42 * HOUR
    assert waited(friday, monday, 5) == 18 * HOUR


@pytest.mark.parametrize(
    ("kind", "hours"),
    [(WaitKind.LOT, 24), (WaitKind.REWORK, 48), (WaitKind.RESUBMISSION, 24), (WaitKind.DISPUTES, 48)],
)
def test_what_waits_too_long_is_told_once_it_does(kind: WaitKind, hours: int) -> None:
    def waiting(since: int) -> list[Alert]:
        return _alerts(waits=[Wait(kind, 3, since, Act.INSPECT, "/lots/7", 7, 2)])

    assert waiting(NOON - hours * HOUR) == []
    [told] = waiting(NOON - (hours + 1) * HOUR)
    assert (told.key, told.path, told.since) == (f"{kind.value}:7", "/lots/7", NOON - (hours + 1) * HOUR)


def test_overdue_questions_are_told() -> None:
    [told] = _alerts(overdue=2)
    assert (told.kind, told.path) == (AlertKind.QUESTIONS, "/questions?late=1")


def _pace(who: int, seconds: float, days: int = 5, timed: int = 20) -> list[Pace]:
    return [Pace(1, who, f"P{who}", day, timed, int(seconds * 1000 * timed)) for day in range(days)]


def test_who_is_far_from_the_others_is_told_of_and_neither_accused() -> None:
    usual = [each for who, seconds in enumerate((9, 10, 11, 10, 12), 1) for each in _pace(who, seconds)]
    [one] = find_unlike([*usual, *_pace(6, 40)])
    assert (one.name, round(one.times, 1), one.answers) == ("P6", 4.0, 100)
    [told] = _alerts(unlike=[one])
    assert (told.kind, told.is_bad, told.path) == (AlertKind.SLOW, False, "/rounds/1/pace")
    [one] = find_unlike([*usual, *_pace(6, 2)])
    assert _alerts(unlike=[one])[0].kind is AlertKind.FAST


def test_one_long_day_few_answers_and_few_people_say_nothing() -> None:
    usual = [each for who, seconds in enumerate((9, 10, 11, 10, 12), 1) for each in _pace(who, seconds)]
    bad_day = [*_pace(6, 10, days=4), Pace(1, 6, "P6", 9, 20, 4_000_000)]
    assert find_unlike([*usual, *bad_day]) == []
    assert find_unlike([*usual, *_pace(6, 40, days=1)]) == []
    assert find_unlike([*_pace(1, 10), *_pace(2, 10), *_pace(3, 90)]) == []


@pytest.fixture
def idle(cast: Cast, tmp_path: Path) -> Work:
    """Production that was opened ten days ago and in which nobody has answered."""
    service_project(cast, tmp_path, 6)
    work = begin(cast)
    opened = update(round_table).where(round_table.c.id == work.round).values(created_at=now() - 10 * DAY)
    cast.house.write(lambda tx: tx.execute(opened))
    return work


def test_an_alert_is_quieted_with_a_reason_and_speaks_again(idle: Work) -> None:
    cast = idle.cast
    [told] = list_alerts(cast.house, cast.zhou, cast.project).speaking
    assert (told.key, told.title.places) == ("idle", {"n": "6"})
    request = new_id()
    made = quiet_alert(cast.house, cast.zhou, cast.project, "idle", request_id=request, reason=" a holiday ", days=3)
    assert quiet_alert(cast.house, cast.zhou, cast.project, "idle", request_id=request, reason="sent twice") == made
    seen = list_alerts(cast.house, cast.hu, cast.project)
    assert seen.speaking == []
    assert [one.quiet.reason for one in seen.quieted if one.quiet] == ["a holiday"]
    wake_alert(cast.house, cast.zhou, cast.project, "idle")
    assert [one.key for one in list_alerts(cast.house, cast.zhou, cast.project).speaking] == ["idle"]


def test_what_cannot_be_quieted_says_why(idle: Work) -> None:
    cast = idle.cast

    def quiet(actor: Any = cast.zhou, key: str = "idle", reason: str = "why", days: int = 7) -> None:
        quiet_alert(cast.house, actor, cast.project, key, request_id=new_id(), reason=reason, days=days)

    with pytest.raises(AlertReasonMissing):
        quiet(reason="  ")
    with pytest.raises(AlertDaysOutside):
        quiet(days=91)
    with pytest.raises(AlertNotThere):
        quiet(key="lot:99")
    with pytest.raises(AlertNotQuiet):
        wake_alert(cast.house, cast.zhou, cast.project, "idle")
    with pytest.raises(NotAllowed):
        quiet(actor=cast.hu)
    with pytest.raises(ProjectNotFound):
        quiet(actor=cast.mallory)


def test_page_and_route_tell_it_with_its_next_step(idle: Work, client: Any) -> None:
    cast = idle.cast
    headers = cast.sign_in(client, "zhou")
    shown = client.get(f"/projects/{cast.project}?lang=en").text
    assert "6 answers are wanted, and nobody is working on them" in shown
    [told] = client.get(f"/api/v1/projects/{cast.project}/alerts").json()["alerts"]
    assert (told["key"], told["path"]) == ("idle", "/rounds")
    form = {"csrf": headers["X-CSRF-Token"], "key": "idle", "reason": "a holiday", "days": "2", "back": "progress"}
    answer = client.post(f"/projects/{cast.project}/alerts", data=form, follow_redirects=False)
    assert answer.headers["location"].endswith("/progress")
    assert "a holiday" in client.get(f"/projects/{cast.project}/progress").text
    woken = {"id": new_id(), "key": "idle", "wake": True}
    assert client.post(f"/api/v1/projects/{cast.project}/alerts", json=woken, headers=headers).status_code == 204
    assert len(client.get(f"/api/v1/projects/{cast.project}/alerts").json()["alerts"]) == 1
