"""The page that a trial is opened from: how many, who, how they are drawn, what it would say, take and cost."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from dataclasses import field as dataclass_field
from typing import Any
from urllib.parse import quote_plus

from litestar import get, post
from litestar.params import FromPath
from litestar.response import Redirect, Response

from guiju.annotations import RoundNotFound
from guiju.briefs import get_current_brief, get_signed_figures
from guiju.data import Item
from guiju.data.pages import opening_of
from guiju.kit import N_, Refusal, Words, describe, new_id
from guiju.people import Act, Role
from guiju.projects import Member, authorise, list_members
from guiju.rulebooks import latest_published
from guiju.scenes.model import VIEW_NAMES
from guiju.site import Form, actor_of, done, field, flag, house_of, number, page, words_of
from guiju.site.forms import many, request_id_of
from guiju.site.guards import AnyRequest
from guiju.storage import Actor, House
from guiju.work.drawing import store
from guiju.work.drawing.actions import draw_again, earlier_trials, open_trial, preview_draw, show_drawn, views_of
from guiju.work.drawing.advising import ASSUMED, advise_trial, know_of_trials
from guiju.work.drawing.model import BY_NAMES, EARLIER_NAMES, SHARE_NAMES, Advice, By, Draw, Earlier, Share, Wish
from guiju.work.drawing.rules import MOST_ITEMS, advice_in_words
from guiju.work.prefill import list_sources
from guiju.work.store import count_unresolved

OPENED = N_("The trial is open.")
USUAL_SIZE = 50
DRAWN_AT_ONCE = 50_000
"""From so many waiting items on, the draw is shown when it is asked for and not at every change of the form."""


@dataclass(frozen=True, slots=True)
class Asked:
    """The form as it was filled in: numbers that are none stay text, and are told."""

    wish: Wish
    people: tuple[int, ...]
    agreement: float | None
    likeness: float | None
    looks: bool


@get("/projects/{project_id:int}/rounds/trial", sync_to_thread=True, include_in_schema=False)
def opening_page(request: AnyRequest, project_id: FromPath[int]) -> Response[Any]:
    """What to choose, and beside it what that comes to; works by itself, and as one types where there is a script."""
    house, actor = house_of(request), actor_of(request)
    with house.reading() as connection:
        standing = authorise(connection, actor, project_id, Act.OPEN_ROUND)
        members = [each for each in list_members(connection, project_id) if each.roles & Role.ANNOTATOR]
        waiting = count_unresolved(connection, project_id)
        choices: dict[str, Any] = {
            "rulebook": latest_published(connection, project_id),
            "figures": get_signed_figures(connection, project_id),
            "trials": earlier_trials(connection, project_id),
            "sources": list_sources(connection, project_id),
            "brief": get_current_brief(connection, project_id),
        }
    people = [each for each in members if not each.blocked]
    asked = _asked(request, people, waiting)
    known = None if "agreement" in request.query_params else know_of_trials(house, actor, project_id)
    if known is not None:
        asked = replace(asked, agreement=round(known.agreement, 3), likeness=known.likeness)
    return page(
        request,
        "work/drawing/opening.html",
        project=standing.project,
        waiting=waiting,
        people=people,
        asked=asked,
        known=known,
        views=views_of(house, actor, project_id),
        worked=_worked(house, actor, project_id, asked, waiting, words_of(request)),
        names={"by": BY_NAMES, "share": SHARE_NAMES, "earlier": EARLIER_NAMES, "view": VIEW_NAMES},
        most=MOST_ITEMS,
        assumed=ASSUMED,
        **choices,
    )


def _asked(request: AnyRequest, people: list[Member], waiting: int) -> Asked:
    query = request.query_params
    size = query.get("size", str(max(2, min(USUAL_SIZE, waiting))))
    chosen = [int(each) for each in query.getall("annotator", []) if each.isdecimal()]
    wish = Wish(
        size=int(size) if size.isdecimal() and len(size) < 9 else 0,
        by=_one_of(By, query.get("by", "")),
        of=query.get("of", "")[:60],
        share=_one_of(Share, query.get("share", "")),
        earlier=_one_of(Earlier, query.get("earlier", "")),
        trial=int(query["trial"]) if query.get("trial", "").isdecimal() else 0,
        seed=query.get("seed", "")[:80] or new_id(),
    )
    everybody = tuple(each.account_id for each in people)
    return Asked(
        wish,
        tuple(each for each in everybody if each in chosen) if "size" in query else everybody,
        _share(query.get("agreement", "")),
        _share(query.get("likeness", "")),
        "look" in query,
    )


def _one_of(kind: Any, said: str) -> Any:
    return kind(said) if said in set(kind) else next(iter(kind))


def _share(said: str) -> float | None:
    with suppress(ValueError):
        value = float(said)
        return value if 0 <= value <= 1 else None
    return None


@dataclass(frozen=True, slots=True)
class Worked:
    """What the choice comes to; where it cannot be, `refusal` says why in words."""

    advice: Advice | None = None
    sentences: tuple[str, ...] = ()
    draw: Draw | None = None
    shown: Mapping[str, Sequence[Item]] = dataclass_field(default_factory=dict[str, list[Item]])
    openings: Mapping[int, str] = dataclass_field(default_factory=dict[int, str])
    refusal: dict[str, Any] | None = None
    waits: bool = False


def _worked(house: House, actor: Actor, project_id: int, asked: Asked, waiting: int, words: Words) -> Worked:  # noqa: PLR0917 - what was asked, and of what
    draw, shown, refusal = None, dict[str, list[Item]](), None
    waits = waiting > DRAWN_AT_ONCE and not asked.looks
    try:
        if not waits:
            draw = preview_draw(house, actor, project_id, asked.wish)
            shown = show_drawn(house, actor, project_id, draw)
    except Refusal as caught:
        refusal = caught
    advice = None
    try:
        advice = _advice(house, actor, project_id, asked, len(draw.items) if draw else asked.wish.size)
    except Refusal as caught:
        draw, refusal = None, caught
    told = tuple(each.spoken(words) for each in advice_in_words(advice)) if advice else ()
    openings = {item.id: opening_of(item) for some in shown.values() for item in some}
    return Worked(advice, told, draw, shown, openings, describe(refusal, words) if refusal else None, waits)


def _advice(house: House, actor: Actor, project_id: int, asked: Asked, items: int) -> Advice:
    shape: dict[str, Any] = {"agreement": asked.agreement, "likeness": asked.likeness}
    return advise_trial(house, actor, project_id, items=max(items, 2), annotators=len(asked.people), **shape)


@post("/projects/{project_id:int}/rounds/trial", sync_to_thread=True, include_in_schema=False)
def post_trial(request: AnyRequest, project_id: FromPath[int], data: Form) -> Redirect:
    """Open a trial for the chosen people, of the items that were looked at."""
    trial = field(data, "trial", required=False)
    wish = Wish(
        size=int(number(data, "size", low=2, high=MOST_ITEMS, default=USUAL_SIZE)),
        by=_one_of(By, field(data, "by", required=False)),
        of=field(data, "of", required=False, limit=60),
        share=_one_of(Share, field(data, "share", required=False)),
        earlier=_one_of(Earlier, field(data, "earlier", required=False)),
        trial=int(trial) if trial.isdecimal() and len(trial) < 9 else 0,
        seed=field(data, "seed", required=False),
    )
    open_trial(
        house_of(request),
        actor_of(request, csrf=field(data, "csrf", required=False)),
        project_id,
        request_id=request_id_of(data),
        account_ids=[int(each) for each in many(data, "annotator") if each.isdecimal()],
        wish=wish,
        certified=flag(data, "certified"),
    )
    return done(f"/projects/{project_id}/rounds?said={quote_plus(OPENED)}")


@get("/projects/{project_id:int}/rounds/{drawn_id:int}/draw", sync_to_thread=True, include_in_schema=False)
def draw_page(request: AnyRequest, project_id: FromPath[int], drawn_id: FromPath[int]) -> Response[Any]:
    """How a trial's items were drawn, and whether the same come out again."""
    house, actor = house_of(request), actor_of(request)
    found = draw_again(house, actor, drawn_id)
    if found.round.project_id != project_id:
        raise RoundNotFound(round=drawn_id)
    with house.reading() as connection:
        standing = authorise(connection, actor, found.round.project_id, Act.SEE_REPORTS)
        rulebook = latest_published(connection, found.round.project_id)
        items = len(store.items_of(connection, drawn_id))
    return page(
        request,
        "work/drawing/drawn.html",
        project=standing.project,
        found=found,
        items=items,
        rulebook=rulebook,
        names={"by": BY_NAMES, "share": SHARE_NAMES, "earlier": EARLIER_NAMES},
    )


PAGES: list[Any] = [opening_page, post_trial, draw_page]
