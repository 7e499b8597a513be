"""JSON of causes and of control charts."""

from typing import Any

import msgspec
from litestar import get
from litestar.params import FromPath, FromQuery

from guiju.inspection.causes.actions import chart_shares, list_defective, weigh_causes
from guiju.inspection.causes.errors import BadMoment
from guiju.inspection.causes.model import By, Charted, Of, Row, Weighed, Where
from guiju.inspection.disputes.api import FoundAnswer, found_answer
from guiju.kit import PageRequest, iso, parse_iso
from guiju.kit.words import Bilingual
from guiju.site import actor_of, house_of
from guiju.site.guards import AnyRequest


class CauseAnswer(msgspec.Struct):
    """`judged` and `interval`: of what was judged of this cause, where that is known (annotators)."""

    cause: str
    name: Bilingual
    count: int
    share: float
    cumulative: float
    judged: int | None
    interval: list[float] | None


class DefectRow(msgspec.Struct):
    verdict: int
    lot: int
    item: int
    at: str
    annotator: str | None
    found: FoundAnswer


class CausesAnswer(msgspec.Struct):
    """`few` is how many causes, from the first, make four fifths; `rows` are the defects of the cause `of`."""

    by: By
    judged: int
    defects: int
    few: int
    causes: list[CauseAnswer]
    rows: list[DefectRow]
    cursor: str | None


class SignalAnswer(msgspec.Struct):
    rule: str
    worse: bool


class PointAnswer(msgspec.Struct):
    lot: int
    number: int
    judged: int
    defective: int
    share: float
    low: float
    high: float
    signals: list[SignalAnswer]


class ChartAnswer(msgspec.Struct):
    """`prime`: Laney's p′, its limits widened by `inflation`."""

    key: str
    name: Bilingual
    centre: float
    prime: bool
    inflation: float
    points: list[PointAnswer]


class ChartsAnswer(msgspec.Struct):
    of: Of
    charts: list[ChartAnswer]


def _moment(said: str | None) -> int | None:
    try:
        return parse_iso(said) if said else None
    except (ValueError, OverflowError) as error:
        raise BadMoment(value=str(said)[:40]) from error


def row_answer(row: Row) -> DefectRow:
    return DefectRow(row.verdict_id, row.lot_id, row.item_id, iso(row.at), row.annotator, found_answer(row.finding))


def causes_answer(found: Weighed, rows: list[Row] | None = None, cursor: str | None = None) -> CausesAnswer:
    causes = [
        CauseAnswer(
            one.key,
            one.name,
            one.count,
            one.share,
            one.cumulative,
            one.judged,
            list(one.interval) if one.interval else None,
        )
        for one in found.causes
    ]
    told = [row_answer(row) for row in rows or ()]
    return CausesAnswer(found.by, found.judged, found.defects, found.few, causes, told, cursor)


def chart_answer(one: Charted) -> ChartAnswer:
    by_place = one.by_place
    points = [
        PointAnswer(
            place.lot_id,
            place.lot_number,
            place.judged,
            place.defective,
            point.share,
            point.low,
            point.high,
            [SignalAnswer(signal.rule.value, signal.worse) for signal in by_place.get(n, ())],
        )
        for n, (place, point) in enumerate(zip(one.places, one.chart.points, strict=True))
    ]
    return ChartAnswer(one.key, one.name, one.chart.centre, one.chart.prime, one.chart.inflation, points)


@get("/projects/{project_id:int}/causes", sync_to_thread=True)
def get_causes(  # noqa: PLR0913, PLR0917 - a filter and a page
    request: AnyRequest,
    project_id: FromPath[int],
    by: FromQuery[By] = By.TYPE,
    of: FromQuery[str | None] = None,
    lot: FromQuery[int | None] = None,
    round: FromQuery[int | None] = None,  # noqa: A002 - the query's own word
    since: FromQuery[str | None] = None,
    until: FromQuery[str | None] = None,
    cursor: FromQuery[str | None] = None,
    limit: FromQuery[int] = 50,
) -> CausesAnswer:
    """The defects that hold by type, clause, label, annotator or severity, the most frequent first; with `of`, the
    defects of that cause."""
    house, actor = house_of(request), actor_of(request)
    where = Where(lot, round, _moment(since), _moment(until))
    found = weigh_causes(house, actor, project_id, by, where)
    if not of:
        return causes_answer(found)
    rows = list_defective(house, actor, project_id, by, of, where, PageRequest(limit, cursor))
    return causes_answer(found, rows.rows, rows.cursor)


@get("/projects/{project_id:int}/control", sync_to_thread=True)
def get_control(request: AnyRequest, project_id: FromPath[int], of: FromQuery[Of] = Of.ANNOTATOR) -> ChartsAnswer:
    """A control chart for each person or label over the newest lots, with the signals that it gives."""
    charts = chart_shares(house_of(request), actor_of(request), project_id, of)
    return ChartsAnswer(of, [chart_answer(one) for one in charts])


API: list[Any] = [get_causes, get_control]
