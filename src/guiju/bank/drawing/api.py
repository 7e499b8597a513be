"""The JSON route of draws."""

import msgspec
from litestar import post
from litestar.params import JSONBody

from guiju.bank.drawing.actions import draw_from_bank
from guiju.bank.drawing.errors import DrawUnreadable
from guiju.bank.drawing.model import Choice, DrawAs, Drawn
from guiju.bank.finding.rules import read_search
from guiju.site import actor_of, house_of
from guiju.site.guards import AnyRequest


class DrawRequest(msgspec.Struct):
    """`deposits`, or what a search finds (`query`, `label`, `facets`, `like`), at most `most`; `as` is answers | items
    | prefill | gold | exam."""

    id: str
    project: int
    deposits: list[int] = []
    query: str = ""
    label: str = ""
    facets: list[str] = []
    like: str = ""
    as_: str = msgspec.field(default="answers", name="as")
    most: int | None = None


class DrawAnswer(msgspec.Struct):
    """`doubtful` were left out since another deposit contradicts them; `answers` hold, `recheck` wait in
    `recheck_round`, `suggested` are suggestions of `round`, `known` references; `lost` are labels that a mapping
    could not carry."""

    source: int
    items: int
    duplicates: int
    doubtful: int
    answers: int
    recheck: int
    suggested: int
    known: int
    round: int | None
    recheck_round: int | None
    lost: dict[str, int]


def drawn_answer(drawn: Drawn) -> DrawAnswer:
    counts = (drawn.source, drawn.items, drawn.duplicates, drawn.doubtful)
    made = (drawn.answers, drawn.recheck, drawn.suggested, drawn.known)
    return DrawAnswer(*counts, *made, drawn.round or None, drawn.recheck_round or None, dict(drawn.lost))


def read_as(said: str) -> DrawAs:
    """Raises `DrawUnreadable`."""
    if said not in set(DrawAs):
        raise DrawUnreadable(said=said[:40], known=", ".join(DrawAs))
    return DrawAs(said)


@post("/bank/draws", sync_to_thread=True)
def post_draw(request: AnyRequest, data: JSONBody[DrawRequest]) -> DrawAnswer:
    """Copy deposits into a project, and bring their answers."""
    search = read_search(data.query, data.label, data.facets, data.like)
    chosen = Choice(tuple(data.deposits), search, read_as(data.as_), data.most)
    return drawn_answer(draw_from_bank(house_of(request), actor_of(request), data.project, data.id, chosen))


API = [post_draw]
