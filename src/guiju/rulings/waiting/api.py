"""JSON of what waits: owners, merging, the project's line."""

from typing import Annotated, Any

import msgspec
from litestar import get, post, put
from litestar.params import FromPath, JSONBody
from msgspec import Meta

from guiju.kit import iso, now
from guiju.people import Act
from guiju.projects import authorise
from guiju.rulings.waiting.actions import (
    assign_questions,
    merge_questions,
    read_waiting,
    set_line,
    unmerge_question,
)
from guiju.site import actor_of, house_of
from guiju.site.guards import AnyRequest

RequestId = Annotated[str, Meta(pattern="^[A-Za-z0-9_-]{8,64}$")]


class OwnedShown(msgspec.Struct, frozen=True):
    """The open questions of one owner, an account; `null` is nobody."""

    owner: int | None
    open: int
    overdue: int
    oldest_at: str


class WaitingShown(msgspec.Struct, frozen=True):
    """What a project still has to answer; `overdue` are the open ones older than `hours`."""

    open: int
    overdue: int
    hours: int
    oldest: int | None
    oldest_at: str | None
    owners: list[OwnedShown]


class Assigning(msgspec.Struct, frozen=True):
    """Open questions for an owner; `null` makes them nobody's."""

    id: RequestId
    questions: list[int]
    owner: int | None


class Merging(msgspec.Struct, frozen=True):
    """Questions that become one with `into`: its ruling answers all."""

    id: RequestId
    questions: list[int]
    into: int


class Changed(msgspec.Struct, frozen=True):
    questions: int


class Once(msgspec.Struct, frozen=True):
    id: RequestId


class Line(msgspec.Struct, frozen=True):
    """After how many hours an open question is overdue."""

    hours: int


@get("/projects/{project_id:int}/questions/waiting", sync_to_thread=True)
def waiting(request: AnyRequest, project_id: FromPath[int]) -> WaitingShown:
    """How many questions are open, since when, whose they are, and what is overdue."""
    with house_of(request).reading() as connection:
        authorise(connection, actor_of(request), project_id, Act.SEE_REPORTS)
        found = read_waiting(connection, project_id, now())
    owners = [OwnedShown(each.owner_id, each.open, each.overdue, iso(each.oldest_at)) for each in found.owners]
    oldest_at = iso(found.oldest_at) if found.oldest_at is not None else None
    return WaitingShown(found.open, found.overdue, found.hours, found.oldest_id, oldest_at, owners)


@post("/projects/{project_id:int}/questions/assign", sync_to_thread=True)
def assign(request: AnyRequest, project_id: FromPath[int], data: JSONBody[Assigning]) -> Changed:
    """Give open questions to somebody who may answer them."""
    told: dict[str, Any] = {"request_id": data.id, "questions": data.questions, "owner": data.owner}
    return Changed(assign_questions(house_of(request), actor_of(request), project_id, **told))


@post("/projects/{project_id:int}/questions/merge", sync_to_thread=True)
def merge(request: AnyRequest, project_id: FromPath[int], data: JSONBody[Merging]) -> Changed:
    """Make questions one: one ruling answers all, and everybody who asked is told."""
    told: dict[str, Any] = {"request_id": data.id, "questions": data.questions, "into": data.into}
    return Changed(merge_questions(house_of(request), actor_of(request), project_id, **told))


@post("/questions/{question_id:int}/unmerge", sync_to_thread=True)
def unmerge(request: AnyRequest, question_id: FromPath[int], data: JSONBody[Once]) -> Changed:
    """Let a merged question stand for itself again; it is open."""
    unmerge_question(house_of(request), actor_of(request), question_id, request_id=data.id)
    return Changed(1)


@put("/projects/{project_id:int}/questions/line", sync_to_thread=True)
def line(request: AnyRequest, project_id: FromPath[int], data: JSONBody[Line]) -> Line:
    """Say after how many hours an open question of the project is overdue."""
    set_line(house_of(request), actor_of(request), project_id, hours=data.hours)
    return data


API: list[Any] = [waiting, assign, merge, unmerge, line]
