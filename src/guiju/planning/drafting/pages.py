"""From a customer's mail to sentences of the brief: paste, look at what would go out, send, take over by hand."""

from typing import Annotated, Any
from urllib.parse import quote_plus

from litestar import get, post
from litestar.datastructures import UploadFile
from litestar.enums import RequestEncodingType
from litestar.params import Body, FromPath, FromQuery
from litestar.response import Redirect, Response

from guiju.briefs import FACET_NAMES, Facet
from guiju.cleaning.personal import KIND_NAMES
from guiju.kit import N_, describe, sha256_hex
from guiju.planning.drafting.actions import (
    delete_draft,
    keep_text,
    look_at_desk,
    look_at_draft,
    send_text,
    take_over,
    take_question,
)
from guiju.planning.drafting.files import MOST_BYTES, words_of_file
from guiju.planning.drafting.model import STATE_NAMES, DraftState
from guiju.planning.drafting.rules import MOST_CHARACTERS, SYSTEM
from guiju.site import Form, actor_of, done, field, house_of, page, words_of
from guiju.site.forms import many, request_id_of
from guiju.site.guards import AnyRequest

Upload = Annotated[dict[str, Any], Body(media_type=RequestEncodingType.MULTI_PART)]
SENT = N_("The text is on its way; the draft appears here when it is answered.")
TAKEN = N_("It stands in the brief now.")
DELETED = N_("The text and its draft are deleted.")


@get("/projects/{project_id:int}/brief/drafts", sync_to_thread=True, include_in_schema=False)
def drafts_page(request: AnyRequest, project_id: FromPath[int]) -> Response[Any]:
    """Where a text is pasted, and what was pasted before."""
    desk = look_at_desk(house_of(request), actor_of(request), project_id)
    return page(
        request,
        "planning/drafts.html",
        project=desk.standing.project,
        desk=desk,
        wrong=describe(desk.wrong, words_of(request)) if desk.wrong else None,
        state_names=STATE_NAMES,
        most=MOST_CHARACTERS,
    )


@post("/projects/{project_id:int}/brief/drafts", sync_to_thread=True, include_in_schema=False)
def post_text(request: AnyRequest, project_id: FromPath[int], data: Upload) -> Redirect:
    """Keep the pasted text or the file's words; nothing is sent."""
    actor = actor_of(request, csrf=field(data, "csrf", required=False))
    text, name, upload = field(data, "text", required=False, limit=MOST_BYTES), "", data.get("file")
    if isinstance(upload, UploadFile) and upload.filename:
        name = upload.filename
        text = words_of_file(name, upload.file.read(MOST_BYTES + 1))
    told = request_id_of(data)
    made = keep_text(house_of(request), actor, project_id, request_id=told, text=text, name=name)
    return done(f"/projects/{project_id}/brief/drafts/{made}")


@get("/projects/{project_id:int}/brief/drafts/{draft_id:int}", sync_to_thread=True, include_in_schema=False)
def draft_page(
    request: AnyRequest, project_id: FromPath[int], draft_id: FromPath[int], plain: FromQuery[str] = ""
) -> Response[Any]:
    """What would be sent; once it is answered, what is proposed. `plain` leaves personal data in."""
    seen = look_at_draft(house_of(request), actor_of(request), project_id, draft_id, mask=not plain)
    return page(
        request,
        "planning/draft.html",
        project=seen.standing.project,
        seen=seen,
        draft=seen.draft,
        going=seen.going,
        digest=sha256_hex(seen.going.content.encode()) if seen.going else "",
        system=SYSTEM,
        plain=bool(plain),
        waits=seen.draft.state is DraftState.SENT,
        kind_names=KIND_NAMES,
        facet_names=FACET_NAMES,
        state_names=STATE_NAMES,
    )


@post("/projects/{project_id:int}/brief/drafts/{draft_id:int}/send", sync_to_thread=True, include_in_schema=False)
def post_sending(request: AnyRequest, project_id: FromPath[int], draft_id: FromPath[int], data: Form) -> Redirect:
    """Send what was shown to whom it was shown for."""
    told: dict[str, Any] = {
        "request_id": request_id_of(data),
        "send_to": field(data, "send_to", required=False),
        "mask": not field(data, "plain", required=False),
        "digest": field(data, "digest"),
    }
    actor = actor_of(request, csrf=field(data, "csrf", required=False))
    send_text(house_of(request), actor, project_id, draft_id, **told)
    return done(f"/projects/{project_id}/brief/drafts/{draft_id}?said={quote_plus(SENT)}")


@post("/projects/{project_id:int}/brief/drafts/{draft_id:int}/take", sync_to_thread=True, include_in_schema=False)
def post_taking(request: AnyRequest, project_id: FromPath[int], draft_id: FromPath[int], data: Form) -> Redirect:
    """Take the ticked sentences of one facet over, as they stand in their fields; or one question."""
    actor, house = actor_of(request, csrf=field(data, "csrf", required=False)), house_of(request)
    said = field(data, "facet", required=False)
    facet, told = Facet(said) if said in set(Facet) else Facet.HOW, request_id_of(data)
    question = field(data, "question", required=False)
    if question:
        take_question(house, actor, project_id, draft_id, request_id=told, facet=facet, text=question)
    else:
        chosen = [field(data, f"text-{n}", required=False) for n in many(data, "tick") if n.isdecimal()]
        take_over(house, actor, project_id, draft_id, request_id=told, facet=facet, chosen=chosen)
    return done(f"/projects/{project_id}/brief/drafts/{draft_id}?said={quote_plus(TAKEN)}#{facet.value}")


@post("/projects/{project_id:int}/brief/drafts/{draft_id:int}/delete", sync_to_thread=True, include_in_schema=False)
def post_deleting(request: AnyRequest, project_id: FromPath[int], draft_id: FromPath[int], data: Form) -> Redirect:
    actor = actor_of(request, csrf=field(data, "csrf", required=False))
    delete_draft(house_of(request), actor, project_id, draft_id)
    return done(f"/projects/{project_id}/brief/drafts?said={quote_plus(DELETED)}")


PAGES: list[Any] = [drafts_page, post_text, draft_page, post_sending, post_taking, post_deleting]
