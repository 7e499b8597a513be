"""Routes for programs: a scene becomes a label, scenes become a trial."""

from typing import Any

import msgspec
from litestar import post
from litestar.params import FromPath, JSONBody

from guiju.findings.upward.actions import label_from_scene, open_scene_trial, share_to_brief
from guiju.people import account_ids_of
from guiju.scenes import View
from guiju.site import actor_of, house_of
from guiju.site.forms import request_id_of
from guiju.site.guards import AnyRequest


class LabelRequest(msgspec.Struct, frozen=True):
    """Without a `label` its id is made of the scene's name."""

    id: str = ""
    view: View = View.TEXT
    label: str = ""


class LabelAdded(msgspec.Struct, frozen=True):
    label: str


class TrialRequest(msgspec.Struct, frozen=True):
    """`each` items from every scene, or from those of `scenes`, for these annotators (e-mail addresses)."""

    id: str = ""
    view: View = View.TEXT
    each: int = 5
    annotators: list[str] = []
    scenes: list[int] = []


class TrialOpened(msgspec.Struct, frozen=True):
    round: int


@post("/projects/{project_id:int}/scenes/{scene_id:int}/label", sync_to_thread=True)
def add_scene_label(
    request: AnyRequest, project_id: FromPath[int], scene_id: FromPath[int], data: JSONBody[LabelRequest]
) -> LabelAdded:
    """Add a scene to the rulebook's draft as a label with its definition and examples."""
    house, actor, told = house_of(request), actor_of(request), request_id_of({"request_id": data.id})
    return LabelAdded(
        label_from_scene(house, actor, project_id, data.view, scene_id, request_id=told, label=data.label)
    )


class ShareRequest(msgspec.Struct, frozen=True):
    """Without a `share` it is the scene's present share of the items on the map."""

    id: str = ""
    view: View = View.TEXT
    share: float | None = None


class ShareWritten(msgspec.Struct, frozen=True):
    share: float


@post("/projects/{project_id:int}/scenes/{scene_id:int}/share", sync_to_thread=True)
def write_scene_share(
    request: AnyRequest, project_id: FromPath[int], scene_id: FromPath[int], data: JSONBody[ShareRequest]
) -> ShareWritten:
    """Write the share of a scene into the brief's difficulty mix."""
    house, actor, told = house_of(request), actor_of(request), request_id_of({"request_id": data.id})
    return ShareWritten(
        share_to_brief(house, actor, project_id, data.view, scene_id, request_id=told, share=data.share)
    )


@post("/projects/{project_id:int}/scenes/trial", sync_to_thread=True)
def open_trial_over_scenes(request: AnyRequest, project_id: FromPath[int], data: JSONBody[TrialRequest]) -> TrialOpened:
    """Open a trial of the same number of items from every scene."""
    house = house_of(request)
    opened = open_scene_trial(
        house,
        actor_of(request),
        project_id,
        data.view,
        request_id=request_id_of({"request_id": data.id}),
        each=data.each,
        account_ids=account_ids_of(house, data.annotators),
        scenes=data.scenes,
    )
    return TrialOpened(opened)


API: list[Any] = [add_scene_label, write_scene_share, open_trial_over_scenes]
