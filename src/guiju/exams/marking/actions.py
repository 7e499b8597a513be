"""Answers are marked against what is known, and what passes is certified."""

from collections.abc import Mapping

import msgspec

from guiju.annotations import Annotation, RoundState, current_annotations, find_annotator, set_round_state
from guiju.exams import store
from guiju.exams.actions import get_rulebook, interval_of, major_of, own_sitting
from guiju.exams.errors import HandedIn, NotAnswered, NotOnPaper, SittingNotFound, TellsAtEnd
from guiju.exams.model import Exam, Feedback, Question, Sitting
from guiju.exams.rules import decide_pass
from guiju.kinds import decode_answers
from guiju.people import grant_certificate, lapse_before
from guiju.rulebooks import CompiledRulebook, get_published
from guiju.rulings.marking import Known, known_of, mark_answers
from guiju.storage import Actor, Event, House, JournalRow, Subscriber, Tx
from guiju.work.rules import GRACE_MICROS


def mark_question(house: House, actor: Actor, sitting_id: int, item_id: int) -> Question:
    """Mark one answer of one's own paper, where the exam tells at once. From then on a correction does not count.

    Raises `SittingNotFound`, `TellsAtEnd`, `NotOnPaper`, `NotAnswered`.
    """

    def write(tx: Tx) -> Question:
        sitting = own_sitting(tx, actor, sitting_id)
        exam = store.find_exam(tx.connection, sitting.exam_id)
        if exam is None or (exam.settings.feedback is Feedback.AT_END and not sitting.is_over):
            raise TellsAtEnd
        asked = [each for each in store.questions_of(tx.connection, sitting_id) if each.item_id == item_id]
        if not asked:
            raise NotOnPaper(item=item_id)
        if asked[0].marked_at is None:
            said = _said(tx, sitting, [item_id])
            if item_id not in said:
                raise NotAnswered
            _mark(tx, sitting, asked, said)
        return next(each for each in store.questions_of(tx.connection, sitting_id) if each.item_id == item_id)

    return house.write(write)


def hand_in(house: House, actor: Actor, sitting_id: int, *, request_id: str) -> None:
    """Hand one's own paper in: what is not answered is worth nothing. The same request again changes nothing.

    Raises `SittingNotFound`, `HandedIn`.
    """

    def act(tx: Tx, sitting: Sitting) -> int:
        if sitting.is_over:
            raise HandedIn
        _end(tx, sitting, overtime=_is_late(sitting, tx.at))
        return sitting.id

    def write(tx: Tx) -> int:
        sitting = own_sitting(tx, actor, sitting_id)
        return tx.once(request_id, actor.id, f"exam.hand-in.{sitting_id}", lambda: act(tx, sitting))

    house.write(write)


def settle_overdue(house: House, project_id: int | None = None) -> int:
    """Mark the papers whose time is over, with what was answered in time; how many."""
    with house.reading() as connection:
        late = store.overdue(connection, house.clock() - GRACE_MICROS, project_id)

    def settle(tx: Tx, sitting_id: int) -> bool:
        sitting = store.lock_sitting(tx, sitting_id)
        if sitting is None or sitting.is_over:
            return False
        _end(tx, sitting, overtime=True)
        return True

    return sum(house.write(lambda tx, one=one: settle(tx, one)) for one in late)


def _is_late(sitting: Sitting, now: int) -> bool:
    return sitting.until is not None and now > sitting.until + GRACE_MICROS


def _end(tx: Tx, sitting: Sitting, *, overtime: bool) -> None:
    """Mark what is not marked yet, decide, and certify a pass."""
    exam = store.find_exam(tx.connection, sitting.exam_id)
    if exam is None:
        raise SittingNotFound(sitting=sitting.id)
    said = _said(tx, sitting)
    open_ones = [each for each in store.questions_of(tx.connection, sitting.id) if each.marked_at is None]
    _mark(tx, sitting, open_ones, said)
    marks = [each.score or 0.0 for each in store.questions_of(tx.connection, sitting.id)]
    score = sum(marks) / len(marks)
    low, high = interval_of(sum(marks), len(marks))
    passed = decide_pass(score, low, exam.settings)
    figures = {"score": score, "low": low, "high": high, "passed": passed, "answered": len(said)}
    store.end_sitting(tx, sitting.id, ended_at=tx.at, overtime=overtime, **figures)
    set_round_state(tx, sitting.round_id, RoundState.CLOSED)
    tx.journal(Event(sitting.account_id, "exam.marked", sitting.project_id, sitting.id, facts=dict(figures)))
    if passed:
        _certify(tx, exam, sitting, score)


def _certify(tx: Tx, exam: Exam, sitting: Sitting, score: float) -> None:
    """A certificate, unless the rules changed their meaning while the paper was being sat."""
    version = get_published(tx.connection, sitting.rulebook_id).version
    if major_of(get_rulebook(tx.connection, exam.project_id).version) != major_of(version):
        return
    certificate = grant_certificate(
        tx,
        account_id=sitting.account_id,
        project_id=exam.project_id,
        rulebook_id=sitting.rulebook_id,
        version=version,
        sitting_id=sitting.id,
        score=score,
    )
    facts: dict[str, object] = {"sitting": sitting.id, "version": version}
    tx.journal(Event(sitting.account_id, "certificate.granted", exam.project_id, certificate, facts=facts))


def _said(tx: Tx, sitting: Sitting, items: list[int] | None = None) -> dict[int, Annotation]:
    annotator_id = find_annotator(tx.connection, sitting.account_id)
    mine = current_annotations(tx.connection, sitting.round_id, annotator_id=annotator_id, item_ids=items)
    return {each.item_id: each for each in mine}


def _mark(tx: Tx, sitting: Sitting, asked: list[Question], said: Mapping[int, Annotation]) -> None:
    known = known_of(tx.connection, [each.reference_id for each in asked])
    rulebook = get_published(tx.connection, sitting.rulebook_id)
    for each in asked:
        store.keep_mark(tx, each, _marked(rulebook, known[each.reference_id], said.get(each.item_id)))


def _marked(rulebook: CompiledRulebook, right: Known, said: Annotation | None) -> dict[str, object]:
    if said is None:
        return {"score": 0.0, "labels": msgspec.json.encode([(label, 0.0) for label in right.labels]).decode()}
    marked = mark_answers(decode_answers(said.answers), decode_answers(right.answers), rulebook.fields)
    labels = msgspec.json.encode(marked.labels).decode()
    return {"score": marked.score, "labels": labels, "annotation_id": said.id}


def lapse_certificates(tx: Tx, row: JournalRow) -> None:
    """Certificates for rules that meant something else count no more."""
    if row.project_id is None or row.subject_id is None:
        return
    version = get_published(tx.connection, row.subject_id).version
    lapsed = lapse_before(tx, row.project_id, version)
    if lapsed:
        facts: dict[str, object] = {"certificates": lapsed, "version": version}
        tx.journal(Event(row.actor_id, "certificate.lapsed", row.project_id, row.subject_id, facts=facts))


SUBSCRIBERS = [Subscriber("exams.certificates", frozenset({"rulebook.published"}), lapse_certificates)]
