"""JSON routes of lots: draw, sample, verdicts, decision, resubmission."""

from typing import Any

import msgspec
from litestar import get, post
from litestar.params import FromPath, FromQuery, JSONBody

from guiju.briefs import Sampling
from guiju.inspection.drawing import draw_from, resubmit_lot
from guiju.inspection.judging import decide_lot
from guiju.inspection.model import (
    DefectType,
    Lot,
    LotRow,
    LotState,
    Outcome,
    SampleItem,
    Scope,
    Split,
    Strictness,
    Tally,
    Terms,
    Weight,
)
from guiju.inspection.plans.api import StandingAnswer, standing_answer
from guiju.inspection.pool import Pool
from guiju.inspection.reading import LotReport, get_lot, list_lot_items, list_lots, look_at
from guiju.inspection.rework.model import ReworkTo, To
from guiju.inspection.several import draw_lots
from guiju.inspection.strata.model import By, Share, Strata, Stratify
from guiju.kit import PageRequest, iso
from guiju.site import actor_of, house_of
from guiju.site.guards import AnyRequest


class DrawRequest(msgspec.Struct):
    """Shares lie between 0 and 1, AQLs are in percent. `split` makes several lots, `several` as many of each of
    about `size` as hold all that waits; `by` and `share` draw the sample group by group."""

    id: str
    round: int | None = None
    annotator: int | None = None
    source: int | None = None
    day: str | None = None
    split: Split | None = None
    several: bool = False
    size: int | None = None
    sampling: Sampling | None = None
    aql: float | None = None
    critical: float | None = None
    minor: float | None = None
    level: str | None = None
    severity: Strictness | None = None
    good: float | None = None
    poor: float | None = None
    alpha: float | None = None
    beta: float | None = None
    rate: float | None = None
    allowed: float | None = None
    most: int | None = None
    by: By | None = None
    share: Share = Share.PROPORTIONAL

    @property
    def terms(self) -> Terms:
        """How the lot is to be inspected."""
        same = {name: getattr(self, name) for name in Terms.__dataclass_fields__ if name != "strata"}
        return Terms(**same, strata=Stratify(self.by, self.share) if self.by else None)


class LotCreated(msgspec.Struct, omit_defaults=True):
    """`lots` are all of them where one act drew several, `stopped` the annotators or sources whose inspection is
    stopped."""

    lot: int | None
    lots: list[int] = []
    stopped: list[int] = []


class TallyAnswer(msgspec.Struct):
    n: int
    judged: int
    defective: int
    rate: float | None
    interval: list[float]


class LotAnswer(msgspec.Struct):
    id: int
    number: int
    state: LotState
    plan: dict[str, Any]
    seed: str
    resubmits: int | None
    round: int | None
    annotator: int | None
    source: int | None
    day: str | None
    contents: str
    strata: Strata | None
    rework_round: int | None
    created_at: str
    decided_at: str | None
    tally: TallyAnswer


class DefectAnswer(msgspec.Struct):
    type: DefectType
    clause: str | None
    severity: Weight
    count: int


class WeighedAnswer(msgspec.Struct):
    """`parts` are `[name, items, places, judged, defective]`."""

    share: float | None
    interval: list[float]
    parts: list[list[str | int]]


class LotReportAnswer(msgspec.Struct):
    """`weighed` is the share of defective items where the sample was drawn group by group."""

    lot: LotAnswer
    standing: StandingAnswer
    defects: list[DefectAnswer]
    risks: list[list[float]]
    in_rework: int
    resubmitted_as: int | None
    weighed: WeighedAnswer | None


class LotsAnswer(msgspec.Struct):
    lots: list[LotAnswer]
    cursor: str | None


class PlaceAnswer(msgspec.Struct):
    place: int
    item: int
    outcome: Outcome | None = None
    type: DefectType | None = None
    severity: Weight | None = None
    clause: str | None = None
    note: str | None = None
    revision: int = 0
    correction: dict[str, Any] | None = None


class SampleAnswer(msgspec.Struct):
    seed: str
    sample: list[PlaceAnswer]


class LookAnswer(msgspec.Struct):
    """One item of the sample as it is laid before an inspector; `next` is the following one not judged yet."""

    place: int
    item: int
    answers: dict[str, Any]
    rulebook: int
    next: int | None


class ItemsAnswer(msgspec.Struct):
    items: list[int]


class DecideRequest(msgspec.Struct):
    id: str
    scope: Scope = Scope.ALL
    # same | others | team | person: to whom a rejected lot goes back; `whom` is the team or the account
    to: To = To.SAME
    whom: int = 0


class DecideAnswer(msgspec.Struct):
    state: LotState


class ResubmitRequest(msgspec.Struct):
    id: str


def tally_answer(tally: Tally) -> TallyAnswer:
    return TallyAnswer(tally.n, tally.judged, tally.defective, tally.rate, list(tally.interval))


def lot_answer(lot: Lot, tally: Tally) -> LotAnswer:
    return LotAnswer(
        lot.id,
        lot.number,
        lot.state,
        lot.plan.to_dict(),
        lot.seed,
        lot.resubmits,
        lot.round_id,
        lot.annotator_id,
        lot.source_id,
        lot.day,
        lot.contents,
        lot.strata,
        lot.rework_round,
        iso(lot.created_at),
        iso(lot.decided_at) if lot.decided_at else None,
        tally_answer(tally),
    )


def row_answer(row: LotRow) -> LotAnswer:
    return lot_answer(row.lot, row.tally)


def report_answer(report: LotReport) -> LotReportAnswer:
    return LotReportAnswer(
        lot_answer(report.lot, report.tally),
        standing_answer(report.standing),
        [DefectAnswer(row.defect_type, row.clause, row.severity, row.count) for row in report.defects],
        [[risk.share, risk.accepted] for risk in report.risks],
        report.in_rework,
        report.resubmitted_as,
        _weighed(report),
    )


def _weighed(report: LotReport) -> WeighedAnswer | None:
    found = report.weighed
    if found is None:
        return None
    parts: list[list[str | int]] = [
        [one.part.name, one.part.items, one.part.n, one.judged, one.defective] for one in found.parts
    ]
    return WeighedAnswer(found.share, list(found.interval), parts)


def place_answer(place: SampleItem) -> PlaceAnswer:
    if place.verdict is None:
        return PlaceAnswer(place.place, place.item_id)
    said = place.verdict.finding
    named = (said.outcome, said.defect_type, said.severity, said.clause, said.note)
    correction = msgspec.json.decode(said.correction, type=dict[str, Any]) if said.correction else None
    return PlaceAnswer(place.place, place.item_id, *named, place.verdict.revision, correction)


@post("/projects/{project_id:int}/lots", sync_to_thread=True)
def post_lot(request: AnyRequest, project_id: FromPath[int], data: JSONBody[DrawRequest]) -> LotCreated:
    """Draw a lot; what is not given is read from the signed brief and from the lots before."""
    house, actor = house_of(request), actor_of(request)
    pool = Pool(project_id, data.round, data.annotator, data.source, data.day)
    if data.split or data.several:
        drawn = draw_lots(house, actor, pool, data.id, split=data.split, terms=data.terms, several=data.several)
        return LotCreated(next(iter(drawn.lots), None), drawn.lots, drawn.stopped)
    return LotCreated(draw_from(house, actor, pool, data.id, data.terms))


@get("/projects/{project_id:int}/lots", sync_to_thread=True)
def get_lots(
    request: AnyRequest, project_id: FromPath[int], cursor: FromQuery[str | None] = None, limit: FromQuery[int] = 50
) -> LotsAnswer:
    """The project's lots, the newest first."""
    found = list_lots(house_of(request), actor_of(request), project_id, PageRequest(limit, cursor))
    return LotsAnswer([row_answer(row) for row in found.rows], found.cursor)


@get("/projects/{project_id:int}/lots/{lot_id:int}", sync_to_thread=True)
def get_one_lot(request: AnyRequest, project_id: FromPath[int], lot_id: FromPath[int]) -> LotReportAnswer:
    """A lot: plan, tally with interval, defects, risks."""
    return report_answer(get_lot(house_of(request), actor_of(request), project_id, lot_id))


@get("/projects/{project_id:int}/lots/{lot_id:int}/sample", sync_to_thread=True)
def get_sample(request: AnyRequest, project_id: FromPath[int], lot_id: FromPath[int]) -> SampleAnswer:
    """The sample in the order drawn, with the verdicts that hold."""
    report = get_lot(house_of(request), actor_of(request), project_id, lot_id)
    return SampleAnswer(report.lot.seed, [place_answer(place) for place in report.sample])


@get("/projects/{project_id:int}/lots/{lot_id:int}/sample/{item_id:int}", sync_to_thread=True)
def get_look(
    request: AnyRequest, project_id: FromPath[int], lot_id: FromPath[int], item_id: FromPath[int]
) -> LookAnswer:
    """One item of the sample with the answer that is to be judged."""
    look = look_at(house_of(request), actor_of(request), project_id, lot_id, item_id)
    assert look is not None  # an item that is named is shown or refused
    answers = msgspec.json.decode(look.answers, type=dict[str, Any])
    return LookAnswer(look.place.place, item_id, answers, look.rulebook_id, look.next_item)


@get("/projects/{project_id:int}/lots/{lot_id:int}/items", sync_to_thread=True)
def get_lot_items(
    request: AnyRequest,
    project_id: FromPath[int],
    lot_id: FromPath[int],
    after: FromQuery[int] = 0,
    limit: FromQuery[int] = 1000,
) -> ItemsAnswer:
    """The lot's items after `after`: with the seed, all that is needed to draw the sample again."""
    house, actor = house_of(request), actor_of(request)
    return ItemsAnswer(list_lot_items(house, actor, project_id, lot_id, after=after, limit=limit))


@post("/projects/{project_id:int}/lots/{lot_id:int}/decide", sync_to_thread=True)
def post_decision(
    request: AnyRequest, project_id: FromPath[int], lot_id: FromPath[int], data: JSONBody[DecideRequest]
) -> DecideAnswer:
    """Accept or reject by what the plan says of the verdicts."""
    actor = actor_of(request)
    return DecideAnswer(
        decide_lot(
            house_of(request), actor, project_id, lot_id, data.id, scope=data.scope, to=ReworkTo(data.to, data.whom)
        )
    )


@post("/projects/{project_id:int}/lots/{lot_id:int}/resubmit", sync_to_thread=True)
def post_resubmission(
    request: AnyRequest, project_id: FromPath[int], lot_id: FromPath[int], data: JSONBody[ResubmitRequest]
) -> LotCreated:
    """Bring a rejected lot again, after its rework."""
    return LotCreated(resubmit_lot(house_of(request), actor_of(request), project_id, lot_id, data.id))


API = [
    post_lot,
    get_lots,
    get_one_lot,
    get_sample,
    get_look,
    get_lot_items,
    post_decision,
    post_resubmission,
]
