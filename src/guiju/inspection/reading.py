"""What pages, routes and reports show of lots."""

from collections import Counter
from dataclasses import dataclass

from sqlalchemy import Connection

from guiju.annotations import list_annotators
from guiju.data import find_source
from guiju.inspection import store
from guiju.inspection.disputes.model import Dispute, DisputeState
from guiju.inspection.disputes.rules import would_stand
from guiju.inspection.disputes.store import disputes_of_lot
from guiju.inspection.drawing import count_in_rework
from guiju.inspection.errors import LotNotFound, NotInSample, NotOwnWork
from guiju.inspection.model import DefectCount, Lot, LotRow, LotState, Risk, SampleItem, Tally
from guiju.inspection.plans.model import Standing
from guiju.inspection.plans.rules import standing_of
from guiju.inspection.rules import count_defects, judged_of, risks_of, tally, tally_of
from guiju.inspection.seconds.actions import is_veiled, veil
from guiju.inspection.seconds.store import hidden_tallies
from guiju.inspection.strata.model import Weighed
from guiju.inspection.strata.rules import weigh_sample
from guiju.inspection.unfolding import unfold
from guiju.kinds import decode_answers, kind_of
from guiju.kit import Page, PageRequest, decode_cursor, encode_cursor
from guiju.kit.words import Bilingual
from guiju.people import Act
from guiju.projects import authorise
from guiju.rulebooks import CompiledRulebook
from guiju.storage import Actor, House


@dataclass(frozen=True, slots=True)
class LotReport:
    """Everything the lot's page says. `own` are the sample's items that hold the reader's own work."""

    lot: Lot
    tally: Tally
    standing: Standing
    sample: list[SampleItem]
    defects: list[DefectCount]
    risks: list[Risk]
    in_rework: int
    resubmitted_as: int | None
    own: set[int]
    disputes: dict[int, Dispute]
    annotator: str | None
    source: str | None

    @property
    def weighed(self) -> Weighed | None:
        """The share of defective items where the sample was drawn group by group."""
        return weigh_sample(self.lot.strata, self.sample) if self.lot.strata else None

    @property
    def disputed(self) -> int:
        """How many disputes wait for a ruling."""
        return sum(one.state is DisputeState.OPEN for one in self.disputes.values())

    @property
    def rejection_stands(self) -> bool:
        """Whether the verdicts as they are now would still reject the lot."""
        return would_stand(self.lot, self.sample)


@dataclass(frozen=True, slots=True)
class Look:
    """One item of the sample, laid before an inspector."""

    lot: Lot
    tally: Tally
    place: SampleItem
    answers: str
    rulebook_id: int
    next_item: int | None


def list_lots(house: House, actor: Actor, project_id: int, wanted: PageRequest | None = None) -> Page[LotRow]:
    """The project's lots, the newest first, each with what its sample shows."""
    wanted = wanted or PageRequest()
    before = decode_cursor(wanted.cursor)[0] if wanted.cursor else None
    with house.reading() as connection:
        standing = authorise(connection, actor, project_id, Act.SEE_REPORTS)
        last = before if isinstance(before, int) else None
        lots = store.list_lots(connection, project_id, before=last, limit=wanted.size + 1)
        whose = actor.id if is_veiled(standing, actor) else None
        rows = with_tallies(connection, lots[: wanted.size], veiled_for=whose)
    more = len(lots) > wanted.size
    return Page(rows, encode_cursor([rows[-1].lot.number]) if more else None)


def with_tallies(
    connection: Connection, lots: list[Lot], *, as_decided: bool = False, veiled_for: int | None = None
) -> list[LotRow]:
    """`veiled_for`: without the verdicts that this account must not see."""
    ids = [lot.id for lot in lots]
    found = store.tallies(connection, ids, as_decided=as_decided)
    hidden = hidden_tallies(connection, ids, veiled_for) if veiled_for is not None else {}
    for lot_id, (judged, defective) in hidden.items():
        known = found[lot_id]
        found[lot_id] = (known[0] - judged, known[1] - defective)
    return [LotRow(lot, tally_of(lot.plan.n, *found.get(lot.id, (0, 0)))) for lot in lots]


def list_decided_lots(connection: Connection, project_id: int, as_of: int) -> list[LotRow]:
    """Every lot decided by the journal's row `as_of`, the oldest first, with what it was decided on: for the quality
    report, whatever a dispute withdrew since. The caller has authorised."""
    lots = [
        lot for lot in store.list_lots(connection, project_id, limit=None) if (lot.decided_event or as_of + 1) <= as_of
    ]
    return with_tallies(connection, lots[::-1], as_decided=True)


def list_defects(connection: Connection, lot_id: int) -> list[DefectCount]:
    """The defects on which a lot was decided, by type, clause and severity. The caller has authorised."""
    return count_defects(store.read_sample(connection, lot_id, as_decided=True))


def get_lot(house: House, actor: Actor, project_id: int, lot_id: int) -> LotReport:
    """A lot with its sample. Raises `LotNotFound`."""
    with house.reading() as connection:
        standing = authorise(connection, actor, project_id, Act.SEE_REPORTS)
        lot = lot_of(connection, project_id, lot_id)
        sample = veil(connection, standing, actor, lot_id, store.read_sample(connection, lot_id))
        now = standing_of(lot.plan, judged_of(sample))
        return LotReport(
            lot,
            tally_now(sample, now),
            now,
            sample,
            count_defects(sample),
            risks_of(lot.plan),
            count_in_rework(connection, lot) if lot.state is LotState.REJECTED else 0,
            store.find_resubmission(connection, lot_id),
            store.own_places(connection, lot_id, actor.id),
            disputes_of_lot(connection, lot_id),
            _name_of(connection, lot.annotator_id),
            _source_of(connection, lot),
        )


def _source_of(connection: Connection, lot: Lot) -> str | None:
    found = find_source(connection, lot.source_id) if lot.source_id else None
    return found.name if found else None


def _name_of(connection: Connection, annotator_id: int | None) -> str | None:
    found = list_annotators(connection, [annotator_id]) if annotator_id else {}
    return found[annotator_id].name if annotator_id in found else None


def lot_of(connection: Connection, project_id: int, lot_id: int) -> Lot:
    lot = store.find_lot(connection, project_id, lot_id)
    if lot is None:
        raise LotNotFound(lot=lot_id)
    return lot


def look_at(house: House, actor: Actor, project_id: int, lot_id: int, item_id: int | None = None) -> Look | None:
    """The item asked for, else the first of the sample that is not judged and not the inspector's own work.

    `None` when nothing is left to judge. Raises `LotNotFound`, `NotInSample`, `NotOwnWork`.
    """
    with house.reading() as connection:
        standing = authorise(connection, actor, project_id, Act.INSPECT)
        lot = lot_of(connection, project_id, lot_id)
        sample = veil(connection, standing, actor, lot_id, store.read_sample(connection, lot_id))
        own = store.own_places(connection, lot_id, actor.id)
        now = standing_of(lot.plan, judged_of(sample))
        asked = now if lot.state is LotState.INSPECTING else None
        place = find_place(sample, own, item_id, asked)
        if place is None:
            return None
        held = store.find_resolution_of(connection, place)
    following = [each.item_id for each in unjudged(sample, own, asked) if each.place > place.place]
    next_item = following[0] if following else None
    return Look(lot, tally_now(sample, now), place, held.answers, held.rulebook_id, next_item)


def unjudged(sample: list[SampleItem], own: set[int], standing: Standing | None = None) -> list[SampleItem]:
    """The places that the plan asks to be judged now (without `standing`: all) and that are not, except the
    inspector's own work."""
    now = [place for place in sample if standing is None or place.place <= standing.look_at]
    return [place for place in now if place.verdict is None and place.item_id not in own]


def tally_now(sample: list[SampleItem], standing: Standing) -> Tally:
    """How far the sample is: `n` is what the plan asks to be judged as it stands, `left` what of it is not."""
    judged = sum(place.verdict is not None for place in sample)
    return tally(sample, judged + standing.left)


def find_place(
    sample: list[SampleItem], own: set[int], item_id: int | None, standing: Standing | None = None
) -> SampleItem | None:
    if item_id is None:
        return next(iter(unjudged(sample, own, standing)), None)
    if item_id in own:
        raise NotOwnWork(item=item_id)
    found = next((place for place in sample if place.item_id == item_id), None)
    if found is None:
        raise NotInSample(item=item_id)
    return found


def list_lot_items(
    house: House, actor: Actor, project_id: int, lot_id: int, *, after: int = 0, limit: int = 1000
) -> list[int]:
    """The lot's items in rising order: with the seed, all that anybody needs to draw the sample again."""
    with house.reading() as connection:
        authorise(connection, actor, project_id, Act.SEE_REPORTS)
        lot_of(connection, project_id, lot_id)
    unfold(house, project_id)
    with house.reading() as connection:
        return store.list_entry_ids(connection, lot_id, after=after, limit=max(1, min(limit, 10_000)))


@dataclass(frozen=True, slots=True)
class Used:
    """A label that an answer uses, and how often."""

    name: Bilingual
    count: int


def labels_used(answers: str, rulebook: CompiledRulebook) -> list[Used]:
    """The labels with their counts; an answer that has none goes by its own short line."""
    counts, plain = Counter[str](), list[Used]()
    for answer in decode_answers(answers).values():
        kind = kind_of(answer)
        found = kind.labels_of(answer)
        counts.update(found)
        plain += [] if found else [Used({"en": kind.summary(answer)}, 1)]
    names = {label: known.name for label, known in rulebook.labels.items()}
    return [*(Used(names.get(label, {"en": label}), count) for label, count in counts.items()), *plain]
