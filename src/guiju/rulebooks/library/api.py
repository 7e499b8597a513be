"""Routes about what other rulebooks have."""

from typing import Any

import msgspec
from litestar import get, post
from litestar.params import FromPath, JSONBody

from guiju.rulebooks.library.actions import list_books, read_beside, take_from
from guiju.rulebooks.library.model import Row
from guiju.site import actor_of, house_of
from guiju.site.guards import AnyRequest


class BookShown(msgspec.Struct, frozen=True):
    id: int
    project: int
    name: str
    version: str


class RowShown(msgspec.Struct, frozen=True):
    """`key` names it when it is taken; `as_id` is the id that it would get here, `same` says that it is here."""

    key: str
    theirs: dict[str, str]
    mine: dict[str, str] | None
    as_id: str
    same: bool


class Taking(msgspec.Struct, frozen=True):
    id: str
    entries: list[str]


class Taken(msgspec.Struct, frozen=True):
    entries: dict[str, str]


def _shown(row: Row) -> RowShown:
    return RowShown(row.key, dict(row.theirs), dict(row.mine) if row.mine else None, row.as_id, row.same)


@get("/projects/{project_id:int}/rulebook/library", sync_to_thread=True)
def get_library(request: AnyRequest, project_id: FromPath[int]) -> list[BookShown]:
    """Rulebooks in force that this project may take from."""
    books = list_books(house_of(request), actor_of(request), project_id)[1]
    return [BookShown(one.id, one.project_id, one.name, one.version) for one in books]


@get("/projects/{project_id:int}/rulebook/library/{book_id:int}", sync_to_thread=True)
def get_beside(request: AnyRequest, project_id: FromPath[int], book_id: FromPath[int]) -> list[RowShown]:
    """One of them beside the draft: labels, clauses, checks, examples of a text."""
    return [_shown(row) for row in read_beside(house_of(request), actor_of(request), project_id, book_id).rows]


@post("/projects/{project_id:int}/rulebook/library/{book_id:int}", sync_to_thread=True, status_code=200)
def post_taking(
    request: AnyRequest, project_id: FromPath[int], book_id: FromPath[int], data: JSONBody[Taking]
) -> Taken:
    """Take entries over into the draft, each with where it came from; the ids that they got."""
    came = take_from(house_of(request), actor_of(request), project_id, book_id, data.entries, request_id=data.id)
    return Taken({row.key: row.as_id for row in came})


API: list[Any] = [get_library, get_beside, post_taking]
