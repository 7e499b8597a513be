"""One's own slips are read by oneself."""

from guiju.coaching.slips import store
from guiju.coaching.slips.model import Slip
from guiju.coaching.slips.rules import find_slips
from guiju.people import Act
from guiju.projects import authorise
from guiju.storage import Actor, House


def read_slips(house: House, actor: Actor, project_id: int) -> list[Slip]:
    """The clauses that inspectors found wrong in the actor's answers, and those that several of their rounds got
    wrong."""
    with house.reading() as connection:
        authorise(connection, actor, project_id, Act.PRACTISE)
        judged = store.judged_of(connection, project_id, actor.id)
        people = store.people_by_clause(connection, project_id, actor.id)
        return find_slips(judged, people, store.practised_since(connection, project_id, actor.id))
