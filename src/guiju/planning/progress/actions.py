"""A project's progress, gathered for whoever may read reports."""

from dataclasses import dataclass

from sqlalchemy import Connection

from guiju.annotations import RoundState, list_rounds
from guiju.people import Act, may
from guiju.planning.alerts import Watched, read_alerts
from guiju.planning.days import Tally, Worked, by_day, by_person, by_round, date_of, worked
from guiju.planning.model import Facts
from guiju.planning.progress.model import DayBar, PersonLine, RoundLine, bars_of
from guiju.planning.stages import StageTime, Wait, dated, look_at_stages
from guiju.planning.store import gather_facts
from guiju.projects import Standing, authorise, list_members
from guiju.rulings import read_waiting
from guiju.storage import Actor, House
from guiju.work import progress_of_rounds

SHOWN_DAYS = 28
WEEK = 7


@dataclass(frozen=True, slots=True)
class Progress:
    """How a project goes, newest round first; `waited_for` are those who may do what waits, by name."""

    standing: Standing
    facts: Facts
    rounds: list[RoundLine]
    people: list[PersonLine]
    days: list[DayBar]
    watched: Watched
    waits: list[Wait]
    stages: list[StageTime]
    may_quiet: bool
    names: dict[int | None, str]
    waited_for: dict[Act, tuple[str, ...]]


def look_at_progress(house: House, actor: Actor, project_id: int) -> Progress:
    """Raises what `authorise` raises."""
    with house.reading() as connection:
        standing = authorise(connection, actor, project_id, Act.SEE_REPORTS)
        at = house.clock()
        facts, seen = gather_facts(connection, project_id), worked(connection, project_id, at)
        members = list_members(connection, project_id)
        names: dict[int | None, str] = {member.account_id: member.name for member in members}
        questions = read_waiting(connection, project_id, at) if facts.questions else None
        leads = actor.trusted or may(standing.roles, Act.CHANGE_PROJECT)
        watched = read_alerts(connection, project_id, facts, seen, questions, names, at, leads=leads)
        waits = dated(connection, project_id, watched.waits)
        able = {
            one.act: tuple(member.name for member in members if not member.blocked and may(member.roles, one.act))
            for one in waits
        }
        days = by_day(connection, seen, facts.worked, seen.today - SHOWN_DAYS + 1)
        said = {day: f"{date_of(day)}" for day in range(seen.today - SHOWN_DAYS + 1, seen.today + 1)}
        return Progress(
            standing,
            facts,
            _rounds(connection, project_id, seen),
            _people(connection, facts, seen),
            bars_of(days, seen.today - SHOWN_DAYS + 1, seen.today, said),
            watched,
            waits,
            look_at_stages(connection, project_id),
            leads,
            names,
            able,
        )


def _rounds(connection: Connection, project_id: int, seen: Worked) -> list[RoundLine]:
    shown = [one for one in list_rounds(connection, project_id) if one.state is not RoundState.DRAFT]
    shown = [one for one in reversed(shown) if not one.kind.is_learning]
    progress = progress_of_rounds(connection, [one.id for one in shown])
    tallies = by_round(connection, seen)
    return [RoundLine(one, progress[one.id], tallies.get(one.id, Tally())) for one in shown]


def _people(connection: Connection, facts: Facts, seen: Worked) -> list[PersonLine]:
    week = {who.annotator_id: one for who, one in by_person(connection, seen, facts.worked, seen.today - WEEK + 1)}
    today = {who.annotator_id: one for who, one in by_person(connection, seen, facts.worked, seen.today)}
    return [
        PersonLine(
            who.annotator_id,
            who.name,
            tally,
            week.get(who.annotator_id, Tally()).answers,
            today.get(who.annotator_id, Tally()).answers,
        )
        for who, tally in by_person(connection, seen, facts.worked)
    ]
