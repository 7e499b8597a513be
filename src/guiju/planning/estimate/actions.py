"""The estimate of a project, from its newest brief and what trials took; nothing is stored, nothing is stale."""

from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import Connection

from guiju.bank.offering import count_drawn
from guiju.briefs import Brief, get_current_brief
from guiju.briefs.actions import today_of
from guiju.briefs.checks import volume_of
from guiju.briefs.trades import find_trade
from guiju.people import Act, may
from guiju.planning.estimate.model import Asked, Estimate, Lesson, Pace, Spread
from guiju.planning.estimate.rules import estimate, learned_rework
from guiju.planning.estimate.store import trial_paces
from guiju.planning.retrospective.store import lessons_of
from guiju.projects import Project, authorise, list_projects_of
from guiju.rulebooks import latest_published
from guiju.storage import Actor, House

MOST_PAST = 20


@dataclass(frozen=True, slots=True)
class WhatIf:
    """What is asked instead of the brief's own figures; `None` leaves one as it is."""

    people: int | None = None
    overlap: int | None = None
    reused: int | None = None


@dataclass(frozen=True, slots=True)
class Estimated:
    """The estimate, what it was asked with, and the brief's date; `lacks` names what it cannot do without."""

    project: Project
    currency: str
    due: date | None
    asked: Asked | None = None
    found: Estimate | None = None
    lacks: str = ""


PLAIN = WhatIf()


def estimate_project(house: House, actor: Actor, project_id: int, what_if: WhatIf = PLAIN) -> Estimated:
    """What the work will take, as far as is known now. Raises what `authorise` raises."""
    with house.reading() as connection:
        project = authorise(connection, actor, project_id, Act.SEE_REPORTS).project
        brief = get_current_brief(connection, project_id)
        reused = count_drawn(connection, project_id) if what_if.reused is None else what_if.reused
        asked = asked_of(brief, today_of(house), what_if, reused) if brief else None
        if brief is None or asked is None:
            return Estimated(project, "CNY", None, lacks="volume" if brief else "brief")
        own = trial_paces(connection, [project_id])
        past = [] if own else trial_paces(connection, _past(connection, actor, project_id, brief.trade))
        lessons = _lessons(connection, actor, project_id, brief.trade)
    found = estimate(asked, own, past, lessons)
    if found is not None and lessons:
        asked = replace(asked, rework=learned_rework(asked.rework, lessons))
    return Estimated(project, brief.figures.currency, brief.figures.due, asked, found, "" if found else "seconds")


def asked_of(brief: Brief, today: date, what_if: WhatIf = PLAIN, reused: int = 0) -> Asked | None:
    """What the brief asks for, from `today` or its own start on; `None` where it names no volume."""
    volume, plan, trade = volume_of(brief), brief.plan, find_trade(brief.trade)
    if volume is None or not volume.high > 0:
        return None
    planned = max(1, plan.overlap)
    asked = Asked(
        Spread(volume.low, (volume.low + volume.high) / 2, volume.high),
        overlap=what_if.overlap or planned,
        people=what_if.people or max(1, plan.people or 3),
        hours_a_day=min(16.0, max(0.5, plan.hours_a_day)),
        days_a_week=min(7.0, max(1.0, plan.days_a_week)),
        start=plan.start if plan.start and plan.start > today else today,
        seconds=plan.seconds,
        price=brief.figures.unit_price,
        planned_overlap=planned,
        reused=reused,
    )
    is_usual = plan.seconds is None and trade is not None
    return replace(asked, seconds=trade.seconds, is_usual=True) if is_usual and trade else asked


def _lessons(connection: Connection, actor: Actor, project_id: int, trade: str) -> list[Lesson]:
    """What the finished retrospectives say of projects like this one that the reader may see."""
    mine = [each for each in list_projects_of(connection, actor.id) if may(each.roles, Act.SEE_REPORTS)]
    others = [each.project.id for each in mine if each.project.id != project_id]
    rulebook = latest_published(connection, project_id)
    kinds = ",".join(sorted({one.kind for one in rulebook.rulebook.fields})) if rulebook else ""
    return [
        Lesson(tuple(Pace(n, s) for n, s in one.paces), one.rework, one.overhead)
        for one in lessons_of(connection, others, trade, kinds)[:MOST_PAST]
    ]


def _past(connection: Connection, actor: Actor, project_id: int, trade: str) -> list[int]:
    """The reader's other projects of the same trade: what they may not see tells them nothing."""
    if not trade:
        return []
    mine = [each for each in list_projects_of(connection, actor.id) if may(each.roles, Act.SEE_REPORTS)][:MOST_PAST]
    others = [each.project.id for each in mine if each.project.id != project_id]
    return [each for each in others if (brief := get_current_brief(connection, each)) and brief.trade == trade]
