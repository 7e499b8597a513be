"""What is in the data: a table of what is worth a look, histograms whose bars lead to their items, columns."""

from typing import Any

from litestar import Response, get, post
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect

from guiju.cleaning.personal import KIND_NAMES
from guiju.cleaning.profiles import rules
from guiju.cleaning.profiles.actions import ask_for_profile, list_wanted_items, look_at_profile
from guiju.cleaning.profiles.model import AMOUNTS, CHOICES, LANGUAGE_NAMES, METHOD, REMARK_NAMES, STATE_NAMES, Wanted
from guiju.data.actions import standing_of
from guiju.data.model import MEDIA_NAMES
from guiju.data.pages import opening_of
from guiju.kit import N_, PageRequest
from guiju.people import Act, may
from guiju.site import Form, actor_of, done, field, house_of, number, page, request_id_of
from guiju.site.guards import AnyRequest

ITEMS_SHOWN = 60
TYPE_NAMES = {
    "text": N_("text"),
    "number": N_("number"),
    "yes-no": N_("yes or no"),
    "list": N_("list"),
    "object": N_("object"),
    "other": N_("other"),
}
PERSONAL_NAMES = {**KIND_NAMES, "none": N_("nothing found")}
NAMES: dict[str, Any] = {
    "amounts": AMOUNTS,
    "choice_names": CHOICES,
    "remark_names": REMARK_NAMES,
    "type_names": TYPE_NAMES,
    "value_names": {"media": MEDIA_NAMES, "language": LANGUAGE_NAMES, "state": STATE_NAMES, "personal": PERSONAL_NAMES},
    "told": rules.told,
    "query_of": rules.query_of,
    "wanted_of": Wanted,
}


@get("/projects/{project_id:int}/profile", sync_to_thread=True, include_in_schema=False)
def show_profile(request: AnyRequest, project_id: FromPath[int], source: FromQuery[str] = "") -> Response[str]:
    actor, house = actor_of(request), house_of(request)
    source_id = int(source) if source.isdecimal() else None
    looked = look_at_profile(house, actor, project_id, source_id)
    standing = standing_of(house, actor, project_id)
    shown = {"looked": looked, "source_id": source_id, "method": METHOD, "project": standing.project}
    may_ask = may(standing.roles, Act.IMPORT_DATA)
    return page(request, "cleaning/profile.html", may_ask=may_ask, **shown, **NAMES)


@get("/projects/{project_id:int}/profile/progress", sync_to_thread=True, include_in_schema=False)
def show_progress(request: AnyRequest, project_id: FromPath[int]) -> Response[str]:
    """The jobs at work, asked for again until there is none; then the whole page is."""
    actor, house = actor_of(request), house_of(request)
    looked = look_at_profile(house, actor, project_id)
    standing = standing_of(house, actor, project_id)
    answer = page(request, "cleaning/profiling.html", looked=looked, project=standing.project)
    if not looked.jobs:
        answer.headers["HX-Refresh"] = "true"
    return answer


@post("/projects/{project_id:int}/profile", sync_to_thread=True, include_in_schema=False)
def ask(request: AnyRequest, project_id: FromPath[int], data: Form) -> Redirect:
    actor = actor_of(request, csrf=field(data, "csrf", required=False))
    given = int(number(data, "source", default=0))
    source = given or None
    ask_for_profile(house_of(request), actor, project_id, request_id=request_id_of(data), source_id=source)
    return done(f"/projects/{project_id}/profile" + (f"?source={source}" if source else ""))


@get("/projects/{project_id:int}/profile/items", sync_to_thread=True, include_in_schema=False)
def show_wanted_items(  # noqa: PLR0913, PLR0917 - a query has as many parts as it has
    request: AnyRequest,
    project_id: FromPath[int],
    source: FromQuery[str] = "",
    figure: FromQuery[str] = "",
    low: FromQuery[float | None] = None,
    high: FromQuery[float | None] = None,
    value: FromQuery[str | None] = None,
    lacks: FromQuery[str | None] = None,
    cursor: FromQuery[str | None] = None,
) -> Response[str]:
    actor, house = actor_of(request), house_of(request)
    wanted = Wanted(figure, low, high, value, lacks)
    source_id = int(source) if source.isdecimal() else None
    found = list_wanted_items(house, actor, project_id, wanted, PageRequest(ITEMS_SHOWN, cursor), source_id=source_id)
    standing = standing_of(house, actor, project_id)
    shown = {"found": found, "wanted": wanted, "source_id": source_id, "opening": opening_of}
    return page(request, "cleaning/wanted.html", project=standing.project, **shown, **NAMES)


PAGES: list[Any] = [show_profile, show_progress, ask, show_wanted_items]
