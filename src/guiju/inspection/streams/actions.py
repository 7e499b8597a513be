"""Streams are read from their lots; people decide what the rules leave to them."""

from sqlalchemy import Connection

from guiju.annotations import list_annotators
from guiju.inspection import store as inspection
from guiju.inspection.model import LotRow
from guiju.inspection.rules import tally_of
from guiju.inspection.streams import store
from guiju.inspection.streams.model import LotDecided, Stream, StreamAct, StreamKey
from guiju.inspection.streams.rules import check_act, fold, result_of
from guiju.people import Act
from guiju.projects import authorise
from guiju.stats.acceptance.switching import SwitchState
from guiju.storage import Actor, Event, House, Tx


def read_stream(connection: Connection, key: StreamKey, name: str | None = None) -> Stream:
    """How a stream stands, from its decided lots and what people decided. The caller has authorised."""
    lots = inspection.decided_lots(connection, key.project_id, key.annotator_id)
    found = inspection.tallies(connection, [lot.id for lot in lots], as_decided=True)
    decided = [
        LotDecided(lot.decided_event or 0, lot.id, lot.number, result_of(LotRow(lot, tally_of(lot.plan.n, *counts))))
        for lot in lots
        for counts in [found.get(lot.id, (0, 0))]
    ]
    steps = fold([*decided, *store.list_acts(connection, key)])
    return Stream(key, name, steps[-1].state if steps else SwitchState(), steps[::-1])


def get_stream(house: House, actor: Actor, project_id: int, annotator_id: int | None = None) -> Stream:
    """How strictly the lots of one annotator, or those of everybody, are inspected, and why."""
    with house.reading() as connection:
        authorise(connection, actor, project_id, Act.SEE_REPORTS)
        return read_stream(connection, StreamKey(project_id, annotator_id))


def list_streams(house: House, actor: Actor, project_id: int) -> list[Stream]:
    """The project's streams that have a lot, everybody's first."""
    with house.reading() as connection:
        authorise(connection, actor, project_id, Act.SEE_REPORTS)
        keys = store.list_keys(connection, project_id)
        names = list_annotators(connection, [key.annotator_id for key in keys if key.annotator_id])
        return [
            read_stream(connection, key, names[key.annotator_id].name if key.annotator_id in names else None)
            for key in keys
        ]


def decide_stream(house: House, actor: Actor, key: StreamKey, act: StreamAct, *, reason: str, request_id: str) -> None:
    """Let a stopped stream go on, or say whether reduced inspection is wanted, and why.

    Raises `StreamActEmpty`, `StreamNotStopped`.
    """

    def take(tx: Tx) -> None:
        said = check_act(read_stream(tx.connection, key).state, act, reason)
        facts = {"annotator": key.annotator_id, "act": act.value, "reason": said}
        event = tx.journal(Event(actor.id, "stream.decided", key.project_id, facts=facts))
        store.insert_act(tx, key, act, reason=said, event=event, by=actor.id)

    def write(tx: Tx) -> None:
        authorise(tx.connection, actor, key.project_id, Act.DECIDE_GATE)
        tx.once(request_id, actor.id, f"stream.{act.value}.{key.project_id}", lambda: take(tx))

    house.write(write)
