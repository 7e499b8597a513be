"""What pages, routes and reports show of acceptances, authorised."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Connection, func, select

from guiju.inspection import store as inspection
from guiju.inspection.acceptance import store
from guiju.inspection.acceptance.actions import acceptance_of
from guiju.inspection.acceptance.content import content_lines, read_content_of, versions_used
from guiju.inspection.acceptance.model import (
    Acceptance,
    AcceptanceState,
    CauseCount,
    Condition,
    Counted,
    Statement,
    VersionUsed,
)
from guiju.inspection.acceptance.rules import compare, compare_causes, sum_ours, theirs_of
from guiju.inspection.acceptance.signing import facts_of
from guiju.inspection.model import DefectCount, LotRow, SampleItem, Tally
from guiju.inspection.reading import with_tallies
from guiju.inspection.rules import count_defects, tally
from guiju.kit import N_, Sentence, digest
from guiju.people import Act
from guiju.projects import authorise
from guiju.rulebooks import latest_published
from guiju.rulings import question_table
from guiju.storage import Actor, House
from guiju.storage.tables import journal

_DISPUTED = N_("{count} findings on what is offered are disputed and wait for a ruling; nothing is signed meanwhile.")
_QUESTIONS = N_("Questions still open: {count}.")
_OLDER = N_("{n} items were answered under an earlier version than {version}.")
_CHANGED = N_("{n} items of lot {lot} were answered anew since it was accepted; they come again in another lot.")
_INSPECTING = N_("{n} lots are still being inspected and are not offered.")
_REJECTED = N_("{n} lots were rejected and are in rework; they are not offered.")
_UNJUDGED = N_("No item of these lots was inspected by us.")


@dataclass(frozen=True, slots=True)
class Offer:
    """What waits for the customer: lots with what our inspection found, versions, what is known to be lacking."""

    rows: tuple[LotRow, ...]
    items: int
    versions: tuple[VersionUsed, ...]
    ours: Counted
    defects: tuple[DefectCount, ...]
    issues: tuple[Sentence, ...]
    disputed: int


@dataclass(frozen=True, slots=True)
class Report:
    """Everything that an acceptance's page says. `own` are places with the reader's own work."""

    acceptance: Acceptance
    rows: tuple[LotRow, ...]
    versions: tuple[VersionUsed, ...]
    sample: tuple[SampleItem, ...]
    tally: Tally
    ours: Counted
    theirs: Counted
    difference: Sentence
    causes: tuple[CauseCount, ...]
    issues: tuple[Sentence, ...]
    disputed: int
    conditions: tuple[Condition, ...]
    mark: str
    own: frozenset[int]


@dataclass(frozen=True, slots=True)
class Proof:
    """A signature held against the records: whether the journal has its digest, whether the statement gives it, whether
    the answers still give the digest that the statement names."""

    digest: str
    statement: Statement
    in_journal: bool
    statement_holds: bool
    content: str
    content_holds: bool

    @property
    def holds(self) -> bool:
        return self.in_journal and self.statement_holds and self.content_holds


@dataclass(frozen=True, slots=True)
class SignedRow:
    """A signed acceptance for reports above: what was said, and its conditions."""

    acceptance: Acceptance
    statement: Statement
    conditions: tuple[Condition, ...]


def look_at_offer(house: House, actor: Actor, project_id: int) -> Offer:
    """What waits for the customer now."""
    with house.reading() as connection:
        authorise(connection, actor, project_id, Act.SEE_REPORTS)
        lots = store.waiting_lots(connection, project_id)
        rows = with_tallies(connection, lots)
        ids = [lot.id for lot in lots]
        versions = versions_used(connection, ids, store.last_resolution(connection))
        return Offer(
            tuple(rows),
            sum(lot.plan.lot for lot in lots),
            versions,
            sum_ours(rows),
            tuple(_defects_of(connection, ids)),
            tuple(_issues(connection, project_id, rows, versions)),
            sum(store.disputes_by_lot(connection, ids).values()),
        )


def _defects_of(connection: Connection, lot_ids: Iterable[int]) -> list[DefectCount]:
    """Our inspection's defects in all these lots together."""
    return count_defects(place for lot_id in lot_ids for place in inspection.read_sample(connection, lot_id))


def _issues(
    connection: Connection, project_id: int, rows: list[LotRow], versions: Iterable[VersionUsed]
) -> Iterable[Sentence]:
    """What the customer should know before signing, in that order."""
    ids = [row.lot.id for row in rows]
    numbers = {row.lot.id: row.lot.number for row in rows}
    disputed = sum(store.disputes_by_lot(connection, ids).values())
    if disputed:
        yield Sentence(_DISPUTED, {"count": disputed})
    if rows and not any(row.tally.judged for row in rows):
        yield Sentence(_UNJUDGED)
    for lot_id, n in sorted(store.changed_by_lot(connection, ids).items()):
        yield Sentence(_CHANGED, {"n": n, "lot": numbers[lot_id]})
    newest = latest_published(connection, project_id)
    older = sum(one.items for one in versions if newest and one.version != newest.version)
    if older and newest:
        yield Sentence(_OLDER, {"n": f"{older:,}", "version": newest.version})
    asked = question_table.c
    open_ = (asked.project_id == project_id) & (asked.state == "open")
    questions = connection.execute(select(func.count()).where(open_)).scalar_one()
    if questions:
        yield Sentence(_QUESTIONS, {"count": questions})
    undecided = store.count_undecided(connection, project_id)
    for state, said in (("inspecting", _INSPECTING), ("rejected", _REJECTED)):
        if undecided.get(state):
            yield Sentence(said, {"n": undecided[state]})


def list_acceptances(house: House, actor: Actor, project_id: int) -> list[Acceptance]:
    """The project's acceptances, the newest first."""
    with house.reading() as connection:
        authorise(connection, actor, project_id, Act.SEE_REPORTS)
        return store.list_all(connection, project_id)


def get_acceptance(house: House, actor: Actor, project_id: int, acceptance_id: int) -> Report:
    """An acceptance with both inspections side by side. Raises `AcceptanceNotFound`."""
    with house.reading() as connection:
        authorise(connection, actor, project_id, Act.SEE_REPORTS)
        acceptance = acceptance_of(connection, project_id, acceptance_id)
        facts = facts_of(connection, acceptance)
        ids = [row.lot.id for row in facts.rows]
        signed = acceptance.statement
        found = tally(facts.sample)
        ours = signed.ours if signed else sum_ours(facts.rows)
        return Report(
            acceptance,
            tuple(facts.rows),
            facts.versions,
            tuple(facts.sample),
            found,
            ours,
            theirs_of(found),
            compare(ours, theirs_of(found)),
            tuple(compare_causes(_defects_of(connection, ids), count_defects(facts.sample))),
            () if signed else tuple(_issues(connection, project_id, facts.rows, facts.versions)),
            sum(store.disputes_by_lot(connection, ids).values()),
            tuple(store.list_conditions(connection, acceptance_id)),
            facts.mark,
            frozenset(store.own_places(connection, acceptance_id, actor.id)),
        )


def prove_acceptance(house: House, actor: Actor, project_id: int, acceptance_id: int) -> Proof | None:
    """Hold a signature against the records; `None` while nothing is signed. Raises `AcceptanceNotFound`."""
    with house.reading() as connection:
        authorise(connection, actor, project_id, Act.SEE_REPORTS)
        one = acceptance_of(connection, project_id, acceptance_id)
        if one.statement is None or one.digest is None:
            return None
        lots = [lot.id for lot in store.lots_of(connection, one.id)]
        content = read_content_of(connection, lots, one.last_resolution).digest
        row = journal.c
        found = connection.execute(
            journal.select().where(row.id == one.signed_event, row.action == "acceptance.signed")
        ).first()
    return Proof(
        one.digest,
        one.statement,
        found is not None and found.digest == one.digest,
        digest(one.statement) == one.digest,
        content,
        content == one.statement.content,
    )


def read_content(house: House, actor: Actor, project_id: int, acceptance_id: int) -> bytes:
    """The lines whose SHA-256 is what was accepted. Raises `AcceptanceNotFound`."""
    with house.reading() as connection:
        authorise(connection, actor, project_id, Act.SEE_REPORTS)
        one = acceptance_of(connection, project_id, acceptance_id)
        lots = [lot.id for lot in store.lots_of(connection, one.id)]
        return b"".join(line for line, *_ in content_lines(connection, lots, one.last_resolution))


def signed_acceptances(connection: Connection, project_id: int, as_of: int | None = None) -> list[SignedRow]:
    """Every signed acceptance, the oldest first; with `as_of` those signed by that row of the journal. The caller has
    authorised."""
    found = [one for one in store.list_all(connection, project_id) if one.statement is not None]
    known = [one for one in found if as_of is None or (one.signed_event or 0) <= as_of]
    return [
        SignedRow(one, one.statement, tuple(store.list_conditions(connection, one.id)))
        for one in reversed(known)
        if one.statement is not None and one.state is not AcceptanceState.DROPPED
    ]
