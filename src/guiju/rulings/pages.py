"""The questions of a project as a list, each on a page of its own with its item, and the place to rule on it."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import quote_plus, urlencode

from litestar import get, post
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect, Response
from sqlalchemy import Connection

from guiju.data import Item, find_items
from guiju.kit import N_, PageRequest, now
from guiju.people import Act, may
from guiju.projects import Standing, authorise, list_members
from guiju.rulebooks import CompiledRulebook, latest_published
from guiju.rulings import store
from guiju.rulings.actions import answer_question, has_annotated, list_questions
from guiju.rulings.asking.actions import similar_to_question
from guiju.rulings.asking.model import WHY_NAMES
from guiju.rulings.asking.store import merged_into
from guiju.rulings.errors import QuestionNotFound
from guiju.rulings.model import Answered, Question, QuestionState, Wanted
from guiju.rulings.seeing.actions import read_seen
from guiju.rulings.uses.store import uses_of
from guiju.rulings.veil import may_read, veiled_items
from guiju.rulings.waiting.actions import read_waiting
from guiju.rulings.waiting.rules import overdue_before
from guiju.rulings.waiting.store import candidates_in
from guiju.site import Form, actor_of, done, field, house_of, page
from guiju.site.forms import request_id_of
from guiju.site.guards import AnyRequest
from guiju.storage import Actor

RULED = N_("The ruling is given; whoever asked will see it, and everybody who works by the rulebook.")
PAGE = 40
# So many items of a question that is about several are laid out.
SHOWN = 12


@dataclass(frozen=True, slots=True)
class QuestionLine:
    """A question in the list; `days` it has waited."""

    asked: Answered
    item: Item | None
    days: int
    overdue: bool


@get("/projects/{project_id:int}/questions", sync_to_thread=True, include_in_schema=False)
def questions_page(  # noqa: PLR0913, PLR0917 - a query has as many parts as it has
    request: AnyRequest,
    project_id: FromPath[int],
    show: FromQuery[QuestionState] = QuestionState.OPEN,
    owner: FromQuery[str] = "",
    clause: FromQuery[str] = "",
    label: FromQuery[str] = "",
    words: FromQuery[str] = "",
    late: FromQuery[str] = "",
    cursor: FromQuery[str | None] = None,
) -> Response[Any]:
    """Open questions with the oldest first, or those that are answered or merged; by owner, clause, label, words."""
    house, actor, at = house_of(request), actor_of(request), now()
    with house.reading() as connection:
        standing = authorise(connection, actor, project_id, Act.SEE_REPORTS)
        waiting = read_waiting(connection, project_id, at)
        members = list_members(connection, project_id)
        rulebook = latest_published(connection, project_id)
        candidates = {each.account_id for each in candidates_in(connection, project_id)}
    before = overdue_before(at, waiting.hours)
    owner_id = int(owner) if owner.isdecimal() and len(owner) < 19 else None
    wanted = Wanted(show, owner_id, clause.strip(), label, words.strip(), before if late else None)
    found = list_questions(house, actor, project_id, wanted, PageRequest(PAGE, cursor))
    with house.reading() as connection:
        lines = _lines(connection, project_id, found.rows, at, before)
    told = {"show": show.value, "owner": owner, "clause": clause, "label": label, "words": words, "late": late}
    return page(
        request,
        "rulings/questions.html",
        project=standing.project,
        told=told,
        query=urlencode({key: value for key, value in told.items() if value}),
        waiting=waiting,
        lines=lines,
        cursor=found.cursor,
        names={each.account_id: each.name for each in members},
        owners=[each for each in members if each.account_id in candidates],
        rulebook=rulebook,
        sorts=_may(actor, standing, Act.SORT_QUESTIONS),
        leads=_may(actor, standing, Act.CHANGE_PROJECT),
        reader=actor.id,
        now=at,
    )


def _may(actor: Actor, standing: Standing, act: Act) -> bool:
    return actor.trusted or may(standing.roles, act)


def _lines(connection: Connection, project_id: int, rows: list[Answered], at: int, before: int) -> list[QuestionLine]:
    firsts = [one.question.about[0] for one in rows if one.question.about]
    items = find_items(connection, project_id, firsts)
    return [
        QuestionLine(
            one,
            items.get(one.question.about[0]) if one.question.about else None,
            days_since(one.question.at, at),
            one.question.state is QuestionState.OPEN and one.question.at < before,
        )
        for one in rows
    ]


def days_since(asked_at: int, at: int) -> int:
    return max(0, at - asked_at) // (24 * 3_600 * 10**6)


@get("/projects/{project_id:int}/questions/{question_id:int}", sync_to_thread=True, include_in_schema=False)
def question_page(request: AnyRequest, project_id: FromPath[int], question_id: FromPath[int]) -> Response[Any]:
    """One question: what it is about, what is like it, its ruling and who has seen it."""
    house, actor, at = house_of(request), actor_of(request), now()
    with house.reading() as connection:
        standing = authorise(connection, actor, project_id, Act.SEE_REPORTS)
        question = _get(connection, project_id, question_id)
        veiled = veiled_items(connection, actor.id, project_id) if not actor.trusted else frozenset[int]()
        if not may_read(question, actor.id, veiled):
            raise QuestionNotFound(question=question_id)
        members = list_members(connection, project_id)
        ruling = store.rulings_of(connection, [question.id]).get(question.id)
        merged = store.find_questions(connection, merged_into(connection, [question.id]).get(question.id, []))
        candidates = {each.account_id for each in candidates_in(connection, project_id)}
        before = overdue_before(at, read_waiting(connection, project_id, at).hours)
        shown: dict[str, Any] = {
            "similar": similar_to_question(connection, question, veiled) if question.merged_into is None else [],
            "items": _items(connection, project_id, question),
            "own_work": question.item_id is not None and has_annotated(connection, actor.id, question.item_id),
            "seen": read_seen(connection, project_id, [ruling.id])[ruling.id] if ruling else None,
            "uses": uses_of(connection, ruling.id) if ruling else [],
            "next": _next(connection, project_id, question, actor),
            "rulebook": latest_published(connection, project_id),
        }
    return page(
        request,
        "rulings/question.html",
        project=standing.project,
        q=question,
        ruling=ruling,
        merged=merged,
        overdue=question.state is QuestionState.OPEN and question.at < before,
        days=days_since(question.at, at),
        names={each.account_id: each.name for each in members},
        owners=[each for each in members if each.account_id in candidates],
        choices=_choices(shown["rulebook"]),
        why_names=WHY_NAMES,
        rules=_may(actor, standing, Act.RULE),
        sorts=_may(actor, standing, Act.SORT_QUESTIONS),
        writes=_may(actor, standing, Act.WRITE_RULEBOOK),
        **shown,
    )


def _get(connection: Connection, project_id: int, question_id: int) -> Question:
    found = store.find_questions(connection, [question_id])
    if not found or found[0].project_id != project_id:
        raise QuestionNotFound(question=question_id)
    return found[0]


def _items(connection: Connection, project_id: int, question: Question) -> list[Item]:
    about = question.about[:SHOWN]
    found = find_items(connection, project_id, about)
    return [found[each] for each in about if each in found]


def _next(connection: Connection, project_id: int, question: Question, actor: Actor) -> int | None:
    """The next open question: of the reader's own first."""
    for owner in (actor.id, None):
        found = store.list_questions(connection, project_id, Wanted(owner=owner), None, 2)
        others = [each.id for each in found if each.id != question.id]
        if others:
            return others[0]
    return None


def _choices(rulebook: CompiledRulebook | None) -> list[dict[str, Any]]:
    """The choice fields of the rulebook, with the labels to choose the right answer from."""
    if rulebook is None:
        return []
    choices = [shape for shape in rulebook.fields if shape.kind == "choice"]
    if len(choices) != len(rulebook.fields):
        return []  # shapes are drawn in the workbench, not on this page
    return [{"id": shape.id, "labels": [rulebook.labels[label] for label in shape.labels]} for shape in choices]


@post("/projects/{project_id:int}/questions/{question_id:int}", sync_to_thread=True, include_in_schema=False)
def post_ruling(request: AnyRequest, project_id: FromPath[int], question_id: FromPath[int], data: Form) -> Redirect:
    """Rule on a question."""
    actor = actor_of(request, csrf=field(data, "csrf", required=False))
    chosen = {key[7:]: str(value) for key, value in data.items() if key.startswith("answer-") and value}
    answer_question(
        house_of(request),
        actor,
        question_id,
        request_id=request_id_of(data),
        text=field(data, "text"),
        clause=field(data, "clause", required=False) or None,
        answers={name: {"kind": "choice", "labels": [label]} for name, label in chosen.items()} or None,
    )
    return done(f"/projects/{project_id}/questions/{question_id}?said={quote_plus(RULED)}")


PAGES: list[Any] = [questions_page, question_page, post_ruling]
