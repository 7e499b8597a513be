"""Routes for programs: have scenes found, read the tree and its items, and every act upon them."""

import struct
from array import array
from typing import Any

from litestar import Response, delete, get, post
from litestar.params import FromPath, FromQuery, JSONBody

from guiju.kit import iso
from guiju.scenes import actions, reading, shaping
from guiju.scenes.leaving import Leaving, read_leaving
from guiju.scenes.model import Placed, SceneLine, View
from guiju.scenes.pages import opening_of_item
from guiju.scenes.wire import (
    ActAnswer,
    ActsAnswer,
    BelowRequest,
    Description,
    DissolveRequest,
    JobAsked,
    LeavingAnswer,
    MakeRequest,
    MergeRequest,
    MoveRequest,
    NewScene,
    PlacedAnswer,
    PlacedItems,
    PlaceRequest,
    SceneAnswer,
    SceneDone,
    ScenesAnswer,
    ScenesDone,
    SplitRequest,
    TieAnswer,
    TieDone,
    TieRequest,
    TiesAnswer,
    Way,
    WaysAnswer,
)
from guiju.site import actor_of, house_of, words_of
from guiju.site.forms import request_id_of
from guiju.site.guards import AnyRequest
from guiju.vectors.names import LEAVING, ways

MAGIC = b"GJP1"


def scene_answer(line: SceneLine, total: int) -> SceneAnswer:
    scene = line.scene
    words = (list(scene.keywords), list(scene.seeds), scene.hue)
    about = (scene.id, scene.parent_id, line.depth, scene.state.value, scene.name, scene.definition)
    return SceneAnswer(*about, *words, line.items, line.unsure, round(line.items / total, 4) if total else 0.0)


def scenes_answer(found: reading.Scenes) -> ScenesAnswer:
    tree, made = found.tree, found.map
    job = found.job.id if found.job and not found.job.state.is_over else None
    counts = (tree.revision, tree.total, tree.nowhere, found.unplaced, job)
    lines = [scene_answer(line, tree.total) for line in tree.lines]
    return ScenesAnswer(
        found.view.value, made.backend if made else None, iso(made.made_at) if made else None, *counts, lines
    )


def placed_answers(shown: reading.Shown) -> list[PlacedAnswer]:
    return [_placed(each, shown) for each in shown.placed if each.item_id in shown.items]


def _placed(each: Placed, shown: reading.Shown) -> PlacedAnswer:
    item = shown.items[each.item_id]
    about = (item.id, item.name, opening_of_item(item)[:400], each.scene_id, each.how.value, each.sure)
    return PlacedAnswer(*about, round(each.far, 4), each.x, each.y)


@get("/projects/{project_id:int}/scenes", sync_to_thread=True)
def get_scenes(request: AnyRequest, project_id: FromPath[int], view: FromQuery[View | None] = None) -> ScenesAnswer:
    """The tree; unless told, of what most of the project's items are."""
    return scenes_answer(reading.read_scenes(house_of(request), actor_of(request), project_id, view))


@post("/projects/{project_id:int}/scenes/make", sync_to_thread=True, status_code=202)
def make_map(request: AnyRequest, project_id: FromPath[int], data: JSONBody[MakeRequest]) -> JobAsked:
    """Have scenes found: the first time, or again; what people kept stays."""
    house, actor, told = house_of(request), actor_of(request), request_id_of({"request_id": data.id})
    asked = actions.ask_to_make(
        house,
        actor,
        project_id,
        data.view,
        request_id=told,
        backend=data.backend,
        count=data.count,
        send_to=data.send_to,
    )
    return JobAsked(asked)


@post("/projects/{project_id:int}/scenes/place", sync_to_thread=True, status_code=202)
def place_items(request: AnyRequest, project_id: FromPath[int], data: JSONBody[PlaceRequest]) -> JobAsked:
    """Give new items their place among the scenes there are."""
    request_id = request_id_of({"request_id": data.id})
    house, actor = house_of(request), actor_of(request)
    asked = actions.ask_to_place(house, actor, project_id, data.view, request_id=request_id, send_to=data.send_to)
    return JobAsked(asked)


@get("/projects/{project_id:int}/scenes/ways", sync_to_thread=True)
def get_ways(request: AnyRequest, project_id: FromPath[int], view: FromQuery[View] = View.TEXT) -> WaysAnswer:
    """How the items of a project can be compared here; the first is what is used unless told."""
    house, words = house_of(request), words_of(request)
    reading.read_scenes(house, actor_of(request), project_id, view)
    return WaysAnswer([Way(name, words(said), name in LEAVING) for name, said in ways(view.value, house.home)])


@get("/projects/{project_id:int}/scenes/leaving", sync_to_thread=True)
def get_leaving(request: AnyRequest, project_id: FromPath[int], view: FromQuery[View] = View.TEXT) -> LeavingAnswer:
    """What would be sent to the service outside the house, before anything is."""
    return leaving_answer(read_leaving(house_of(request), actor_of(request), project_id, view))


def leaving_answer(found: Leaving) -> LeavingAnswer:
    counts = (found.texts, found.known, found.aside, found.looked_at, found.masked)
    return LeavingAnswer(found.host, found.model, *counts, list(found.examples))


@post("/projects/{project_id:int}/scenes", sync_to_thread=True)
def new_scene(request: AnyRequest, project_id: FromPath[int], data: JSONBody[NewScene]) -> SceneDone:
    made = shaping.make_scene(
        house_of(request),
        actor_of(request),
        project_id,
        data.view,
        request_id=request_id_of({"request_id": data.id}),
        name=data.name,
        definition=data.definition,
        seeds=data.seeds,
        items=data.items,
        parent=data.parent,
    )
    return SceneDone(made)


@post("/projects/{project_id:int}/scenes/{scene_id:int}", sync_to_thread=True)
def describe(
    request: AnyRequest, project_id: FromPath[int], scene_id: FromPath[int], data: JSONBody[Description]
) -> SceneDone:
    """Name a scene, define it, tell its seed words; told nothing, it is kept as it is."""
    described = shaping.describe_scene(
        house_of(request),
        actor_of(request),
        project_id,
        data.view,
        scene_id,
        request_id=request_id_of({"request_id": data.id}),
        name=data.name,
        definition=data.definition,
        seeds=data.seeds,
    )
    return SceneDone(described)


@post("/projects/{project_id:int}/scenes/{scene_id:int}/merge", sync_to_thread=True)
def merge(
    request: AnyRequest, project_id: FromPath[int], scene_id: FromPath[int], data: JSONBody[MergeRequest]
) -> SceneDone:
    """Let what stands in `others` stand in this scene."""
    house, actor, request_id = house_of(request), actor_of(request), request_id_of({"request_id": data.id})
    return SceneDone(
        shaping.merge_scenes(house, actor, project_id, data.view, scene_id, data.others, request_id=request_id)
    )


@post("/projects/{project_id:int}/scenes/{scene_id:int}/split", sync_to_thread=True)
def split(
    request: AnyRequest, project_id: FromPath[int], scene_id: FromPath[int], data: JSONBody[SplitRequest]
) -> ScenesDone:
    """Split a scene into scenes below it, by what its items say."""
    house, actor, request_id = house_of(request), actor_of(request), request_id_of({"request_id": data.id})
    return ScenesDone(
        shaping.split_scene(house, actor, project_id, data.view, scene_id, data.parts, request_id=request_id)
    )


@post("/projects/{project_id:int}/scenes/{scene_id:int}/items", sync_to_thread=True)
def move(
    request: AnyRequest, project_id: FromPath[int], scene_id: FromPath[int], data: JSONBody[MoveRequest]
) -> SceneDone:
    """Put items into a scene; the machine leaves them there."""
    house, actor, request_id = house_of(request), actor_of(request), request_id_of({"request_id": data.id})
    return SceneDone(
        shaping.move_items(house, actor, project_id, data.view, data.items, scene_id, request_id=request_id)
    )


@post("/projects/{project_id:int}/scenes/{scene_id:int}/below", sync_to_thread=True)
def below(
    request: AnyRequest, project_id: FromPath[int], scene_id: FromPath[int], data: JSONBody[BelowRequest]
) -> SceneDone:
    """Move a scene below another, or to the top."""
    house, actor, request_id = house_of(request), actor_of(request), request_id_of({"request_id": data.id})
    return SceneDone(
        shaping.put_below(house, actor, project_id, data.view, scene_id, data.parent, request_id=request_id)
    )


@post("/projects/{project_id:int}/scenes/{scene_id:int}/dissolve", sync_to_thread=True)
def dissolve(
    request: AnyRequest, project_id: FromPath[int], scene_id: FromPath[int], data: JSONBody[DissolveRequest]
) -> SceneDone:
    """End a scene; its items fit nowhere until they are placed again."""
    house, actor, request_id = house_of(request), actor_of(request), request_id_of({"request_id": data.id})
    return SceneDone(shaping.dissolve_scene(house, actor, project_id, data.view, scene_id, request_id=request_id))


@get("/projects/{project_id:int}/scenes/{scene_id:int}/items", sync_to_thread=True)
def get_scene_items(  # noqa: PLR0917 - a query has as many parts as it has
    request: AnyRequest,
    project_id: FromPath[int],
    scene_id: FromPath[int],
    view: FromQuery[View] = View.TEXT,
    order: FromQuery[str] = "typical",
    offset: FromQuery[int] = 0,
    limit: FromQuery[int] = 24,
) -> PlacedItems:
    """A scene's items (0: what fits nowhere): the most `typical` first, or the `odd`, or those on the `boundary`."""
    house, actor = house_of(request), actor_of(request)
    shown = reading.list_scene_items(
        house, actor, project_id, view, scene_id or None, order=order, offset=offset, limit=limit
    )
    return PlacedItems(placed_answers(shown))


@get("/projects/{project_id:int}/scenes/items", sync_to_thread=True)
def get_placed(
    request: AnyRequest, project_id: FromPath[int], ids: FromQuery[str] = "", view: FromQuery[View] = View.TEXT
) -> PlacedItems:
    """Where some items stand: `ids` with commas between them, at most 200."""
    wanted = [int(each) for each in ids.split(",") if each.strip().isdecimal()]
    house, actor = house_of(request), actor_of(request)
    return PlacedItems(placed_answers(reading.list_given_items(house, actor, project_id, view, wanted)))


@get("/projects/{project_id:int}/scenes/acts", sync_to_thread=True)
def get_acts(
    request: AnyRequest, project_id: FromPath[int], view: FromQuery[View] = View.TEXT, before: FromQuery[int] = 0
) -> ActsAnswer:
    """What was done to the tree, the newest first; `by` nobody is the machine."""
    found = reading.list_scene_acts(house_of(request), actor_of(request), project_id, view, before)
    return ActsAnswer(
        [ActAnswer(each.id, each.act, each.scene_id, each.by, iso(each.at), dict(each.details)) for each in found]
    )


@get("/projects/{project_id:int}/scenes/points", sync_to_thread=True)
def get_points(request: AnyRequest, project_id: FromPath[int], view: FromQuery[View] = View.TEXT) -> Response[bytes]:
    """The map as columns: `GJP1`, the number of points (32 bits, little end first), then for each its item (64-bit
    float), its scene (32 bits; 0: nowhere), x and y (16 bits each)."""
    revision, rows = reading.read_points(house_of(request), actor_of(request), project_id, view)
    headers = {"Cache-Control": "private, no-cache", "ETag": f'"{revision}-{len(rows)}"'}
    if request.headers.get("if-none-match") == headers["ETag"]:
        return Response(b"", status_code=304, headers=headers)
    return Response(packed(rows), media_type="application/octet-stream", headers=headers)


def packed(rows: list[tuple[Any, ...]]) -> bytes:
    columns = list(zip(*rows, strict=True)) or [(), (), (), ()]
    kinds = ("d", "I", "H", "H")
    return (
        MAGIC
        + struct.pack("<I", len(rows))
        + b"".join(array(kind, column).tobytes() for kind, column in zip(kinds, columns, strict=True))
    )


@get("/projects/{project_id:int}/ties", sync_to_thread=True)
def get_ties(request: AnyRequest, project_id: FromPath[int]) -> TiesAnswer:
    """What people said of pairs of items."""
    found = reading.list_ties(house_of(request), actor_of(request), project_id)
    return TiesAnswer([TieAnswer(each.id, each.one_id, each.other_id, each.tie.value) for each in found])


@post("/projects/{project_id:int}/ties", sync_to_thread=True)
def tie(request: AnyRequest, project_id: FromPath[int], data: JSONBody[TieRequest]) -> TieDone:
    """Say that two items belong `together` or are to be kept `apart`; it holds for every map to come."""
    house, actor, request_id = house_of(request), actor_of(request), request_id_of({"request_id": data.id})
    return TieDone(shaping.tie_items(house, actor, project_id, data.one, data.other, data.tie, request_id=request_id))


@delete("/projects/{project_id:int}/ties/{tie_id:int}", sync_to_thread=True, status_code=200)
def untie(request: AnyRequest, project_id: FromPath[int], tie_id: FromPath[int]) -> TieDone:
    """Take back what was said of two items."""
    house, actor = house_of(request), actor_of(request)
    return TieDone(shaping.untie(house, actor, project_id, tie_id, request_id=request_id_of({})))


API: list[Any] = [
    get_scenes,
    make_map,
    place_items,
    get_ways,
    get_leaving,
    new_scene,
    describe,
    merge,
    split,
    move,
    below,
    dissolve,
    get_scene_items,
    get_placed,
    get_acts,
    get_points,
    get_ties,
    tie,
    untie,
]
