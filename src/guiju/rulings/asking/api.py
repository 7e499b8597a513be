"""JSON of asking, and of what is asked already."""

from typing import Annotated, Any

import msgspec
from litestar import get, post
from litestar.params import FromPath, FromQuery, JSONBody
from msgspec import Meta

from guiju.rulings.actions import project_of_round
from guiju.rulings.asking.actions import ask_about, ask_question, find_similar
from guiju.rulings.asking.model import Similar, Why
from guiju.rulings.model import QuestionState
from guiju.site import actor_of, house_of
from guiju.site.guards import AnyRequest

RequestId = Annotated[str, Meta(pattern="^[A-Za-z0-9_-]{8,64}$")]


class Asking(msgspec.Struct, frozen=True):
    """A question; `item` or `items` are what it is about, `labels` those between which one hesitates.

    `again` asks about several items even where a question about much the same is open.
    """

    id: RequestId
    text: str
    item: int | None = None
    clause: str | None = None
    items: list[int] = []
    labels: list[str] = []
    again: bool = False


class Asked(msgspec.Struct, frozen=True):
    question: int


class AlikeRuling(msgspec.Struct, frozen=True):
    id: int
    text: str
    clause: str | None


class AlikeShown(msgspec.Struct, frozen=True):
    """A question like another one: how much, from 0 to 1, by what, and what was ruled on it."""

    id: int
    text: str
    state: QuestionState
    score: float
    why: list[Why]
    ruling: AlikeRuling | None


class AlikeAnswer(msgspec.Struct, frozen=True):
    alike: list[AlikeShown]


def _shown(each: Similar) -> AlikeShown:
    ruling = AlikeRuling(each.ruling.id, each.ruling.text, each.ruling.clause) if each.ruling else None
    return AlikeShown(each.id, each.text, each.state, round(each.score, 3), list(each.why), ruling)


@post("/rounds/{round_id:int}/questions", sync_to_thread=True)
def ask_in_round(request: AnyRequest, round_id: FromPath[int], data: JSONBody[Asking]) -> Asked:
    """Ask about an item of a round, as the workbench does."""
    house, actor = house_of(request), actor_of(request)
    project_id = project_of_round(house, actor, round_id)
    asked: dict[str, Any] = {"text": data.text, "item_id": data.item, "clause": data.clause, "labels": data.labels}
    return Asked(ask_question(house, actor, project_id, request_id=data.id, round_id=round_id, **asked))


@post("/projects/{project_id:int}/questions", sync_to_thread=True)
def ask(request: AnyRequest, project_id: FromPath[int], data: JSONBody[Asking]) -> Asked:
    """Ask about an item, about several, or about the rulebook as a whole."""
    house, actor = house_of(request), actor_of(request)
    asked: dict[str, Any] = {"text": data.text, "clause": data.clause, "labels": data.labels}
    if data.items:
        about = [*data.items, *([data.item] if data.item is not None else [])]
        return Asked(ask_about(house, actor, project_id, request_id=data.id, items=about, again=data.again, **asked))
    return Asked(ask_question(house, actor, project_id, request_id=data.id, item_id=data.item, **asked))


@get("/projects/{project_id:int}/questions/alike", sync_to_thread=True)
def alike(
    request: AnyRequest,
    project_id: FromPath[int],
    text: FromQuery[str] = "",
    item: FromQuery[list[int] | None] = None,
    label: FromQuery[list[str] | None] = None,
) -> AlikeAnswer:
    """Questions like this one, asked or answered already; nothing is asked by it."""
    about: dict[str, Any] = {"text": text[:4_000], "items": (item or [])[:500], "labels": (label or [])[:50]}
    found = find_similar(house_of(request), actor_of(request), project_id, **about)
    return AlikeAnswer([_shown(each) for each in found])


API: list[Any] = [ask_in_round, ask, alike]
