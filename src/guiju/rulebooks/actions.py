"""What is done to rulebooks: a draft saved, a version published, versions read and compared."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from threading import Lock
from typing import TypeAlias
from weakref import WeakKeyDictionary

from sqlalchemy import Connection, Engine

from guiju.data import find_items_by_name
from guiju.kinds import ItemShape
from guiju.kit import Refusal, sha256_hex
from guiju.people import Act
from guiju.projects import Project, Standing, authorise
from guiju.rulebooks import store
from guiju.rulebooks.compiled import CompiledRulebook, compile_rulebook, problems_of
from guiju.rulebooks.diff import Proposal, is_version, propose_version, version_of
from guiju.rulebooks.document import parse_rulebook, tidy_document, with_version
from guiju.rulebooks.errors import (
    BadVersion,
    NothingToPublish,
    RulebookConflict,
    RulebookHasProblems,
    RulebookIsStale,
    RulebookNotFound,
    VersionNotNewer,
)
from guiju.rulebooks.merging import Merged, merge_documents
from guiju.rulebooks.model import Problem, Rulebook, RulebookVersion, Severity
from guiju.rulebooks.rules import errors_of
from guiju.rulebooks.starter import starter_document
from guiju.storage import Actor, Event, House, Tx

MOST_KEPT = 64
SAVES_KEPT = 100


def save_draft(
    house: House, actor: Actor, project_id: int, *, document: str, from_revision: int, request_id: str
) -> int:
    """Keep `document` as the project's draft, readable or not: nothing typed is lost. Returns its revision.

    `from_revision` is what `get_draft` gave, 0 for the first. Where others saved since, both texts are merged passage
    by passage, and the revision returned is more than one above. Raises `RulebookConflict` for a passage that both
    changed, `RulebookIsStale` where what both began with is no longer kept.
    """
    mine = tidy_document(document)

    def save(tx: Tx) -> int:
        draft, latest = _draft_and_latest(tx.connection, project_id)
        current = draft or latest
        revision = current.revision if current else 0
        text = mine
        if revision != from_revision:
            merged = _merged(tx.connection, project_id, mine, from_revision, current)
            if merged.conflicts:
                raise RulebookConflict(places=", ".join(each.place for each in merged.conflicts), revision=revision)
            text = merged.text
        kept = {"project_id": project_id, "revision": revision + 1, "document": text, "saved_by": actor.id}
        store.insert_save(tx, keep=SAVES_KEPT, **kept)
        values = {"document": text, "digest": sha256_hex(text.encode()), "revision": revision + 1}
        saved = _store_draft(tx, actor, project_id, draft, {**values, "based_on": latest.id if latest else None})
        facts = {"digest": values["digest"]}
        tx.journal(Event(actor.id, "rulebook.drafted", project_id, saved, from_revision=revision, facts=facts))
        return revision + 1

    def write(tx: Tx) -> int:
        authorise(tx.connection, actor, project_id, Act.WRITE_RULEBOOK)
        return tx.once(request_id, actor.id, f"rulebook.draft.{project_id}", lambda: save(tx))

    return house.write(write)


def _merged(
    connection: Connection, project_id: int, mine: str, from_revision: int, current: RulebookVersion | None
) -> Merged:
    base = store.find_save(connection, project_id, from_revision)
    if current is None or base is None or from_revision > current.revision:
        raise RulebookIsStale(revision=current.revision if current else 0, started=from_revision)
    return merge_documents(base, mine, current.document)


def merge_draft(house: House, actor: Actor, project_id: int, document: str, from_revision: int) -> Merged:
    """`document`, begun at `from_revision`, with what others saved since: what a save would keep, or the conflicts.

    Raises `RulebookIsStale` where what both began with is no longer kept.
    """
    with house.reading() as connection:
        authorise(connection, actor, project_id, Act.WRITE_RULEBOOK)
        draft, latest = _draft_and_latest(connection, project_id)
        return _merged(connection, project_id, tidy_document(document), from_revision, draft or latest)


def _store_draft(
    tx: Tx, actor: Actor, project_id: int, draft: RulebookVersion | None, values: dict[str, object]
) -> int:
    if draft is None:
        return store.insert_draft(tx, project_id=project_id, created_by=actor.id, **values)
    store.update_draft(tx, draft.id, **values)
    return draft.id


def _draft_and_latest(connection: Connection, project_id: int) -> tuple[RulebookVersion | None, RulebookVersion | None]:
    return store.find_draft(connection, project_id), store.find_latest(connection, project_id)


@dataclass(frozen=True, slots=True)
class Draft:
    """What the editor shows: the draft, or the text that a new draft begins with.

    `revision` is what a save says it started from; `problems` are of this text; without a `proposal` it has errors.
    """

    project: Project
    document: str
    revision: int
    is_saved: bool
    latest: RulebookVersion | None
    problems: list[Problem]
    proposal: Proposal | None


def get_draft(house: House, actor: Actor, project_id: int, *, starter: str = "choice") -> Draft:
    """The draft; else the latest version to go on from; else a starter for `choice` or `box`."""
    with house.reading() as connection:
        standing = authorise(connection, actor, project_id, Act.WRITE_RULEBOOK)
        draft, latest = _draft_and_latest(connection, project_id)
    current = draft or latest
    document = current.document if current else starter_document(starter)
    problems = problems_in(house, project_id, document)
    refusal = None if errors_of(problems) else _refusal_of(house, project_id, latest, document, most=LOOKED_THROUGH)
    problems = [_as_problem(refusal), *problems] if refusal else problems
    proposal = None if errors_of(problems) else _propose(latest, document)
    revision = current.revision if current else 0
    return Draft(standing.project, document, revision, draft is not None, latest, problems, proposal)


LOOKED_THROUGH = 5_000
"""So many answers a draft is held against whenever it is looked at; publishing holds it against all of them."""

Guard: TypeAlias = Callable[[Connection, int, Rulebook, Rulebook, int | None], Refusal | None]
_guards: list[Guard] = []


def guard_publishing(guard: Guard) -> None:
    """Let a room above refuse a document that is to follow another: `guard(connection, project_id, before, after,
    most)`; `most` answers are enough to look through, `None`: all."""
    _guards.append(guard)


def _refusal_of(
    house: House, project_id: int, latest: RulebookVersion | None, document: str, *, most: int | None = None
) -> Refusal | None:
    """What rooms above have against a document that can be read."""
    if latest is None:
        return None
    before, after = _published_rulebook(latest), parse_rulebook(document)
    with house.reading() as connection:
        return next(filter(None, (guard(connection, project_id, before, after, most) for guard in _guards)), None)


def _as_problem(refusal: Refusal) -> Problem:
    return Problem(refusal.code, Severity.ERROR, refusal.sentence, refusal.next_step, refusal.details)


def problems_in(house: House, project_id: int, document: str) -> list[Problem]:
    """Everything wrong with a document, the examples tried on the project's own items. The caller has authorised."""

    def shapes(names: Sequence[str]) -> dict[str, ItemShape]:
        with house.reading() as connection:
            return {name: item.shape for name, item in find_items_by_name(connection, project_id, names).items()}

    return problems_of(document, shapes)


def _propose(latest: RulebookVersion | None, document: str) -> Proposal:
    return propose_version(_published_rulebook(latest) if latest else None, parse_rulebook(document))


def _published_rulebook(version: RulebookVersion) -> Rulebook:
    """The parsed document; the row's version counts, whatever the text of an old import says."""
    return replace(parse_rulebook(version.document), version=version.version)


@dataclass(frozen=True, slots=True)
class _Ready:
    """A draft found fit to be published, read outside the writing transaction."""

    id: int
    revision: int
    version: str
    document: str


def publish_rulebook(
    house: House, actor: Actor, project_id: int, *, request_id: str, version: str | None = None
) -> int:
    """Make the draft the next version, for good; by default the one that its changes propose. Returns its id.

    Raises `NothingToPublish`, `RulebookHasProblems`, `BadVersion`, `VersionNotNewer`, and `RulebookIsStale` if
    somebody saved meanwhile.
    """
    ready = _prepare(house, actor, project_id, version)

    def publish(tx: Tx) -> int:
        if isinstance(ready, Refusal):
            raise ready
        draft = store.find_draft(tx.connection, project_id)
        if draft is None or draft.revision != ready.revision:
            raise RulebookIsStale(revision=draft.revision if draft else 0, started=ready.revision)
        digest = sha256_hex(ready.document.encode())
        made = {"version": ready.version, "document": ready.document, "digest": digest}
        store.update_draft(tx, ready.id, **made, published_by=actor.id, published_at=tx.at)
        facts = {"version": ready.version, "digest": digest}
        tx.journal(
            Event(actor.id, "rulebook.published", project_id, ready.id, from_revision=ready.revision, facts=facts)
        )
        return ready.id

    def write(tx: Tx) -> int:
        authorise(tx.connection, actor, project_id, Act.PUBLISH_RULEBOOK)
        return tx.once(request_id, actor.id, f"rulebook.publish.{project_id}", lambda: publish(tx))

    return house.write(write)


def _prepare(house: House, actor: Actor, project_id: int, version: str | None) -> _Ready | Refusal:
    """Parsing happens here, outside the write. A refusal is a value, since a request sent twice may be answered."""
    with house.reading() as connection:
        authorise(connection, actor, project_id, Act.PUBLISH_RULEBOOK)
        draft, latest = _draft_and_latest(connection, project_id)
    if draft is None:
        return NothingToPublish()
    errors = errors_of(problems_in(house, project_id, draft.document))
    if errors:
        return RulebookHasProblems(count=len(errors), line=errors[0].line)
    refusal = _refusal_of(house, project_id, latest, draft.document)
    if refusal is not None:
        return refusal
    proposed = _propose(latest, draft.document).version
    try:
        chosen = _chosen_version(version, proposed, latest)
    except Refusal as refusal:
        return refusal
    return _Ready(draft.id, draft.revision, chosen, with_version(draft.document, chosen))


def _chosen_version(wanted: str | None, proposed: str, latest: RulebookVersion | None) -> str:
    chosen = wanted or proposed
    if not is_version(chosen):
        raise BadVersion(version=chosen[:40], proposed=proposed)
    if latest and version_of(chosen) <= version_of(latest.version):
        raise VersionNotNewer(version=chosen, latest=latest.version, proposed=proposed)
    return chosen


class _Kept:
    """Compiled versions by database and id: a published one never changes, so it is compiled once a process."""

    def __init__(self) -> None:
        self._by_engine: WeakKeyDictionary[Engine, dict[int, CompiledRulebook]] = WeakKeyDictionary()
        self._lock = Lock()

    def find(self, engine: Engine, rulebook_id: int) -> CompiledRulebook | None:
        return self._by_engine.get(engine, {}).get(rulebook_id)

    def keep(self, engine: Engine, compiled: CompiledRulebook) -> CompiledRulebook:
        with self._lock:
            kept = self._by_engine.setdefault(engine, {})
            if len(kept) >= MOST_KEPT:
                del kept[next(iter(kept))]
            return kept.setdefault(compiled.id, compiled)


_kept = _Kept()


def get_published(connection: Connection, rulebook_id: int) -> CompiledRulebook:
    """A published version, compiled; the caller has authorised. Raises `RulebookNotFound` (a draft is none)."""
    found = _kept.find(connection.engine, rulebook_id)
    if found is not None:
        return found
    version = store.find_by_id(connection, rulebook_id)
    if version is None or version.is_draft:
        raise RulebookNotFound(rulebook=rulebook_id)
    return _kept.keep(connection.engine, compile_rulebook(version))


def latest_published(connection: Connection, project_id: int) -> CompiledRulebook | None:
    """The version that a project works by now, compiled; the caller has authorised."""
    found = store.find_latest_id(connection, project_id)
    return None if found is None else get_published(connection, found)


def list_versions(house: House, actor: Actor, project_id: int) -> tuple[Project, list[RulebookVersion]]:
    """The project and its published versions, the newest first."""
    with house.reading() as connection:
        standing = authorise(connection, actor, project_id, Act.SEE_RULEBOOK)
        return standing.project, store.list_published(connection, project_id)


def read_rulebook(house: House, actor: Actor, project_id: int) -> tuple[Standing, CompiledRulebook | None]:
    """The reader's standing, and the version that the project works by now."""
    with house.reading() as connection:
        standing = authorise(connection, actor, project_id, Act.SEE_RULEBOOK)
        return standing, latest_published(connection, project_id)


def get_rulebook(house: House, actor: Actor, project_id: int, rulebook_id: int) -> tuple[Project, CompiledRulebook]:
    """A published version of this project. Raises `RulebookNotFound`."""
    with house.reading() as connection:
        standing = authorise(connection, actor, project_id, Act.SEE_RULEBOOK)
        compiled = get_published(connection, rulebook_id)
    if compiled.project_id != project_id:
        raise RulebookNotFound(rulebook=rulebook_id)
    return standing.project, compiled


def get_document(house: House, actor: Actor, project_id: int, rulebook_id: int) -> RulebookVersion:
    """A published version with its text as it was written. Raises `RulebookNotFound`."""
    with house.reading() as connection:
        authorise(connection, actor, project_id, Act.SEE_RULEBOOK)
        version = store.find_by_id(connection, rulebook_id)
    if version is None or version.is_draft or version.project_id != project_id:
        raise RulebookNotFound(rulebook=rulebook_id)
    return version
