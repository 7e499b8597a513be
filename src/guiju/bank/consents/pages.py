"""What a project leaves in the bank: its consents, its deposits by grade and rights, what is held back and why."""

from typing import Annotated, Any
from urllib.parse import quote_plus

from litestar import get, post
from litestar.datastructures import UploadFile
from litestar.enums import RequestEncodingType
from litestar.params import Body, FromPath
from litestar.response import Redirect, Response

from guiju.bank.consents.actions import (
    attach_paper,
    deposit_again,
    end_consent,
    give_consent,
    list_consents,
    read_left,
    read_paper,
)
from guiju.bank.consents.api import paper_answer
from guiju.bank.consents.model import Given
from guiju.bank.consents.rules import MOST_PAPER
from guiju.bank.grades import GRADES, METHOD
from guiju.bank.model import HELD_NAMES
from guiju.kit import N_, now
from guiju.people import Act, may
from guiju.site import Form, actor_of, done, field, house_of, page, request_id_of
from guiju.site.forms import flag
from guiju.site.guards import AnyRequest

CONSENTED = N_("The consent is on record; what the project has deposited is looked through once more.")
ENDED = N_("The consent is ended; from now on this project's deposits are for its customer only.")
ATTACHED = N_("The signed paper is on record.")
Upload = Annotated[dict[str, Any], Body(media_type=RequestEncodingType.MULTI_PART)]
AGAIN = N_("The accepted lots are deposited once more.")


@get("/projects/{project_id:int}/left", sync_to_thread=True, include_in_schema=False)
def left_page(request: AnyRequest, project_id: FromPath[int]) -> Response[Any]:
    house, actor = house_of(request), actor_of(request)
    standing, consents = list_consents(house, actor, project_id)
    return page(
        request,
        "bank/left.html",
        project=standing.project,
        consents=consents,
        left=read_left(house, actor, project_id),
        at=now(),
        grades=GRADES,
        method=METHOD,
        held_names=HELD_NAMES,
        gives=actor.trusted or may(standing.roles, Act.GIVE_CONSENT),
        withdraws=actor.trusted or may(standing.roles, Act.WITHDRAW),
        delivers=actor.trusted or may(standing.roles, Act.DELIVER),
    )


@post("/projects/{project_id:int}/left", sync_to_thread=True, include_in_schema=False)
def change_it(request: AnyRequest, project_id: FromPath[int], data: Form) -> Redirect:
    """One form for each act: give a consent, end one, deposit again."""
    house, actor = house_of(request), actor_of(request, csrf=field(data, "csrf", required=False))
    act = field(data, "act")
    if act == "give":
        purpose, words, document, until = (
            field(data, name, required=False) for name in ("purpose", "words", "document", "until")
        )
        given = Given(purpose, words, document, until, flag(data, "looked_through"))
        give_consent(house, actor, project_id, request_id_of(data), given)
    elif act == "end":
        number = field(data, "consent")
        end_consent(house, actor, project_id, int(number) if number.isdecimal() else 0)
    else:
        deposit_again(house, actor, project_id)
    said_now = {"give": CONSENTED, "end": ENDED}.get(act, AGAIN)
    return done(f"/projects/{project_id}/left?said={quote_plus(said_now)}")


@post(
    "/projects/{project_id:int}/left/{consent_id:int}/paper",
    sync_to_thread=True,
    include_in_schema=False,
    request_max_body_size=MOST_PAPER + (1 << 20),
)
def attach_it(request: AnyRequest, project_id: FromPath[int], consent_id: FromPath[int], data: Upload) -> Redirect:
    """The signed paper, as a file."""
    house, actor = house_of(request), actor_of(request, csrf=field(data, "csrf", required=False))
    upload = data.get("paper")
    content = upload.file.read(MOST_PAPER + 1) if isinstance(upload, UploadFile) else b""
    name = upload.filename if isinstance(upload, UploadFile) else ""
    attach_paper(house, actor, project_id, consent_id, request_id_of(data), name, content)
    return done(f"/projects/{project_id}/left?said={quote_plus(ATTACHED)}")


@get("/projects/{project_id:int}/left/{consent_id:int}/paper", sync_to_thread=True, include_in_schema=False)
def download_it(request: AnyRequest, project_id: FromPath[int], consent_id: FromPath[int]) -> Response[bytes]:
    return paper_answer(*read_paper(house_of(request), actor_of(request), project_id, consent_id))


PAGES: list[Any] = [left_page, change_it, attach_it, download_it]
