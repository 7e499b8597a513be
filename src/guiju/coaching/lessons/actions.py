"""Lessons are read and finished; authorised first."""

from collections.abc import Collection
from dataclasses import dataclass, replace

from sqlalchemy import Connection

from guiju.coaching import store
from guiju.coaching.errors import LessonNotFound
from guiju.coaching.lessons.model import NEWS, Course, Lesson, News, key_of
from guiju.coaching.lessons.rules import QUESTIONS, decide_progress, find_news, learnt_by, plan_lessons
from guiju.coaching.reading import Desk, lay_desk
from guiju.people import Act
from guiju.projects import authorise
from guiju.rulebooks import differences, get_published
from guiju.storage import Actor, Event, House, Tx


@dataclass(frozen=True, slots=True)
class Class:
    """A person's course with all that it asks about."""

    desk: Desk
    course: Course

    def get(self, key: str) -> Lesson:
        """Raises `LessonNotFound`."""
        for one in self.course.lessons:
            if one.key == key:
                return one
        raise LessonNotFound(key=key[:80])


def read_course(house: House, actor: Actor, project_id: int) -> Class:
    """All lessons of the version in force, and how far the actor is. Raises `NoRulebook`."""
    with house.reading() as connection:
        return _course(connection, actor, project_id)


def _course(connection: Connection, actor: Actor, project_id: int) -> Class:
    desk = lay_desk(connection, actor, project_id)
    lessons = [_without(one, desk.held.values()) for one in plan_lessons(desk.rulebook.rulebook)]
    done = store.lessons_done(connection, actor.id, project_id)
    learnt = {key: said for key, (_, said, _) in done.items()}
    progress = {one.key: decide_progress(one, learnt) for one in lessons}
    asked = {one.key: len(asked_in(desk, one)) for one in lessons}
    news = _news(connection, desk, lessons, {key: rulebook for key, (rulebook, _, _) in done.items()})
    return Class(desk, Course(tuple(lessons), progress, asked, news))


def _without(lesson: Lesson, held: Collection[str]) -> Lesson:
    """No example is shown that an open exam of theirs asks."""
    return replace(lesson, examples=tuple(each for each in lesson.examples if key_of(each) not in held))


def asked_in(desk: Desk, lesson: Lesson) -> list[int]:
    """What a lesson can ask: known answers about its label or its clauses, among them its neighbours', not shown."""
    found = desk.only(lesson.labels, lesson.clause_ids, lesson.shown)
    return [one.reference.id for one in found][:QUESTIONS]


def _news(connection: Connection, desk: Desk, lessons: list[Lesson], learnt: dict[str, int]) -> News | None:
    """Since the oldest version under which a lesson was learnt that is still taught."""
    keys = {one.key for one in lessons}
    since = min((rulebook for key, rulebook in learnt.items() if key in keys), default=desk.rulebook.id)
    if since == desk.rulebook.id:
        return None
    old = get_published(connection, since)
    return find_news(old.version, differences(old.rulebook, desk.rulebook.rulebook), lessons)


def finish_lesson(house: House, actor: Actor, project_id: int, key: str) -> str | None:
    """Keep that a lesson was learnt; returns the next one to take. Raises `LessonNotFound`."""

    def write(tx: Tx) -> str | None:
        authorise(tx.connection, actor, project_id, Act.PRACTISE)
        before = _course(tx.connection, actor, project_id)
        if key != NEWS:
            before.get(key)
        rulebook, lessons = before.desk.rulebook, before.course.lessons
        done = store.lessons_done(tx.connection, actor.id, project_id)
        store.keep_lessons(tx, actor.id, project_id, rulebook.id, learnt_by(key, lessons, done))
        tx.journal(Event(actor.id, "lesson.learnt", None, project_id, facts={"lesson": key, "rulebook": rulebook.id}))
        return _course(tx.connection, actor, project_id).course.after(key)

    return house.write(write)
