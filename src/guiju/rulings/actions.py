"""A question is asked, and ruled on; a published rulebook's examples become references."""

from collections.abc import Mapping, Sequence
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
from guiju.rulings.errors import (
    AskedAlready,
    NotOwnWork,
    QuestionAnswered,
    QuestionEmpty,
    QuestionItemUnknown,
    QuestionNotFound,
    RulingNotAllowed,
    TooManyAskedAbout,
)
from guiju.rulings.model import Alike, Answered, Question, QuestionState, ReferenceOrigin, RuledAnswer
from guiju.storage import Actor, Event, House, JournalRow, Subscriber, Tx

TEXT_CHARACTERS = 4_000
CLAUSE_CHARACTERS = 24
MOST_ASKED_ABOUT = 500


def ask_question(  # noqa: PLR0913 - a question is asked in one call
    house: House,
    actor: Actor,
    project_id: int,
    *,
    request_id: str,
    text: str,
    item_id: int | None = None,
    round_id: int | None = None,
    clause: str | None = None,
) -> int:
    """Ask about an item, or about the rulebook as a whole. Raises `QuestionEmpty`, `QuestionItemUnknown`."""
    said = text.strip()[:TEXT_CHARACTERS]
    if not said:
        raise QuestionEmpty

    def ask(tx: Tx) -> int:
        _demand_own_project(tx.connection, project_id, item_id, round_id)
        values = {"project_id": project_id, "item_id": item_id, "round_id": round_id, "asked_by": actor.id}
        question_id = store.insert_question(tx, **values, text=said, clause=_clause(clause))
        tx.journal(Event(actor.id, "question.asked", project_id, question_id, facts={"item": item_id}))
        return question_id

    def write(tx: Tx) -> int:
        authorise(tx.connection, actor, project_id, Act.ASK)
        return tx.once(request_id, actor.id, f"question.ask.{project_id}", lambda: ask(tx))

    return house.write(write)


def find_alike(connection: Connection, project_id: int, items: Sequence[int]) -> list[Alike]:
    """Open questions about much the same: half of these items or more, or half of their own. The caller authorises."""
    wanted = set(items)
    found = store.open_about(connection, project_id, sorted(wanted))
    return [Alike(number, text, shared) for number, text, shared, of in found if shared * 2 >= min(len(wanted), of)]


def ask_about(  # noqa: PLR0913 - a question is asked in one call
    house: House,
    actor: Actor,
    project_id: int,
    *,
    request_id: str,
    text: str,
    items: Sequence[int],
    clause: str | None = None,
    again: bool = False,
) -> int:
    """Ask one question about several items; returns it.

    Unless `again`, a question that is open about much the same is offered instead, as `AskedAlready`. Raises
    `QuestionEmpty`, `QuestionItemUnknown`, `TooManyAskedAbout`.
    """
    said, about = text.strip()[:TEXT_CHARACTERS], sorted(set(items))
    if not said or not about:
        raise QuestionEmpty
    if len(about) > MOST_ASKED_ABOUT:
        raise TooManyAskedAbout(count=len(about), most=MOST_ASKED_ABOUT)

    def ask(tx: Tx) -> int:
        missing = set(about) - find_items(tx.connection, project_id, about).keys()
        if missing:
            raise QuestionItemUnknown(item=min(missing))
        alike = [] if again else find_alike(tx.connection, project_id, about)
        if alike:
            shown = {"question": alike[0].id, "shared": alike[0].shared, "text": alike[0].text[:200]}
            raise AskedAlready(**shown, count=len(about))
        values = {"project_id": project_id, "item_id": about[0] if len(about) == 1 else None, "asked_by": actor.id}
        question_id = store.insert_question(tx, **values, round_id=None, text=said, clause=_clause(clause))
        if len(about) > 1:
            store.insert_question_items(tx, question_id, about)
        tx.journal(Event(actor.id, "question.asked", project_id, question_id, facts={"items": len(about)}))
        return question_id

    def write(tx: Tx) -> int:
        authorise(tx.connection, actor, project_id, Act.ASK)
        return tx.once(request_id, actor.id, f"question.ask.{project_id}", lambda: ask(tx))

    return house.write(write)


def _clause(clause: str | None) -> str | None:
    return (clause or "").strip()[:CLAUSE_CHARACTERS] or None


def _demand_own_project(connection: Connection, project_id: int, item_id: int | None, round_id: int | None) -> None:
    if item_id is not None and item_id not in find_items(connection, project_id, [item_id]):
        raise QuestionItemUnknown(item=item_id)
    round_ = find_round(connection, round_id) if round_id is not None else None
    if round_id is not None and (round_ is None or round_.project_id != project_id):
        raise RoundNotFound(round=round_id)


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


def list_questions(
    house: House, actor: Actor, project_id: int, state: QuestionState, wanted: PageRequest
) -> Page[Answered]:
    """A page of a project's questions: the open ones oldest first, the answered ones newest first."""
    after = int(decode_cursor(wanted.cursor)[0] or 0) if wanted.cursor else None
    with house.reading() as connection:
        authorise(connection, actor, project_id, Act.SEE_REPORTS)
        found = store.list_questions(connection, project_id, state, after, wanted.size + 1)
        rulings = store.rulings_of(connection, [question.id for question in found])
    rows = [Answered(question, rulings.get(question.id)) for question in found[: wanted.size]]
    return Page(rows, encode_cursor([rows[-1].question.id]) if len(found) > wanted.size else None)


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
    said = text.strip()[:TEXT_CHARACTERS]
    if not said:
        raise QuestionEmpty

    def write(tx: Tx) -> int:
        question = _question_for(tx.connection, actor, question_id)
        return tx.once(
            request_id,
            actor.id,
            f"question.rule.{question_id}",
            lambda: _rule(tx, actor, question, said, _clause(clause), answers),
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
    said = text.strip()[:TEXT_CHARACTERS]
    if not said:
        raise QuestionEmpty
    if has_annotated(tx.connection, actor.id, ruled.item_id):
        raise NotOwnWork
    values = {"project_id": ruled.project_id, "question_id": None, "item_id": ruled.item_id, "answers": ruled.answers}
    ruling = store.insert_ruling(tx, **values, text=said, clause=_clause(ruled.clause), ruled_by=actor.id)
    hold_ruled(tx, ruling, ruled)
    return ruling


def keep_ruling(tx: Tx, actor: Actor, ruled: RuledAnswer, text: str) -> int:
    """What was said of an answer after it was given: a ruling, and a reference of what it says is right (`answers`
    empty: nothing is). What holds for the item stays as it is. The caller has authorised. Returns the ruling.
    """
    right, clause = ruled.answers or None, _clause(ruled.clause)
    values = {"project_id": ruled.project_id, "question_id": None, "item_id": ruled.item_id, "answers": right}
    ruling = store.insert_ruling(tx, **values, text=text, clause=clause, ruled_by=actor.id)
    if right is not None:
        store.insert_reference(
            tx,
            project_id=ruled.project_id,
            rulebook_id=ruled.rulebook_id,
            origin=ReferenceOrigin.RULING,
            origin_id=str(ruling),
            item_id=ruled.item_id,
            answers=right,
            clause=clause,
        )
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
            clause=_clause(example.clause),
        )


def _answers_of(rulebook: CompiledRulebook, example: Example) -> str | None:
    try:
        answers = rulebook.answers_of(example)
    except BadExample:  # a document published before this was checked
        return None
    return encode_answers(answers).decode() if answers else None


SUBSCRIBERS = [Subscriber("rulings.examples", frozenset({"rulebook.published"}), keep_examples)]
