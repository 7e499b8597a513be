"""A person's profile, for themselves and the project's trainers."""

from collections.abc import Iterator
from dataclasses import dataclass

import msgspec
from sqlalchemy import Connection

from guiju.annotations import find_annotator
from guiju.coaching.errors import PersonNotInProject, SkillsNotYours
from guiju.coaching.reading import PRACTISED
from guiju.coaching.rules import DAY
from guiju.coaching.skills import store
from guiju.coaching.skills.model import Evidence, Skills, Source
from guiju.coaching.skills.rules import first_of_a_day, judged, profile
from guiju.exams import marks_of_account
from guiju.kinds import BadAnswer, decode_answers
from guiju.people import Act, may
from guiju.projects import Member, Project, authorise, list_members
from guiju.rulebooks import CompiledRulebook, NoRulebook, get_published, latest_published
from guiju.rulings.marking import labels_in, list_known, mark_answers
from guiju.storage import Actor, House


@dataclass(frozen=True, slots=True)
class Person:
    """Whose profile it is; `members` are those whose profiles the reader may see."""

    project: Project
    rulebook: CompiledRulebook
    person: Member
    skills: Skills
    members: tuple[Member, ...]


def read_skills(house: House, actor: Actor, project_id: int, person_id: int | None = None) -> Person:
    """What somebody can do, by label and clause; without `person_id` the actor themselves.

    Raises `SkillsNotYours`, `PersonNotInProject`, `NoRulebook`.
    """
    with house.reading() as connection:
        standing = authorise(connection, actor, project_id, Act.PRACTISE)
        teaches = actor.trusted or may(standing.roles, Act.SEE_SKILLS)
        wanted = actor.id if person_id is None else person_id
        if wanted != actor.id and not teaches:
            raise SkillsNotYours
        members = list_members(connection, project_id)
        person = next((each for each in members if each.account_id == wanted), None)
        if person is None:
            raise PersonNotInProject(person=wanted)
        rulebook = latest_published(connection, project_id)
        if rulebook is None:
            raise NoRulebook
        evidence = list(_evidence(connection, project_id, wanted))
        asked = {label for known in list_known(connection, rulebook, PRACTISED) for label in known.labels}
        known = [_of_today(one, rulebook) for one in evidence]
        skills = profile(known, asked)
        return Person(standing.project, rulebook, person, skills, tuple(members) if teaches else ())


def _of_today(one: Evidence, rulebook: CompiledRulebook) -> Evidence:
    """What the rulebook in force does not know any more is no skill that it asks for."""
    clauses = {clause.id for clause in rulebook.rulebook.clauses}
    labels = tuple((label, score) for label, score in one.labels if label in rulebook.labels)
    return Evidence(one.source, one.score, labels, one.clause if one.clause in clauses else None)


def _evidence(connection: Connection, project_id: int, account_id: int) -> Iterator[Evidence]:
    practised = store.practised(connection, project_id, account_id)
    for _, clause, score, labels, _ in marks_of_account(connection, project_id, account_id):
        yield Evidence(Source.EXAM, score, tuple(labels), clause)
    yield from first_of_a_day(((row.card_id, row.at, _practised(row)) for row in practised), DAY)
    annotator = find_annotator(connection, account_id)
    if annotator is None:
        return
    for source, rows in (
        (Source.KNOWN, store.known_answers(connection, project_id, annotator)),
        (Source.TRIAL, store.resolved_trials(connection, project_id, annotator)),
    ):
        for row in rows:
            yield from _marked(connection, source, row)
    for verdict in store.verdicts_on(connection, project_id, annotator):
        yield from _judged(connection, verdict)


def _practised(row: store.Practised) -> Evidence:
    labels = msgspec.json.decode(row.labels, type=tuple[tuple[str, float], ...])
    return Evidence(Source.PRACTICE, row.score, labels, row.clause)


def _marked(connection: Connection, source: Source, row: store.Compared) -> Iterator[Evidence]:
    """What was answered in another form than is known to be right cannot be compared, and says nothing."""
    try:
        given, right = decode_answers(row.given), decode_answers(row.right)
    except BadAnswer:
        return
    marked = mark_answers(given, right, get_published(connection, row.rulebook_id).fields)
    yield Evidence(source, marked.score, marked.labels, row.clause)


def _judged(connection: Connection, verdict: store.Verdict) -> Iterator[Evidence]:
    if verdict.correction is not None:
        row = store.Compared(0, verdict.rulebook_id, verdict.given, verdict.correction, verdict.clause)
        yield from _marked(connection, Source.VERDICT, row)
        return
    labels = judged(labels_in(decode_answers(verdict.given)), right=verdict.passed)
    yield Evidence(Source.VERDICT, float(verdict.passed), labels, verdict.clause)
