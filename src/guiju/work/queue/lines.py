"""From which parts of a round somebody is given items, in their order: read at every press of a key."""

from collections.abc import Iterator

from sqlalchemy import Connection

from guiju.annotations import Round
from guiju.people import holds_certificate, skills_of, team_ids_of
from guiju.rulebooks import get_published
from guiju.storage import Actor
from guiju.work.model import ANYBODY, Line
from guiju.work.queue import store
from guiju.work.queue.model import NOT_IN_ANY, Batch, Person
from guiju.work.queue.rules import in_order, may_have

# So few parts are asked one after the other; of more it is asked first in which anything waits.
FEW = 3


def lines_for(connection: Connection, round_: Round, actor: Actor, annotator_id: int) -> Iterator[Line]:
    """The lines that may give this annotator an item: by batch in its order; in each what is kept for them alone,
    then for their teams, then what is for anybody.
    """
    teams = _teams(connection, round_, actor)
    whose = (annotator_id, *(-team for team in teams), ANYBODY)
    batches = _batches(connection, round_, actor)
    if len(batches) <= FEW:
        yield from (Line(each.id, reserved) for each in batches for reserved in whose)
        return
    waiting = {reserved: store.waiting_batches(connection, round_.id, reserved) for reserved in whose}
    for each in batches:
        for reserved in whose:
            if each is NOT_IN_ANY or each.id in waiting[reserved]:
                yield Line(each.id, reserved)


def _teams(connection: Connection, round_: Round, actor: Actor) -> tuple[int, ...]:
    """The actor's teams, where any slot of the round is kept for one."""
    lowest = store.lowest_reserved(connection, round_.id)
    return tuple(team_ids_of(connection, actor.id)) if lowest < ANYBODY else ()


def _batches(connection: Connection, round_: Round, actor: Actor) -> list[Batch]:
    """The parts that the actor may take from, in their order."""
    found = store.batches_of(connection, round_.id)
    if not found:
        return [NOT_IN_ANY]
    if all(each.demands.any for each in found):
        return in_order([*found, NOT_IN_ANY])
    person = person_of(connection, round_, actor.id, asks_certificate=any(each.demands.certified for each in found))
    return in_order([*(each for each in found if may_have(each.demands, person)), NOT_IN_ANY])


def person_of(connection: Connection, round_: Round, account_id: int, *, asks_certificate: bool) -> Person:
    """What demands ask of somebody."""
    known = skills_of(connection, [account_id]).get(account_id)
    teams = frozenset(team_ids_of(connection, account_id))
    certified = asks_certificate and holds_certificate(
        connection, account_id, round_.project_id, major_of(connection, round_)
    )
    languages, skills = (known.languages, known.skills) if known else ((), ())
    return Person(account_id, frozenset(languages), frozenset(skills), certified, teams)


def major_of(connection: Connection, round_: Round) -> int:
    """The first number of the version that the round is worked by."""
    return int(get_published(connection, round_.rulebook_id).version.split(".", maxsplit=1)[0])
