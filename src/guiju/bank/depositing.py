"""What an accepted lot holds goes into the bank: asked for by the journal, carried out as a job, in chunks."""

from sqlalchemy import Connection

from guiju.bank import store
from guiju.bank.rules import label_keys, lesser_rights
from guiju.bank.store import Deposit, Entry
from guiju.data import Media
from guiju.data.words import tokens_of
from guiju.inspection import Lot, LotNotFound, find_lot
from guiju.kinds import decode_answers, kind_of
from guiju.people import Act
from guiju.projects import Project, authorise
from guiju.rulebooks import CompiledRulebook, get_published
from guiju.storage import Actor, Event, JobRun, JournalRow, Subscriber, Tx, ask_for_job

DEPOSIT = "bank.deposit"
CHUNK = 500


def _on_accepted(tx: Tx, row: JournalRow) -> None:
    """A lot may hold 100,000 items, and the journal's readers hold the writer: only a job is asked for here."""
    ask_for_job(tx, DEPOSIT, {"lot": row.subject_id}, project_id=row.project_id, actor_id=row.actor_id)


def refill_words(tx: Tx) -> None:
    """After a restore: the words are kept beside the tables, so every deposited lot is deposited once more."""
    for project_id, lot_id in store.deposited_lots(tx.connection):
        ask_for_job(tx, DEPOSIT, {"lot": lot_id}, project_id=project_id, actor_id=None)


SUBSCRIBERS = [Subscriber("bank.deposit", frozenset({"lot.accepted"}), _on_accepted)]


def run_deposit(run: JobRun) -> dict[str, object]:
    """Deposit the lot that the payload names. Run again it goes on behind its checkpoint, and changes nothing twice.

    Raises `LotNotFound`, `ProjectNotFound` when the project was deleted meanwhile.
    """
    lot, project = _read(run)
    state = run.checkpoint or {}
    after, done = int(state.get("after", 0)), int(state.get("done", 0))
    while True:
        with run.house.reading() as connection:
            entries = store.read_entries(connection, lot.id, after, CHUNK)
            deposits = [_deposit(run, connection, lot, project, entry) for entry in entries]
        if not entries:
            break
        after, done = entries[-1].item_id, done + len(entries)
        run.advance(
            lambda tx, deposits=deposits: store.put_deposits(tx, deposits),
            done=done,
            total=lot.plan.lot,
            checkpoint={"after": after, "done": done},
        )
    run.advance(lambda tx: _tell(tx, run, lot, done), done=done)
    return {"lot": lot.id, "deposited": done}


def _read(run: JobRun) -> tuple[Lot, Project]:
    project_id, lot_id = int(run.job.project_id or 0), int(run.job.payload["lot"])
    trusted = Actor(run.job.created_by or 0, "", "", trusted=True)
    with run.house.reading() as connection:
        lot = find_lot(connection, project_id, lot_id)
        if lot is None:
            raise LotNotFound(lot=lot_id)
        return lot, authorise(connection, trusted, project_id, Act.SEE_PROJECT).project


def _tell(tx: Tx, run: JobRun, lot: Lot, done: int) -> None:
    tx.journal(Event(run.job.created_by, "bank.deposited", lot.project_id, lot.id, facts={"items": done}))


def _deposit(run: JobRun, connection: Connection, lot: Lot, project: Project, entry: Entry) -> Deposit:
    rulebook = get_published(connection, entry.rulebook_id)
    labels = _labels(rulebook, entry)
    row = {
        "project_id": project.id,
        "project_name": project.name,
        "lot_id": lot.id,
        "item_id": entry.item_id,
        "resolution_id": entry.resolution_id,
        "rulebook_id": entry.rulebook_id,
        "rights": lesser_rights(entry.rights, project.rights),
        "customer": project.customer,
        "hash": entry.hash,
    }
    return Deposit(row, tuple(tokens_of(_said(run, entry, labels))), labels)


def _labels(rulebook: CompiledRulebook, entry: Entry) -> dict[str, bool]:
    """Every label of the answers, by id and by its names in both languages."""
    ids = {label for answer in decode_answers(entry.answers).values() for label in kind_of(answer).labels_of(answer)}
    keys: dict[str, bool] = {}
    for label in sorted(ids):
        known = rulebook.labels.get(label)
        for key, is_id in label_keys(label, list(known.name.values()) if known else []).items():
            keys[key] = keys.get(key, False) or is_id
    return keys


def _said(run: JobRun, entry: Entry, labels: dict[str, bool]) -> str:
    """The words that an item is found by: its text, or for a picture its file's name; and its labels."""
    if not Media(entry.media).is_written:
        content = entry.name
    else:
        content = entry.body if entry.body is not None else run.house.blobs.read(entry.hash).decode()[:50_000]
    return " ".join([content, *labels])


JOBS = {DEPOSIT: run_deposit}
