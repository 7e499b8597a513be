"""Which alerts there are: from figures to sentences with a next step. Pure."""

from collections import defaultdict
from collections.abc import Sequence
from math import log
from statistics import median

from guiju.kit import N_
from guiju.people import Act
from guiju.planning.alerts.errors import AlertDaysOutside, AlertReasonMissing
from guiju.planning.alerts.model import HOUR, Alert, AlertKind, Unlike
from guiju.planning.days import DAY, Pace
from guiju.planning.forecast import Forecast
from guiju.planning.model import Said
from guiju.planning.stages import Wait, WaitKind
from guiju.work.gold import Halted

MOST_DAYS = 90
RISK = 0.25
"""So probably late is told before the date that is likeliest is."""
IDLE_HOURS = 24
# How long each of these may wait, in hours of working days.
PATIENCE = {
    WaitKind.LOT: 24,
    WaitKind.REWORK: 48,
    WaitKind.RESUBMISSION: 24,
    WaitKind.DISPUTES: 48,
    WaitKind.DELIVERY: 7 * 24,
}
LEAST_ANSWERS, LEAST_PEOPLE = 30, 4
# A pace is told of beyond 3.5 robust standard deviations (B. Iglewicz, D. Hoaglin, 1993) and 1.8 times the others'.
FAR, TIMES = 3.5, 1.8
LEAST_SPREAD = 0.15
MEDIAN_TO_SD = 1.4826


def decide_alerts(  # noqa: PLR0913 - the figures that there are
    *,
    at: int,
    forecast: Forecast,
    lacking: int,
    last_at: int | None,
    waits: Sequence[Wait],
    overdue: int,
    unlike: Sequence[Unlike],
    days_a_week: float,
    halted: Sequence[Halted] = (),
) -> list[Alert]:
    """What is the matter, the worst first. `last_at` is the last answer of anybody to one of the `lacking` ones."""
    found = _late(forecast)
    if lacking and last_at is not None and waited(last_at, at, days_a_week) > IDLE_HOURS * HOUR:
        found.append(_idle(lacking, last_at))
    for wait in waits:
        found += _waiting(wait, at, days_a_week)
    if overdue:
        since = next((one.since for one in waits if one.kind is WaitKind.QUESTIONS), None)
        found.append(_questions(overdue, since))
    found += [_unlike(one) for one in unlike]
    found += [_halted(one) for one in halted]
    return sorted(found, key=lambda one: (not one.is_bad, one.since if one.since is not None else 1 << 62))


def waited(since: int, at: int, days_a_week: float) -> int:
    """How long something has waited, without days of rest: a lot drawn on Friday is no older on Monday than a day."""
    rest = (5, 6) if days_a_week <= 5 else (6,) if days_a_week < 7 else ()
    first, last = since // DAY, at // DAY
    if last - first > 3_000:
        return at - since
    # the first of January 1970 was a Thursday
    resting = sum((day + 3) % 7 in rest for day in range(first + 1, last + 1))
    return max(0, at - since - resting * DAY)


def _late(told: Forecast) -> list[Alert]:
    if told.due is None or told.done is None or told.late is None:
        return []
    if told.done[1] > told.due:
        places = {"date": f"{told.done[1]}", "low": f"{told.done[0]}", "high": f"{told.done[2]}", "due": f"{told.due}"}
        title = Said(N_("At this pace the last answer comes on {date}, the brief wants it by {due}"), places)
        if told.more_people is None:
            why = Said(N_("95%: {low} – {high}. No number of people makes up for it any more."), places)
            step = Said(N_("Agree on another date"))
            return [Alert("late", AlertKind.LATE, title, why, step, "/brief", Act.WRITE_BRIEF, is_bad=True)]
        places = {**places, "n": told.more_people}
        why = Said(N_("95%: {low} – {high}. {n} more people at the same pace would make it."), places)
        return [
            Alert(
                "late", AlertKind.LATE, title, why, Said(N_("Take people in")), "/members", Act.MANAGE_MEMBERS,
                is_bad=True,
            )
        ]  # fmt: skip
    if told.late < RISK:
        return []
    title = Said(N_("The date wanted, {due}, may not be kept"), {"due": f"{told.due}"})
    why = Said(N_("It is missed in {share} of what the pace so far makes likely."), {"share": f"{told.late:.0%}"})
    step = Said(N_("Read the forecast"))
    return [Alert("late", AlertKind.MAY_BE_LATE, title, why, step, "/progress", Act.SEE_REPORTS)]


def _idle(lacking: int, last_at: int) -> Alert:
    return Alert(
        "idle",
        AlertKind.IDLE,
        Said(N_("{n} answers are wanted, and nobody is working on them"), {"n": f"{lacking:,}"}),
        Said(N_("See whether everybody knows of the round, may take it, and has what they need.")),
        Said(N_("See the rounds")),
        "/rounds",
        Act.OPEN_ROUND,
        last_at,
        is_bad=True,
    )


_WAITING: dict[WaitKind, tuple[AlertKind, str, str, str]] = {
    WaitKind.LOT: (
        AlertKind.LOT,
        N_("Lot {number} waits for an inspector"),
        N_("What is wrong in it goes on being made until somebody says so."),
        N_("Inspect the lot"),
    ),
    WaitKind.REWORK: (
        AlertKind.REWORK,
        N_("{n} items of lot {number} were sent back and wait"),
        N_("Those who made them have them in their queue."),
        N_("See the rounds"),
    ),
    WaitKind.RESUBMISSION: (
        AlertKind.RESUBMISSION,
        N_("Lot {number} is reworked and waits to be inspected again"),
        N_("A lot that comes again is inspected tightened."),
        N_("Submit the lot again"),
    ),
    WaitKind.DISPUTES: (
        AlertKind.DISPUTES,
        N_("{n} disputed findings wait for a ruling"),
        N_("Their lots are not decided before."),
        N_("Rule on them"),
    ),
    WaitKind.DELIVERY: (
        AlertKind.DELIVERY,
        N_("{n} accepted items were never delivered"),
        N_("Accepted lots can be delivered while others are in work."),
        N_("Make the delivery"),
    ),
}


def _waiting(wait: Wait, at: int, days_a_week: float) -> list[Alert]:
    patience = PATIENCE.get(wait.kind)
    if patience is None or wait.since is None or waited(wait.since, at, days_a_week) <= patience * HOUR:
        return []
    kind, title, why, step = _WAITING[wait.kind]
    places = {"n": f"{wait.count:,}", "number": wait.number}
    key = kind.value if wait.lot_id is None else f"{kind.value}:{wait.lot_id}"
    return [Alert(key, kind, Said(title, places), Said(why), Said(step), wait.path, wait.act, wait.since)]


def _questions(overdue: int, since: int | None) -> Alert:
    return Alert(
        "questions",
        AlertKind.QUESTIONS,
        Said(N_("{n} questions wait longer than the project allows"), {"n": overdue}),
        Said(N_("Whoever asked guesses meanwhile, or leaves the item.")),
        Said(N_("Answer them")),
        "/questions?late=1",
        Act.RULE,
        since,
        is_bad=True,
    )


def find_unlike(paces: Sequence[Pace]) -> list[Unlike]:
    """Who is far from the others of the same round, by the median of their days' mean seconds: one long day is none."""
    of: dict[int, dict[int, list[Pace]]] = defaultdict(lambda: defaultdict(list))
    for pace in paces:
        of[pace.round_id][pace.annotator_id].append(pace)
    return [one for round_id, people in of.items() for one in _unlike_in(round_id, people)]


def _unlike_in(round_id: int, people: dict[int, list[Pace]]) -> list[Unlike]:
    known = {
        who: median(one.active_ms / one.timed / 1000 for one in days)
        for who, days in people.items()
        if sum(one.timed for one in days) >= LEAST_ANSWERS
    }
    if len(known) < LEAST_PEOPLE or min(known.values()) <= 0:
        return []
    logs = {who: log(seconds) for who, seconds in known.items()}
    middle = median(logs.values())
    spread = max(LEAST_SPREAD, MEDIAN_TO_SD * median(abs(x - middle) for x in logs.values()))
    far = [who for who, x in logs.items() if abs(x - middle) > max(FAR * spread, log(TIMES))]
    return [_told(round_id, people[who], known, who) for who in far]


def _told(round_id: int, days: Sequence[Pace], known: dict[int, float], who: int) -> Unlike:
    others = median(seconds for each, seconds in known.items() if each != who)
    return Unlike(round_id, who, days[0].name, sum(one.timed for one in days), known[who], others)


def _unlike(one: Unlike) -> Alert:
    kind = AlertKind.SLOW if one.times > 1 else AlertKind.FAST
    places = {"name": one.name, "seconds": f"{one.seconds:.1f}", "others": f"{one.others:.1f}", "n": f"{one.answers:,}"}
    why = (
        N_("{seconds} s an answer, the others {others} s ({n} answers). Harder items, a slow machine, a rule unclear?")
        if one.times > 1
        else N_("{seconds} s an answer, the others {others} s ({n} answers). A good way of working, or easier items?")
    )
    return Alert(
        f"{kind.value}:{one.annotator_id}",
        kind,
        Said(
            N_("{name} takes longer than the others") if one.times > 1 else N_("{name} is quicker than the others"),
            places,
        ),
        Said(why, places),
        Said(N_("Look at how long the answers took")),
        f"/rounds/{one.round_id}/pace",
        Act.CHANGE_PROJECT,
    )


def _halted(one: Halted) -> Alert:
    stop = one.stop
    places = {"name": one.name, "n": stop.n, "right": f"{stop.right:.3g}"}
    places |= {"low": f"{stop.low:.0%}", "high": f"{stop.high:.0%}", "line": f"{stop.line:.0%}"}
    return Alert(
        f"{AlertKind.STOPPED.value}:{stop.id}",
        AlertKind.STOPPED,
        Said(N_("{name} was stopped by the round’s rule"), places),
        Said(
            N_("Of {n} known answers {right} were right (95%: {low} – {high}), surely under the {line} asked for."),
            places,
        ),
        Said(N_("Speak with them, or let them back in")),
        f"/rounds/{stop.round_id}/queue#person-{one.account_id}",
        Act.OPEN_ROUND,
        stop.at,
        is_bad=True,
    )


def check_quieting(reason: str, days: int) -> str:
    """The reason, tidied. Raises `AlertReasonMissing`, `AlertDaysOutside`."""
    said = " ".join(reason.split())
    if not said:
        raise AlertReasonMissing
    if not 1 <= days <= MOST_DAYS:
        raise AlertDaysOutside(days=days, most=MOST_DAYS)
    return said[:500]
