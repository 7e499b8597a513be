"""The page that measures the inspectors, where those who may rule between two of them do so."""

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple
from urllib.parse import quote_plus

from litestar import get, post
from litestar.params import FromPath
from litestar.response import Redirect, Response

from guiju.inspection.disputes.pages import Shown
from guiju.inspection.model import DEFECT_NAMES, WEIGHT_NAMES
from guiju.inspection.seconds.actions import (
    follow_inspector,
    list_disagreements,
    list_waiting_lots,
    measure_inspectors,
    rule_disagreement,
    sees_all,
    set_share,
)
from guiju.inspection.seconds.model import Stretch
from guiju.kit import N_
from guiju.people import Act, may
from guiju.projects import authorise
from guiju.site import Form, actor_of, done, field, house_of, number, page, request_id_of
from guiju.site.guards import AnyRequest

MOST_WEEKS = 26
SHARE_SET = N_("It holds for lots that are drawn from now on.")
RULED = N_("The ruling is given, and the verdict says so.")


@get("/projects/{project_id:int}/inspectors", sync_to_thread=True, include_in_schema=False)
def inspectors_page(request: AnyRequest, project_id: FromPath[int]) -> Response[Any]:
    house, actor = house_of(request), actor_of(request)
    measured = measure_inspectors(house, actor, project_id)
    with house.reading() as connection:
        standing = authorise(connection, actor, project_id, Act.SEE_REPORTS)
    able = {act: actor.trusted or may(standing.roles, act) for act in (Act.RULE, Act.DECIDE_GATE)}
    differ = list_disagreements(house, actor, project_id) if able[Act.RULE] else []
    with house.reading() as connection:
        shown = Shown(connection, project_id, differ, [one.item_id for one in differ])
    return page(
        request,
        "inspection/inspectors.html",
        project=standing.project,
        measured=measured,
        differ=differ,
        mine=list_waiting_lots(house, actor, project_id),
        shown=shown,
        sets=able[Act.DECIDE_GATE],
        teaches=sees_all(standing, actor),
        defect_names=DEFECT_NAMES,
        weight_names=WEIGHT_NAMES,
    )


@get("/projects/{project_id:int}/inspectors/{account_id:int}", sync_to_thread=True, include_in_schema=False)
def inspector_page(request: AnyRequest, project_id: FromPath[int], account_id: FromPath[int]) -> Response[Any]:
    """One inspector's own page."""
    house, actor = house_of(request), actor_of(request)
    course = follow_inspector(house, actor, project_id, account_id)
    with house.reading() as connection:
        standing = authorise(connection, actor, project_id, Act.SEE_REPORTS)
    weeks = course.weeks[-MOST_WEEKS:]
    return page(
        request,
        "inspection/inspector.html",
        project=standing.project,
        course=course,
        weeks=weeks,
        drawn=draw_weeks(weeks),
        mine=account_id == actor.id,
    )


class WeeksDrawn(NamedTuple):
    """Agreement over the weeks in a picture of 640 × 200, with the ends of its interval."""

    line: str
    low: str
    high: str
    dots: tuple[tuple[float, float], ...]


def draw_weeks(weeks: Sequence[Stretch]) -> WeeksDrawn:
    step = 556 / max(1, len(weeks) - 1)
    places = [44 + n * step for n in range(len(weeks))] if len(weeks) > 1 else [322.0] * len(weeks)

    def line(shares: Iterable[float]) -> str:
        return " ".join(f"{x:.1f},{_height(share):.1f}" for x, share in zip(places, shares, strict=True))

    ends, told = [week.agreed.interval for week in weeks], [week.agreed.share or 0.0 for week in weeks]
    dots = tuple((x, _height(share)) for x, share in zip(places, told, strict=True))
    return WeeksDrawn(line(told), line(one.low for one in ends), line(one.high for one in ends), dots)


def _height(share: float) -> float:
    return 172 - 156 * share


@post("/projects/{project_id:int}/inspectors", sync_to_thread=True, include_in_schema=False)
def set_it(request: AnyRequest, project_id: FromPath[int], data: Form) -> Redirect:
    actor = actor_of(request, csrf=field(data, "csrf", required=False))
    percent = int(number(data, "percent", low=-1000, high=1000, default=0))
    set_share(house_of(request), actor, project_id, percent, request_id=request_id_of(data))
    return done(f"/projects/{project_id}/inspectors?said={quote_plus(SHARE_SET)}")


@post("/projects/{project_id:int}/lots/{lot_id:int}/looks/{item_id:int}", sync_to_thread=True, include_in_schema=False)
def rule_it(
    request: AnyRequest, project_id: FromPath[int], lot_id: FromPath[int], item_id: FromPath[int], data: Form
) -> Redirect:
    house, actor = house_of(request), actor_of(request, csrf=field(data, "csrf", required=False))
    defect, text = field(data, "right") == "defect", field(data, "text", required=False)
    told: dict[str, Any] = {"request_id": request_id_of(data), "defect": defect, "text": text}
    rule_disagreement(house, actor, project_id, lot_id, item_id, **told)
    return done(f"/projects/{project_id}/inspectors?said={quote_plus(RULED)}")


PAGES: list[Any] = [inspectors_page, inspector_page, set_it, rule_it]
