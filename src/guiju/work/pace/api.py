"""JSON of a round's pace."""

from typing import Any

from litestar import get
from litestar.params import FromPath

from guiju.site import actor_of, house_of
from guiju.site.guards import AnyRequest
from guiju.work.pace.actions import describe_pace, make_pace


@get("/rounds/{round_id:int}/pace", sync_to_thread=True)
def pace(request: AnyRequest, round_id: FromPath[int]) -> dict[str, Any]:
    """How long the answers took, by annotator, and what became of suggestions: in all, by label, by annotator."""
    return describe_pace(make_pace(house_of(request), actor_of(request), round_id))


API: list[Any] = [pace]
