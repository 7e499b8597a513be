"""JSON of questions and rulings."""

from typing import Annotated, Any

import msgspec
from litestar import get, post
from litestar.params import FromPath, FromQuery, JSONBody
from msgspec import Meta

from guiju.kit import PageRequest, iso
from guiju.rulings.actions import answer_question, ask_question, list_questions, project_of_round
from guiju.rulings.model import Answered, QuestionState
from guiju.site import actor_of, house_of
from guiju.site.guards import AnyRequest

RequestId = Annotated[str, Meta(pattern="^[A-Za-z0-9_-]{8,64}$")]


class Asking(msgspec.Struct, frozen=True):
    """A question; `item` is the item that it is about, if it is about one."""

    id: RequestId
    text: str
    item: int | None = None
    clause: str | None = None


class Asked(msgspec.Struct, frozen=True):
    question: int


class RulingSaid(msgspec.Struct, frozen=True):
    """A ruling; `answers` are the item's right answers, `{field: answer}`, if they are given."""

    id: RequestId
    text: str
    clause: str | None = None
    answers: dict[str, Any] | None = None


class Ruled(msgspec.Struct, frozen=True):
    ruling: int


class RulingShown(msgspec.Struct, frozen=True):
    id: int
    text: str
    clause: str | None
    answers: dict[str, Any] | None
    ruled_by: int
    at: str


class QuestionShown(msgspec.Struct, frozen=True):
    id: int
    item: int | None
    round: int | None
    asked_by: int
    text: str
    clause: str | None
    state: QuestionState
    at: str
    ruling: RulingShown | None
    items: list[int]


class Questions(msgspec.Struct, frozen=True):
    questions: list[QuestionShown]
    cursor: str | None


def _shown(one: Answered) -> QuestionShown:
    q, r = one.question, one.ruling
    answers = msgspec.json.decode(r.answers) if r is not None and r.answers else None
    ruling = RulingShown(r.id, r.text, r.clause, answers, r.ruled_by, iso(r.at)) if r is not None else None
    return QuestionShown(
        q.id, q.item_id, q.round_id, q.asked_by, q.text, q.clause, q.state, iso(q.at), ruling, list(q.items)
    )


@post("/rounds/{round_id:int}/questions", sync_to_thread=True)
def ask_in_round(request: AnyRequest, round_id: FromPath[int], data: JSONBody[Asking]) -> Asked:
    """Ask about an item of a round, as the workbench does."""
    house, actor = house_of(request), actor_of(request)
    project_id = project_of_round(house, actor, round_id)
    asked: dict[str, Any] = {"text": data.text, "item_id": data.item, "clause": data.clause}
    return Asked(ask_question(house, actor, project_id, request_id=data.id, round_id=round_id, **asked))


@post("/projects/{project_id:int}/questions", sync_to_thread=True)
def ask(request: AnyRequest, project_id: FromPath[int], data: JSONBody[Asking]) -> Asked:
    """Ask about an item, or about the rulebook as a whole."""
    house, actor = house_of(request), actor_of(request)
    asked: dict[str, Any] = {"text": data.text, "item_id": data.item, "clause": data.clause}
    return Asked(ask_question(house, actor, project_id, request_id=data.id, **asked))


@get("/projects/{project_id:int}/questions", sync_to_thread=True)
def questions(
    request: AnyRequest,
    project_id: FromPath[int],
    show: FromQuery[QuestionState] = QuestionState.OPEN,
    cursor: FromQuery[str | None] = None,
    limit: FromQuery[int] = 50,
) -> Questions:
    """A page of a project's questions, each with its ruling."""
    found = list_questions(house_of(request), actor_of(request), project_id, show, PageRequest(limit, cursor))
    return Questions([_shown(one) for one in found.rows], found.cursor)


@post("/questions/{question_id:int}/ruling", sync_to_thread=True)
def rule(request: AnyRequest, question_id: FromPath[int], data: JSONBody[RulingSaid]) -> Ruled:
    """Rule on a question; right answers become what holds for its item, and a reference."""
    said: dict[str, Any] = {"text": data.text, "clause": data.clause, "answers": data.answers}
    return Ruled(answer_question(house_of(request), actor_of(request), question_id, request_id=data.id, **said))


API: list[Any] = [ask_in_round, ask, questions, rule]
