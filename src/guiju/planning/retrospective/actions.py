"""Retrospectives are written by the program, filled in with words, signed; and read."""

from collections.abc import Mapping

import msgspec
from sqlalchemy import Connection

from guiju.annotations import RoundKind, RoundState, list_rounds
from guiju.people import Act, may
from guiju.planning.retrospective import store
from guiju.planning.retrospective.errors import (
    NothingDone,
    RetrospectiveFinished,
    RetrospectiveNotFound,
    StaleRetrospective,
)
from guiju.planning.retrospective.gathering import gather_figures
from guiju.planning.retrospective.model import Confused, Retrospective
from guiju.planning.retrospective.rules import check_finish, check_over, check_words
from guiju.projects import Standing, authorise
from guiju.rulebooks import latest_published
from guiju.storage import Actor, Event, House, Tx
from guiju.work.trial.actions import make_report

MOST_CONFUSED = 12


def list_retrospectives(
    house: House, actor: Actor, project_id: int
) -> tuple[Standing, list[Retrospective], tuple[int, int]]:
    """Every version, the newest first, drafts for who writes them alone; and how many rounds and lots are not over."""
    with house.reading() as connection:
        standing = authorise(connection, actor, project_id, Act.SEE_REPORTS)
        writes = actor.trusted or may(standing.roles, Act.DECIDE_GATE)
        found = [one for one in store.list_all(connection, project_id) if one.is_finished or writes]
        return standing, found, store.count_open(connection, project_id)


def read_retrospective(house: House, actor: Actor, project_id: int, version: int | None = None) -> Retrospective:
    """A version, or the newest that the reader may see. Raises `RetrospectiveNotFound`."""
    _, found, _ = list_retrospectives(house, actor, project_id)
    one = next((each for each in found if version in {None, each.version}), None)
    if one is None:
        raise RetrospectiveNotFound(version=version)
    return one


def write_retrospective(
    house: House, actor: Actor, project_id: int, *, request_id: str, interim: bool = False
) -> Retrospective:
    """Let the program write a new version from the tables; the words of an unsigned one before are kept.

    Raises `WorkStillOpen` unless it is an `interim` one, `NothingDone`.
    """
    with house.reading() as connection:
        standing = authorise(connection, actor, project_id, Act.DECIDE_GATE)
        check_over(*store.count_open(connection, project_id), is_interim=interim)
        trial = _last_trial(connection, project_id)
        rulebook = latest_published(connection, project_id)
    names = {id_: dict(label.name) for id_, label in rulebook.labels.items()} if rulebook else {}
    confused = _confused(house, actor, trial, names) if trial else []
    with house.reading() as connection:
        figures = gather_figures(connection, standing.project, house.clock(), confused)
    if not figures.spent:
        raise NothingDone
    kinds = ",".join(sorted({one.kind for one in rulebook.rulebook.fields})) if rulebook else ""
    told = {"interim": interim, "figures": msgspec.json.encode(figures).decode(), "kinds": kinds[:200]}

    def write(tx: Tx) -> int:
        authorise(tx.connection, actor, project_id, Act.DECIDE_GATE)
        check_over(*store.count_open(tx.connection, project_id), is_interim=interim)
        values = {**told, "trade": figures.trade[:60], "written_by": actor.id}
        return tx.once(request_id, actor.id, f"retrospective.{project_id}", lambda: _put(tx, actor, project_id, values))

    version = house.write(write)
    return read_retrospective(house, actor, project_id, version)


def _put(tx: Tx, actor: Actor, project_id: int, values: Mapping[str, object]) -> int:
    """A draft is written anew with its words; behind a signed one comes the next version."""
    known = store.list_all(tx.connection, project_id)
    version = known[0].version if known and not known[0].is_finished else (known[0].version if known else 0) + 1
    if known and not known[0].is_finished:
        store.update_one(tx, known[0].id, **values, written_at=tx.at)
    else:
        store.insert_one(tx, project_id=project_id, version=version, **values)
    facts = {"version": version, "interim": values["interim"], "figures": values["figures"]}
    tx.journal(Event(actor.id, "retrospective.written", project_id, version, facts=facts))
    return version


def _last_trial(connection: Connection, project_id: int) -> int | None:
    closed = [one for one in list_rounds(connection, project_id) if one.state is RoundState.CLOSED]
    return next((one.id for one in reversed(closed) if one.kind is RoundKind.TRIAL), None)


def _confused(house: House, actor: Actor, trial: int, names: Mapping[str, Mapping[str, str]]) -> list[Confused]:
    report = make_report(house, actor, trial)
    pairs = [
        Confused(line.a, line.b, line.count, {one: dict(names[one]) for one in (line.a, line.b) if one in names})
        for field in report.fields
        for line in field.confusions
    ]
    return sorted(pairs, key=lambda one: (-one.count, one.a, one.b))[:MOST_CONFUSED]


def save_words(
    house: House, actor: Actor, project_id: int, version: int, *, revision: int, words: Mapping[str, str]
) -> int:
    """Keep the trainer's words, {section: text}; the new revision.

    Raises `RetrospectiveNotFound`, `RetrospectiveFinished`, `StaleRetrospective`, `UnknownSection`.
    """
    said = check_words(words)

    def write(tx: Tx) -> int:
        one = _lock(tx, actor, project_id, version, revision)
        store.update_one(tx, one.id, words=msgspec.json.encode(said).decode())
        tx.journal(Event(actor.id, "retrospective.saved", project_id, version, one.revision, facts=said))
        return one.revision + 1

    return house.write(write)


def finish_retrospective(
    house: House, actor: Actor, project_id: int, version: int, *, revision: int, words: Mapping[str, str] | None = None
) -> None:
    """Sign a version: it never changes again and, unless it is an interim one, teaches later estimates.

    Raises what `save_words` raises, `WordsMissing`.
    """
    said = check_words(words) if words is not None else None

    def write(tx: Tx) -> None:
        one = _lock(tx, actor, project_id, version, revision)
        kept = one.words if said is None else said
        check_finish(kept)
        check_over(*store.count_open(tx.connection, project_id), is_interim=one.is_interim)
        document = msgspec.json.encode(kept).decode()
        store.update_one(tx, one.id, words=document, state="finished", signed_by=actor.id, signed_at=tx.at)
        facts = {"words": document, "figures": msgspec.json.encode(one.figures).decode()}
        tx.journal(Event(actor.id, "retrospective.signed", project_id, version, one.revision, facts=facts))

    house.write(write)


def _lock(tx: Tx, actor: Actor, project_id: int, version: int, revision: int) -> Retrospective:
    authorise(tx.connection, actor, project_id, Act.DECIDE_GATE)
    one = store.find(tx.connection, project_id, version, lock=True)
    if one is None:
        raise RetrospectiveNotFound(version=version)
    if one.is_finished:
        raise RetrospectiveFinished(version=version)
    if one.revision != revision:
        raise StaleRetrospective(version=version)
    return one
