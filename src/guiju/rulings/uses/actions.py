"""What a ruling became is kept; the draft itself is written by whoever knows how (`findings.upward`)."""

from dataclasses import dataclass

from sqlalchemy import select

from guiju.people import Act
from guiju.projects import authorise
from guiju.rulings import store as questions
from guiju.rulings import tables as t
from guiju.rulings.errors import QuestionNotFound
from guiju.rulings.model import Question, Ruling
from guiju.rulings.uses import store
from guiju.rulings.uses.model import Use, UseKind
from guiju.storage import Actor, Event, House, Tx


@dataclass(frozen=True, slots=True)
class Ruled:
    """A ruling with the question that it answers, if one was asked, and what it became so far."""

    ruling: Ruling
    question: Question | None
    uses: list[Use]


def get_ruled(house: House, actor: Actor, project_id: int, ruling_id: int) -> Ruled:
    """A ruling for somebody who writes the rulebook. Raises `QuestionNotFound`."""
    with house.reading() as connection:
        authorise(connection, actor, project_id, Act.WRITE_RULEBOOK)
        mine = select(t.ruling).where(t.ruling.c.id == ruling_id, t.ruling.c.project_id == project_id)
        found = questions.rulings_from(connection, mine)
        if not found:
            raise QuestionNotFound(question=ruling_id)
        asked = questions.find_questions(connection, [found[0].question_id] if found[0].question_id else [])
        return Ruled(found[0], asked[0] if asked else None, store.uses_of(connection, ruling_id))


def note_use(
    house: House, actor: Actor, project_id: int, ruling_id: int, *, request_id: str, kind: UseKind, name: str
) -> int:
    """Keep what a ruling became in the draft."""

    def write(tx: Tx) -> int:
        authorise(tx.connection, actor, project_id, Act.WRITE_RULEBOOK)
        return tx.once(request_id, actor.id, f"ruling.use.{ruling_id}", lambda: keep(tx))

    def keep(tx: Tx) -> int:
        use = store.insert_use(tx, ruling_id, kind, name[:40], actor.id)
        tx.journal(Event(actor.id, "ruling.used", project_id, ruling_id, facts={"as": kind.value, "name": name[:40]}))
        return use

    return house.write(write)
