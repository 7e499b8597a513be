"""The JSON route of what the bank offers a project."""

from urllib.parse import urlencode

import msgspec
from litestar import get
from litestar.params import FromPath

from guiju.bank.offering.actions import read_offer
from guiju.bank.offering.model import Offer, Part
from guiju.site import actor_of, house_of
from guiju.site.guards import AnyRequest


class OfferAnswer(msgspec.Struct):
    """`wanted` is the brief's volume; `sure` may hold as they are, `recheck` are looked at again first (of them
    `doubtful` are contradicted by other deposits: that is settled before), `saved` are the annotations that are not
    needed any more. `grades` are those of the sure. `own` of the project's items have the content of a deposit,
    `drawn` hold an answer of the bank already. `sure_facets` and `recheck_facets` are the searches; `is_cut` says
    that the newest 50,000 were counted."""

    wanted: int | None
    sure: int
    recheck: int
    doubtful: int
    saved: int
    grades: dict[str, int]
    own: int
    drawn: int
    sure_facets: list[str]
    recheck_facets: list[str]
    is_cut: bool


def offer_answer(offer: Offer) -> OfferAnswer:
    counts = (offer.wanted, offer.sure.count, offer.recheck.count, offer.doubtful, offer.saved, dict(offer.grades))
    searches = (list(offer.sure.search.chosen), list(offer.recheck.search.chosen))
    return OfferAnswer(*counts, offer.own, offer.drawn, *searches, offer.is_cut)


def link_of(part: Part, project_id: int) -> str:
    said = [*(("facet", each) for each in part.search.chosen), ("project", str(project_id))]
    return "/bank?" + urlencode(said)


@get("/projects/{project_id:int}/offer", sync_to_thread=True)
def get_offer(request: AnyRequest, project_id: FromPath[int]) -> OfferAnswer:
    """What of the brief's wants lies in the bank already, for who may draw into the project."""
    return offer_answer(read_offer(house_of(request), actor_of(request), project_id))


API = [get_offer]
