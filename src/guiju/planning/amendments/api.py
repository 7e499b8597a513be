"""JSON routes of amendments."""

from typing import Any

import msgspec
from litestar import get, post
from litestar.params import FromPath, JSONBody

from guiju.kit import iso
from guiju.planning.amendments.actions import drop_amendment, list_amendments, write_amendment
from guiju.planning.amendments.model import Amendment, AmendmentState, Written
from guiju.site import actor_of, house_of
from guiju.site.guards import AnyRequest


class AmendmentAnswer(msgspec.Struct):
    """`cited` is the clause that the ruling rests on, `clause` what was written or amended in the draft; `version` and
    `round` where it was published, with the recheck of what it touches."""

    dispute: int
    lot: int
    item: int
    state: AmendmentState
    ruling: str
    cited: str | None
    opened_at: str
    clause: str | None
    version: str | None
    round: int | None
    dropped_why: str | None


class AmendmentsAnswer(msgspec.Struct):
    amendments: list[AmendmentAnswer]


class AmendmentRequest(msgspec.Struct):
    """Write it into the draft, as more of `clause` or with a `title` by itself; or `drop` it: `text` says why."""

    id: str
    text: str
    title: str = ""
    clause: str | None = None
    drop: bool = False


class AmendmentWritten(msgspec.Struct):
    clause: str | None


def amendment_answer(one: Amendment, versions: dict[int, str]) -> AmendmentAnswer:
    return AmendmentAnswer(
        one.dispute_id,
        one.lot_id,
        one.item_id,
        one.state,
        one.ruling,
        one.cited,
        iso(one.opened_at),
        one.clause,
        versions.get(one.rulebook_id or 0),
        one.round_id,
        one.dropped_why,
    )


@get("/projects/{project_id:int}/amendments", sync_to_thread=True)
def get_amendments(request: AnyRequest, project_id: FromPath[int]) -> AmendmentsAnswer:
    """What rulings on disputes ask of the rules, the newest first."""
    found = list_amendments(house_of(request), actor_of(request), project_id)
    return AmendmentsAnswer([amendment_answer(one, found.versions) for one in found.amendments])


@post("/projects/{project_id:int}/amendments/{dispute_id:int}", sync_to_thread=True)
def post_amendment(
    request: AnyRequest, project_id: FromPath[int], dispute_id: FromPath[int], data: JSONBody[AmendmentRequest]
) -> AmendmentWritten:
    """Write an amendment into the rulebook's draft, or drop it."""
    house, actor = house_of(request), actor_of(request)
    if data.drop:
        drop_amendment(house, actor, project_id, dispute_id, request_id=data.id, reason=data.text)
        return AmendmentWritten(None)
    written = Written(data.text, data.title, data.clause or None)
    return AmendmentWritten(write_amendment(house, actor, project_id, dispute_id, written, request_id=data.id))


API: list[Any] = [get_amendments, post_amendment]
