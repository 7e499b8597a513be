"""The JSON routes of draws."""

from typing import Any

import msgspec
from litestar import get, post
from litestar.params import FromPath, JSONBody

from guiju.bank.drawing.actions import ask_to_draw, draw_from_bank, get_draw, is_many
from guiju.bank.drawing.errors import DrawUnreadable
from guiju.bank.drawing.model import Choice, DrawAs, DrawMany, Drawn, ManyState
from guiju.bank.finding.rules import read_search
from guiju.site import actor_of, house_of
from guiju.site.guards import AnyRequest
from guiju.storage import Job


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
    draw: int | None = None
    job: int | None = None


class ManyAnswer(msgspec.Struct):
    """A draw of many: `state` is drawing, done or failed; `done` of `total` were looked at; `drawn` once all of it is
    there; `error` says why nothing of it is."""

    id: int
    project: int
    state: ManyState
    job: int | None
    done: int
    total: int | None
    drawn: DrawAnswer | None
    error: dict[str, object] | None


def many_answer(draw: DrawMany, job: Job | None) -> ManyAnswer:
    drawn = drawn_answer(draw.result) if draw.result is not None else None
    error = (job.outcome or {}).get("error") if job is not None else None
    done, total = (job.done, job.total) if job is not None else (0, None)
    return ManyAnswer(draw.id, draw.project_id, draw.state, draw.job_id, done, total, drawn, error)


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
    """Copy deposits into a project, and bring their answers. More than 2,000 are drawn by a job: `draw` and `job` are
    told, and all of it is there at once when that is done."""
    search = read_search(data.query, data.label, data.facets, data.like)
    chosen = Choice(tuple(data.deposits), search, read_as(data.as_), data.most)
    house, actor = house_of(request), actor_of(request)
    if not is_many(chosen):
        return drawn_answer(draw_from_bank(house, actor, data.project, data.id, chosen))
    draw, _ = get_draw(house, actor, ask_to_draw(house, actor, data.project, data.id, chosen))
    told = drawn_answer(draw.result or Drawn(0, 0, 0))
    return msgspec.structs.replace(told, draw=draw.id, job=draw.job_id)


@get("/bank/draws/{draw_id:int}", sync_to_thread=True)
def show_draw(request: AnyRequest, draw_id: FromPath[int]) -> ManyAnswer:
    """A draw of more than 2,000: how far it is, and what came of it."""
    return many_answer(*get_draw(house_of(request), actor_of(request), draw_id))


API: list[Any] = [post_draw, show_draw]
