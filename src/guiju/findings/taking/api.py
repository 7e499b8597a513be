"""JSON of taking a ruling up."""

from typing import Annotated, Any

import msgspec
from litestar import post
from litestar.params import FromPath, JSONBody
from msgspec import Meta

from guiju.findings.taking.actions import As, take_up_ruling
from guiju.site import actor_of, house_of
from guiju.site.guards import AnyRequest


class TakingUp(msgspec.Struct, frozen=True):
    """`wanted`: `positive`, `negative`, `boundary` (an example) or `clause`; a clause's `title` is the question's."""

    id: Annotated[str, Meta(pattern="^[A-Za-z0-9_-]{8,64}$")]
    wanted: As
    title: str = ""


class TakenUp(msgspec.Struct, frozen=True):
    """The example's or clause's id in the draft."""

    name: str


@post("/projects/{project_id:int}/rulings/{ruling_id:int}/draft", sync_to_thread=True)
def take_up(
    request: AnyRequest, project_id: FromPath[int], ruling_id: FromPath[int], data: JSONBody[TakingUp]
) -> TakenUp:
    """Put a ruling into the rulebook's draft, as an example or as a clause."""
    told: dict[str, Any] = {"request_id": data.id, "wanted": data.wanted, "title": data.title}
    return TakenUp(take_up_ruling(house_of(request), actor_of(request), project_id, ruling_id, **told))


API: list[Any] = [take_up]
