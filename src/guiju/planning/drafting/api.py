"""JSON of drafts of the brief."""

from typing import Annotated, Any

import msgspec
from litestar import delete, get, post
from litestar.params import FromPath, JSONBody
from msgspec import Meta

from guiju.briefs import Facet
from guiju.cleaning.personal import PersonalKind
from guiju.planning.drafting.actions import (
    Seen,
    delete_draft,
    keep_text,
    look_at_draft,
    send_text,
    take_over,
    take_question,
)
from guiju.planning.drafting.model import DraftState
from guiju.planning.drafting.rules import SYSTEM
from guiju.site import actor_of, house_of
from guiju.site.guards import AnyRequest

RequestId = Annotated[str, Meta(pattern="^[A-Za-z0-9_-]{8,64}$")]


class TextGiven(msgspec.Struct, frozen=True):
    """A customer's mail, or the notes of a meeting."""

    id: RequestId
    text: str


class DraftMade(msgspec.Struct, frozen=True):
    draft: int


class GoingShown(msgspec.Struct, frozen=True):
    """What would be sent, to whom, and the personal data in it before it is masked."""

    host: str
    url: str
    model: str
    instructions: str
    content: str
    personal: dict[PersonalKind, list[str]]


class SentenceShown(msgspec.Struct, frozen=True):
    """A proposed sentence; `found`: the passage is in the text; `strange`: numbers that the text does not say."""

    text: str
    rests_on: str
    found: bool
    strange: list[str]


class QuestionShown(msgspec.Struct, frozen=True):
    facet: Facet
    text: str


class DraftShown(msgspec.Struct, frozen=True):
    """A draft: what would be sent while it is not, what is proposed once it is answered, why it failed if it did."""

    id: int
    state: DraftState
    going: GoingShown | None
    facets: dict[Facet, list[SentenceShown]]
    questions: list[QuestionShown]
    failed: dict[str, Any] | None


class Sending(msgspec.Struct, frozen=True):
    """`send_to` names the host that was shown; `mask` false leaves personal data in."""

    id: RequestId
    send_to: str
    mask: bool = True


class Job(msgspec.Struct, frozen=True):
    job: int


class Taking(msgspec.Struct, frozen=True):
    """Sentences for a facet, or a `question` for the brief's open ones."""

    id: RequestId
    facet: Facet
    sentences: list[str] = []
    question: str = ""


class Taken(msgspec.Struct, frozen=True):
    taken: int


def draft_shown(seen: Seen) -> DraftShown:
    """A draft as programs get it."""
    g, read = seen.going, seen.read
    personal = {kind: list(said) for kind, said in g.personal.items()} if g else {}
    return DraftShown(
        seen.draft.id,
        seen.draft.state,
        GoingShown(g.host, g.url, g.model, SYSTEM, g.content, personal) if g else None,
        {
            facet: [SentenceShown(each.text, each.rests_on, each.found, list(each.strange)) for each in sentences]
            for facet, sentences in (read.facets.items() if read else ())
        },
        [QuestionShown(each.facet, each.text) for each in (read.questions if read else ())],
        dict(seen.draft.failed) if seen.draft.failed else None,
    )


@post("/projects/{project_id:int}/brief/drafts", sync_to_thread=True)
def give_text(request: AnyRequest, project_id: FromPath[int], data: JSONBody[TextGiven]) -> DraftMade:
    """Keep a text to draft a brief from; nothing is sent."""
    return DraftMade(keep_text(house_of(request), actor_of(request), project_id, request_id=data.id, text=data.text))


@get("/projects/{project_id:int}/brief/drafts/{draft_id:int}", sync_to_thread=True)
def show_draft(request: AnyRequest, project_id: FromPath[int], draft_id: FromPath[int]) -> DraftShown:
    """What would be sent, or what came back."""
    return draft_shown(look_at_draft(house_of(request), actor_of(request), project_id, draft_id))


@post("/projects/{project_id:int}/brief/drafts/{draft_id:int}/send", sync_to_thread=True)
def send(request: AnyRequest, project_id: FromPath[int], draft_id: FromPath[int], data: JSONBody[Sending]) -> Job:
    """Send it to the host that was shown."""
    told: dict[str, Any] = {"request_id": data.id, "send_to": data.send_to, "mask": data.mask}
    return Job(send_text(house_of(request), actor_of(request), project_id, draft_id, **told))


@post("/projects/{project_id:int}/brief/drafts/{draft_id:int}/take", sync_to_thread=True)
def take(request: AnyRequest, project_id: FromPath[int], draft_id: FromPath[int], data: JSONBody[Taking]) -> Taken:
    """Put sentences at the end of a facet, or a question among the open ones."""
    house, actor = house_of(request), actor_of(request)
    told: dict[str, Any] = {"request_id": data.id, "facet": data.facet}
    if data.question:
        return Taken(take_question(house, actor, project_id, draft_id, text=data.question, **told))
    return Taken(take_over(house, actor, project_id, draft_id, chosen=data.sentences, **told))


@delete("/projects/{project_id:int}/brief/drafts/{draft_id:int}", sync_to_thread=True)
def forget(request: AnyRequest, project_id: FromPath[int], draft_id: FromPath[int]) -> None:
    """Forget a text and its draft; what was taken over stays in the brief."""
    delete_draft(house_of(request), actor_of(request), project_id, draft_id)


API: list[Any] = [give_text, show_draft, send, take, forget]
