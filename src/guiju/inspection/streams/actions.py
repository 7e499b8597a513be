"""Streams are read from their lots; people decide what the rules leave to them."""

from collections.abc import Mapping

from sqlalchemy import Connection

from guiju.annotations import Annotator, list_annotators
from guiju.data import list_sources
from guiju.inspection import store as inspection
from guiju.inspection.model import Weight
from guiju.inspection.streams import store
from guiju.inspection.streams.errors import StreamNotFound
from guiju.inspection.streams.model import LotDecided, Stream, StreamAct, StreamKey
from guiju.inspection.streams.rules import check_act, fold, result_of, worst_of
from guiju.inspection.tables import lot as lot_table
from guiju.people import Act
from guiju.projects import authorise
from guiju.stats.acceptance.switching import SwitchState
from guiju.storage import Actor, Event, House, Tx


def read_stream(
    connection: Connection, key: StreamKey, name: str | None = None, weight: Weight = Weight.MAJOR
) -> Stream:
    """How a stream stands, from its decided lots and what people decided. The caller has authorised."""
    lots = inspection.decided_lots(connection, store.in_stream(key, lot_table.c))
    ids = [lot.id for lot in lots]
    judged = inspection.tallies(connection, ids, as_decided=True)
    defects = inspection.defects_decided(connection, ids)
    decided = [
        LotDecided(lot.decided_event or 0, lot.id, lot.number, result)
        for lot in lots
        if (result := result_of(lot, judged.get(lot.id, (0, 0))[0], defects[lot.id], weight))
    ]
    steps = fold([*decided, *store.list_acts(connection, key)])
    return Stream(key, name, steps[-1].state if steps else SwitchState(), steps[::-1], weight)


def read_every(connection: Connection, key: StreamKey, name: str | None = None) -> list[Stream]:
    """The stream once for each severity that is inspected by an AQL of its own. The caller has authorised."""
    return [read_stream(connection, key, name, weight) for weight in store.weights_inspected(connection, key)]


def get_stream(house: House, actor: Actor, project_id: int, annotator_id: int | None = None) -> Stream:
    """How strictly the lots of one annotator, or those of everybody, are inspected, and why."""
    with house.reading() as connection:
        authorise(connection, actor, project_id, Act.SEE_REPORTS)
        return read_stream(connection, StreamKey(project_id, annotator_id))


def list_streams(house: House, actor: Actor, project_id: int) -> list[Stream]:
    """The project's streams that have a lot, everybody's first, those of sources last."""
    with house.reading() as connection:
        authorise(connection, actor, project_id, Act.SEE_REPORTS)
        keys = store.list_keys(connection, project_id)
        people = list_annotators(connection, [key.annotator_id for key in keys if key.annotator_id])
        sources = {each.id: each.name for each in list_sources(connection, project_id)}
        return [stream for key in keys for stream in read_every(connection, key, _name(key, people, sources))]


def _name(key: StreamKey, people: Mapping[int, Annotator], sources: Mapping[int, str]) -> str | None:
    if key.source_id is not None:
        return sources.get(key.source_id)
    person = people.get(key.annotator_id) if key.annotator_id else None
    return person.name if person else None


def decide_stream(house: House, actor: Actor, key: StreamKey, act: StreamAct, *, reason: str, request_id: str) -> None:
    """Let a stopped stream go on, or say whether reduced inspection is wanted, and why.

    Raises `StreamNotFound`, `StreamActEmpty`, `StreamNotStopped`.
    """

    def take(tx: Tx) -> None:
        everybody = StreamKey(key.project_id)
        if key != everybody and key not in store.list_keys(tx.connection, key.project_id):
            raise StreamNotFound(annotator=key.annotator_id, source=key.source_id)
        standing = worst_of(stream.state for stream in read_every(tx.connection, key))
        said = check_act(standing, act, reason)
        facts = {"annotator": key.annotator_id, "source": key.source_id, "act": act.value, "reason": said}
        event = tx.journal(Event(actor.id, "stream.decided", key.project_id, facts=facts))
        store.insert_act(tx, key, act, reason=said, event=event, by=actor.id)

    def write(tx: Tx) -> None:
        authorise(tx.connection, actor, key.project_id, Act.DECIDE_GATE)
        tx.once(request_id, actor.id, f"stream.{act.value}.{key.project_id}", lambda: take(tx))

    house.write(write)
