"""Second looks are set, drawn, given, ruled on and read."""

from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy import Connection

from guiju.inspection import store as inspection
from guiju.inspection.errors import LotNotFound, NotOwnWork
from guiju.inspection.model import Finding, Lot, Outcome, SampleItem
from guiju.inspection.seconds import store
from guiju.inspection.seconds.errors import (
    InspectorNotFound,
    LookGiven,
    NoDisagreement,
    RulesOnOwnLook,
    RulingUnsaid,
    TooFewInspectors,
)
from guiju.inspection.seconds.model import Agreed, Course, Disagreement, Look, Measured, Rate
from guiju.inspection.seconds.rules import (
    check_percent,
    course_of,
    pick_places,
    rate_firsts,
    rate_people,
    unseen,
    why_not,
)
from guiju.kit import new_secret
from guiju.people import Act, find_account, may
from guiju.projects import Standing, authorise, list_members
from guiju.stats.control.corrected import Counted, corrected_share
from guiju.storage import Actor, Event, House, JournalRow, Subscriber, Tx

MOST_SHOWN = 50
RULING_CHARACTERS = 2_000


def set_share(house: House, actor: Actor, project_id: int, percent: int, *, request_id: str) -> int:
    """How much of each sample that is drawn from now on is judged twice, in percent. Raises `ShareImpossible`,
    `TooFewInspectors`."""
    check_percent(percent)

    def keep(tx: Tx) -> int:
        able = [each for each in list_members(tx.connection, project_id) if may(each.roles, Act.INSPECT)]
        active = [each for each in able if not each.blocked]
        if percent and len(active) < 2:
            raise TooFewInspectors(count=len(active))
        store.insert_share(tx, project_id, percent, actor.id)
        tx.journal(Event(actor.id, "inspectors.share-set", project_id, facts={"percent": percent}))
        return percent

    def write(tx: Tx) -> int:
        authorise(tx.connection, actor, project_id, Act.DECIDE_GATE)
        return tx.once(request_id, actor.id, f"inspectors.share.{project_id}", lambda: keep(tx))

    return house.write(write)


def plan_seconds(tx: Tx, row: JournalRow) -> None:
    """A lot is drawn: the share of its sample that is judged twice, by a seed of its own."""
    if row.project_id is None or row.subject_id is None or store.is_planned(tx.connection, row.subject_id):
        return
    percent = store.share_of(tx.connection, row.project_id)
    if not percent:
        return
    seed = new_secret()
    sample = [place.item_id for place in inspection.read_sample(tx.connection, row.subject_id)]
    store.insert_plan(tx, row.subject_id, percent, seed, pick_places(sample, percent, seed))


SUBSCRIBERS = [Subscriber("inspection.seconds", frozenset({"lot.drawn"}), plan_seconds)]


def is_veiled(standing: Standing, actor: Actor) -> bool:
    """Whether verdicts are hidden from who reads: they might be asked to give the second."""
    return not actor.trusted and may(standing.roles, Act.INSPECT)


def veil(
    connection: Connection, standing: Standing, actor: Actor, lot_id: int, sample: Sequence[SampleItem]
) -> list[SampleItem]:
    """The sample as this reader may see it."""
    if not is_veiled(standing, actor):
        return list(sample)
    hidden = store.hidden_from(connection, lot_id, actor.id)
    said = store.own_looks(connection, lot_id, actor.id)
    own = {place.item_id: replace(place, verdict=said[place.item_id]) for place in sample if place.item_id in said}
    return unseen(sample, hidden, own)


def take_second(
    tx: Tx, actor: Actor, lot: Lot, place: SampleItem, finding: Finding, *, request_id: str, seen: int | None
) -> int | None:
    """Keep a verdict as the second look that it is; `None` where it is none. Raises `LookGiven`."""
    if place.verdict is None or place.verdict.inspector_id == actor.id or (seen or 0) > 1:
        return None
    if place.item_id in store.own_looks(tx.connection, lot.id, actor.id):
        raise LookGiven
    if place.item_id not in store.hidden_from(tx.connection, lot.id, actor.id, place.item_id):
        return None
    look = store.insert_look(tx, lot.id, place, finding, by=actor.id, request_id=request_id)
    # No item and no outcome: who reads the journal sees a verdict on the lot like any other.
    tx.journal(Event(actor.id, "verdict.given", lot.project_id, lot.id, facts={"look": look}))
    return look


def list_waiting_lots(house: House, actor: Actor, project_id: int) -> list[tuple[int, int, int]]:
    """`(lot, number, places)` of decided lots that wait for a second look of this inspector."""
    with house.reading() as connection:
        standing = authorise(connection, actor, project_id, Act.SEE_REPORTS)
        return store.waiting_lots(connection, project_id, actor.id) if is_veiled(standing, actor) else []


def list_disagreements(house: House, actor: Actor, project_id: int) -> list[Disagreement]:
    """What waits for a ruling of this reader: not what they judged themselves, and not their own work."""
    with house.reading() as connection:
        authorise(connection, actor, project_id, Act.RULE)
        return store.disagreements(connection, project_id, actor.id, MOST_SHOWN)


def rule_disagreement(  # noqa: PLR0913 - a ruling is said in one call
    house: House, actor: Actor, project_id: int, lot_id: int, item_id: int, *, request_id: str, defect: bool, text: str
) -> Outcome:
    """Say whether it is a defect. Where the verdict of record says otherwise, a new revision of it says so.

    Raises `RulingUnsaid`, `LotNotFound`, `NoDisagreement`, `RulesOnOwnLook`, `NotOwnWork`.
    """
    said = text.strip()[:RULING_CHARACTERS]
    if not said:
        raise RulingUnsaid
    right = Outcome.DEFECT if defect else Outcome.PASS

    def write(tx: Tx) -> str:
        authorise(tx.connection, actor, project_id, Act.RULE)
        lot = inspection.lock_lot(tx, project_id, lot_id)
        if lot is None:
            raise LotNotFound(lot=lot_id)
        key = f"inspectors.rule.{lot_id}.{item_id}"
        return tx.once(request_id, actor.id, key, lambda: _rule(tx, actor, lot, item_id, right, said))

    return Outcome(house.write(write))


def _rule(tx: Tx, actor: Actor, lot: Lot, item_id: int, right: Outcome, text: str) -> str:  # noqa: PLR0917 - a ruling
    found = store.find_open(tx.connection, lot.id, item_id)
    place = inspection.find_place(tx.connection, lot.id, item_id)
    if found is None or place is None or place.verdict is None:
        raise NoDisagreement
    look, first_by, second_by, second = found
    if actor.id in {first_by, second_by}:
        raise RulesOnOwnLook
    if inspection.own_places(tx.connection, lot.id, actor.id, item_id):
        raise NotOwnWork(item=item_id)
    store.settle(tx, look, right, by=actor.id, text=text)
    if place.verdict.finding.outcome is not right:
        finding = second if second.outcome is right else Finding(Outcome.PASS, note=text)
        told = {"lot_id": lot.id, "inspector_id": actor.id, "request_id": f"second-{look}"}
        inspection.insert_verdict(tx, place, finding, **told)
    tx.journal(Event(actor.id, "inspectors.ruled", lot.project_id, lot.id, facts={"look": look, "right": right.value}))
    return right.value


def sees_all(standing: Standing, actor: Actor) -> bool:
    """Whether somebody sees how every inspector judges."""
    return actor.trusted or may(standing.roles, Act.SEE_INSPECTORS)


def follow_inspector(house: House, actor: Actor, project_id: int, account_id: int) -> Course:
    """How one inspector judges over time: to who answers for the inspection, and to themselves.

    Raises `NotAllowed`, `InspectorNotFound`.
    """
    with house.reading() as connection:
        standing = authorise(connection, actor, project_id, Act.SEE_REPORTS)
        if account_id != actor.id:
            authorise(connection, actor, project_id, Act.SEE_INSPECTORS)
        looks = store.looks_of(connection, project_id)
        people = {look.first_by for look in looks} | {look.second_by for look in looks}
        inspects = {each.account_id for each in list_members(connection, project_id) if may(each.roles, Act.INSPECT)}
        if account_id not in people | inspects:
            raise InspectorNotFound(account=account_id)
        named = people | {account_id}
        names = {each: account.name for each in named if (account := find_account(connection, each))}
    return course_of(account_id, looks, names, partners=sees_all(standing, actor))


def measure_inspectors(house: House, actor: Actor, project_id: int) -> Measured:
    """What second looks say: to who teaches, of everybody; to an inspector, of themselves."""
    with house.reading() as connection:
        standing = authorise(connection, actor, project_id, Act.SEE_REPORTS)
        looks = store.looks_of(connection, project_id)
        percent, waiting = store.share_of(connection, project_id), store.count_waiting(connection, project_id)
        found = Rate(*store.first_verdicts(connection, project_id))
        people = {look.first_by for look in looks} | {look.second_by for look in looks}
        names = {each: account.name for each in people if (account := find_account(connection, each))}
    rated = rate_people(looks, names)
    if not sees_all(standing, actor):
        rated = tuple(one for one in rated if one.account_id == actor.id)
    hits, passes = rate_firsts(looks)
    corrected = corrected_share(Counted(found.x, found.n), Counted(hits.x, hits.n), Counted(passes.x, passes.n))
    return Measured(
        percent,
        len(looks),
        waiting,
        sum(look.truth is None for look in looks),
        rated,
        *_agreement(looks),
        found,
        hits,
        passes,
        corrected,
        None if corrected else why_not(hits, passes),
    )


def _agreement(looks: Sequence[Look]) -> tuple[Agreed | None, Agreed | None]:
    """Observed agreement and alpha of first and second verdicts."""
    if not looks:
        return None, None
    from guiju.stats.agreement.report import agreement  # noqa: PLC0415 - NumPy

    places = [n for n in range(len(looks)) for _ in range(2)]
    said = [outcome.value for look in looks for outcome in (look.first, look.second)]
    told = agreement(places, ["first", "second"] * len(looks), said)
    observed, alpha = (Agreed(one.value, one.low, one.high) for one in (told.observed, told.alpha))
    return observed, alpha
