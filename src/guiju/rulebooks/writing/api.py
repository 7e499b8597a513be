"""Routes of the editor: what a text says and where it is wrong, and how it reads beside what others saved."""

from typing import Any

import msgspec
from litestar import post
from litestar.params import FromPath, JSONBody

from guiju.kit import Mark, bilingual
from guiju.rulebooks.merging import Conflict
from guiju.rulebooks.reading.body import body_of
from guiju.rulebooks.rules import describe_problem
from guiju.rulebooks.writing.actions import join, look_at
from guiju.site import actor_of, fragment, house_of, locale_of, words_of
from guiju.site.guards import AnyRequest


class Written(msgspec.Struct, frozen=True):
    """A text that somebody is writing; `revision` is the save that it began with."""

    document: str
    revision: int = 0


class EntryShown(msgspec.Struct, frozen=True):
    group: str
    id: str
    name: str
    line: int
    level: int


class LookedAt(msgspec.Struct, frozen=True):
    """`html` is the text as it will be read, null where it cannot be; `revision` is the draft's by now."""

    revision: int
    problems: list[dict[str, Any]]
    entries: list[EntryShown]
    html: str | None


class ConflictShown(msgspec.Struct, frozen=True):
    """A passage that both changed: `mine` is what the document holds, unless it is empty."""

    place: str
    mine: str
    theirs: str
    marks: list[Mark]


class JoinedShown(msgspec.Struct, frozen=True):
    document: str
    revision: int
    conflicts: list[ConflictShown]


@post("/projects/{project_id:int}/rulebook/look", sync_to_thread=True, status_code=200)
def post_look(request: AnyRequest, project_id: FromPath[int], data: JSONBody[Written]) -> LookedAt:
    """What is wrong with a text, what it defines, how it reads. Nothing is kept."""
    looked = look_at(house_of(request), actor_of(request), project_id, data.document)
    words, locale = words_of(request), locale_of(request)
    entries = [
        EntryShown(one.group, one.id, bilingual(one.name, locale), one.line, one.level) for one in looked.entries
    ]
    html = None
    if looked.rulebook is not None:
        html = fragment(request, "rulebooks/body.html", **body_of(looked.rulebook))
    return LookedAt(looked.revision, [describe_problem(one, words) for one in looked.problems], entries, html)


@post("/projects/{project_id:int}/rulebook/join", sync_to_thread=True, status_code=200)
def post_join(request: AnyRequest, project_id: FromPath[int], data: JSONBody[Written]) -> JoinedShown:
    """A text put together with what others saved since it was begun, and the passages that both changed."""
    joined = join(house_of(request), actor_of(request), project_id, data.document, data.revision)
    return JoinedShown(joined.document, joined.revision, [_conflict(one) for one in joined.conflicts])


def _conflict(conflict: Conflict) -> ConflictShown:
    return ConflictShown(conflict.place, conflict.mine, conflict.theirs, conflict.marks)


API: list[Any] = [post_look, post_join]
