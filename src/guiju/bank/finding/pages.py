"""The bank's page: search, narrow, look; and one deposit's."""

from collections.abc import Mapping
from typing import Annotated, Any
from urllib.parse import urlencode

from litestar import get, post
from litestar.datastructures import UploadFile
from litestar.enums import RequestEncodingType
from litestar.params import Body, FromPath, FromQuery
from litestar.response import Redirect, Response

from guiju.bank.drawing.actions import FROM_BANK
from guiju.bank.drawing.model import AS_NAMES, MOST_AT_ONCE, MOST_DRAWN
from guiju.bank.finding.actions import (
    Laid,
    count_bank,
    get_deposit,
    lay_answers,
    name_values,
    read_origins,
    read_thumbnail,
    search_bank,
)
from guiju.bank.finding.errors import DepositNotFound
from guiju.bank.finding.model import FACET_NAMES, Counts, Facet, Search
from guiju.bank.finding.rules import read_search, toggled
from guiju.bank.grades import GRADES
from guiju.bank.likeness import NotCompared, PictureForgotten, keep_picture
from guiju.bank.merging import read_sources
from guiju.briefs.trades import TRADES, find_trade
from guiju.cleaning.profiles.model import LANGUAGE_NAMES
from guiju.data.model import MEDIA_NAMES
from guiju.kit import Page, PageRequest, Refusal
from guiju.people import Act, may
from guiju.projects import list_projects_of
from guiju.site import actor_of, field, house_of, page
from guiju.site.guards import AnyRequest
from guiju.storage import Actor, House

ON_A_PAGE = 24
Upload = Annotated[dict[str, Any], Body(media_type=RequestEncodingType.MULTI_PART)]
RIGHTS = ("customer", "general")


@get("/bank", sync_to_thread=True, include_in_schema=False)
def bank_page(  # noqa: PLR0917 - what can be asked
    request: AnyRequest,
    q: FromQuery[str] = "",
    label: FromQuery[str] = "",
    facet: FromQuery[list[str] | None] = None,
    like: FromQuery[str] = "",
    cursor: FromQuery[str | None] = None,
    project: FromQuery[int] = 0,
) -> Response[Any]:
    """Search by words, label, likeness and facets. `project` is the one that asks, and is drawn into."""
    actor, house = actor_of(request), house_of(request)
    search, refused = read_search(q, label, facet or (), like, project), None
    try:
        found = search_bank(house, actor, search, PageRequest(ON_A_PAGE, cursor), browse=True)
        counts = count_bank(house, actor, search)
    except (NotCompared, PictureForgotten, DepositNotFound) as refusal:
        found, counts, refused = Page(list[Any](), None), count_bank(house, actor, Search()), refusal

    def to(facet: Facet, value: str) -> str:
        return _link(search, toggled(search, facet, value), project)

    laid = lay_answers(house, found.rows)
    with house.reading() as connection:
        standings = list_projects_of(connection, actor.id)
    return page(
        request,
        "bank/bank.html",
        search=search,
        refused=refused,
        rows=found.rows,
        cursor=found.cursor,
        counts=counts,
        laid=laid,
        names=_names(house, actor, counts, laid),
        facet_names=FACET_NAMES,
        to=to,
        here=_link(search, search.chosen, project),
        without_like=_link(Search(search.q, search.label), search.chosen, project),
        projects=[each.project for each in standings if may(each.roles, Act.DRAW_FROM_BANK)],
        into=project,
        as_names=AS_NAMES,
        most_drawn=MOST_DRAWN,
        most_at_once=MOST_AT_ONCE,
        from_bank=FROM_BANK,
    )


def _link(search: Search, chosen: tuple[str, ...], project: int) -> str:
    """An address of the page, without its page number."""
    said = [("q", search.q), ("label", search.label), ("like", search.like), *(("facet", each) for each in chosen)]
    said.append(("project", str(project) if project else ""))
    return "/bank?" + urlencode([(name, value) for name, value in said if value])


def _names(house: House, actor: Actor, counts: Counts, laid: Mapping[int, Laid]) -> dict[Facet, dict[str, Any]]:
    """What values are called: msgids, or texts in both languages, or names as they are."""
    trades = {code: trade.name for code in TRADES if (trade := find_trade(code)) is not None}
    return {
        **name_values(house, actor, counts),
        Facet.LABEL: {name: label.name for one in laid.values() for name, label in one.rulebook.labels.items()},
        Facet.LANGUAGE: LANGUAGE_NAMES,
        Facet.MEDIA: {media.value: name for media, name in MEDIA_NAMES.items()},
        Facet.DOMAIN: trades,
        Facet.GRADE: {grade: promised for grade, (_, promised) in GRADES.items()},
    }


@post("/bank/pictures", sync_to_thread=True, include_in_schema=False)
def like_picture(request: AnyRequest, data: Upload) -> Redirect:
    """Look for what is like an uploaded picture; it is compared and not kept."""
    actor = actor_of(request, csrf=field(data, "csrf", required=False))
    upload = data.get("picture")
    content = upload.file.read(MOST_PICTURE + 1) if isinstance(upload, UploadFile) else b""
    name = upload.filename if isinstance(upload, UploadFile) else ""
    like = keep_picture(house_of(request), actor, name, content)
    return Redirect("/bank?" + urlencode({"like": like}), status_code=303)


MOST_PICTURE = 20 << 20


@get("/bank/{deposit_id:int}", sync_to_thread=True, include_in_schema=False)
def deposit_page(request: AnyRequest, deposit_id: FromPath[int]) -> Response[Any]:
    """One deposit: its content, its answer, where it came from, what is like it."""
    actor, house = actor_of(request), house_of(request)
    one = get_deposit(house, actor, deposit_id)
    try:
        alike = search_bank(house, actor, Search(like=str(deposit_id)), PageRequest(8)).rows
    except Refusal:
        alike = []
    return page(
        request,
        "bank/deposit.html",
        one=one,
        laid=lay_answers(house, [one, *alike]),
        alike=alike,
        origins=read_origins(house, actor, deposit_id),
        sources=read_sources(house, actor, deposit_id),
        grades=GRADES,
    )


@get("/bank/{deposit_id:int}/thumb", sync_to_thread=True, include_in_schema=False)
def thumbnail(request: AnyRequest, deposit_id: FromPath[int], size: FromQuery[int] = 320) -> Response[bytes]:
    small = read_thumbnail(house_of(request), actor_of(request), deposit_id, min(max(size, 64), 1_280))
    return Response(small, media_type="image/jpeg", headers={"Cache-Control": "private, max-age=86400"})


PAGES = [bank_page, like_picture, deposit_page, thumbnail]
