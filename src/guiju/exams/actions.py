"""Exams are set up, begun and answered. A paper is drawn for each person who begins."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

from sqlalchemy import Connection

from guiju.annotations import RoundKind, annotator_of_account, find_annotator, get_round
from guiju.exams import store
from guiju.exams.errors import (
    AlreadyCertified,
    ExamClosed,
    ExamNotFound,
    HandedIn,
    NoAttemptsLeft,
    NotOnPaper,
    SittingNotFound,
    TooFewReferences,
)
from guiju.exams.model import Candidate, Exam, ExamState, Settings, Sitting
from guiju.exams.rules import check_settings, order_paper, plan_paper, survey
from guiju.kinds import Answer
from guiju.kit import new_id, new_secret
from guiju.people import Act, holds_certificate
from guiju.projects import ProjectNotFound, authorise
from guiju.rulebooks import CompiledRulebook, latest_published
from guiju.rulings.marking import Known, list_known, seat_known
from guiju.storage import Actor, Event, House, Tx
from guiju.work.errors import RulebookNotPublished
from guiju.work.sitting import answer_item, open_for_one

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


def begin_sitting(house: House, actor: Actor, exam_id: int, *, request_id: str) -> Sitting:
    """Draw a paper for whoever begins, or give back the one that they are sitting.

    Raises `ExamNotFound`, `ExamClosed`, `NoAttemptsLeft`, `AlreadyCertified`, `TooFewReferences`.
    """
    with house.reading() as connection:
        exam = exam_for(connection, actor, exam_id, Act.ANNOTATE)
        rulebook = get_rulebook(connection, exam.project_id)
        annotator_id = find_annotator(connection, actor.id)
        candidates = candidates_for(connection, rulebook, actor.id, annotator_id)
    seed = new_secret(12)
    rank = partial(_rank, seed)
    planned = [one.known for one in plan_paper(candidates, exam.settings.size + SPARE, rank)]

    def make(tx: Tx) -> int:
        demand_enough(candidates, exam.settings.size)
        asked = _seat(tx, actor, rulebook, planned, exam.settings.size)
        order = order_paper([one.id for one in asked], rank)
        return _begin(tx, actor, exam, rulebook, sorted(asked, key=lambda one: order.index(one.id)), seed)

    def write(tx: Tx) -> int:
        exam_for(tx.connection, actor, exam_id, Act.ANNOTATE)
        return tx.once(request_id, actor.id, f"exam.begin.{exam_id}", lambda: _running(tx, actor, exam) or make(tx))

    return get_sitting(house, actor, house.write(write))


def _running(tx: Tx, actor: Actor, exam: Exam) -> int | None:
    """The sitting that goes on already; else whether another may begin. Raises what `begin_sitting` raises."""
    rulebook = get_rulebook(tx.connection, exam.project_id)
    mine = store.sittings_of(tx.connection, exam.project_id, account_id=actor.id, exam_id=exam.id)
    running = next((each for each in mine if not each.is_over), None)
    if running is not None:
        return running.id
    if (store.find_exam(tx.connection, exam.id) or exam).state is ExamState.CLOSED:
        raise ExamClosed
    if holds_certificate(tx.connection, actor.id, exam.project_id, major_of(rulebook.version)):
        raise AlreadyCertified
    if attempts_left(tx.connection, exam, mine, rulebook.version) == 0:
        raise NoAttemptsLeft(attempts=exam.settings.attempts)
    return None


def attempts_left(connection: Connection, exam: Exam, mine: Sequence[Sitting], version: str) -> int:
    """How often the person may still sit under rules of this meaning; `mine` are their sittings of the exam."""
    versions = store.versions_of(connection, [each.rulebook_id for each in mine])
    under = sum(major_of(versions[each.rulebook_id]) == major_of(version) for each in mine)
    return max(0, exam.settings.attempts - under)


def _seat(tx: Tx, actor: Actor, rulebook: CompiledRulebook, planned: Sequence[Known], size: int) -> list[Known]:
    """The first `size` of what is planned that have an item each, no item twice."""
    asked: dict[int, Known] = {}
    waiting = list(planned)
    while waiting and len(asked) < size:
        some, waiting = waiting[: size - len(asked)], waiting[size - len(asked) :]
        for one in seat_known(tx, actor.id, rulebook, some):
            asked.setdefault(one.item_id or 0, one)
    if len(asked) < size:
        raise TooFewReferences(size=size, count=len(asked), lacking="–")
    return list(asked.values())


def _begin(  # noqa: PLR0917 - what a sitting begins with
    tx: Tx, actor: Actor, exam: Exam, rulebook: CompiledRulebook, asked: Sequence[Known], seed: str
) -> int:
    until = None if exam.settings.seconds is None else tx.at + exam.settings.seconds * 1_000_000
    round_id = open_for_one(
        tx,
        actor,
        exam.project_id,
        kind=RoundKind.EXAM,
        rulebook_id=rulebook.id,
        annotator_id=annotator_of_account(tx, actor.id, actor.name),
        items=[one.item_id or 0 for one in asked],
        until=until,
    )
    before = store.sittings_of(tx.connection, exam.project_id, account_id=actor.id, exam_id=exam.id)
    sitting_id = store.insert_sitting(
        tx,
        exam_id=exam.id,
        project_id=exam.project_id,
        account_id=actor.id,
        attempt=len(before) + 1,
        rulebook_id=rulebook.id,
        round_id=round_id,
        seed=seed,
        until=until,
    )
    store.insert_questions(tx, sitting_id, [(one.id, one.item_id or 0, one.clause) for one in asked])
    tx.journal(Event(actor.id, "exam.begun", exam.project_id, sitting_id, facts={"questions": len(asked)}))
    return sitting_id


def answer_paper(house: House, actor: Actor, sitting_id: int, *, request_id: str, given: Sequence[Given]) -> int:
    """Answer questions of one's own paper, all of these or none; how many the paper has answered ones now.

    What is sent again is corrected, as long as the paper is not handed in. Raises `SittingNotFound`, `HandedIn`,
    `NotOnPaper`, `TimeOver`, `AnswersRefused`.
    """

    def answer(tx: Tx, sitting: Sitting) -> int:
        round_ = get_round(tx.connection, sitting.round_id)
        annotator_id = annotator_of_account(tx, actor.id, actor.name)
        paper = {each.item_id for each in store.questions_of(tx.connection, sitting_id)}
        for one in given:
            if one.item_id not in paper:
                raise NotOnPaper(item=one.item_id)
            answer_item(
                tx,
                actor,
                round_,
                annotator_id,
                item_id=one.item_id,
                answers=one.answers,
                clauses=one.clauses,
                request_id=new_id(),
            )
        return len(given)

    def write(tx: Tx) -> int:
        sitting = own_sitting(tx, actor, sitting_id)
        if sitting.is_over:
            raise HandedIn
        return tx.once(request_id, actor.id, f"exam.answer.{sitting_id}", lambda: answer(tx, sitting))

    return house.write(write)


# What others of this room ask too


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
    candidates = [Candidate(one, asked.get(one.item_id or 0, 0)) for one in list_known(connection, rulebook)]
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


def _rank(seed: str, name: str) -> str:
    from guiju.stats.draw import rank  # noqa: PLC0415 - as above

    return rank(seed, name)
