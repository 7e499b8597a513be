"""Consensus weighs what was answered, and wants further answers where it is unsure."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace

from sqlalchemy import Connection

from guiju.annotations import Round, RoundNotFound, RoundState, current_annotations, get_round, list_annotators
from guiju.consensus.wanting import store
from guiju.consensus.wanting.errors import AsksNoMore
from guiju.consensus.wanting.model import Learned, OverlapReport, Reliable, Sureness, Weighed
from guiju.consensus.wanting.rules import (
    Answered,
    crowd_of,
    decide_sureness,
    least_alike,
    least_sure,
    wants_more,
    weigh_answers,
)
from guiju.kinds import Answer, FieldShape, decode_answers
from guiju.people import Act
from guiju.projects import Project, ProjectNotFound, authorise
from guiju.rulebooks import get_published
from guiju.storage import Actor, Event, House, Tx
from guiju.work import progress_of
from guiju.work.overlap import (
    Overlap,
    Way,
    ask_further,
    chooses_one,
    find_overlap,
    slots_left,
    stop_asking,
    take_due,
    withdraw_further,
)
from guiju.work.overlap.store import Left

CHUNK = 100
# For each answer that came so many earlier items are weighed again: what is known of people has changed meanwhile.
SECOND_LOOKS = 2


def weigh_open(house: House) -> int:
    """Weigh what was answered since, in every round that asks for further answers; how many items were weighed."""
    with house.reading() as connection:
        rounds = store.asking_rounds(connection)
    return sum(_weigh_round(house, round_id) for round_id in rounds)


def _weigh_round(house: House, round_id: int) -> int:
    count = 0
    while n := house.write(lambda tx: _weigh_some(tx, round_id)):
        count += n
    return count


def _weigh_some(tx: Tx, round_id: int) -> int:
    """One chunk: the items of the oldest answers that were not weighed, then some second looks."""
    learned, swept = store.lock_learned(tx, round_id)
    due = take_due(tx, round_id, CHUNK)
    round_ = get_round(tx.connection, round_id)
    if not due or not round_.asks:
        return 0
    fields = get_published(tx.connection, round_.rulebook_id).fields
    for field in fields:
        if chooses_one(field):
            learned.crowds.setdefault(field.id, crowd_of(field))
    overlap = find_overlap(tx.connection, round_)
    known = store.find_weighed(tx.connection, round_id, due)
    answered = _answers(tx.connection, round_id, due)
    new = {item: _weigh(fields, learned, answered[item], known.get(item), item) for item in due}
    again = store.next_weighed(tx.connection, round_id, swept, SECOND_LOOKS * len(due))
    second = {one.item_id: _weigh_again(learned, one) for one in again if one.item_id not in new}
    _settle(tx, round_id, overlap, {**second, **new})
    store.keep_learned(tx, round_id, learned, again[-1].item_id if again else swept)
    return len(due)


def _answers(connection: Connection, round_id: int, items: Sequence[int]) -> dict[int, Answered]:
    found: dict[int, list[tuple[int, Mapping[str, Answer]]]] = defaultdict(list)
    for one in current_annotations(connection, round_id, item_ids=items):
        found[one.item_id].append((one.annotator_id, decode_answers(one.answers)))
    return {item: found[item] for item in items}


def _weigh(
    fields: Sequence[FieldShape], learned: Learned, answered: Answered, before: Weighed | None, item_id: int
) -> Weighed:
    beliefs = weigh_answers(fields, learned.crowds, answered, before.beliefs if before else {})
    sure, alike = least_sure(beliefs), least_alike(fields, answered)
    return Weighed(item_id, len(answered), Sureness.WAITING, sure, alike, beliefs)


def _weigh_again(learned: Learned, one: Weighed) -> Weighed:
    beliefs = {name: learned.crowds[name].weigh(belief.said, belief) for name, belief in one.beliefs.items()}
    return replace(one, beliefs=beliefs, sure=least_sure(beliefs))


def _settle(tx: Tx, round_id: int, overlap: Overlap, items: Mapping[int, Weighed]) -> None:
    """Decide each item, ask for what is wanted, and withdraw what is not wanted any more."""
    left = slots_left(tx.connection, round_id, items)
    decided = {item: _decided(overlap, one, left[item]) for item, one in items.items()}
    store.put_weighed(tx, round_id, decided.values())
    more = [
        one
        for item, one in decided.items()
        if wants_more(one.state, overlap, one.answers, left[item].open + left[item].leased)
    ]
    ask_further(tx, round_id, {one.item_id: one.answers for one in more})
    withdraw_further(
        tx, round_id, [item for item, one in decided.items() if one.state is Sureness.SETTLED and left[item].open]
    )


def _decided(overlap: Overlap, one: Weighed, left: Left) -> Weighed:
    return replace(one, state=decide_sureness(overlap, one.answers, left.leased, one.sure, one.alike))


def ask_no_more(house: House, actor: Actor, round_id: int, *, request_id: str) -> None:
    """Ask for no further answers: what nobody has begun is withdrawn. Raises `AsksNoMore`, `RoundNotFound`."""

    def act(tx: Tx, round_: Round) -> int:
        if not round_.asks:
            raise AsksNoMore
        _weigh_some(tx, round_id)
        stop_asking(tx, round_id, round_.least)
        tx.journal(Event(actor.id, "round.asks-no-more", round_.project_id, round_id))
        return 0

    def write(tx: Tx) -> int:
        round_, _ = _place(tx.connection, actor, round_id, Act.OPEN_ROUND)
        return tx.once(request_id, actor.id, f"round.asks.{round_id}", lambda: act(tx, round_))

    house.write(write)


def _place(connection: Connection, actor: Actor, round_id: int, act: Act) -> tuple[Round, Project]:
    """The round, for who may; a stranger may not know that it exists."""
    round_ = get_round(connection, round_id)
    try:
        standing = authorise(connection, actor, round_.project_id, act)
    except ProjectNotFound as refusal:
        raise RoundNotFound(round=round_id) from refusal
    if round_.state is RoundState.DRAFT:
        raise RoundNotFound(round=round_id)
    return round_, standing.project


def read_overlap_of(house: House, actor: Actor, round_id: int) -> tuple[OverlapReport, Round, Project]:
    """How many answers a round's items have and how sure they are, for those who read reports."""
    with house.reading() as connection:
        round_, project = _place(connection, actor, round_id, Act.SEE_REPORTS)
        return _report(connection, round_), round_, project


def _report(connection: Connection, round_: Round) -> OverlapReport:
    overlap = find_overlap(connection, round_)
    items, several, used = store.count_wanted(connection, round_.id)
    counted = store.count_states(connection, round_.id)
    states, spread = defaultdict[Sureness, int](int), defaultdict[int, int](int)
    for state, answers, n in counted:
        states[state] += n
        if state in {Sureness.SETTLED, Sureness.UNSURE}:
            spread[answers] += n
    fields = get_published(connection, round_.rulebook_id).fields
    progress = progress_of(connection, round_.id)
    return OverlapReport(
        round_id=round_.id,
        project_id=round_.project_id,
        overlap=overlap,
        asks=round_.asks,
        items=items,
        used=used,
        fixed=sum(spread.values()) * overlap.most,
        open=progress.open + progress.leased,
        states=states,
        spread=dict(sorted(spread.items())),
        drawn=several if overlap.way is Way.SHARE else 0,
        people=_people(connection, round_.id),
        chooses=any(chooses_one(field) for field in fields),
        compares=any(not chooses_one(field) for field in fields),
    )


def _people(connection: Connection, round_id: int) -> tuple[Reliable, ...]:
    """Who answered, the least reliable first."""
    learned = store.read_learned(connection, round_id)
    names = list_annotators(connection, {who for crowd in learned.crowds.values() for who in crowd.skills})
    found = [
        Reliable(who, names[who].name, name, crowd.accuracy(who), skill.answers)
        for name, crowd in learned.crowds.items()
        for who, skill in crowd.skills.items()
    ]
    return tuple(sorted(found, key=lambda one: (one.accuracy, one.name, one.field)))


def describe_overlap(report: OverlapReport) -> dict[str, object]:
    """The report as JSON says it: shares in [0, 1], annotators the least reliable first."""
    policy = {name: value for name, value in asdict(report.overlap).items() if name != "seed" or value}
    return {
        "round": report.round_id,
        "policy": policy,
        "asks": report.asks,
        "items": report.items,
        "answers": report.used,
        "open": report.open,
        "drawn": report.drawn,
        "states": {state.name.lower(): report.states.get(state, 0) for state in Sureness},
        "saved": report.saved,
        "by_answers": {str(answers): n for answers, n in report.spread.items()},
        "annotators": [
            {"name": one.name, "field": one.field, "accuracy": one.accuracy, "answers": one.answers}
            for one in report.people
        ],
    }
