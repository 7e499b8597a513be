"""JSON of lessons: the course with one's progress, a lesson learnt."""

from typing import Any

import msgspec
from litestar import get, post
from litestar.params import FromPath, JSONBody

from guiju.coaching.lessons.actions import Class, finish_lesson, read_course
from guiju.site import actor_of, house_of
from guiju.site.forms import request_id_of
from guiju.site.guards import AnyRequest


class LessonOut(msgspec.Struct, frozen=True):
    """`key` is `label:ID` or `clause:ID`; `questions` counts what it asks on other known answers."""

    key: str
    progress: str
    clauses: list[str]
    examples: list[str]
    questions: int


class CourseOut(msgspec.Struct, frozen=True):
    """Lessons in reading order; `next` is the one to take now, `news` says since which version something changed."""

    rulebook: int
    version: str
    learnt: int
    next: str | None
    news_since: str | None
    lessons: list[LessonOut]


class LearntRequest(msgspec.Struct):
    id: str
    key: str


class LearntAnswer(msgspec.Struct, frozen=True):
    next: str | None


@get("/projects/{project_id:int}/lessons", sync_to_thread=True)
def get_lessons(request: AnyRequest, project_id: FromPath[int]) -> CourseOut:
    """The lessons of the rulebook in force, and how far I am."""
    return course_answer(read_course(house_of(request), actor_of(request), project_id))


def course_answer(mine: Class) -> CourseOut:
    course, rulebook = mine.course, mine.desk.rulebook
    lessons = [
        LessonOut(
            one.key,
            course.progress[one.key],
            list(one.clause_ids),
            [example.id for example in one.examples],
            course.questions[one.key],
        )
        for one in course.lessons
    ]
    since = course.news.since if course.news is not None else None
    return CourseOut(rulebook.id, rulebook.version, course.learnt, course.next, since, lessons)


@post("/projects/{project_id:int}/lessons", sync_to_thread=True, status_code=200)
def post_lesson(request: AnyRequest, project_id: FromPath[int], data: JSONBody[LearntRequest]) -> LearntAnswer:
    """Keep that a lesson (`key`, or `news`) was learnt; learnt twice is learnt. `next` is the one to take then."""
    request_id_of({"request_id": data.id})
    return LearntAnswer(finish_lesson(house_of(request), actor_of(request), project_id, data.key))


API: list[Any] = [get_lessons, post_lesson]
