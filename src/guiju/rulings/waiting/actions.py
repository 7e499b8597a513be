"""Questions are given to owners, merged and parted; the project says how long one may wait."""

from collections.abc import Sequence

from sqlalchemy import Connection

from guiju.people import Act
from guiju.projects import ProjectNotFound, authorise
from guiju.rulings import store as questions
from guiju.rulings.asking.store import merged_into
from guiju.rulings.errors import QuestionNotFound
from guiju.rulings.model import Question, QuestionState
from guiju.rulings.waiting import store
from guiju.rulings.waiting.errors import NoQuestionsTicked, NotMerged, OwnerCannotRule, TooManyTicked
from guiju.rulings.waiting.model import Mine, Waiting
from guiju.rulings.waiting.rules import check_hours, overdue_before, plan_merge
from guiju.storage import Actor, Event, House, Tx

MOST_AT_ONCE = 500
MOST_MINE = 20


def read_waiting(connection: Connection, project_id: int, at: int) -> Waiting:
    """What a project still has to answer, and whose it is. The caller authorises."""
    hours = store.hours_of(connection, project_id)
    owners = tuple(store.owned(connection, project_id, overdue_before(at, hours)))
    oldest = min((each.oldest_at for each in owners), default=None)
    number = store.oldest_open(connection, project_id) if owners else None
    counts = sum(each.open for each in owners), sum(each.overdue for each in owners)
    return Waiting(*counts, oldest, number, hours, owners)


def waiting_for(connection: Connection, account_id: int, names: dict[int, str], at: int) -> list[Mine]:
    """The open questions that somebody owns in these projects (by id, with their names), the oldest first."""
    return store.open_of(connection, account_id, names, at, MOST_MINE)


def assign_questions(
    house: House, actor: Actor, project_id: int, *, request_id: str, questions: Sequence[int], owner: int | None
) -> int:
    """Give open questions to somebody who may answer them, or to nobody; how many that were.

    Raises `OwnerCannotRule`, `NoQuestionsTicked`, `TooManyTicked`.
    """
    meant = _some(questions)

    def assign(tx: Tx) -> int:
        able = {each.account_id for each in store.candidates_in(tx.connection, project_id)}
        if owner is not None and owner not in able:
            raise OwnerCannotRule
        changed = store.set_owner(tx, project_id, meant, owner)
        facts = {"questions": meant, "owner": owner}
        tx.journal(Event(actor.id, "question.assigned", project_id, meant[0], facts=facts))
        return changed

    def write(tx: Tx) -> int:
        authorise(tx.connection, actor, project_id, Act.SORT_QUESTIONS)
        return tx.once(request_id, actor.id, f"question.assign.{project_id}", lambda: assign(tx))

    return house.write(write)


def _some(questions: Sequence[int]) -> list[int]:
    meant = sorted(set(questions))
    if not meant:
        raise NoQuestionsTicked
    if len(meant) > MOST_AT_ONCE:
        raise TooManyTicked(count=len(meant), most=MOST_AT_ONCE)
    return meant


def merge_questions(
    house: House, actor: Actor, project_id: int, *, request_id: str, questions: Sequence[int], into: int
) -> int:
    """Make open questions one with `into`: its ruling answers all, and everybody who asked is told; how many they are.

    Raises `QuestionNotFound`, `QuestionElsewhere`, `QuestionNotOpen`, `NothingToMerge`.
    """
    meant = _some(questions)

    def merge(tx: Tx) -> int:
        target = _in_project(tx.connection, project_id, into)
        others = [_in_project(tx.connection, project_id, each) for each in meant if each != into]
        plan = plan_merge(target, others, merged_into(tx.connection, meant))
        store.merge_into(tx, plan.questions, into)
        facts = {"questions": list(plan.questions), "answered": plan.answered}
        tx.journal(Event(actor.id, "question.merged", project_id, into, facts=facts))
        return len(plan.questions)

    def write(tx: Tx) -> int:
        authorise(tx.connection, actor, project_id, Act.SORT_QUESTIONS)
        return tx.once(request_id, actor.id, f"question.merge.{project_id}", lambda: merge(tx))

    return house.write(write)


def _in_project(connection: Connection, project_id: int, question_id: int) -> Question:
    question = questions.find_question(connection, question_id)
    if question is None or question.project_id != project_id:
        raise QuestionNotFound(question=question_id)
    return question


def unmerge_question(house: House, actor: Actor, question_id: int, *, request_id: str) -> int:
    """Let a merged question stand for itself again: it is open, whatever was ruled meanwhile. Its project.

    Raises `QuestionNotFound`, `NotMerged`.
    """

    def unmerge(tx: Tx, question: Question) -> int:
        if question.state is not QuestionState.MERGED:
            raise NotMerged(question=question_id)
        store.part(tx, question_id)
        facts = {"from": question.merged_into}
        tx.journal(Event(actor.id, "question.unmerged", question.project_id, question_id, facts=facts))
        return question.project_id

    def write(tx: Tx) -> int:
        question = questions.find_question(tx.connection, question_id)
        if question is None:
            raise QuestionNotFound(question=question_id)
        try:
            authorise(tx.connection, actor, question.project_id, Act.SORT_QUESTIONS)
        except ProjectNotFound as refusal:
            raise QuestionNotFound(question=question_id) from refusal
        return tx.once(request_id, actor.id, f"question.unmerge.{question_id}", lambda: unmerge(tx, question))

    return house.write(write)


def set_line(house: House, actor: Actor, project_id: int, *, hours: int) -> None:
    """Say after how many hours an open question of the project is overdue. Raises `HoursOutside`."""
    check_hours(hours)

    def write(tx: Tx) -> None:
        authorise(tx.connection, actor, project_id, Act.CHANGE_PROJECT)
        store.put_hours(tx, project_id, hours)
        tx.journal(Event(actor.id, "question.line-set", project_id, project_id, facts={"hours": hours}))

    house.write(write)
