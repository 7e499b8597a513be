"""A question is asked; what is like it is offered first."""

from collections.abc import Sequence
from functools import lru_cache

from sqlalchemy import Connection

from guiju.annotations import RoundNotFound, find_round
from guiju.cleaning.duplicates import near_items
from guiju.data import find_items
from guiju.data.words import tokens_of
from guiju.people import Act
from guiju.projects import authorise
from guiju.rulings import store
from guiju.rulings.asking import store as asked_store
from guiju.rulings.asking.model import Known, Similar
from guiju.rulings.asking.rules import rank_alike, words_that_tell
from guiju.rulings.errors import AskedAlready, QuestionEmpty, QuestionItemUnknown, TooManyAskedAbout
from guiju.rulings.model import Alike, Question, QuestionState
from guiju.rulings.rules import clean_clause, clean_labels, clean_text
from guiju.rulings.veil import veiled_items
from guiju.rulings.waiting.store import owner_for
from guiju.storage import Actor, Event, House, Tx

MOST_ASKED_ABOUT = 500
# Near-duplicates of so many of the items are looked up.
SHOWN_ITEMS = 100


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
    labels: Sequence[str] = (),
) -> int:
    """Ask about an item, or about the rulebook as a whole; `labels` are those between which one hesitates.

    Raises `QuestionEmpty`, `QuestionItemUnknown`.
    """
    said = clean_text(text)
    about = {"item_id": item_id, "round_id": round_id, "clause": clean_clause(clause)}

    def ask(tx: Tx) -> int:
        _demand_own_project(tx.connection, project_id, item_id, round_id)
        items = [item_id] if item_id is not None else []
        question_id = _insert(tx, actor, project_id, items, text=said, **about)
        store.insert_question_labels(tx, question_id, clean_labels(labels))
        tx.journal(Event(actor.id, "question.asked", project_id, question_id, facts={"item": item_id}))
        return question_id

    def write(tx: Tx) -> int:
        authorise(tx.connection, actor, project_id, Act.ASK)
        return tx.once(request_id, actor.id, f"question.ask.{project_id}", lambda: ask(tx))

    return house.write(write)


def _insert(tx: Tx, actor: Actor, project_id: int, items: Sequence[int], **values: object) -> int:
    owner = owner_for(tx.connection, project_id, actor.id, items)
    return store.insert_question(tx, project_id=project_id, asked_by=actor.id, owner_id=owner, **values)


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
    labels: Sequence[str] = (),
    again: bool = False,
) -> int:
    """Ask one question about several items; returns it.

    Unless `again`, a question that is open about much the same is offered instead, as `AskedAlready`. Raises
    `QuestionEmpty`, `QuestionItemUnknown`, `TooManyAskedAbout`.
    """
    said, about = clean_text(text), sorted(set(items))
    if not about:
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
        one = about[0] if len(about) == 1 else None
        question_id = _insert(tx, actor, project_id, about, item_id=one, text=said, clause=clean_clause(clause))
        if len(about) > 1:
            store.insert_question_items(tx, question_id, about)
        store.insert_question_labels(tx, question_id, clean_labels(labels))
        tx.journal(Event(actor.id, "question.asked", project_id, question_id, facts={"items": len(about)}))
        return question_id

    def write(tx: Tx) -> int:
        authorise(tx.connection, actor, project_id, Act.ASK)
        return tx.once(request_id, actor.id, f"question.ask.{project_id}", lambda: ask(tx))

    return house.write(write)


def _demand_own_project(connection: Connection, project_id: int, item_id: int | None, round_id: int | None) -> None:
    if item_id is not None and item_id not in find_items(connection, project_id, [item_id]):
        raise QuestionItemUnknown(item=item_id)
    round_ = find_round(connection, round_id) if round_id is not None else None
    if round_id is not None and (round_ is None or round_.project_id != project_id):
        raise RoundNotFound(round=round_id)


def find_similar(
    house: House,
    actor: Actor,
    project_id: int,
    *,
    text: str,
    items: Sequence[int] = (),
    labels: Sequence[str] = (),
) -> list[Similar]:
    """Questions like the one that somebody is about to ask, open ones and those that are answered."""
    with house.reading() as connection:
        authorise(connection, actor, project_id, Act.ASK)
        asked = Known(0, text, QuestionState.OPEN, frozenset(items), frozenset(labels))
        veiled = veiled_items(connection, actor.id, project_id) if not actor.trusted else frozenset[int]()
        return similar_to(connection, project_id, asked, veiled)


def similar_to_question(
    connection: Connection, question: Question, veiled: frozenset[int] = frozenset()
) -> list[Similar]:
    """Other questions of the project like this one, without those that are veiled. The caller authorises."""
    found = similar_to(connection, question.project_id, _known(question), veiled)
    return [each for each in found if each.id != question.id]


def similar_to(
    connection: Connection, project_id: int, asked: Known, veiled: frozenset[int] = frozenset()
) -> list[Similar]:
    """Other questions of the project like the one asked, without those about `veiled` items. The caller authorises."""
    newest = asked_store.newest_known(connection, project_id)
    known = [each for each in newest if each.id != asked.id and not each.items & veiled]
    near = near_items(connection, project_id, sorted(asked.items)[:SHOWN_ITEMS])
    found = rank_alike(asked, known, near, _words_of)
    rulings = store.rulings_of(connection, [each.id for each in found])
    rows = {each.id: each for each in store.find_questions(connection, [each.id for each in found])}
    return [
        Similar(one.id, row.text, row.state, row.asked_by, one.score, one.why, rulings.get(one.id))
        for one in found
        for row in [rows[one.id]]
    ]


def _known(question: Question) -> Known:
    return Known(question.id, question.text, question.state, frozenset(question.about), frozenset(question.labels))


@lru_cache(8_192)
def _words_of(text: str) -> frozenset[str]:
    return words_that_tell(tokens_of(text))
