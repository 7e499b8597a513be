"""What is laid before an inspector, authorised."""

from guiju.inspection import store
from guiju.inspection.bench.model import Bench, Laid
from guiju.inspection.bench.rules import order_places
from guiju.inspection.model import SampleItem, Tally
from guiju.inspection.reading import find_place, look_at, lot_of, unjudged, with_tallies
from guiju.inspection.rules import check_undecided
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
    check_undecided(look.lot)
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
        authorise(connection, actor, project_id, Act.INSPECT)
        check_undecided(lot_of(connection, project_id, lot_id))
        sample = store.read_sample(connection, lot_id)
        made = store.rulebooks_of(connection, lot_id)
        waiting = _waiting(sample, store.own_places(connection, lot_id, actor.id), actor.id, item_id)
        wanted = [each for each in waiting if made[each.item_id] == rulebook_id][: max(0, min(want, MOST_LAID))]
        answers = {each.item_id: store.find_resolution_of(connection, each).answers for each in wanted}
        return [Laid(each, show_item(connection, each.item_id), answers[each.item_id]) for each in wanted]


def _waiting(sample: list[SampleItem], own: set[int], inspector_id: int, item_id: int | None) -> list[SampleItem]:
    """What is left, after the place that was asked for."""
    left = order_places(sample, unjudged(sample, own), inspector_id)
    first = find_place(sample, own, item_id) if item_id is not None else None
    return left if first is None else [first, *(each for each in left if each.place != first.place)]


def tally_lot(house: House, actor: Actor, project_id: int, lot_id: int) -> Tally:
    """How far the lot's sample is. Raises `LotNotFound`."""
    with house.reading() as connection:
        authorise(connection, actor, project_id, Act.INSPECT)
        return with_tallies(connection, [lot_of(connection, project_id, lot_id)])[0].tally
