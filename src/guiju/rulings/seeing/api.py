"""JSON of who has seen which ruling."""

from typing import Any

import msgspec
from litestar import get, post
from litestar.params import FromPath, JSONBody

from guiju.kit import iso
from guiju.people import Act
from guiju.projects import authorise
from guiju.rulings.errors import QuestionNotFound
from guiju.rulings.seeing import store
from guiju.rulings.seeing.actions import mark_seen, read_seen, unseen_rulings
from guiju.site import actor_of, house_of
from guiju.site.guards import AnyRequest


class UnseenShown(msgspec.Struct, frozen=True):
    """A ruling that the reader has not seen; `items` are those that it is about or that are almost like them."""

    id: int
    text: str
    clause: str | None
    question: str
    at: str
    items: list[int]
    labels: list[str]


class UnseenAnswer(msgspec.Struct, frozen=True):
    rulings: list[UnseenShown]


class Seeing(msgspec.Struct, frozen=True):
    """Rulings that the reader has had before their eyes."""

    rulings: list[int]


class New(msgspec.Struct, frozen=True):
    new: int


class Saw(msgspec.Struct, frozen=True):
    name: str
    at: str


class SeenShown(msgspec.Struct, frozen=True):
    """Of those who annotate or inspect: who has seen a ruling and when, and who has not."""

    seen: list[Saw]
    not_yet: list[str]


@get("/projects/{project_id:int}/rulings/unseen", sync_to_thread=True)
def unseen(request: AnyRequest, project_id: FromPath[int]) -> UnseenAnswer:
    """The newest rulings that the reader has not seen, the newest first."""
    found = unseen_rulings(house_of(request), actor_of(request), project_id)
    return UnseenAnswer(
        [
            UnseenShown(r.id, r.text, r.clause, each.question, iso(r.at), list(each.items), list(each.labels))
            for each in found
            for r in [each.ruling]
        ]
    )


@post("/projects/{project_id:int}/rulings/seen", status_code=200, sync_to_thread=True)
def seen(request: AnyRequest, project_id: FromPath[int], data: JSONBody[Seeing]) -> New:
    """Keep that the reader has seen these rulings; each is kept once, with its first time."""
    return New(mark_seen(house_of(request), actor_of(request), project_id, data.rulings))


@get("/projects/{project_id:int}/rulings/{ruling_id:int}/seen", sync_to_thread=True)
def who_saw(request: AnyRequest, project_id: FromPath[int], ruling_id: FromPath[int]) -> SeenShown:
    """Who has seen a ruling, and who has not."""
    with house_of(request).reading() as connection:
        authorise(connection, actor_of(request), project_id, Act.SEE_REPORTS)
        if not store.rulings_in(connection, project_id, [ruling_id]):
            raise QuestionNotFound(question=ruling_id)
        found = read_seen(connection, project_id, [ruling_id])[ruling_id]
    return SeenShown([Saw(name, iso(at)) for name, at in found.seen], list(found.not_yet))


API: list[Any] = [unseen, seen, who_saw]
