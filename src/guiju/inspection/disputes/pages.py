"""Pages of disputes: what was found on one's own work, and the disputes that wait for a ruling."""

from typing import Any
from urllib.parse import quote_plus

from litestar import get, post
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect, Response
from sqlalchemy import Connection

from guiju.data import Item, find_items
from guiju.inspection.disputes.actions import (
    list_disputes,
    list_my_findings,
    raise_dispute,
    reopen_lot,
    rule_dispute,
)
from guiju.inspection.disputes.model import DISPUTE_NAMES, DisputeRuling, DisputeState
from guiju.inspection.model import DEFECT_NAMES, WEIGHT_NAMES
from guiju.inspection.reading import Used, labels_used
from guiju.kit import N_, PageRequest
from guiju.people import Act, find_account, may
from guiju.projects import authorise
from guiju.rulebooks import CompiledRulebook, get_published
from guiju.site import Form, actor_of, done, field, house_of, page, request_id_of
from guiju.site.guards import AnyRequest

RAISED = N_("The dispute is raised; somebody who neither annotated nor judged the item rules on it.")
RULED = N_("The ruling is given; the annotator sees it.")
REOPENED = N_("The rejection is taken back; the lot is inspected again from where it stood.")
PAGE = 20

WORDS: dict[str, Any] = {
    "defect_names": DEFECT_NAMES,
    "weight_names": WEIGHT_NAMES,
    "dispute_names": DISPUTE_NAMES,
}


class Shown:
    """What both lists lay beside a finding: the item, and what was answered and what should have been."""

    def __init__(self, connection: Connection, project_id: int, rows: list[Any], items: list[int]) -> None:
        self.items: dict[int, Item] = find_items(connection, project_id, items)
        self._rulebooks: dict[int, CompiledRulebook] = {
            version: get_published(connection, version) for version in {row.rulebook_id for row in rows}
        }

    def labels(self, answers: str | None, rulebook_id: int) -> list[Used]:
        return labels_used(answers, self._rulebooks[rulebook_id]) if answers else []


@get("/projects/{project_id:int}/my-findings", sync_to_thread=True, include_in_schema=False)
def my_findings_page(
    request: AnyRequest, project_id: FromPath[int], cursor: FromQuery[str | None] = None
) -> Response[Any]:
    """What inspectors found wrong with one's own answers; here it is disputed."""
    house, actor = house_of(request), actor_of(request)
    found = list_my_findings(house, actor, project_id, PageRequest(PAGE, cursor))
    with house.reading() as connection:
        standing = authorise(connection, actor, project_id, Act.SEE_PROJECT)
        shown = Shown(connection, project_id, found.rows, [row.item_id for row in found.rows])
    return page(
        request,
        "inspection/my_findings.html",
        project=standing.project,
        rows=found.rows,
        shown=shown,
        cursor=found.cursor,
        annotates=actor.trusted or may(standing.roles, Act.ANNOTATE),
        **WORDS,
    )


@post("/projects/{project_id:int}/lots/{lot_id:int}/disputes", sync_to_thread=True, include_in_schema=False)
def raise_it(request: AnyRequest, project_id: FromPath[int], lot_id: FromPath[int], data: Form) -> Redirect:
    actor = actor_of(request, csrf=field(data, "csrf", required=False))
    item, reason = field(data, "item"), field(data, "reason", required=False)
    number = int(item) if item.isdecimal() else 0
    raise_dispute(house_of(request), actor, project_id, lot_id, number, request_id=request_id_of(data), reason=reason)
    return done(f"/projects/{project_id}/my-findings?said={quote_plus(RAISED)}")


@get("/projects/{project_id:int}/disputes", sync_to_thread=True, include_in_schema=False)
def disputes_page(
    request: AnyRequest,
    project_id: FromPath[int],
    show: FromQuery[str] = "open",
    cursor: FromQuery[str | None] = None,
) -> Response[Any]:
    """What waits for a ruling, or what was ruled."""
    house, actor = house_of(request), actor_of(request)
    settled = show == "settled"
    states = (DisputeState.WITHDRAWN, DisputeState.CONFIRMED) if settled else (DisputeState.OPEN,)
    found = list_disputes(house, actor, project_id, states, PageRequest(PAGE, cursor))
    with house.reading() as connection:
        standing = authorise(connection, actor, project_id, Act.SEE_REPORTS)
        shown = Shown(connection, project_id, found.rows, [row.dispute.item_id for row in found.rows])
        people = {row.dispute.raised_by for row in found.rows} | {row.inspector_id for row in found.rows}
        people |= {row.dispute.ruled_by for row in found.rows if row.dispute.ruled_by}
        accounts = {each: find_account(connection, each) for each in people}
    return page(
        request,
        "inspection/disputes.html",
        project=standing.project,
        rows=found.rows,
        shown=shown,
        names={each: account.name if account else "–" for each, account in accounts.items()},
        reader=actor.id,
        cursor=found.cursor,
        settled=settled,
        rules=actor.trusted or may(standing.roles, Act.RULE),
        amends=actor.trusted or may(standing.roles, Act.WRITE_RULEBOOK),
        **WORDS,
    )


@post("/projects/{project_id:int}/disputes/{dispute_id:int}", sync_to_thread=True, include_in_schema=False)
def rule_it(request: AnyRequest, project_id: FromPath[int], dispute_id: FromPath[int], data: Form) -> Redirect:
    actor = actor_of(request, csrf=field(data, "csrf", required=False))
    said = DisputeRuling(
        field(data, "outcome") == DisputeState.WITHDRAWN,
        field(data, "text", required=False),
        field(data, "clause", required=False) or None,
        bool(field(data, "gap", required=False)),
    )
    rule_dispute(house_of(request), actor, project_id, dispute_id, said, request_id=request_id_of(data))
    return done(f"/projects/{project_id}/disputes?said={quote_plus(RULED)}")


@post("/projects/{project_id:int}/lots/{lot_id:int}/reopen", sync_to_thread=True, include_in_schema=False)
def reopen_it(request: AnyRequest, project_id: FromPath[int], lot_id: FromPath[int], data: Form) -> Redirect:
    actor = actor_of(request, csrf=field(data, "csrf", required=False))
    reopen_lot(house_of(request), actor, project_id, lot_id, request_id=request_id_of(data))
    return done(f"/projects/{project_id}/lots/{lot_id}?said={quote_plus(REOPENED)}")


PAGES: list[Any] = [my_findings_page, raise_it, disputes_page, rule_it, reopen_it]
