"""Amendments are opened by rulings, written into the draft, and settled by what is published."""

from dataclasses import dataclass

from sqlalchemy import Connection

from guiju.findings.upward.actions import add_clause_to_draft
from guiju.inspection.causes.rules import labels_concerned
from guiju.inspection.disputes.model import Disputed, DisputeState
from guiju.inspection.disputes.store import list_disputed
from guiju.kinds import decode_stored
from guiju.people import Act, Role, may
from guiju.planning.amendments import store
from guiju.planning.amendments.errors import AmendmentEmpty, AmendmentNotFound, AmendmentSettled
from guiju.planning.amendments.model import Amendment, AmendmentState, Written
from guiju.planning.amendments.rules import clean_text, extend_clause
from guiju.projects import Project, authorise
from guiju.rulebooks import get_draft, get_published, parse_rulebook, save_draft
from guiju.storage import Actor, Event, House, JournalRow, Subscriber, Tx

TITLE_CHARACTERS = 120
ID_CHARACTERS = 58


@dataclass(frozen=True, slots=True)
class Listed:
    """The amendments of a project, the newest first, and the clauses that its draft has (id and title)."""

    project: Project
    amendments: list[Amendment]
    clauses: dict[str, dict[str, str]]
    versions: dict[int, str]
    may_write: bool


def list_amendments(house: House, actor: Actor, project_id: int) -> Listed:
    """For whom may see reports."""
    with house.reading() as connection:
        standing = authorise(connection, actor, project_id, Act.SEE_REPORTS)
        found = store.list_of(connection, project_id)
        published = {one.rulebook_id for one in found if one.rulebook_id}
        versions = {each: get_published(connection, each).version for each in published}
    draft = parse_rulebook(get_draft(house, actor, project_id).document)
    clauses = {clause.id: dict(clause.title) for clause in draft.clauses}
    return Listed(standing.project, found, clauses, versions, _may_write(actor, standing.roles))


def _may_write(actor: Actor, roles: Role) -> bool:
    return actor.trusted or may(roles, Act.WRITE_RULEBOOK)


def write_amendment(
    house: House, actor: Actor, project_id: int, dispute_id: int, written: Written, *, request_id: str
) -> str:
    """Write it into the rulebook's draft; the clause. Raises `AmendmentNotFound`, `AmendmentSettled`, `AmendmentEmpty`,
    `ClauseNotInDraft`, and what saving a draft raises."""
    text = clean_text(written.text)
    with house.reading() as connection:
        authorise(connection, actor, project_id, Act.WRITE_RULEBOOK)
        amendment = _get(connection, project_id, dispute_id)
        labels = _labels(connection, project_id).get(dispute_id, set[str]())
    if amendment.clause is not None and amendment.state is AmendmentState.DRAFTED:
        return amendment.clause
    _check_open(amendment)
    base = request_id[:ID_CHARACTERS]
    if written.clause:
        draft = get_draft(house, actor, project_id)
        document, clause = extend_clause(draft.document, written.clause, text), written.clause
        save_draft(house, actor, project_id, document=document, from_revision=draft.revision, request_id=f"{base}-text")
    else:
        title = " ".join(written.title.split())[:TITLE_CHARACTERS]
        if not title:
            raise AmendmentEmpty
        about, request = sorted(labels), f"{base}-text"
        clause = add_clause_to_draft(house, actor, project_id, request_id=request, title=title, text=text, labels=about)

    def note(tx: Tx) -> str:
        store.settle(tx, dispute_id, clause=clause, written_by=actor.id, written_at=tx.at)
        tx.journal(Event(actor.id, "amendment.written", project_id, dispute_id, facts={"clause": clause}))
        return clause

    def write(tx: Tx) -> str:
        authorise(tx.connection, actor, project_id, Act.WRITE_RULEBOOK)
        return tx.once(request_id, actor.id, f"amendment.write.{dispute_id}", lambda: note(tx))

    return house.write(write)


def drop_amendment(
    house: House, actor: Actor, project_id: int, dispute_id: int, *, request_id: str, reason: str
) -> None:
    """Say why the rules need no amendment. Raises `AmendmentNotFound`, `AmendmentSettled`, `AmendmentEmpty`."""
    why = clean_text(reason)

    def drop(tx: Tx) -> None:
        _check_open(_get(tx.connection, project_id, dispute_id))
        store.settle(tx, dispute_id, dropped_why=why, dropped_by=actor.id)
        tx.journal(Event(actor.id, "amendment.dropped", project_id, dispute_id))

    def write(tx: Tx) -> None:
        authorise(tx.connection, actor, project_id, Act.WRITE_RULEBOOK)
        tx.once(request_id, actor.id, f"amendment.drop.{dispute_id}", lambda: drop(tx))

    house.write(write)


def _get(connection: Connection, project_id: int, dispute_id: int) -> Amendment:
    found = store.find(connection, project_id, dispute_id)
    if found is None:
        raise AmendmentNotFound(dispute=dispute_id)
    return found


def _check_open(amendment: Amendment) -> None:
    if amendment.state is not AmendmentState.OPEN:
        raise AmendmentSettled(state=amendment.state_name)


def _labels(connection: Connection, project_id: int) -> dict[int, set[str]]:
    """By dispute, the labels of the case that was ruled on."""
    ruled = (DisputeState.WITHDRAWN, DisputeState.CONFIRMED)
    found = list_disputed(connection, project_id, ruled, before=None, limit=10_000)
    return {one.dispute.id: _of_case(one) for one in found if one.dispute.gap}


def _of_case(one: Disputed) -> set[str]:
    correction = one.finding.correction
    return labels_concerned(decode_stored(one.judged), decode_stored(correction) if correction else None)


def drafted_clauses(connection: Connection, project_id: int) -> list[tuple[str, set[str]]]:
    """`(clause, labels of the case that was ruled on)` of the amendments that are in the draft; the caller has
    authorised."""
    drafted = [one for one in store.list_of(connection, project_id) if one.state is AmendmentState.DRAFTED]
    labels = _labels(connection, project_id) if drafted else {}
    return [(one.clause or "", labels.get(one.dispute_id, set())) for one in drafted]


def keep_recheck(tx: Tx, project_id: int, rulebook_id: int, round_id: int) -> None:
    """Note the recheck that publishing a version opened, by the amendments that the version has."""
    _keep_published(tx, project_id, rulebook_id)
    store.keep_recheck(tx, project_id, rulebook_id, round_id)


def _keep_published(tx: Tx, project_id: int, rulebook_id: int) -> None:
    clauses = {clause.id for clause in get_published(tx.connection, rulebook_id).rulebook.clauses}
    store.keep_published(tx, project_id, rulebook_id, clauses)


def _follow(tx: Tx, row: JournalRow) -> None:
    """A ruling that found a gap opens an amendment; a version that is published has those written into it."""
    if row.project_id is None or row.subject_id is None:
        return
    if row.action == "rulebook.published":
        _keep_published(tx, row.project_id, row.subject_id)
    elif store.is_gap(tx.connection, row.subject_id) and not store.is_there(tx.connection, row.subject_id):
        store.open_one(tx, row.project_id, row.subject_id)
        tx.journal(Event(row.actor_id, "amendment.opened", row.project_id, row.subject_id))


SUBSCRIBERS = [Subscriber("planning.amendments", frozenset({"dispute.ruled", "rulebook.published"}), _follow)]
