"""Practice: every answer is marked at once, in one transaction, and it is settled when it comes back."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

import msgspec
from sqlalchemy import Connection

from guiju.annotations import AnswersRefused, find_annotator
from guiju.coaching import store
from guiju.coaching.errors import PracticeMovedOn
from guiju.coaching.model import Known, Memory
from guiju.coaching.reading import Desk, lay_desk
from guiju.coaching.rules import is_correction, remember
from guiju.coaching.slips.store import note_of
from guiju.kinds import Answer, decode_answers, encode_answers, normalise_answers
from guiju.kit import midnight
from guiju.kit.words import Bilingual
from guiju.people import Act
from guiju.projects import authorise
from guiju.rulebooks import NoRulebook, latest_published
from guiju.rulings.marking import Marked, explain, mark_answers
from guiju.storage import Actor, Event, House, Tx
from guiju.storage.engine import RequestIdReused
from guiju.work.gold import MOST_PRACTISED, Record, come_back


@dataclass(frozen=True, slots=True)
class Practised:
    """What became of an answer: its mark, the known answer with why it is right, and when it comes back."""

    id: int
    known: Known
    marked: Marked
    note: Bilingual
    memory: Memory


@dataclass(frozen=True, slots=True)
class Said:
    """An answer as it came: to which reference, by which client-made id."""

    request_id: str
    slot: int
    answers: Mapping[str, Answer]
    active_ms: int | None = None


def practise(house: House, actor: Actor, project_id: int, said: Said) -> Practised:
    """Mark an answer to a known one, and remember when it comes back; the same request again answers the same.

    Raises `CardNotFound`, `CardHeldByExam`, `PracticeMovedOn`, `AnswersRefused`.
    """
    with house.reading() as connection:
        desk = lay_desk(connection, actor, project_id)
        before = store.find_answer(connection, said.request_id)
        if before is not None and before.account_id == actor.id:
            return _repeated(connection, desk, before)
        one = desk.get(said.slot)
        note = _why(connection, desk, one)
    right = decode_answers(one.reference.answers)
    _check(desk, one, said.answers, right)
    marked = mark_answers(said.answers, right, desk.rulebook.fields)

    def write(tx: Tx) -> tuple[int, Memory]:
        authorise(tx.connection, actor, project_id, Act.PRACTISE)
        repeated = store.find_answer(tx.connection, said.request_id)
        card = store.find_card(tx.connection, store.Owner(actor.id, project_id), one.key)
        if repeated is not None and (repeated.account_id != actor.id or card is None):
            raise RequestIdReused(id=said.request_id)
        if repeated is not None and card is not None:
            return repeated.id, card.memory
        return _keep(tx, actor, desk, one, said, marked)

    answer_id, memory = house.write(write)
    return Practised(answer_id, one, marked, note, memory)


def _check(desk: Desk, one: Known, answers: Mapping[str, Answer], right: Mapping[str, Answer]) -> None:
    """An answer must be one that could be given; what the known answer leaves out need not be said."""
    unsaid = {"field-missing", "parts-missing"}
    found = desk.rulebook.check_answers(answers, desk.shape(one))
    problems = [each for each in found if each["code"] not in unsaid or each["field"] in right]
    if problems:
        raise AnswersRefused(problems)


def _keep(tx: Tx, actor: Actor, desk: Desk, one: Known, said: Said, marked: Marked) -> tuple[int, Memory]:  # noqa: PLR0917 - all that was looked up for one answer
    owner = store.Owner(actor.id, desk.project.id)
    card = store.find_card(tx.connection, owner, one.key)
    before = card.memory if card is not None and card.digest == one.digest else None
    memory = remember(before, marked.score, tx.at, midnight(tx.at))
    answer_id = store.insert_answer(
        tx,
        card_id=store.keep_card(tx, owner, one, card, memory, marked.score),
        account_id=actor.id,
        round_id=store.practice_round(tx, desk.project.id, desk.rulebook.id, actor.id),
        reference_id=one.reference.id,
        request_id=said.request_id,
        answers=encode_answers(normalise_answers(said.answers, desk.rulebook.fields)).decode(),
        score=marked.score,
        labels=msgspec.json.encode(marked.labels).decode(),
        clause=one.reference.clause,
        active_ms=None if said.active_ms is None else max(0, min(said.active_ms, MOST_ACTIVE_MS)),
    )
    facts = {"reference": one.reference.id, "score": round(marked.score, 4)}
    tx.journal(Event(actor.id, "practice.answered", desk.project.id, answer_id, facts=facts))
    annotator_id = find_annotator(tx.connection, actor.id)
    if annotator_id is not None:
        since = partial(_practised_since, tx.connection, actor.id, desk)
        come_back(tx, actor.id, annotator_id, desk.project.id, since)
    return answer_id, memory


def _practised_since(connection: Connection, account_id: int, desk: Desk, since: int) -> Record:
    """What they practised since a moment: of each known answer the first time that it was asked, the latest twenty."""
    scores = store.first_scores(connection, store.Owner(account_id, desk.project.id), since, MOST_PRACTISED)
    return Record(sum(scores), len(scores))


def _repeated(connection: Connection, desk: Desk, before: store.Answered) -> Practised:
    """What was said of this answer already. Raises `PracticeMovedOn` where its reference is practised no more."""
    one = next((each for each in desk.known if each.reference.id == before.reference_id), None)
    card = desk.cards.get(one.key) if one is not None else None
    if one is None or card is None:
        raise PracticeMovedOn
    labels = msgspec.json.decode(before.labels, type=tuple[tuple[str, float], ...])
    note = _why(connection, desk, one)
    return Practised(before.id, one, Marked(before.score, labels), note, card.memory)


def _why(connection: Connection, desk: Desk, one: Known) -> Mapping[str, str]:
    """Why it is right: the example's note, the ruling, or what the inspector wrote."""
    if is_correction(one.reference):
        note = note_of(connection, one.reference.origin_id)
        return {"zh": note, "en": note} if note else {}
    return explain(connection, desk.rulebook, [one.reference]).get(one.reference.id, {})


MOST_ACTIVE_MS = 2**31 - 1


def open_practice(house: House, actor: Actor, project_id: int) -> tuple[int, int]:
    """The practice round of the version in force, and how many I answered in it today."""

    def write(tx: Tx) -> tuple[int, int]:
        authorise(tx.connection, actor, project_id, Act.PRACTISE)
        rulebook = latest_published(tx.connection, project_id)
        if rulebook is None:
            raise NoRulebook
        round_id = store.practice_round(tx, project_id, rulebook.id, actor.id)
        return round_id, store.answered_today(tx.connection, actor.id, round_id, midnight(tx.at))

    return house.write(write)
