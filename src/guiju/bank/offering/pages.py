"""What the bank offers, as a part of the brief's page."""

from typing import Any
from urllib.parse import urlencode

from litestar import get
from litestar.params import FromPath
from litestar.response import Response

from guiju.bank.errors import BankClosed
from guiju.bank.offering.actions import read_offer
from guiju.bank.offering.api import link_of
from guiju.people import NotAllowed
from guiju.site import actor_of, house_of, page
from guiju.site.guards import AnyRequest


@get("/projects/{project_id:int}/offer", sync_to_thread=True, include_in_schema=False)
def offer_part(request: AnyRequest, project_id: FromPath[int]) -> Response[Any]:
    """For who may draw; whoever may not is shown nothing."""
    try:
        offer = read_offer(house_of(request), actor_of(request), project_id)
    except (BankClosed, NotAllowed):
        offer = None
    return page(
        request,
        "bank/offer.html",
        offer=offer,
        project_id=project_id,
        sure=link_of(offer.sure, project_id) if offer else "",
        recheck=link_of(offer.recheck, project_id) if offer else "",
        like=[(text, _like(text, project_id)) for text in (offer.samples if offer else ())],
    )


def _like(text: str, project_id: int) -> str:
    return "/bank?" + urlencode({"like": text, "project": project_id})


PAGES = [offer_part]
