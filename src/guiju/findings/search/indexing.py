"""The words of a source are read once it has landed: a job a source, in chunks, resumed where it was."""

from guiju.data import Item, read_text
from guiju.data.words import said_in, tokens_of
from guiju.findings.search import store
from guiju.findings.search.rules import facts_of
from guiju.storage import BlobMissing, House, JobRun, JournalRow, Tx, ask_for_job, find_job

INDEX = "findings.index"
CHUNK = 1_000
# Of a longer text only the beginning is read: the index keeps no more than so many words of a text anyway.
TEXT_CHARACTERS = 40_000


def on_landed(tx: Tx, row: JournalRow) -> None:
    """An import ended: its words are read at once."""
    ask_for_unread(tx, int(row.project_id or 0))


def ask_for_unread(tx: Tx, project_id: int) -> None:
    """Ask for a job for every landed source whose words nobody reads or has read."""
    for source_id, job_id in store.unread_sources(tx.connection, project_id):
        job = find_job(tx.connection, job_id) if job_id else None
        if job is None or job.state.is_over:
            asked = ask_for_job(tx, INDEX, {"source": source_id}, project_id=project_id, actor_id=None)
            store.set_job(tx, project_id, source_id, asked)


def refill_words(tx: Tx) -> None:
    """After a restore: the index is kept beside the tables, so every source is read once more."""
    store.forget_reading(tx)
    for project_id in store.projects_with_sources(tx.connection):
        ask_for_unread(tx, project_id)


def run_index(run: JobRun) -> dict[str, object]:
    """Read the words of the source that the payload names."""
    source_id, done = int(run.job.payload["source"]), 0
    while True:
        with run.house.reading() as connection:
            upto = store.read_upto(connection, source_id)
            items = store.items_behind(connection, source_id, upto, CHUNK)
        if not items:
            run.advance(lambda tx: store.finish(tx, source_id), done=done)
            return {"source": source_id, "items": done}
        words = [(item.id, _words_of(run.house, item)) for item in items]
        done += len(items)
        run.advance(lambda tx, words=words: store.put_words(tx, source_id, words), done=done)


def _words_of(house: House, item: Item) -> list[str]:
    """The words of the item's name and text, in the order of a set: what never changes about it among them."""
    try:
        written = said_in(item.media, read_text(house, item))[:TEXT_CHARACTERS] if item.media.is_written else ""
    except (BlobMissing, UnicodeDecodeError):
        written = ""  # its name is found all the same; `guiju verify` tells of the missing file
    return [*facts_of(item.project_id, item.source_id, item.media), *tokens_of(f"{item.name} {written}")]
