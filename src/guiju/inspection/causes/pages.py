"""Pages of what inspection teaches: the causes of defects, and charts of people and labels."""

from datetime import date, timedelta
from typing import Any

from litestar import get
from litestar.params import FromPath, FromQuery
from litestar.response import Response

from guiju.annotations import ROUND_NAMES, list_rounds
from guiju.inspection.causes.actions import chart_shares, list_defective, weigh_causes
from guiju.inspection.causes.model import BY_NAMES, By, Of, Where
from guiju.inspection.causes.rules import PROVISIONAL_UNDER, draw_chart, draw_pareto, next_step
from guiju.inspection.disputes.pages import Shown
from guiju.inspection.model import DEFECT_NAMES, WEIGHT_NAMES
from guiju.inspection.reading import list_lots
from guiju.kit import PageRequest, midnight, parse_iso
from guiju.people import Act
from guiju.projects import authorise
from guiju.site import actor_of, house_of, page
from guiju.site.guards import AnyRequest
from guiju.stats.control.signals import RULE_NAMES

ROWS = 20
LOTS_NAMED = 200


def where_of(lot: str, round_: str, since: str, until: str) -> Where:
    """The filter as a form says it; a day that is none is left out. `until` is the last day that counts."""
    first, last = _day(since), _day(until, days=1)
    return Where(int(lot) if lot.isdecimal() else None, int(round_) if round_.isdecimal() else None, first, last)


def _day(said: str, days: int = 0) -> int | None:
    try:
        day = date.fromisoformat(said) + timedelta(days=days)
    except (ValueError, OverflowError):
        return None
    # noon, so that the machine's own midnight is that of the day
    return midnight(parse_iso(f"{day.isoformat()}T12:00:00"))


@get("/projects/{project_id:int}/causes", sync_to_thread=True, include_in_schema=False)
def causes_page(  # noqa: PLR0913, PLR0917 - the form's fields
    request: AnyRequest,
    project_id: FromPath[int],
    by: FromQuery[str] = By.TYPE.value,
    of: FromQuery[str] = "",
    lot: FromQuery[str] = "",
    round: FromQuery[str] = "",  # noqa: A002 - the form's own word
    since: FromQuery[str] = "",
    until: FromQuery[str] = "",
    cursor: FromQuery[str | None] = None,
) -> Response[Any]:
    """The Pareto of the defects that hold, and the defects behind the bar that is asked for."""
    actor, house = actor_of(request), house_of(request)
    kind = By(by) if by in set(By) else By.TYPE
    where = where_of(lot, round, since, until)
    weighed = weigh_causes(house, actor, project_id, kind, where)
    rows = list_defective(house, actor, project_id, kind, of, where, PageRequest(ROWS, cursor)) if of else None
    with house.reading() as connection:
        standing = authorise(connection, actor, project_id, Act.SEE_REPORTS)
        behind = rows.rows if rows else []
        shown = Shown(connection, project_id, behind, [one.item_id for one in behind])
        rounds = [each for each in list_rounds(connection, project_id) if each.kind.resolves_at_once]
    return page(
        request,
        "inspection/causes.html",
        project=standing.project,
        weighed=weighed,
        bars=draw_pareto(weighed.causes),
        by=kind.value,
        by_names=BY_NAMES,
        of=of,
        rows=rows,
        shown=shown,
        rounds=rounds,
        round_names=ROUND_NAMES,
        lots=list_lots(house, actor, project_id, PageRequest(LOTS_NAMED)).rows,
        chosen={"lot": lot, "round": round, "since": since, "until": until},
        defect_names=DEFECT_NAMES,
        weight_names=WEIGHT_NAMES,
    )


@get("/projects/{project_id:int}/control", sync_to_thread=True, include_in_schema=False)
def control_page(
    request: AnyRequest, project_id: FromPath[int], of: FromQuery[str] = Of.ANNOTATOR.value
) -> Response[Any]:
    """A control chart for each person, or for each label."""
    actor, house = actor_of(request), house_of(request)
    whose = Of(of) if of in set(Of) else Of.ANNOTATOR
    charts = chart_shares(house, actor, project_id, whose)
    with house.reading() as connection:
        standing = authorise(connection, actor, project_id, Act.SEE_REPORTS)
    return page(
        request,
        "inspection/control.html",
        project=standing.project,
        charts=[(one, draw_chart(one)) for one in charts],
        of=whose.value,
        rule_names=RULE_NAMES,
        next_step=next_step,
        provisional=PROVISIONAL_UNDER,
    )


PAGES: list[Any] = [causes_page, control_page]
