"""A paper is drawn for whoever begins, and answered."""

from collections.abc import Sequence
from functools import partial

from guiju.annotations import RoundKind, annotator_of_account, find_annotator, get_round
from guiju.exams import store
from guiju.exams.actions import (
    Given,
    attempts_left,
    candidates_for,
    demand_enough,
    exam_for,
    get_rulebook,
    get_sitting,
    major_of,
    own_sitting,
)
from guiju.exams.errors import AlreadyCertified, ExamClosed, HandedIn, NoAttemptsLeft, NotOnPaper, TooFewReferences
from guiju.exams.marking import settle_overdue
from guiju.exams.model import Exam, ExamState, Sitting
from guiju.exams.rules import order_paper, plan_paper
from guiju.kit import new_id, new_secret
from guiju.people import Act, holds_certificate
from guiju.rulebooks import CompiledRulebook
from guiju.rulings.marking import Known, seat_known
from guiju.storage import Actor, Event, House, Tx
from guiju.work.sitting import answer_item, open_for_one

SPARE = 20


def begin_sitting(house: House, actor: Actor, exam_id: int, *, request_id: str) -> Sitting:
    """Draw a paper for whoever begins, or give back the one that they are sitting.

    Raises `ExamNotFound`, `ExamClosed`, `NoAttemptsLeft`, `AlreadyCertified`, `TooFewReferences`.
    """
    with house.reading() as connection:
        exam = exam_for(connection, actor, exam_id, Act.ANNOTATE)
        rulebook = get_rulebook(connection, exam.project_id)
        annotator_id = find_annotator(connection, actor.id)
    settle_overdue(house, exam.project_id)
    with house.reading() as connection:
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


def _rank(seed: str, name: str) -> str:
    from guiju.stats.draw import rank  # noqa: PLC0415 - as above

    return rank(seed, name)
