"""JSON of retrospectives."""

from typing import Annotated, Any, Literal

import msgspec
from litestar import Response, get, post
from litestar.params import FromPath, FromQuery, JSONBody
from msgspec import Meta

from guiju.kit import iso
from guiju.people import find_account
from guiju.planning.retrospective.actions import (
    finish_retrospective,
    list_retrospectives,
    read_retrospective,
    save_words,
    write_retrospective,
)
from guiju.planning.retrospective.model import Figures, Retrospective
from guiju.planning.retrospective.writing import document_of
from guiju.site import actor_of, house_of, words_for
from guiju.site.documents import as_download, get_format
from guiju.site.guards import AnyRequest

RequestId = Annotated[str, Meta(pattern="^[A-Za-z0-9_-]{8,64}$")]


class RetrospectiveTold(msgspec.Struct, frozen=True):
    version: int
    revision: int
    finished: bool
    interim: bool
    written_at: str
    signed_at: str | None
    words: dict[str, str]
    figures: Figures


class RetrospectiveIn(msgspec.Struct, frozen=True):
    """`act`: write (a new version, or the draft anew), save (words by section), finish (sign, with words or as saved).

    save and finish name the `version` and the `revision` that was read.
    """

    id: RequestId
    act: Literal["write", "save", "finish"]
    interim: bool = False
    version: int = 0
    revision: int = 0
    words: dict[str, str] | None = None


@get("/projects/{project_id:int}/retrospectives", sync_to_thread=True)
def list_all(request: AnyRequest, project_id: FromPath[int]) -> list[RetrospectiveTold]:
    """Every version, the newest first; a draft is seen by who writes it."""
    return [told_of(one) for one in list_retrospectives(house_of(request), actor_of(request), project_id)[1]]


@post("/projects/{project_id:int}/retrospectives", sync_to_thread=True, status_code=200)
def act(request: AnyRequest, project_id: FromPath[int], data: JSONBody[RetrospectiveIn]) -> RetrospectiveTold:
    """Have a retrospective written, keep the trainer's words, or sign it."""
    house, actor = house_of(request), actor_of(request)
    if data.act == "write":
        return told_of(write_retrospective(house, actor, project_id, request_id=data.id, interim=data.interim))
    if data.act == "finish":
        finish_retrospective(house, actor, project_id, data.version, revision=data.revision, words=data.words)
    else:
        save_words(house, actor, project_id, data.version, revision=data.revision, words=data.words or {})
    return told_of(read_retrospective(house, actor, project_id, data.version))


@get("/projects/{project_id:int}/retrospectives/file", sync_to_thread=True)
def take(
    request: AnyRequest,
    project_id: FromPath[int],
    version: FromQuery[int] = 0,
    format: FromQuery[str] = "html",  # noqa: A002 - the query's own word
    language: FromQuery[str] = "zh",
) -> Response[bytes]:
    """A version (the newest unless named) as `format` html, docx or pdf; `language` zh, zh-Hant or en."""
    get_format(format)
    house = house_of(request)
    one = read_retrospective(house, actor_of(request), project_id, version or None)
    with house.reading() as connection:
        signer = find_account(connection, one.signed_by) if one.signed_by is not None else None
    paper = document_of(one, words_for(language), signer.name if signer else "")
    return as_download(paper, format, paper.title)


def told_of(one: Retrospective) -> RetrospectiveTold:
    signed = iso(one.signed_at) if one.signed_at is not None else None
    state = (one.version, one.revision, one.is_finished, one.is_interim)
    return RetrospectiveTold(*state, iso(one.written_at), signed, dict(one.words), one.figures)


API: list[Any] = [list_all, act, take]
