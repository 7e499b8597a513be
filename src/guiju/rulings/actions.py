"""Questions are listed and ruled on; a published rulebook's examples become references."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, exists, select

from guiju.annotations import (
    Origin,
    RoundKind,
    RoundNotFound,
    RoundState,
    annotation_table,
    find_annotator,
    find_round,
    insert_round,
    list_rounds,
    resolve,
)
from guiju.data import find_items, find_items_by_name
from guiju.kinds import decode_answers, encode_answers
from guiju.kit import Page, PageRequest, decode_cursor, encode_cursor
from guiju.people import Act
from guiju.projects import ProjectNotFound, authorise
from guiju.rulebooks import BadExample, CompiledRulebook, Example, get_published, latest_published
from guiju.rulings import store
from guiju.rulings.errors import NotOwnWork, QuestionAnswered, QuestionNotFound, RulingNotAllowed
from guiju.rulings.model import Answered, Question, ReferenceOrigin, RuledAnswer, Wanted
from guiju.rulings.rules import clean_clause, clean_text
from guiju.rulings.seeing.store import note_seen
from guiju.rulings.veil import may_read, veiled_items
from guiju.storage import Actor, Event, House, JournalRow, Subscriber, Tx


def project_of_round(house: House, actor: Actor, round_id: int) -> int:
    """The project of a round, for its members. Raises `RoundNotFound`."""
    with house.reading() as connection:
        round_ = find_round(connection, round_id)
        if round_ is None:
            raise RoundNotFound(round=round_id)
        try:
            authorise(connection, actor, round_.project_id, Act.ASK)
        except ProjectNotFound as refusal:
            raise RoundNotFound(round=round_id) from refusal
    return round_.project_id


def list_questions(house: House, actor: Actor, project_id: int, wanted: Wanted, page: PageRequest) -> Page[Answered]:
    """A page of a project's questions: the open ones oldest first, the others newest first."""
    after = int(decode_cursor(page.cursor)[0] or 0) if page.cursor else None
    with house.reading() as connection:
        authorise(connection, actor, project_id, Act.SEE_REPORTS)
        found = store.list_questions(connection, project_id, wanted, after, page.size + 1)
        rulings = store.rulings_of(connection, [question.id for question in found])
        veiled = veiled_items(connection, actor.id, project_id) if not actor.trusted else frozenset[int]()
    shown = found[: page.size]
    rows = [Answered(each, rulings.get(each.id)) for each in shown if may_read(each, actor.id, veiled)]
    return Page(rows, encode_cursor([shown[-1].id]) if len(found) > page.size else None)


def answer_question(
    house: House,
    actor: Actor,
    question_id: int,
    *,
    request_id: str,
    text: str,
    clause: str | None = None,
    answers: Mapping[str, Any] | None = None,
) -> int:
    """Rule on a question; right `answers` become what holds for its item, and a reference. Returns the ruling.

    Raises `QuestionNotFound`, `QuestionAnswered`, `QuestionEmpty`, `NotOwnWork`, `RulingNotAllowed`.
    """
    said = clean_text(text)

    def write(tx: Tx) -> int:
        question = _question_for(tx.connection, actor, question_id)
        return tx.once(
            request_id,
            actor.id,
            f"question.rule.{question_id}",
            lambda: _rule(tx, actor, question, said, clean_clause(clause), answers),
        )

    return house.write(write)


def _question_for(connection: Connection, actor: Actor, question_id: int) -> Question:
    """The question, for somebody who may rule on it. A stranger may not know that it was asked."""
    question = store.find_question(connection, question_id)
    if question is None:
        raise QuestionNotFound(question=question_id)
    try:
        authorise(connection, actor, question.project_id, Act.RULE)
    except ProjectNotFound as refusal:
        raise QuestionNotFound(question=question_id) from refusal
    return question


def has_annotated(connection: Connection, account_id: int, item_id: int) -> bool:
    """Whether the person annotated the item themselves, in whatever round."""
    annotator_id = find_annotator(connection, account_id)
    mine = (annotation_table.c.item_id == item_id) & (annotation_table.c.annotator_id == annotator_id)
    return annotator_id is not None and bool(connection.execute(select(exists().where(mine))).scalar())


def _rule(  # noqa: PLR0917 - what the ruling says
    tx: Tx, actor: Actor, question: Question, text: str, clause: str | None, answers: Mapping[str, Any] | None
) -> int:
    if question.item_id is not None and has_annotated(tx.connection, actor.id, question.item_id):
        raise NotOwnWork
    if not store.close_question(tx, question.id):
        raise QuestionAnswered
    values = {"project_id": question.project_id, "question_id": question.id, "item_id": question.item_id}
    rulebook = latest_published(tx.connection, question.project_id)
    stored = _right_answers(tx, question, rulebook, answers) if answers else None
    ruling = store.insert_ruling(tx, **values, text=text, clause=clause, answers=stored, ruled_by=actor.id)
    note_seen(tx, actor.id, [ruling])
    if stored is not None and rulebook is not None and question.item_id is not None:
        _hold(tx, actor, question, rulebook, ruling, stored, clause)
    facts = {"ruling": ruling, "answers": stored is not None}
    tx.journal(Event(actor.id, "question.ruled", question.project_id, question.id, facts=facts))
    return ruling


def _right_answers(tx: Tx, question: Question, rulebook: CompiledRulebook | None, answers: Mapping[str, Any]) -> str:
    items = find_items(tx.connection, question.project_id, [question.item_id or 0])
    if rulebook is None or not items:
        raise RulingNotAllowed(first="–")
    decoded = decode_answers(answers)
    problems = rulebook.check_answers(decoded, items[question.item_id or 0].shape)
    if problems:
        raise RulingNotAllowed(first=problems[0]["code"], problems=problems)
    return encode_answers(decoded).decode()


def _hold(  # noqa: PLR0917 - one ruling, as a resolution and as a reference
    tx: Tx, actor: Actor, question: Question, rulebook: CompiledRulebook, ruling: int, answers: str, clause: str | None
) -> None:
    """What was ruled holds for the item from now on, and is known to be right."""
    project_id, item_id = question.project_id, question.item_id or 0
    round_id = question.round_id or _ruling_round(tx, actor, project_id, rulebook.id)
    hold_ruled(tx, ruling, RuledAnswer(project_id, round_id, item_id, rulebook.id, answers, clause))


def hold_ruled(tx: Tx, ruling: int, ruled: RuledAnswer) -> None:
    """Make what was ruled the item's resolution and a reference."""
    resolve(
        tx,
        project_id=ruled.project_id,
        round_id=ruled.round_id,
        item_id=ruled.item_id,
        rulebook_id=ruled.rulebook_id,
        origin=Origin.RULING,
        answers=ruled.answers,
        annotation_id=ruled.annotation_id,
        confidence=1.0,
    )
    _refer(tx, ruling, ruled)


def _refer(tx: Tx, ruling: int, ruled: RuledAnswer) -> None:
    """What was ruled is known to be right from now on."""
    store.insert_reference(
        tx,
        project_id=ruled.project_id,
        rulebook_id=ruled.rulebook_id,
        origin=ReferenceOrigin.RULING,
        origin_id=str(ruling),
        item_id=ruled.item_id,
        answers=ruled.answers,
        clause=ruled.clause,
    )


def rule_on_item(tx: Tx, actor: Actor, ruled: RuledAnswer, text: str) -> int:
    """The final word on a disagreement about an item: a ruling, what holds, and a reference. Returns the ruling.

    The caller has authorised and checked the answer. Raises `NotOwnWork`, `QuestionEmpty`.
    """
    said = clean_text(text)
    if has_annotated(tx.connection, actor.id, ruled.item_id):
        raise NotOwnWork
    values = {"project_id": ruled.project_id, "question_id": None, "item_id": ruled.item_id, "answers": ruled.answers}
    ruling = store.insert_ruling(tx, **values, text=said, clause=clean_clause(ruled.clause), ruled_by=actor.id)
    hold_ruled(tx, ruling, ruled)
    return ruling


def keep_ruling(tx: Tx, actor: Actor, ruled: RuledAnswer, text: str) -> int:
    """What was said of an answer after it was given: a ruling, and a reference of what it says is right (`answers`
    empty: nothing is). What holds for the item stays as it is. The caller has authorised. Returns the ruling.
    """
    right, clause = ruled.answers or None, clean_clause(ruled.clause)
    values = {"project_id": ruled.project_id, "question_id": None, "item_id": ruled.item_id, "answers": right}
    ruling = store.insert_ruling(tx, **values, text=text, clause=clause, ruled_by=actor.id)
    if right is not None:
        _refer(tx, ruling, ruled)
    return ruling


def _ruling_round(tx: Tx, actor: Actor, project_id: int, rulebook_id: int) -> int:
    """A question asked outside of any round is resolved in the project's newest one, else in one for adjudication."""
    rounds = [
        each
        for each in list_rounds(tx.connection, project_id)
        if each.state is not RoundState.DRAFT and not each.kind.is_learning
    ]
    if rounds:
        return rounds[-1].id
    return insert_round(
        tx,
        project_id=project_id,
        kind=RoundKind.ADJUDICATION,
        rulebook_id=rulebook_id,
        state=RoundState.CLOSED,
        created_by=actor.id,
    )


# References of a rulebook's examples


def keep_examples(tx: Tx, row: JournalRow) -> None:
    """Make references of the examples of the rulebook that was published."""
    if row.subject_id is None or row.project_id is None:
        return
    rulebook = get_published(tx.connection, row.subject_id)
    named = [example.item for example in rulebook.rulebook.examples if example.item]
    items = find_items_by_name(tx.connection, row.project_id, named)
    for example in rulebook.rulebook.examples:
        item = items.get(example.item) if example.item else None
        store.insert_reference(
            tx,
            project_id=row.project_id,
            rulebook_id=rulebook.id,
            origin=ReferenceOrigin.EXAMPLE,
            origin_id=example.id[:40],
            item_id=item.id if item else None,
            text=example.text,
            answers=_answers_of(rulebook, example),
            label=(example.label or "")[:60] or None,
            polarity=example.polarity.value,
            clause=clean_clause(example.clause),
        )


def _answers_of(rulebook: CompiledRulebook, example: Example) -> str | None:
    try:
        answers = rulebook.answers_of(example)
    except BadExample:  # a document published before this was checked
        return None
    return encode_answers(answers).decode() if answers else None


SUBSCRIBERS = [Subscriber("rulings.examples", frozenset({"rulebook.published"}), keep_examples)]
