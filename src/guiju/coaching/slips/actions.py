"""One's own slips are read by oneself."""

from guiju.coaching.slips import store
from guiju.coaching.slips.model import Slip
from guiju.coaching.slips.rules import find_slips
from guiju.people import Act
from guiju.projects import authorise
from guiju.rulings import ReferenceOrigin, insert_reference
from guiju.storage import Actor, House, JournalRow, Subscriber, Tx


def keep_corrections(tx: Tx, row: JournalRow) -> None:
    """A lot is decided: what was corrected in it becomes something that its annotators practise, each their own."""
    for one in store.corrections_in(tx.connection, row.subject_id) if row.subject_id is not None else ():
        insert_reference(
            tx,
            project_id=one.project_id,
            rulebook_id=one.rulebook_id,
            origin=ReferenceOrigin.VERDICT,
            origin_id=f"{one.account_id}-{one.verdict_id}",
            item_id=one.item_id,
            answers=one.answers,
            clause=one.clause,
        )


SUBSCRIBERS = [Subscriber("coaching.slips", frozenset({"lot.accepted", "lot.rejected"}), keep_corrections)]


def read_slips(house: House, actor: Actor, project_id: int) -> list[Slip]:
    """The clauses that inspectors found wrong in the actor's answers, and those that several of their rounds got
    wrong."""
    with house.reading() as connection:
        authorise(connection, actor, project_id, Act.PRACTISE)
        judged = store.judged_of(connection, project_id, actor.id)
        people = store.people_by_clause(connection, project_id, actor.id)
        return find_slips(judged, people, store.practised_since(connection, project_id, actor.id))
