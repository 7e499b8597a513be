"""What a project leaves in the bank: its consents, its deposits by grade and rights, what is held back and why."""

from typing import Any
from urllib.parse import quote_plus

from litestar import get, post
from litestar.params import FromPath
from litestar.response import Redirect, Response

from guiju.bank.consents.actions import deposit_again, end_consent, give_consent, list_consents, read_left
from guiju.bank.consents.model import Given
from guiju.bank.grades import GRADES, METHOD
from guiju.bank.model import HELD_NAMES
from guiju.kit import N_, now
from guiju.people import Act, may
from guiju.site import Form, actor_of, done, field, house_of, page, request_id_of
from guiju.site.forms import flag
from guiju.site.guards import AnyRequest

CONSENTED = N_("The consent is on record; what the project has deposited is looked through once more.")
ENDED = N_("The consent is ended; from now on this project's deposits are for its customer only.")
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


PAGES: list[Any] = [left_page, change_it]
