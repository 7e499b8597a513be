"""Routes about labels renamed, merged and split."""

from typing import Annotated, Any

import msgspec
from litestar import get, post
from litestar.params import FromPath, JSONBody
from msgspec import Meta

from guiju.planning.relabelling.actions import act_on, discard, look_at, look_at_labels, propose, undo
from guiju.planning.relabelling.model import Asked, Came, Found, Recheck, Relabelling, Split, Target
from guiju.site import actor_of, house_of, words_of
from guiju.site.guards import AnyRequest

RequestId = Annotated[str, Meta(pattern="^[A-Za-z0-9_-]{8,64}$")]


class LabelSeen(msgspec.Struct, frozen=True):
    """A label in force, and how many items hold it."""

    id: str
    zh: str
    en: str
    items: int
    aliases: list[str]


class RelabellingTold(msgspec.Struct, frozen=True):
    """`act` is rename, merge, split or undo; `state` reading, ready, acting, done or discarded. `found` is there once
    the answers were read, `came_of` once it was done; `job` is at work now."""

    id: int
    act: str
    state: str
    asked: Asked
    found: Found | None
    came_of: Came | None
    before: int
    after: int | None
    undoes: int | None
    job: int | None


class RelabellingSeen(msgspec.Struct, frozen=True):
    """Beside the change itself: the `version` that it would publish and what changes in the document, how many of its
    answers hold now, how many were given in the old labels `since`, and the act that undid it."""

    relabelling: RelabellingTold
    version: str | None
    changes: list[dict[str, object]]
    holding: int
    since: int
    undone_by: int | None


class RelabellingRequest(msgspec.Struct, frozen=True):
    """`sources` become `targets`; `split` says how, where there are several targets."""

    id: RequestId
    sources: list[str]
    targets: list[Target]
    reason: str
    recheck: Recheck = Recheck.NONE
    sample: int = 0
    split: Split | None = None


class RelabellingAsked(msgspec.Struct, frozen=True):
    relabelling: int
    job: int | None


class Decided(msgspec.Struct, frozen=True):
    id: RequestId


class UndoRequest(msgspec.Struct, frozen=True):
    id: RequestId
    reason: str


def told_of(mine: Relabelling, *, job: int | None = None) -> RelabellingTold:
    came = (mine.found, mine.came_of, mine.before_id, mine.after_id, mine.undoes, job)
    return RelabellingTold(mine.id, mine.act.value, mine.state.value, mine.asked, *came)


@get("/projects/{project_id:int}/rulebook/labels", sync_to_thread=True)
def show_labels(request: AnyRequest, project_id: FromPath[int]) -> list[LabelSeen]:
    """The labels in force, with how many items hold each."""
    seen = look_at_labels(house_of(request), actor_of(request), project_id)
    labels = seen.rulebook.labels.values() if seen.rulebook else ()
    return [
        LabelSeen(one.id, one.name.get("zh", ""), one.name.get("en", ""), seen.counts.get(one.id, 0), [*one.aliases])
        for one in labels
    ]


@get("/projects/{project_id:int}/rulebook/relabellings", sync_to_thread=True)
def list_all(request: AnyRequest, project_id: FromPath[int]) -> list[RelabellingTold]:
    """What was done to the labels, or asked for, the newest first."""
    return [told_of(one) for one in look_at_labels(house_of(request), actor_of(request), project_id).past]


@post("/projects/{project_id:int}/rulebook/relabellings", sync_to_thread=True, status_code=202)
def ask(request: AnyRequest, project_id: FromPath[int], data: JSONBody[RelabellingRequest]) -> RelabellingAsked:
    """Read what a rename, a merge or a split would touch; nothing is changed until it is decided."""
    asked = Asked(data.sources, data.targets, data.reason, data.recheck, data.sample, data.split)
    house, actor = house_of(request), actor_of(request)
    made = propose(house, actor, project_id, asked, request_id=data.id)
    looked = look_at(house, actor, project_id, made)
    return RelabellingAsked(made, looked.mine.job_id)


@get("/projects/{project_id:int}/rulebook/relabellings/{relabelling_id:int}", sync_to_thread=True)
def show_one(request: AnyRequest, project_id: FromPath[int], relabelling_id: FromPath[int]) -> RelabellingSeen:
    """What a change of labels would touch, or what came of it."""
    looked, words = look_at(house_of(request), actor_of(request), project_id, relabelling_id), words_of(request)
    told = told_of(looked.mine, job=looked.job.id if looked.job else None)
    changes = [change.describe(words) for change in looked.changes]
    version = looked.proposal.version if looked.proposal else None
    return RelabellingSeen(told, version, changes, looked.holding, looked.since, looked.undone_by)


@post("/projects/{project_id:int}/rulebook/relabellings/{relabelling_id:int}/act", sync_to_thread=True, status_code=202)
def decide(
    request: AnyRequest, project_id: FromPath[int], relabelling_id: FromPath[int], data: JSONBody[Decided]
) -> RelabellingAsked:
    """Do what was read: publish the version, restate the answers, open the recheck, as one act."""
    job = act_on(house_of(request), actor_of(request), project_id, relabelling_id, request_id=data.id)
    return RelabellingAsked(relabelling_id, job)


@post(
    "/projects/{project_id:int}/rulebook/relabellings/{relabelling_id:int}/discard",
    sync_to_thread=True,
    status_code=204,
)
def drop(
    request: AnyRequest, project_id: FromPath[int], relabelling_id: FromPath[int], data: JSONBody[Decided]
) -> None:
    """Do not do it."""
    discard(house_of(request), actor_of(request), project_id, relabelling_id, request_id=data.id)


@post(
    "/projects/{project_id:int}/rulebook/relabellings/{relabelling_id:int}/undo", sync_to_thread=True, status_code=202
)
def take_back(
    request: AnyRequest, project_id: FromPath[int], relabelling_id: FromPath[int], data: JSONBody[UndoRequest]
) -> RelabellingAsked:
    """Put everything back as it was; what was answered since stays. The answer is the act that does it."""
    house, actor = house_of(request), actor_of(request)
    made = undo(house, actor, project_id, relabelling_id, reason=data.reason, request_id=data.id)
    return RelabellingAsked(made, look_at(house, actor, project_id, made).mine.job_id)


API: list[Any] = [show_labels, list_all, ask, show_one, decide, drop, take_back]
