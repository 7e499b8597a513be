"""Pages of lessons: the course, one lesson, its questions on the bench."""

from typing import Any
from urllib.parse import quote

from litestar import get, post
from litestar.params import FromPath
from litestar.response import Redirect, Response

from guiju.coaching.actions import open_practice
from guiju.coaching.lessons.actions import Class, asked_in, finish_lesson, read_course
from guiju.coaching.lessons.model import NEWS, PROGRESS_NAMES
from guiju.coaching.lessons.rules import QUESTIONS
from guiju.coaching.pages import Bench, nothing_to_learn, show_bench
from guiju.kit import N_
from guiju.rulebooks import POLARITY_NAMES, NoRulebook, Polarity, html_of
from guiju.site import Form, actor_of, done, field, house_of, page, words_of
from guiju.site.guards import AnyRequest
from guiju.work import begin_bench
from guiju.work.beside import with_examples

LEARNT_ALL = N_("You have learnt every lesson of this version.")


def lessons_path(project_id: int, key: str | None = None) -> str:
    return f"/projects/{project_id}/lessons" + (f"/{quote(key, safe=':')}" if key else "")


@get("/projects/{project_id:int}/lessons", sync_to_thread=True, include_in_schema=False)
def course_page(request: AnyRequest, project_id: FromPath[int]) -> Response[Any]:
    """Every lesson in reading order, and which to take now."""
    try:
        mine = read_course(house_of(request), actor_of(request), project_id)
    except NoRulebook:
        return nothing_to_learn(request, project_id)
    told: dict[str, Any] = {"course": mine.course, "progress_names": PROGRESS_NAMES}
    return page(request, "coaching/lessons/course.html", project=mine.desk.project, **told)


@get("/projects/{project_id:int}/lessons/{key:str}", sync_to_thread=True, include_in_schema=False)
def lesson_page(request: AnyRequest, project_id: FromPath[int], key: FromPath[str]) -> Response[Any]:
    """One lesson: definition, clauses, examples side by side, then questions; or what is new."""
    house = house_of(request)
    mine = read_course(house, actor_of(request), project_id)
    if key == NEWS:
        return _news_page(request, mine)
    lesson = mine.get(key)
    with house.reading() as connection:
        looks = {each["id"]: each for each in with_examples(connection, mine.desk.rulebook)["examples"]}
    seen = [each for each in lesson.examples if each.text or looks[each.id].get("url") or looks[each.id].get("text")]
    sides = [
        (polarity, POLARITY_NAMES[polarity], [each for each in seen if each.polarity is polarity])
        for polarity in Polarity
    ]
    keys = [one.key for one in mine.course.lessons]
    return page(
        request,
        "coaching/lessons/lesson.html",
        project=mine.desk.project,
        lesson=lesson,
        course=mine.course,
        place=keys.index(key) + 1,
        sides=[side for side in sides if side[2]],
        looks=looks,
        html={clause.id: {code: html_of(text) for code, text in clause.text.items()} for clause in lesson.clauses},
        labels=mine.desk.rulebook.labels,
        progress=mine.course.progress[key],
    )


def _news_page(request: AnyRequest, mine: Class) -> Response[Any]:
    news, words = mine.course.news, words_of(request)
    return page(
        request,
        "coaching/lessons/news.html",
        project=mine.desk.project,
        news=news,
        changes=[change.describe(words) for change in news.changes] if news else [],
        asked=len(_of_news(mine)),
        version=mine.desk.rulebook.version,
    )


def _of_news(mine: Class) -> list[int]:
    news = mine.course.news
    found = mine.desk.only(news.labels, news.clauses, ()) if news else []
    return [one.reference.id for one in found][:QUESTIONS]


@get("/projects/{project_id:int}/lessons/{key:str}/questions", sync_to_thread=True, include_in_schema=False)
def questions_bench(request: AnyRequest, project_id: FromPath[int], key: FromPath[str]) -> Response[Any] | Redirect:
    """A lesson's two or three questions on the workbench, marked at once."""
    house, actor = house_of(request), actor_of(request)
    mine = read_course(house, actor, project_id)
    only: dict[str, tuple[str, ...]] = {}
    if key == NEWS and mine.course.news is None:
        return done(lessons_path(project_id))
    if key == NEWS and mine.course.news is not None:
        only, most = {"labels": mine.course.news.labels, "clauses": mine.course.news.clauses}, len(_of_news(mine))
    else:
        lesson = mine.get(key)
        only = {"labels": lesson.labels, "clauses": lesson.clause_ids, "without": lesson.shown}
        most = len(asked_in(mine.desk, lesson))
    round_id, answered = open_practice(house, actor, project_id)
    with house.reading() as connection:
        begun = begin_bench(request, connection, mine.desk.project, mine.desk.rulebook)
    told = Bench(round_id, answered, {name: each for name, each in only.items() if each}, lessons_path(project_id, key))
    return show_bench(request, begun, mine.desk, told._replace(most=most))


@post("/projects/{project_id:int}/lessons/{key:str}", sync_to_thread=True, include_in_schema=False)
def post_learnt(request: AnyRequest, project_id: FromPath[int], key: FromPath[str], data: Form) -> Redirect:
    """A lesson is learnt: on to the next."""
    actor = actor_of(request, csrf=field(data, "csrf", required=False))
    following = finish_lesson(house_of(request), actor, project_id, key)
    if following is None:
        return done(f"{lessons_path(project_id)}?said={quote(LEARNT_ALL)}")
    return done(lessons_path(project_id, following))


PAGES: list[Any] = [course_page, lesson_page, questions_bench, post_learnt]
