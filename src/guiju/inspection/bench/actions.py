"""What is laid before an inspector, authorised."""

from sqlalchemy import Connection

from guiju.inspection import store
from guiju.inspection.bench.model import Bench, Laid
from guiju.inspection.bench.rules import order_places
from guiju.inspection.model import Lot, LotState, SampleItem, Tally
from guiju.inspection.plans.model import SequentialLotPlan
from guiju.inspection.plans.rules import AHEAD, standing_of
from guiju.inspection.reading import find_place, look_at, lot_of, tally_now, unjudged
from guiju.inspection.rules import check_undecided, judged_of
from guiju.inspection.seconds.actions import veil
from guiju.inspection.seconds.store import hidden_from
from guiju.people import Act
from guiju.projects import authorise
from guiju.storage import Actor, House
from guiju.work import show_item

MOST_LAID = 20


def open_bench(house: House, actor: Actor, project_id: int, lot_id: int, item_id: int | None = None) -> Bench | None:
    """The bench for the item asked for, else for the first that is left; `None` when nothing is left to judge.

    Raises `LotNotFound`, `LotDecided`, `NotInSample`, `NotOwnWork`.
    """
    look = look_at(house, actor, project_id, lot_id, item_id)
    if look is None:
        return None
    if look.lot.state is not LotState.INSPECTING:
        with house.reading() as connection:
            _seconds_of(connection, look.lot, actor, [])
    return Bench(look.lot, look.tally, look.rulebook_id)


def lay_before(
    house: House,
    actor: Actor,
    project_id: int,
    lot_id: int,
    *,
    rulebook_id: int,
    want: int,
    item_id: int | None = None,
) -> list[Laid]:
    """The next places for this inspector, of those made under one rulebook: `item_id` first, judged or not.

    Raises `LotNotFound`, `LotDecided`, `NotInSample`, `NotOwnWork`.
    """
    with house.reading() as connection:
        standing = authorise(connection, actor, project_id, Act.INSPECT)
        lot = lot_of(connection, project_id, lot_id)
        sample = veil(connection, standing, actor, lot_id, store.read_sample(connection, lot_id))
        if lot.state is not LotState.INSPECTING:
            sample = _seconds_of(connection, lot, actor, sample)
        made = store.rulebooks_of(connection, lot_id)
        waiting = _waiting(lot, sample, store.own_places(connection, lot_id, actor.id), actor.id, item_id)
        wanted = [each for each in waiting if made[each.item_id] == rulebook_id][: max(0, min(want, MOST_LAID))]
        answers = {each.item_id: store.find_resolution_of(connection, each).answers for each in wanted}
        return [Laid(each, show_item(connection, each.item_id), answers[each.item_id]) for each in wanted]


def _seconds_of(connection: Connection, lot: Lot, actor: Actor, sample: list[SampleItem]) -> list[SampleItem]:
    """Of a decided lot, the places that wait for a second look of this inspector. Raises `LotDecided` of none."""
    hidden = hidden_from(connection, lot.id, actor.id)
    if not hidden:
        check_undecided(lot)
    return [place for place in sample if place.item_id in hidden]


def _waiting(
    lot: Lot, sample: list[SampleItem], own: set[int], inspector_id: int, item_id: int | None
) -> list[SampleItem]:
    """What is left, after the place that was asked for; of a decided lot, of all places that are given."""
    now = standing_of(lot.plan, judged_of(sample)) if lot.state is LotState.INSPECTING else None
    done = now.look_at - AHEAD if now and isinstance(lot.plan, SequentialLotPlan) else 0
    among = [place for place in sample if now is None or done < place.place <= now.look_at]
    left = order_places(sample, unjudged(sample, own, now), inspector_id, among)
    first = find_place(sample, own, item_id, now) if item_id is not None else None
    return left if first is None else [first, *(each for each in left if each.place != first.place)]


def tally_lot(house: House, actor: Actor, project_id: int, lot_id: int) -> Tally:
    """How far the lot's sample is. Raises `LotNotFound`."""
    with house.reading() as connection:
        standing = authorise(connection, actor, project_id, Act.INSPECT)
        lot = lot_of(connection, project_id, lot_id)
        sample = veil(connection, standing, actor, lot_id, store.read_sample(connection, lot_id))
        return tally_now(sample, standing_of(lot.plan, judged_of(sample)))
