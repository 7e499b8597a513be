"""JSON routes of the bank."""

import msgspec
from litestar import get, post
from litestar.params import FromQuery, JSONBody

from guiju.bank.actions import Choice, draw_from_bank, search_bank
from guiju.bank.model import Drawn, Find, Rights
from guiju.kit import PageRequest, iso
from guiju.site import actor_of, house_of
from guiju.site.guards import AnyRequest


class FindAnswer(msgspec.Struct):
    deposit: int
    item: int
    project: int
    project_name: str
    rulebook: str
    rights: Rights
    media: str
    name: str
    text: str | None
    labels: list[str]
    at: str


class SearchAnswer(msgspec.Struct):
    found: list[FindAnswer]
    cursor: str | None


class DrawRequest(msgspec.Struct):
    id: str
    project: int
    deposits: list[int] = []
    query: str = ""
    label: str = ""


class DrawAnswer(msgspec.Struct):
    source: int
    items: int
    answers: int
    duplicates: int


def find_answer(one: Find) -> FindAnswer:
    named = (one.id, one.item_id, one.project_id, one.project, one.rulebook, one.rights, one.media, one.name, one.text)
    return FindAnswer(*named, list(one.labels), iso(one.at))


def drawn_answer(drawn: Drawn) -> DrawAnswer:
    return DrawAnswer(drawn.source, drawn.items, drawn.answers, drawn.duplicates)


@get("/bank", sync_to_thread=True)
def get_bank(
    request: AnyRequest,
    q: FromQuery[str] = "",
    label: FromQuery[str] = "",
    cursor: FromQuery[str | None] = None,
    limit: FromQuery[int] = 50,
) -> SearchAnswer:
    """Deposits with all these words and this label, the newest first."""
    found = search_bank(house_of(request), actor_of(request), q, label, PageRequest(limit, cursor))
    return SearchAnswer([find_answer(one) for one in found.rows], found.cursor)


@post("/bank/draws", sync_to_thread=True)
def post_draw(request: AnyRequest, data: JSONBody[DrawRequest]) -> DrawAnswer:
    """Copy deposits into a project."""
    actor = actor_of(request)
    chosen = Choice(tuple(data.deposits), data.query, data.label)
    return drawn_answer(draw_from_bank(house_of(request), actor, data.project, data.id, chosen))


API = [get_bank, post_draw]
