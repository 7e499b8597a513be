"""Accepted contributions become items of a new source, each with where it came from; again only what is new."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, select

from guiju.annotations import resolution_table
from guiju.collecting import Harvestable, find_harvestable, find_landing, keep_harvested
from guiju.collecting.rules import meta_of, name_of, pseudonym_of
from guiju.data import Counts, Media, SourceState, is_tiled, land_source, open_source
from guiju.data.deriving import insert_new_items
from guiju.data.intake.model import BODY_CHARACTERS
from guiju.data.media.tiles import cut_tiles
from guiju.data.model import NewItem
from guiju.delivery.harvest.errors import NothingToHarvest
from guiju.inspection import accepted_entries
from guiju.kinds import Contributions, decode_answers
from guiju.people import Act
from guiju.projects import authorise
from guiju.storage import Actor, Event, House, Tx

CHUNK = 500
_ALL = 2**62
_MEDIA = {"sound": Media.AUDIO, "picture": Media.IMAGE, "text": Media.TEXT}


@dataclass(frozen=True, slots=True)
class Harvest:
    """The new source in the project `into`, how many items it has, and how many contents the project had before."""

    into: int
    source: int
    items: int
    known: int


def count_waiting(house: House, actor: Actor, project_id: int, into: int) -> int:
    """How many accepted contributions are no items of the project `into` yet."""
    with house.reading() as connection:
        authorise(connection, actor, project_id, Act.SEE_ITEMS)
        tokens = list(_accepted_tokens(connection, project_id))
        return len(find_harvestable(connection, into, tokens))


def harvest(house: House, actor: Actor, project_id: int, into: int, *, name: str) -> Harvest:
    """Make items of every accepted contribution that is none yet in the project `into`, in a source called `name`.

    What a killed harvest began is taken up and finished. Raises `NothingToHarvest`, `ProjectNotFound`, `NotAllowed`.
    """
    with house.reading() as connection:
        authorise(connection, actor, project_id, Act.DELIVER)
        authorise(connection, actor, into, Act.IMPORT_DATA)
        waiting = find_harvestable(connection, into, list(_accepted_tokens(connection, project_id)))
        begun = find_landing(connection, into, SourceState.STAGING)
    if not waiting and begun is None:
        raise NothingToHarvest

    def begin(tx: Tx) -> int:
        authorise(tx.connection, actor, into, Act.IMPORT_DATA)
        return open_source(tx, into, name, created_by=actor.id)

    source_id = begun if begun is not None else house.write(begin)
    taken = known = 0
    for start in range(0, len(waiting), CHUNK):
        part = waiting[start : start + CHUNK]
        made = {one.contribution.token: _item(house, project_id, one) for one in part}
        fresh, old = house.write(lambda tx, made=made: _keep(tx, into, source_id, made))
        taken, known = taken + fresh, known + old

    def finish(tx: Tx) -> None:
        land_source(tx, source_id, Counts().plus(taken=taken, duplicates=known, refused=0))
        facts = {"from": project_id, "items": taken, "known": known}
        tx.journal(Event(actor.id, "collecting.harvested", into, source_id, facts=facts))

    house.write(finish)
    return Harvest(into, source_id, taken, known)


def _accepted_tokens(connection: Connection, project_id: int) -> Iterator[str]:
    """The uploads that answers of accepted lots name."""
    entry, held = accepted_entries(project_id, _ALL).subquery(), resolution_table
    rows = select(held.c.answers).join_from(entry, held, held.c.id == entry.c.resolution_id)
    for (answers,) in connection.execution_options(yield_per=1_000).execute(rows):
        for answer in decode_answers(answers).values():
            if isinstance(answer, Contributions):
                yield from (one.id for one in answer.given)


def _item(house: House, project_id: int, one: Harvestable) -> NewItem:
    given = one.contribution.given
    assert given is not None, "what an answer uses was measured"
    m, body = given.measures, None
    if given.mode == "text":
        text = house.blobs.read(given.hash).decode()
        body = text if len(text) <= BODY_CHARACTERS else None
    width, height = (int(m["width"]), int(m["height"])) if given.mode == "picture" else (None, None)
    if is_tiled(width, height):
        cut_tiles(house, house.blobs.read(given.hash), given.hash)
    return NewItem(
        given.hash,
        _MEDIA[given.mode],
        name_of(one.prompt_name, given),
        body,
        given.media_type,
        given.size,
        width,
        height,
        meta_of(
            prompt=one.prompt,
            prompt_name=one.prompt_name,
            pseudonym=pseudonym_of(project_id, one.contribution.annotator_id),
            version=one.version,
            given=given,
        ),
        duration=round(m["seconds"] * 1000) if given.mode == "sound" else None,
    )


def _keep(tx: Tx, into: int, source_id: int, made: dict[str, NewItem]) -> tuple[int, int]:
    """Insert those that still hold at this moment; how many are new to the project, and how many it had."""
    holding: Sequence[Harvestable] = find_harvestable(tx.connection, into, list(made))
    items = {one.contribution.token: made[one.contribution.token] for one in holding}
    fresh, ids = insert_new_items(tx, into, source_id, list(items.values()))
    pairs = [(one.contribution.id, ids[items[one.contribution.token].hash]) for one in holding]
    keep_harvested(tx, into, source_id, pairs)
    return fresh, len(holding) - fresh
