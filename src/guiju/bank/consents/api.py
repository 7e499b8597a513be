"""JSON routes of consents to the bank and of what a project left there."""

from typing import Any
from urllib.parse import quote

import msgspec
from litestar import get, post
from litestar.params import FromPath, JSONBody
from litestar.response import Response

from guiju.bank.consents.actions import (
    attach_paper,
    deposit_again,
    end_consent,
    give_consent,
    list_consents,
    read_left,
    read_paper,
)
from guiju.bank.consents.model import Consent, Given, Left
from guiju.kit import iso
from guiju.site import actor_of, house_of
from guiju.site.guards import AnyRequest

MOST_ENCODED = 28_000_000


class ConsentAnswer(msgspec.Struct):
    id: int
    customer: str
    purpose: str
    words: str
    document: str
    looked_through: bool
    until: str | None
    given_by: str
    given_at: str
    ended_at: str | None
    paper: str | None = None


class PaperRequest(msgspec.Struct):
    """The signed paper: its file's name, and its bytes in base64."""

    id: str
    name: str
    content: bytes


class LeftAnswer(msgspec.Struct):
    """`held` counts what is for the customer only though it was to be general, by the reason."""

    deposits: int
    general: int
    merged: int
    grades: dict[str, int]
    held: dict[str, int]
    consents: list[ConsentAnswer]


class ConsentRequest(msgspec.Struct):
    """A consent to be put on record; or `end`, the id of one to be ended; or `again`: deposit what is there anew."""

    id: str
    purpose: str = ""
    words: str = ""
    document: str = ""
    until: str = ""
    looked_through: bool = False
    end: int | None = None
    again: bool = False
    general: bool = False


def consent_answer(one: Consent) -> ConsentAnswer:
    said = (one.id, one.customer, one.purpose, one.words, one.document, one.looked_through)
    until, ended = (iso(at) if at else None for at in (one.until, one.ended_at))
    return ConsentAnswer(*said, until, one.given_by, iso(one.given_at), ended, one.paper)


def left_answer(left: Left, consents: list[Consent]) -> LeftAnswer:
    counts = (left.deposits, left.general, left.merged, dict(left.grades), dict(left.held))
    return LeftAnswer(*counts, [consent_answer(one) for one in consents])


@get("/projects/{project_id:int}/left", sync_to_thread=True)
def show_left(request: AnyRequest, project_id: FromPath[int]) -> LeftAnswer:
    """What a project left in the bank: deposits by grade, what is general, what is held back and why, its consents."""
    house, actor = house_of(request), actor_of(request)
    _, consents = list_consents(house, actor, project_id)
    return left_answer(read_left(house, actor, project_id), consents)


@post("/projects/{project_id:int}/left", sync_to_thread=True)
def change_left(request: AnyRequest, project_id: FromPath[int], data: JSONBody[ConsentRequest]) -> LeftAnswer:
    """Put a consent on record, end one, or deposit what is there once more."""
    house, actor = house_of(request), actor_of(request)
    if data.end is not None:
        end_consent(house, actor, project_id, data.end)
    elif data.again:
        deposit_again(house, actor, project_id, general=data.general)
    else:
        given = Given(data.purpose, data.words, data.document, data.until, data.looked_through)
        give_consent(house, actor, project_id, data.id, given)
    _, consents = list_consents(house, actor, project_id)
    return left_answer(read_left(house, actor, project_id), consents)


@post("/projects/{project_id:int}/left/{consent_id:int}/paper", sync_to_thread=True, request_max_body_size=MOST_ENCODED)
def put_paper(
    request: AnyRequest, project_id: FromPath[int], consent_id: FromPath[int], data: JSONBody[PaperRequest]
) -> LeftAnswer:
    """Put the signed paper beside its consent."""
    house, actor = house_of(request), actor_of(request)
    attach_paper(house, actor, project_id, consent_id, data.id, data.name, data.content)
    _, consents = list_consents(house, actor, project_id)
    return left_answer(read_left(house, actor, project_id), consents)


@get("/projects/{project_id:int}/left/{consent_id:int}/paper", sync_to_thread=True)
def get_paper(request: AnyRequest, project_id: FromPath[int], consent_id: FromPath[int]) -> Response[bytes]:
    """The signed paper, as it was scanned."""
    return paper_answer(*read_paper(house_of(request), actor_of(request), project_id, consent_id))


def paper_answer(name: str, content: bytes) -> Response[bytes]:
    """A file to be kept, never shown: what it holds came from outside."""
    said = quote(name, safe="")
    headers = {"Content-Disposition": f"attachment; filename*=UTF-8''{said}", "X-Content-Type-Options": "nosniff"}
    return Response(content, media_type="application/octet-stream", headers=headers)


API: list[Any] = [show_left, change_left, put_paper, get_paper]
