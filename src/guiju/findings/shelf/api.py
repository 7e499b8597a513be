"""Routes of the shelf beside the rulebook's editor."""

from typing import Any

import msgspec
from litestar import get, post
from litestar.params import FromPath, FromQuery, JSONBody

from guiju.findings.shelf.actions import fill_shelf, make_example
from guiju.findings.shelf.model import Laid
from guiju.kit import N_, PageRequest
from guiju.site import actor_of, house_of, words_of
from guiju.site.guards import AnyRequest

TEXT_CHARACTERS = 400


class LaidShown(msgspec.Struct, frozen=True):
    item: int
    name: str
    media: str
    text: str | None
    labels: list[str]
    note: str


class ShelfShown(msgspec.Struct, frozen=True):
    """`unread` items are not in the index of words yet: ask again soon."""

    items: list[LaidShown]
    cursor: str | None
    unread: int


class Example(msgspec.Struct, frozen=True):
    """`document` is the text as it stands in the editor; `polarity` is positive, negative or boundary."""

    document: str
    item: int
    polarity: str
    label: str = ""
    clause: str = ""
    note: dict[str, str] = {}


class ExamplePlaced(msgspec.Struct, frozen=True):
    """From line `line` (from 0) on, `gone` lines become `lines`: every other byte stays."""

    id: str
    line: int
    gone: int
    lines: list[str]


@get("/projects/{project_id:int}/rulebook/tray", sync_to_thread=True)
def get_tray(  # noqa: PLR0917 - which items, and how many of them
    request: AnyRequest,
    project_id: FromPath[int],
    of: FromQuery[str] = "search",
    q: FromQuery[str] = "",
    cursor: FromQuery[str | None] = None,
    limit: FromQuery[int] = 24,
) -> ShelfShown:
    """Items to take as examples: `of` a `search`, the last trial's `costly` ones, the newest `pick`."""
    shelf = fill_shelf(house_of(request), actor_of(request), project_id, PageRequest(limit, cursor), of=of, q=q)
    words = words_of(request)
    return ShelfShown([_shown(one, words) for one in shelf.items], shelf.cursor, shelf.unread)


def _shown(one: Laid, words: Any) -> LaidShown:
    item = one.item
    note = "" if one.observed is None else words(N_("agreement {share}"), share=f"{one.observed:.2f}")
    text = item.body[:TEXT_CHARACTERS] if item.body else None
    return LaidShown(item.id, item.name, item.media.value, text, list(one.labels), note)


@post("/projects/{project_id:int}/rulebook/example", sync_to_thread=True, status_code=200)
def post_example(request: AnyRequest, project_id: FromPath[int], data: JSONBody[Example]) -> ExamplePlaced:
    """An item with its answer of record as an example of a text. Nothing is kept: the edit is for who writes."""
    placed = make_example(
        house_of(request), actor_of(request), project_id, data.document,
        item_id=data.item, polarity=data.polarity, label=data.label, clause=data.clause, note=data.note,
    )  # fmt: skip
    return ExamplePlaced(placed.id, placed.edit.line, placed.edit.gone, list(placed.edit.lines))


API: list[Any] = [get_tray, post_example]
