"""The route that turns a rough box into an outline."""

from math import isfinite
from typing import Any, Literal

import msgspec
from litestar import post
from litestar.params import FromPath, JSONBody

from guiju.data.outlining.model import Box, Wanted
from guiju.kinds.points import Points
from guiju.site import actor_of, house_of
from guiju.site.guards import AnyRequest


class OutlineRequest(msgspec.Struct):
    """`box` is left, top, width and height in pixels of the item."""

    box: tuple[float, float, float, float]
    form: Literal["polygon", "mask"] = "polygon"
    outliner: str = ""


class OutlineAnswer(msgspec.Struct, omit_defaults=True):
    """`points` of a polygon; or `size` (height, width) and `counts` of a mask, as COCO writes it."""

    outliner: str
    points: Points | None = None
    size: tuple[int, int] | None = None
    counts: str | None = None


@post("/items/{item_id:int}/outline", sync_to_thread=True, status_code=200)
def outline(request: AnyRequest, item_id: FromPath[int], data: JSONBody[OutlineRequest]) -> OutlineAnswer:
    """Find the outline of what stands out in a rough box. Stores nothing."""
    from guiju.data.outlining.actions import find_outline  # noqa: PLC0415 - NumPy, which only outlining needs

    box = Box(*(number if isfinite(number) else 0.0 for number in data.box))
    found = find_outline(house_of(request), actor_of(request), item_id, Wanted(box, data.form, data.outliner))
    return OutlineAnswer(found.outliner, found.points, found.size, found.counts)


API: list[Any] = [outline]
