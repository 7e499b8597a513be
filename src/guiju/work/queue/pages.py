"""The page of who works on what in a round."""

from collections.abc import Iterable
from typing import Any
from urllib.parse import quote_plus

from litestar import get, post
from litestar.params import FromPath
from litestar.response import Redirect, Response

from guiju.annotations import ROUND_NAMES, STATE_NAMES, RoundState, get_round
from guiju.data import list_sources
from guiju.kinds import FieldShape
from guiju.kit import N_, new_id
from guiju.people import Act, list_teams
from guiju.projects import ProjectNotFound, authorise
from guiju.rulebooks import get_published
from guiju.scenes import scene_names
from guiju.site import Form, actor_of, done, field, flag, house_of, number, page, request_id_of, words_of
from guiju.site.forms import FormData, many
from guiju.site.guards import AnyRequest
from guiju.storage import Actor, House
from guiju.work.gold.actions import admit, change_gold, known_of_round
from guiju.work.gold.model import RETURN_NAMES, GoldWish, Returns
from guiju.work.overlap import chooses_one
from guiju.work.overlap.actions import SEVERAL, ask_for_several
from guiju.work.overlap.forms import overlap_said
from guiju.work.queue.actions import SPLITTABLE, change_batch, led_round, put_back, split_batch, withdraw_batch
from guiju.work.queue.errors import BadPart
from guiju.work.queue.handing import hand_over, read_hands
from guiju.work.queue.model import PRIORITY_NAMES, By, Change, Demands, Part
from guiju.work.queue.reading import read_queue

SPLIT_DONE = N_("The batch is split; both parts are handed out by their own settings.")
CHANGED = N_("Saved. What is in hand stays there; the next items go by the new settings.")
WITHDRAWN = N_("Withdrawn: {count} answers are not wanted any more. What was answered or begun is kept.")
BACK_AGAIN = N_("Put back: {count} answers are wanted again.")
ADMITTED = N_("They are let back in; what they answer counts anew.")
SEVERAL_ASKED = N_("{count} more answers are wanted now; what was answered stays.")
HANDED = N_("Handed over: {count} items wait for them now.")
HANDED_PARTLY = N_("Handed over: {count} items wait for them now; {left} stay: they have answered these already.")


@get("/projects/{project_id:int}/rounds/{round_id:int}/queue", sync_to_thread=True, include_in_schema=False)
def queue_page(request: AnyRequest, project_id: FromPath[int], round_id: FromPath[int]) -> Response[Any]:
    """The round's batches and people, with what can be done about them."""
    house, actor = house_of(request), actor_of(request)
    shown = read_queue(house, actor, round_id)
    if shown.project_id != project_id:
        raise ProjectNotFound(project=project_id)
    with house.reading() as connection:
        project = authorise(connection, actor, project_id, Act.OPEN_ROUND).project
        round_ = get_round(connection, round_id)
        known = known_of_round(connection, round_)
        fields = get_published(connection, round_.rulebook_id).fields
        choices: dict[str, Any] = {
            "teams": list_teams(connection),
            "sources": list_sources(connection, project_id),
            "scenes": scene_names(connection, project_id),
        }
    return page(
        request,
        "work/queue/page.html",
        project=project,
        round=round_,
        shown=shown,
        round_names=ROUND_NAMES,
        state_names=STATE_NAMES,
        priorities={int(each): name for each, name in PRIORITY_NAMES.items()},
        movable=round_.kind in SPLITTABLE and round_.state is not RoundState.CLOSED,
        known=known,
        known_of={each.account_id: each for each in known.people} if known else {},
        kept_teams=[-each for each in shown.kept if each < 0],
        names={each.account_id: each.name for each in shown.people},
        request_id=new_id,
        returns=RETURN_NAMES,
        several=round_.kind in SEVERAL and round_.overlap == 1 and round_.state is not RoundState.CLOSED,
        opening=_asked_of(fields),
        **choices,
    )


def _asked_of(fields: Iterable[FieldShape]) -> dict[str, Any]:
    """What the form for several answers asks for."""
    known = [chooses_one(each) for each in fields]
    return {"chooses": any(known), "compares": not all(known), "figures": None}


@post("/projects/{project_id:int}/rounds/{round_id:int}/queue", sync_to_thread=True, include_in_schema=False)
def post_queue(request: AnyRequest, project_id: FromPath[int], round_id: FromPath[int], data: Form) -> Redirect:
    """Split, change, withdraw, put back, hand over: what the form's `act` says."""
    house, actor = house_of(request), actor_of(request, csrf=field(data, "csrf", required=False))
    with house.reading() as connection:
        if led_round(connection, actor, round_id).project_id != project_id:
            raise ProjectNotFound(project=project_id)
    said, counts = _act(house, actor, round_id, data)
    told = words_of(request)(said, **counts)
    return done(f"/projects/{project_id}/rounds/{round_id}/queue?said={quote_plus(told)}")


def _act(  # noqa: PLR0911 - one return an act
    house: House, actor: Actor, round_id: int, data: FormData
) -> tuple[str, dict[str, object]]:
    act = field(data, "act")
    batch = int(number(data, "batch", default=0))
    if act == "split":
        split_batch(house, actor, round_id, batch, _part(data), change_in(data), request_id=request_id_of(data))
        return SPLIT_DONE, {}
    if act == "withdraw":
        return WITHDRAWN, {"count": withdraw_batch(house, actor, round_id, batch, reason=field(data, "reason"))}
    if act == "put-back":
        return BACK_AGAIN, {"count": put_back(house, actor, round_id, batch)}
    if act == "hand-over":
        moved = hand_over(
            house, actor, round_id, read_hands(field(data, "from")), read_hands(field(data, "to", required=False))
        )
        return HANDED_PARTLY if moved.left else HANDED, {"count": moved.moved, "left": moved.left}
    if act == "gold":
        change_gold(house, actor, round_id, gold_in(data) or GoldWish(0))
        return CHANGED, {}
    if act == "several":
        more = ask_for_several(house, actor, round_id, overlap_said(data), request_id=request_id_of(data))
        return SEVERAL_ASKED, {"count": more}
    if act == "admit":
        who = read_hands(field(data, "from")).account_id or 0
        admit(house, actor, round_id, who, reason=field(data, "reason", required=False))
        return ADMITTED, {}
    change_batch(house, actor, round_id, batch, change_in(data))
    return CHANGED, {}


def _part(data: FormData) -> Part:
    """`source-3`, `scene-9`, or by count or column with the value beside. Raises `BadPart`."""
    kind, _, of = field(data, "by").partition("-")
    if kind not in set(By):
        raise BadPart(value=kind[:40])
    by = By(kind)
    value = of if by in {By.SOURCE, By.SCENE} else field(data, "value")
    return Part(by, value, field(data, "column", required=False) if by is By.COLUMN else "")


def gold_in(data: FormData) -> GoldWish | None:
    """How much is mixed in, as a form sends it in per cent; nothing or 0: nothing is."""
    base = number(data, "gold", low=0, high=100, default=0)
    line = number(data, "line", low=0, high=100, default=80)
    said = field(data, "returns", required=False)
    returns = Returns(said) if said in set(Returns) else Returns.PRACTICE
    return GoldWish(base / 100, line / 100, flag(data, "stops"), flag(data, "tells"), returns) if base else None


def change_in(data: FormData) -> Change:
    """The settings of a batch as a form sends them."""
    named = many(data, "people")
    hands = [read_hands(each) for each in named]
    demands = Demands(
        _words(data, "languages"),
        _words(data, "skills"),
        flag(data, "with_certificate"),
        tuple(each.account_id for each in hands if each.account_id),
        tuple(each.team_id for each in hands if each.team_id),
    )
    priority = int(number(data, "priority", low=1, high=9, default=5))
    return Change(field(data, "name", required=False), priority, field(data, "due", required=False) or None, demands)


def _words(data: FormData, name: str) -> tuple[str, ...]:
    text = field(data, name, required=False).replace("，", ",").replace("、", ",")
    return tuple(each.strip() for each in text.split(",") if each.strip())


PAGES: list[Any] = [queue_page, post_queue]
