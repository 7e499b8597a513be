"""JSON of the workbench: lease, submit, drafts, one's own answers.

Lease and submit run wholly in the writer's transaction, on the event loop's own await: these two are what 200
annotators press all day.
"""

from typing import Any

import msgspec
from litestar import get, post, put
from litestar.params import FromPath, FromQuery, JSONBody

from guiju.kinds import Answer
from guiju.kit import is_request_id
from guiju.site import actor_of, check_csrf, credentials_of, house_of
from guiju.site.forms import BadRequestId
from guiju.site.guards import AnyRequest, PasswordMustChange, find_signed_in
from guiju.storage import Actor
from guiju.work.actions import Answered, Mine, lease_tasks, list_mine, save_draft, submit_annotation
from guiju.work.errors import LeaseLapsed
from guiju.work.model import Lapsed, Task


class LeaseRequest(msgspec.Struct):
    want: int = 3


class LeaseAnswer(msgspec.Struct):
    tasks: list[Task]


class SubmitRequest(msgspec.Struct):
    id: str
    slot: int
    answers: dict[str, Answer]
    lease: str = ""
    revision: int = 0
    active_ms: int | None = None
    clauses: list[str] = []
    want: int = 0


class StoredAnnotation(msgspec.Struct):
    id: int
    revision: int


class SubmitAnswer(msgspec.Struct):
    annotation: StoredAnnotation
    tasks: list[Task]


class DraftRequest(msgspec.Struct):
    slot: int
    lease: str
    answers: dict[str, Answer]


class MineAnswer(msgspec.Struct):
    annotations: list[Mine]


def _finder(request: AnyRequest) -> Any:
    """Looks the sender up inside the transaction, with the request proven to be their own."""
    credentials = credentials_of(request)

    def find(connection: Any) -> Actor:
        signed_in = find_signed_in(request, connection, credentials)
        check_csrf(signed_in, credentials)
        if signed_in.must_change_password:
            raise PasswordMustChange()
        return signed_in.actor

    return find


@post("/rounds/{round_id:int}/lease", status_code=200)
async def lease(request: AnyRequest, round_id: FromPath[int], data: JSONBody[LeaseRequest]) -> LeaseAnswer:
    """Take the next items of a round, the ones in hand first."""
    house = house_of(request)
    return LeaseAnswer(await house.write_async(lease_tasks(house, _finder(request), round_id, data.want)))


@post("/rounds/{round_id:int}/annotations", status_code=200)
async def submit(request: AnyRequest, round_id: FromPath[int], data: JSONBody[SubmitRequest]) -> SubmitAnswer:
    """Store an answer; the same `id` again stores nothing and answers the same."""
    if not is_request_id(data.id):
        raise BadRequestId(id=data.id[:80])
    house = house_of(request)
    answered = Answered(
        data.id,
        data.slot,
        data.lease,
        data.revision,
        data.answers,
        data.active_ms,
        tuple(data.clauses),
        data.want,
    )
    stored = await house.write_async(submit_annotation(house, _finder(request), round_id, answered))
    if isinstance(stored, Lapsed):
        raise LeaseLapsed(slot=stored.slot)
    return SubmitAnswer(StoredAnnotation(stored.annotation_id, stored.revision), stored.tasks)


@put("/rounds/{round_id:int}/drafts", status_code=204)
async def draft(request: AnyRequest, round_id: FromPath[int], data: JSONBody[DraftRequest]) -> None:
    """Keep an unfinished answer."""
    await house_of(request).write_async(save_draft(_finder(request), round_id, data.slot, data.lease, data.answers))


@get("/rounds/{round_id:int}/mine", sync_to_thread=True)
def mine(request: AnyRequest, round_id: FromPath[int], limit: FromQuery[int] = 20) -> MineAnswer:
    """My own latest answers, to look at or correct."""
    return MineAnswer(list_mine(house_of(request), actor_of(request), round_id, max(1, min(limit, 100))))


API = [lease, submit, draft, mine]
