"""The map and the tree beside it; one scene with its items; what was done to the tree. All works without script."""

from typing import Any
from urllib.parse import quote_plus

from litestar import Response, get, post
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect

from guiju.data import Item, Media, read_comparison
from guiju.data.actions import stop_job
from guiju.data.intake.dialogues import excerpt_of
from guiju.kit import N_, Words
from guiju.people import Act, may
from guiju.scenes import actions, reading, shaping
from guiju.scenes.leaving import read_leaving
from guiju.scenes.model import STATE_NAMES, TIE_NAMES, VIEW_NAMES, Tie, View
from guiju.site import Form, actor_of, done, field, house_of, number, page, request_id_of, words_of
from guiju.site.forms import many
from guiju.site.guards import AnyRequest
from guiju.storage import Job
from guiju.vectors.names import LEAVING, NAMES, ways

SHOWN = 30
ASKED = N_("Scenes are being found.")
PLACED = N_("New items are being placed.")
SAVED = N_("The scene is saved; it stays whatever comes.")
MERGED = N_("The scenes are merged.")
SPLIT = N_("The scene is split.")
MOVED = N_("The items are moved; the machine leaves them there.")
MADE = N_("The scene is made.")
DISSOLVED = N_("The scene is dissolved; its items fit nowhere until they are placed again.")
TIED = N_("It is noted; it holds from the next finding on.")
STOPPED = N_("It will stop in a moment.")
ACT_NAMES = {
    "made": N_("Scenes found"),
    "placed": N_("New items placed"),
    "keep": N_("Kept"),
    "describe": N_("Named or defined"),
    "merge": N_("Merged"),
    "split": N_("Split"),
    "move": N_("Items moved"),
    "make": N_("Scene made"),
    "below": N_("Moved in the tree"),
    "dissolve": N_("Dissolved"),
    "draw": N_("Trial drawn"),
}
ORDER_NAMES = {"typical": N_("Typical"), "boundary": N_("On the boundary"), "odd": N_("Odd")}
_more: list[Any] = []
_more_of_all: list[Any] = []


def add_to_scene(more: Any) -> None:
    """Let a slice above put acts on a scene's page: `more(request, project_id, view, line)` gives forms to show."""
    _more.append(more)


def add_to_scenes(more: Any) -> None:
    """The same for the page of all scenes: `more(request, project_id, view)`."""
    _more_of_all.append(more)


def opening_of_item(item: Item) -> str:
    """What an item begins with, in a line."""
    if item.body is None:
        return item.spoken_by if item.media is Media.DIALOGUE else item.name
    if item.media is Media.DIALOGUE:
        return excerpt_of(item.body)
    return read_comparison(item.body).prompt if item.media is Media.COMPARISON else item.body


def _shared(found: reading.Scenes, words: Words) -> dict[str, Any]:
    return {
        "project": found.standing.project,
        "found": found,
        "tree": found.tree,
        "view": found.view,
        "shapes": may(found.standing.roles, Act.SHAPE_SCENES),
        "view_names": VIEW_NAMES,
        "state_names": STATE_NAMES,
        "order_names": ORDER_NAMES,
        "opening": opening_of_item,
        "way_names": dict(NAMES[found.view.value]),
        "error": _job_error(found.job, words),
    }


def _job_error(job: Job | None, words: Words) -> dict[str, str] | None:
    told = (job.outcome or {}).get("error") if job and job.state.is_over else None
    if not told or told["code"] == "job-cancelled":
        return None
    return {"message": words(told["sentence"], **told["details"]), "next": words(told["next"], **told["details"])}


@get("/projects/{project_id:int}/scenes", sync_to_thread=True, include_in_schema=False)
def show_scenes(request: AnyRequest, project_id: FromPath[int], view: FromQuery[View | None] = None) -> Response[str]:
    house, actor = house_of(request), actor_of(request)
    found = reading.read_scenes(house, actor, project_id, view)
    backends = ways(found.view.value, house.home)
    shown = [{"id": each.scene.id, "name": each.scene.name, "hue": each.scene.hue} for each in found.tree.lines]
    parts = [part for each in _more_of_all for part in each(request, project_id, found.view)] if found.map else []
    more = {"backends": backends, "boot_scenes": shown, "more": parts}
    return page(request, "scenes/scenes.html", **more, **_shared(found, words_of(request)))


@get("/projects/{project_id:int}/scenes/job", sync_to_thread=True, include_in_schema=False)
def show_job(request: AnyRequest, project_id: FromPath[int], view: FromQuery[View | None] = None) -> Response[str]:
    """How far the finding is, asked for again while it runs."""
    found = reading.read_scenes(house_of(request), actor_of(request), project_id, view)
    answer = page(request, "scenes/job.html", **_shared(found, words_of(request)))
    if found.job is None or found.job.state.is_over:
        answer.headers["HX-Refresh"] = "true"
    return answer


@get("/projects/{project_id:int}/scenes/{scene_id:int}", sync_to_thread=True, include_in_schema=False)
def show_scene(  # noqa: PLR0917 - a query has as many parts as it has
    request: AnyRequest,
    project_id: FromPath[int],
    scene_id: FromPath[int],
    view: FromQuery[View | None] = None,
    order: FromQuery[str] = "typical",
    start: FromQuery[int] = 0,
) -> Response[str]:
    """One scene, or (0) what fits nowhere, with its items."""
    house, actor = house_of(request), actor_of(request)
    found = reading.read_scenes(house, actor, project_id, view)
    order = order if order in ORDER_NAMES else "typical"
    shown = reading.list_scene_items(
        house, actor, project_id, found.view, scene_id or None, order=order, offset=start, limit=SHOWN + 1
    )
    shared = _shared(found, words_of(request))
    more = [part for each in _more for part in each(request, project_id, found.view, shown.line)] if shown.line else []
    listed = [(each, shown.items[each.item_id]) for each in shown.placed[:SHOWN] if each.item_id in shown.items]
    places = {"order": order, "start": start, "next_start": start + SHOWN if len(shown.placed) > SHOWN else None}
    ties = [
        each for each in reading.list_ties(house, actor, project_id) if {each.one_id, each.other_id} & {*shown.items}
    ]
    named = {"line": shown.line, "listed": listed, "more": more, "ties": ties, "tie_names": TIE_NAMES}
    return page(request, "scenes/scene.html", **named, **places, **shared)


@get("/projects/{project_id:int}/scenes/log", sync_to_thread=True, include_in_schema=False)
def show_log(
    request: AnyRequest,
    project_id: FromPath[int],
    view: FromQuery[View | None] = None,
    before: FromQuery[int] = 0,
) -> Response[str]:
    """The tree's versions: what was done, by whom."""
    house, actor = house_of(request), actor_of(request)
    found = reading.read_scenes(house, actor, project_id, view)
    acts = reading.list_scene_acts(house, actor, project_id, found.view, before, 51)
    names = reading.names_of_people(house, [each.by for each in acts if each.by])
    shown = {"acts": acts[:50], "next_before": acts[49].id if len(acts) > 50 else None}
    return page(
        request, "scenes/log.html", act_names=ACT_NAMES, people=names, **shown, **_shared(found, words_of(request))
    )


@get("/projects/{project_id:int}/scenes/leaving", sync_to_thread=True, include_in_schema=False)
def show_leaving(
    request: AnyRequest,
    project_id: FromPath[int],
    view: FromQuery[View] = View.TEXT,
    act: FromQuery[str] = "make",
    count: FromQuery[int] = 0,
) -> Response[str]:
    """What would be sent to the service outside the house; nothing is, before it is agreed to here."""
    found = read_leaving(house_of(request), actor_of(request), project_id, view)
    told: dict[str, Any] = {"project": found.standing.project, "leaving": found, "view": view, "count": max(0, count)}
    return page(request, "scenes/leaving.html", **told, act="place" if act == "place" else "make")


def _back(project_id: int, view: View, said: str, scene_id: int | None = None) -> Redirect:
    under = f"/{scene_id}" if scene_id else ""
    return done(f"/projects/{project_id}/scenes{under}?view={view.value}&said={quote_plus(said)}")


def _view(data: dict[str, Any]) -> View:
    said = field(data, "view", required=False)
    return View(said) if said in set(View) else View.TEXT


def _ids(data: dict[str, Any], name: str) -> list[int]:
    return [int(each) for each in many(data, name) if each.isdecimal()]


@post("/projects/{project_id:int}/scenes/make", sync_to_thread=True, include_in_schema=False)
def post_make(request: AnyRequest, project_id: FromPath[int], data: Form) -> Redirect:
    """Where it would send texts out of the house, what is sent is shown before."""
    actor = actor_of(request, csrf=field(data, "csrf", required=False))
    view, send_to = _view(data), field(data, "send_to", required=False)
    backend, count = field(data, "backend", required=False), int(number(data, "count", high=400, default=0))
    if backend in LEAVING and not send_to:
        return Redirect(f"/projects/{project_id}/scenes/leaving?view={view.value}&count={count}")
    told: dict[str, Any] = {"backend": backend, "count": count, "send_to": send_to}
    actions.ask_to_make(house_of(request), actor, project_id, view, request_id=request_id_of(data), **told)
    return _back(project_id, view, ASKED)


@post("/projects/{project_id:int}/scenes/place", sync_to_thread=True, include_in_schema=False)
def post_place(request: AnyRequest, project_id: FromPath[int], data: Form) -> Redirect:
    actor = actor_of(request, csrf=field(data, "csrf", required=False))
    view, send_to = _view(data), field(data, "send_to", required=False)
    current = reading.read_scenes(house_of(request), actor, project_id, view).map
    if current is not None and current.backend in LEAVING and not send_to:
        return Redirect(f"/projects/{project_id}/scenes/leaving?view={view.value}&act=place")
    told = request_id_of(data)
    actions.ask_to_place(house_of(request), actor, project_id, view, request_id=told, send_to=send_to)
    return _back(project_id, view, PLACED)


@post("/projects/{project_id:int}/scenes/cancel", sync_to_thread=True, include_in_schema=False)
def post_cancel(request: AnyRequest, project_id: FromPath[int], data: Form) -> Redirect:
    actor = actor_of(request, csrf=field(data, "csrf", required=False))
    house, view = house_of(request), _view(data)
    job = reading.read_scenes(house, actor, project_id, view).job
    if job is not None and not job.state.is_over:
        stop_job(house, actor, job)
    return _back(project_id, view, STOPPED)


@post("/projects/{project_id:int}/scenes/new", sync_to_thread=True, include_in_schema=False)
def post_new(request: AnyRequest, project_id: FromPath[int], data: Form) -> Redirect:
    actor = actor_of(request, csrf=field(data, "csrf", required=False))
    view = _view(data)
    name, definition, seeds = (field(data, each, required=False) for each in ("name", "definition", "seeds"))
    told = request_id_of(data)
    made = shaping.make_scene(
        house_of(request), actor, project_id, view, request_id=told, name=name, definition=definition, seeds=seeds
    )
    return _back(project_id, view, MADE, made)


@post("/projects/{project_id:int}/scenes/merge", sync_to_thread=True, include_in_schema=False)
def post_merge(request: AnyRequest, project_id: FromPath[int], data: Form) -> Redirect:
    """The ticked scenes, into the one that is chosen."""
    actor = actor_of(request, csrf=field(data, "csrf", required=False))
    view, into = _view(data), int(number(data, "into", default=0))
    shaping.merge_scenes(
        house_of(request), actor, project_id, view, into, _ids(data, "scene"), request_id=request_id_of(data)
    )
    return _back(project_id, view, MERGED)


@post("/projects/{project_id:int}/scenes/{scene_id:int}", sync_to_thread=True, include_in_schema=False)
def post_description(request: AnyRequest, project_id: FromPath[int], scene_id: FromPath[int], data: Form) -> Redirect:
    actor = actor_of(request, csrf=field(data, "csrf", required=False))
    view = _view(data)
    told = {name: field(data, name, required=False) for name in ("name", "definition", "seeds") if name in data}
    shaping.describe_scene(house_of(request), actor, project_id, view, scene_id, request_id=request_id_of(data), **told)
    return _back(project_id, view, SAVED, scene_id)


@post("/projects/{project_id:int}/scenes/{scene_id:int}/split", sync_to_thread=True, include_in_schema=False)
def post_split(request: AnyRequest, project_id: FromPath[int], scene_id: FromPath[int], data: Form) -> Redirect:
    actor = actor_of(request, csrf=field(data, "csrf", required=False))
    view, parts = _view(data), int(number(data, "parts", low=2, high=shaping.MOST_PARTS, default=2))
    shaping.split_scene(house_of(request), actor, project_id, view, scene_id, parts, request_id=request_id_of(data))
    return _back(project_id, view, SPLIT, scene_id)


@post("/projects/{project_id:int}/scenes/{scene_id:int}/below", sync_to_thread=True, include_in_schema=False)
def post_below(request: AnyRequest, project_id: FromPath[int], scene_id: FromPath[int], data: Form) -> Redirect:
    actor = actor_of(request, csrf=field(data, "csrf", required=False))
    view, parent = _view(data), int(number(data, "parent", default=0)) or None
    shaping.put_below(house_of(request), actor, project_id, view, scene_id, parent, request_id=request_id_of(data))
    return _back(project_id, view, SAVED, scene_id)


@post("/projects/{project_id:int}/scenes/{scene_id:int}/dissolve", sync_to_thread=True, include_in_schema=False)
def post_dissolve(request: AnyRequest, project_id: FromPath[int], scene_id: FromPath[int], data: Form) -> Redirect:
    actor = actor_of(request, csrf=field(data, "csrf", required=False))
    view = _view(data)
    shaping.dissolve_scene(house_of(request), actor, project_id, view, scene_id, request_id=request_id_of(data))
    return _back(project_id, view, DISSOLVED)


@post("/projects/{project_id:int}/scenes/items", sync_to_thread=True, include_in_schema=False)
def post_items(request: AnyRequest, project_id: FromPath[int], data: Form) -> Redirect:
    """What is done with ticked items: moved to a scene, made a new one of, or said to belong together or not."""
    actor = actor_of(request, csrf=field(data, "csrf", required=False))
    house, view, items = house_of(request), _view(data), _ids(data, "item")
    told, act = request_id_of(data), field(data, "act", required=False)
    if act in set(Tie):
        one, other = [*items, 0, 0][:2] if len(items) == 2 else (0, 0)
        shaping.tie_items(house, actor, project_id, one, other, Tie(act), request_id=told)
        return _back(project_id, view, TIED, int(number(data, "from", default=0)))
    if act == "new":
        name = field(data, "name", required=False)
        made = shaping.make_scene(house, actor, project_id, view, request_id=told, name=name, items=items)
        return _back(project_id, view, MADE, made)
    to = int(number(data, "to", default=0))
    shaping.move_items(house, actor, project_id, view, items, to, request_id=told)
    return _back(project_id, view, MOVED, to)


@post("/projects/{project_id:int}/ties/{tie_id:int}/take-back", sync_to_thread=True, include_in_schema=False)
def post_untie(request: AnyRequest, project_id: FromPath[int], tie_id: FromPath[int], data: Form) -> Redirect:
    actor = actor_of(request, csrf=field(data, "csrf", required=False))
    shaping.untie(house_of(request), actor, project_id, tie_id, request_id=request_id_of(data))
    return _back(project_id, _view(data), SAVED, int(number(data, "from", default=0)))


PAGES: list[Any] = [
    show_scenes,
    show_job,
    show_scene,
    show_log,
    show_leaving,
    post_make,
    post_place,
    post_cancel,
    post_new,
    post_merge,
    post_description,
    post_split,
    post_below,
    post_dissolve,
    post_items,
    post_untie,
]
