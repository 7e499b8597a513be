"""What a project and a person see when they begin: read across the slices, authorised first."""

from dataclasses import dataclass
from itertools import groupby

from sqlalchemy import Connection

from guiju.annotations import ROUND_NAMES, RoundState, find_annotator, list_rounds
from guiju.coaching import due_by_project
from guiju.exams import OpenPaper, open_papers
from guiju.kit import N_, midnight, now
from guiju.people import Act, Role, may, team_ids_of
from guiju.planning.alerts import Watched, read_alerts
from guiju.planning.days import worked
from guiju.planning.model import Facts, NextStep, Said, Stage
from guiju.planning.rules import decide_for, decide_line, uncounted, uncounted_step
from guiju.planning.store import gather_facts
from guiju.projects import ProjectState, Standing, authorise, list_members, list_projects_of
from guiju.rulings import Answered, Mine, Unseen, Waiting, answers_for, read_waiting, waiting_for
from guiju.rulings.seeing import unseen_in
from guiju.storage import Actor, House, Job, JournalRow, list_jobs, recent_events
from guiju.work import list_open_work, may_take
from guiju.work.gold import hides_counts

MOST_PROJECTS = 30
_QUESTIONS = NextStep(
    Said(N_("Questions wait for an answer")),
    Said(N_("An annotator could not decide by the rules.")),
    Said(N_("Answer them")),
    "/questions",
    Act.RULE,
)


@dataclass(frozen=True, slots=True)
class Happening:
    """What somebody did, `times` in a row, the last time at `at`."""

    actor_id: int | None
    action: str
    at: int
    times: int


def collapse(events: list[JournalRow]) -> list[Happening]:
    """The same act of the same person again and again is told once."""
    runs = (list(run) for _, run in groupby(events, key=lambda event: (event.actor_id, event.action)))
    return [Happening(run[0].actor_id, run[0].action, run[0].at, len(run)) for run in runs]


@dataclass(frozen=True, slots=True)
class Overview:
    """A project's own page."""

    standing: Standing
    facts: Facts
    line: list[Stage]
    step: NextStep | None
    may_act: bool
    waited_for: tuple[str, ...]
    jobs: list[Job]
    events: list[Happening]
    names: dict[int | None, str]
    # what the project still has to answer, for those who may see its questions
    waiting: Waiting | None
    # what should be looked at now, for those who may see reports
    watched: Watched | None = None
    may_quiet: bool = False
    # what all did is not told to those who must not tell known answers by it
    hides_counts: bool = False


def look_at_project(house: House, actor: Actor, project_id: int) -> Overview:
    """Where the project stands, what moves it on, and who is waited for. Raises what `authorise` raises."""
    with house.reading() as connection:
        standing = authorise(connection, actor, project_id, Act.SEE_PROJECT)
        facts = gather_facts(connection, project_id)
        step = decide_for(facts, lambda act: actor.trusted or may(standing.roles, act))
        members = list_members(connection, project_id)
        reads, leads = (actor.trusted or may(standing.roles, act) for act in (Act.SEE_REPORTS, Act.CHANGE_PROJECT))
        names: dict[int | None, str] = {member.account_id: member.name for member in members}
        at = house.clock()
        waiting = read_waiting(connection, project_id, at) if reads and facts.questions else None
        seen = worked(connection, project_id, at)
        hides = not reads and hides_counts(connection, project_id)
        line = decide_line(facts)
        return Overview(
            standing,
            facts,
            uncounted(line) if hides else line,
            uncounted_step(step) if hides and step is not None else step,
            step is not None and (actor.trusted or may(standing.roles, step.act)),
            tuple(member.name for member in members if step is not None and may(member.roles, step.act)),
            list_jobs(connection, project_id, 5) if reads else [],
            collapse(recent_events(connection, project_id, 60))[:10] if reads else [],
            names,
            waiting,
            read_alerts(connection, project_id, facts, seen, waiting, names, at, leads=leads) if reads else None,
            leads,
            hides,
        )


@dataclass(frozen=True, slots=True)
class OpenRound:
    """A round in which a person can annotate now."""

    project_id: int
    project: str
    round_id: int
    kind: str
    number: int
    left: int
    held: int
    done: int
    # it asks for a certificate that this person does not hold
    wants_exam: bool = False
    # not counted, `left` is 1 where anything waits
    counted: bool = True


@dataclass(frozen=True, slots=True)
class ToDo:
    """What waits for this person in a project, beside annotating."""

    project_id: int
    project: str
    step: NextStep
    questions: int


@dataclass(frozen=True, slots=True)
class Day:
    """A person's first page."""

    rounds: list[OpenRound]
    papers: list[OpenPaper]
    todo: list[ToDo]
    answers: list[Answered]
    projects: int
    # open questions that are this person's to answer, and rulings that they have not seen, by project
    questions: list[Mine]
    unseen: list[tuple[int, str, list[Unseen]]]
    # where something can be practised, by project: how much of it comes back today
    practice: list[tuple[int, str, int]]


def look_at_day(house: House, actor: Actor) -> Day:
    """My work today: where I can annotate, what waits for me, the answers to what I asked."""
    with house.reading() as connection:
        standings = [s for s in list_projects_of(connection, actor.id) if s.project.state is ProjectState.ACTIVE]
        rounds = [each for s in standings for each in _rounds(connection, actor, s)]
        todo = [each for s in standings[:MOST_PROJECTS] if (each := _todo(connection, s)) is not None]
        names = {s.project.id: s.project.name for s in standings}
        mine = waiting_for(connection, actor.id, names, now())
        answers, unseen = answers_for(connection, actor.id, 10), _unseen(connection, actor, standings)
        papers = open_papers(connection, actor.id, list(names), now())
        practice = _practice(connection, actor, standings, house.clock())
        return Day(rounds, papers, todo, answers, len(standings), mine, unseen, practice)


def _practice(connection: Connection, actor: Actor, standings: list[Standing], at: int) -> list[tuple[int, str, int]]:
    """Where the person works and something is known: what comes back first."""
    working = [s for s in standings[:MOST_PROJECTS] if may(s.roles, Act.ANNOTATE) or may(s.roles, Act.INSPECT)]
    names = {s.project.id: s.project.name for s in working}
    due = due_by_project(connection, actor.id, list(names), at, midnight(at)) if names else {}
    return sorted(((each, names[each], n) for each, n in due.items()), key=lambda line: (-line[2], line[0]))


def _unseen(connection: Connection, actor: Actor, standings: list[Standing]) -> list[tuple[int, str, list[Unseen]]]:
    working = [s for s in standings[:MOST_PROJECTS] if may(s.roles, Act.ANNOTATE) or may(s.roles, Act.INSPECT)]
    found = [(s.project.id, s.project.name, unseen_in(connection, s.project.id, actor.id)) for s in working]
    return [each for each in found if each[2]]


def _rounds(connection: Connection, actor: Actor, standing: Standing) -> list[OpenRound]:
    if not may(standing.roles, Act.ANNOTATE):
        return []
    project = standing.project
    running = [each for each in list_rounds(connection, project.id) if each.state is RoundState.OPEN]
    rounds = {each.id: each for each in running if not each.kind.is_learning}
    annotator = find_annotator(connection, actor.id)
    found = list_open_work(connection, list(rounds.values()), annotator, team_ids_of(connection, actor.id))
    return [
        OpenRound(
            project.id, project.name, each.round_id, ROUND_NAMES[rounds[each.round_id].kind],
            rounds[each.round_id].number, each.left, each.held, each.done,
            not may_take(connection, actor, rounds[each.round_id]),
            each.counted,
        )
        for each in found
        if each.left or each.held
    ]  # fmt: skip


def _todo(connection: Connection, standing: Standing) -> ToDo | None:
    if standing.roles == Role.ANNOTATOR:
        return None
    facts = gather_facts(connection, standing.project.id)
    step = decide_for(facts, lambda act: may(standing.roles, act))
    questions = facts.questions if may(standing.roles, Act.RULE) else 0
    if step is None or step.act is Act.ANNOTATE or not may(standing.roles, step.act):
        return ToDo(standing.project.id, standing.project.name, _QUESTIONS, questions) if questions else None
    return ToDo(standing.project.id, standing.project.name, step, questions)
