"""JSON of questions and rulings."""

from typing import Annotated, Any

import msgspec
from litestar import get, post
from litestar.params import FromPath, FromQuery, JSONBody
from msgspec import Meta

from guiju.kit import PageRequest, iso
from guiju.rulings.actions import answer_question, list_questions
from guiju.rulings.model import Answered, QuestionState, Wanted
from guiju.site import actor_of, house_of
from guiju.site.guards import AnyRequest

RequestId = Annotated[str, Meta(pattern="^[A-Za-z0-9_-]{8,64}$")]


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
    labels: list[str]
    owner: int | None
    merged_into: int | None


class Questions(msgspec.Struct, frozen=True):
    questions: list[QuestionShown]
    cursor: str | None


def _shown(one: Answered) -> QuestionShown:
    q, r = one.question, one.ruling
    answers = msgspec.json.decode(r.answers) if r is not None and r.answers else None
    ruling = RulingShown(r.id, r.text, r.clause, answers, r.ruled_by, iso(r.at)) if r is not None else None
    about = (q.id, q.item_id, q.round_id, q.asked_by, q.text, q.clause, q.state, iso(q.at), ruling)
    return QuestionShown(*about, list(q.items), list(q.labels), q.owner_id, q.merged_into)


@get("/projects/{project_id:int}/questions", sync_to_thread=True)
def questions(  # noqa: PLR0913, PLR0917 - a query has as many parts as it has
    request: AnyRequest,
    project_id: FromPath[int],
    show: FromQuery[QuestionState] = QuestionState.OPEN,
    owner: FromQuery[int | None] = None,
    clause: FromQuery[str] = "",
    label: FromQuery[str] = "",
    words: FromQuery[str] = "",
    cursor: FromQuery[str | None] = None,
    limit: FromQuery[int] = 50,
) -> Questions:
    """A page of a project's questions, each with its ruling. `owner` is an account, 0 for those that are nobody's."""
    wanted = Wanted(show, owner, clause, label, words)
    found = list_questions(house_of(request), actor_of(request), project_id, wanted, PageRequest(limit, cursor))
    return Questions([_shown(one) for one in found.rows], found.cursor)


@post("/questions/{question_id:int}/ruling", sync_to_thread=True)
def rule(request: AnyRequest, question_id: FromPath[int], data: JSONBody[RulingSaid]) -> Ruled:
    """Rule on a question; right answers become what holds for its item, and a reference."""
    said: dict[str, Any] = {"text": data.text, "clause": data.clause, "answers": data.answers}
    return Ruled(answer_question(house_of(request), actor_of(request), question_id, request_id=data.id, **said))


API: list[Any] = [questions, rule]
