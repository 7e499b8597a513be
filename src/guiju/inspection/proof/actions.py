"""Bytes are committed before a lot is drawn; afterwards anybody who sees reports checks the draw."""

from dataclasses import dataclass

from guiju.inspection import store as inspection
from guiju.inspection.errors import LotNotFound
from guiju.inspection.model import Lot
from guiju.inspection.proof import store
from guiju.inspection.proof.model import Check, Checked, Commitment
from guiju.inspection.proof.rules import Entry, commitment_of, contents_of, draw_entries, facts_of, seed_of, swapped
from guiju.inspection.strata.rules import wanted_of
from guiju.inspection.unfolding import unfold
from guiju.kit import digest, new_secret
from guiju.people import Act
from guiju.projects import authorise
from guiju.storage import Actor, Event, House, Tx, find_event


@dataclass(frozen=True, slots=True)
class Proof:
    """A draw with all that is needed to do it again, and what the checks say."""

    lot: Lot
    commitment: Commitment | None
    contents: str
    seed: str
    again: list[int]
    checks: list[Checked]

    @property
    def holds(self) -> bool:
        return all(one.holds for one in self.checks)


def commit_bytes(tx: Tx, actor: Actor, project_id: int) -> Commitment:
    """Random bytes for a lot whose contents nobody knows yet: their hash goes into the journal."""
    secret = new_secret()
    commitment = commitment_of(secret)
    event = tx.journal(Event(actor.id, "lot.committed", project_id, digest=commitment))
    made = store.insert_commitment(tx, project_id, commitment, secret, event)
    return Commitment(made, commitment, secret, event, tx.at)


def have_commitment(house: House, actor: Actor, project_id: int) -> None:
    """Commit bytes where none are, in a write of its own that ends before a lot's contents are read."""
    with house.reading() as connection:
        if store.find_open(connection, project_id):
            return
    house.write(lambda tx: store.lock_open(tx, project_id) or commit_bytes(tx, actor, project_id))


def prove_lot(house: House, actor: Actor, project_id: int, lot_id: int) -> Proof:
    """Draw the lot's sample again from what is on record, and compare. Raises `LotNotFound`."""
    _unfold(house, actor, project_id)
    with house.reading() as connection:
        lot = inspection.find_lot(connection, project_id, lot_id)
        if lot is None:
            raise LotNotFound(lot=lot_id)
        commitment = store.commitment_of_lot(connection, lot_id)
        entries = store.read_contents(connection, lot_id)
        sample = inspection.list_drawn(connection, lot_id)
        committed = find_event(connection, commitment.event) if commitment else None
        drawn = find_event(connection, lot.drawn_event) if lot.drawn_event else None
    contents = contents_of(entries)
    seed = seed_of(commitment.secret, contents) if commitment else ""
    again = _again(lot, entries, seed)
    facts = facts_of(lot.plan, commitment.commitment if commitment else "", lot.contents, lot.seed, sample)
    before = committed is not None and drawn is not None and committed.id < drawn.id
    mine = committed is not None and (committed.action, committed.project_id) == ("lot.committed", project_id)
    checks = [
        Checked(Check.COMMITTED, before and mine),
        Checked(
            Check.SECRET,
            commitment is not None
            and committed is not None
            and commitment_of(commitment.secret) == commitment.commitment == committed.digest,
        ),
        Checked(Check.CONTENTS, contents == lot.contents),
        Checked(Check.SEED, seed == lot.seed),
        Checked(Check.SAMPLE, again == sample, swapped(sample, again) if again != sample else ()),
        Checked(Check.JOURNAL, drawn is not None and drawn.subject_id == lot_id and drawn.digest == digest(facts)),
    ]
    return Proof(lot, commitment, contents, seed, again, checks)


def _unfold(house: House, actor: Actor, project_id: int) -> None:
    with house.reading() as connection:
        authorise(connection, actor, project_id, Act.SEE_REPORTS)
    unfold(house, project_id)


def _again(lot: Lot, entries: list[Entry], seed: str) -> list[int]:
    """The sample as it follows; none where so many are not there any more."""
    wanted = wanted_of(lot.strata, lot.plan.n)
    there = {key: sum(entry.stratum == key for entry in entries) for key in wanted}
    if any(there[key] < n for key, n in wanted.items()):
        return []
    return draw_entries(entries, wanted, seed)


def export_entries(house: House, actor: Actor, project_id: int, lot_id: int) -> bytes:
    """The file whose SHA-256 is the hash of the lot's contents. Raises `LotNotFound`."""
    _unfold(house, actor, project_id)
    with house.reading() as connection:
        if inspection.find_lot(connection, project_id, lot_id) is None:
            raise LotNotFound(lot=lot_id)
        entries = store.read_contents(connection, lot_id)
    return "".join(f"{one.item_id},{one.resolution_id},{one.stratum}\n" for one in entries).encode()
