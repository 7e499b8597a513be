"""Exams are set up, begun and answered. A paper is drawn for each person who begins."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import Connection

from guiju.exams import store
from guiju.exams.errors import (
    ExamNotFound,
    SittingNotFound,
    TooFewReferences,
)
from guiju.exams.model import Candidate, Exam, ExamState, Settings, Sitting
from guiju.exams.rules import check_settings, survey
from guiju.kinds import Answer
from guiju.people import Act
from guiju.projects import ProjectNotFound, authorise
from guiju.rulebooks import CompiledRulebook, latest_published
from guiju.rulings.marking import list_known
from guiju.storage import Actor, Event, House, Tx
from guiju.work.errors import RulebookNotPublished
from guiju.work.gold import given_to

SPARE = 20
LACKING = 5


@dataclass(frozen=True, slots=True)
class Given:
    """An answer that comes with a paper."""

    item_id: int
    answers: Mapping[str, Answer]
    clauses: tuple[str, ...] = ()


def open_exam(house: House, actor: Actor, project_id: int, *, request_id: str, settings: Settings) -> int:
    """Set an exam up on the references that the project has; returns it.

    Raises `SettingsImpossible`, `MarkOutOfReach`, `RulebookNotPublished`, `TooFewReferences`.
    """
    check_settings(settings, lower_of_all)
    with house.reading() as connection:
        authorise(connection, actor, project_id, Act.OPEN_ROUND)
        demand_enough(candidates_for(connection, get_rulebook(connection, project_id)), settings.size)

    def make(tx: Tx) -> int:
        exam_id = store.insert_exam(tx, project_id, settings, actor.id)
        facts: dict[str, object] = {"size": settings.size, "pass_mark": settings.pass_mark}
        tx.journal(Event(actor.id, "exam.opened", project_id, exam_id, facts=facts))
        return exam_id

    def write(tx: Tx) -> int:
        authorise(tx.connection, actor, project_id, Act.OPEN_ROUND)
        return tx.once(request_id, actor.id, f"exam.open.{project_id}", lambda: make(tx))

    return house.write(write)


def set_exam_state(house: House, actor: Actor, exam_id: int, state: ExamState) -> None:
    """Let nobody begin an exam any more, or open it again; who sits goes on. Raises `ExamNotFound`."""

    def write(tx: Tx) -> None:
        exam = exam_for(tx.connection, actor, exam_id, Act.OPEN_ROUND)
        if exam.state is state:
            return
        store.set_state(tx, exam_id, state)
        tx.journal(Event(actor.id, f"exam.{state.value}", exam.project_id, exam_id))

    house.write(write)


# What others of this room ask too


def attempts_left(connection: Connection, exam: Exam, mine: Sequence[Sitting], version: str) -> int:
    """How often the person may still sit under rules of this meaning; `mine` are their sittings of the exam."""
    versions = store.versions_of(connection, [each.rulebook_id for each in mine])
    under = sum(major_of(versions[each.rulebook_id]) == major_of(version) for each in mine)
    return max(0, exam.settings.attempts - under)


def exam_for(connection: Connection, actor: Actor, exam_id: int, act: Act) -> Exam:
    """The exam, for somebody who may do that. A stranger may not know of it: `ExamNotFound`."""
    exam = store.find_exam(connection, exam_id)
    if exam is None:
        raise ExamNotFound(exam=exam_id)
    try:
        authorise(connection, actor, exam.project_id, act)
    except ProjectNotFound as refusal:
        raise ExamNotFound(exam=exam_id) from refusal
    return exam


def own_sitting(tx: Tx, actor: Actor, sitting_id: int) -> Sitting:
    """One's own paper, locked. Raises `SittingNotFound`."""
    sitting = store.lock_sitting(tx, sitting_id)
    if sitting is None or sitting.account_id != actor.id:
        raise SittingNotFound(sitting=sitting_id)
    try:
        authorise(tx.connection, actor, sitting.project_id, Act.ANNOTATE)
    except ProjectNotFound as refusal:
        raise SittingNotFound(sitting=sitting_id) from refusal
    return sitting


def get_sitting(house: House, actor: Actor, sitting_id: int) -> Sitting:
    """One's own paper. Raises `SittingNotFound`."""
    with house.reading() as connection:
        sitting = store.find_sitting(connection, sitting_id)
    if sitting is None or sitting.account_id != actor.id:
        raise SittingNotFound(sitting=sitting_id)
    return sitting


def get_rulebook(connection: Connection, project_id: int) -> CompiledRulebook:
    """Raises `RulebookNotPublished`."""
    rulebook = latest_published(connection, project_id)
    if rulebook is None:
        raise RulebookNotPublished
    return rulebook


def candidates_for(
    connection: Connection, rulebook: CompiledRulebook, account_id: int = 0, annotator_id: int | None = None
) -> list[Candidate]:
    """What a paper of this person can ask."""
    asked = store.times_asked(connection, account_id, annotator_id, rulebook.project_id) if account_id else {}
    lost = store.lost_by_newcomers(connection, rulebook.project_id)
    # what was given to them unseen in their work would be known by being asked here
    given = set(given_to(connection, account_id, rulebook.project_id)) if account_id else set[int]()
    known = [one for one in list_known(connection, rulebook) if one.item_id not in given]
    candidates = [Candidate(one, asked.get(one.item_id or 0, 0)) for one in known]
    return [
        replace(one, lost=found[0], tries=found[1])
        if (found := lost.get((one.known.origin.value, one.known.origin_id)))
        else one
        for one in candidates
    ]


def demand_enough(candidates: Sequence[Candidate], size: int) -> None:
    """Raises `TooFewReferences`, with the labels of which there are the fewest."""
    if len(candidates) < size:
        fewest = survey(candidates).labels[:LACKING]
        lacking = ", ".join(f"{label} {n}" for label, n in fewest) or "–"
        raise TooFewReferences(size=size, count=len(candidates), lacking=lacking)


def major_of(version: str) -> int:
    return int(version.split(".", maxsplit=1)[0])


def lower_of_all(n: int) -> float:
    return interval_of(n, n)[0]


def interval_of(right: float, n: int) -> tuple[float, float]:
    """Wilson's 95% interval of a mean of marks in [0, 1].

    Marks between 0 and 1 vary at most as much as right and wrong with the same mean, so that it is not too narrow.
    """
    from guiju.stats.intervals import wilson  # noqa: PLC0415 - figures cost start-up time where nobody asks for them

    found = wilson(right, n)
    return found.low, found.high
