"""The entries of a large lot, written after its draw: page by page, by a job, or before whatever needs them all.

What the lot holds was digested before its seed was made and cannot change any more; only where it stands does.
"""

from collections.abc import Iterator, Mapping, Sequence

from guiju.inspection.errors import LotChanged
from guiju.inspection.proof.rules import Entry, entry_of
from guiju.inspection.unfolding import store
from guiju.storage import Event, House, JobRun, Tx, ask_for_job
from guiju.work import seal_slots

UNFOLD = "lot.unfold"
PAGE = 32_768
"""Characters of a page: about 2,000 entries, which are written in well under 100 ms."""


def pages_of(lines: str) -> Iterator[tuple[int, int, str]]:
    """A lot's lines in pages: `(first item, last item, lines)`."""
    start = 0
    while start < len(lines):
        end = lines.find("\n", start + PAGE) + 1 or len(lines)
        page = lines[start:end]
        yield entry_of(page[: page.index("\n")]).item_id, entry_of(page[page[:-1].rfind("\n") + 1 : -1]).item_id, page
        start = end


def fold(tx: Tx, project_id: int, lot_id: int, *, lines: str, sample: Sequence[Entry], by: int) -> None:
    """Store a large lot as the pages that were digested and the sample alone: a million rows in one transaction would
    hold up everybody who annotates. A job writes the entries, page by page.

    What is judged must be what holds; an answer beyond the sample that was replaced in this moment stands in the lot as
    it would if that came a moment later. Raises `LotChanged`.
    """
    if store.count_holding(tx.connection, [one.resolution_id for one in sample]) != len(sample):
        raise LotChanged
    store.set_pages(tx, project_id, lot_id, pages_of(lines))
    store.insert_entries(tx, lot_id, sample, drawn=True)
    ask_for_job(tx, UNFOLD, {"lot": lot_id}, project_id=project_id, actor_id=by)


def unfold(house: House, project_id: int) -> None:
    """Write all entries of the project's lots that are not there yet. Two that do so at once share the pages."""
    while page := _next(house, project_id):
        house.write(lambda tx, page=page: _write(tx, project_id, *page))


def run_unfold(run: JobRun) -> Mapping[str, object]:
    """The job of a large lot."""
    project_id, lot_id, done = run.job.project_id, int(run.job.payload["lot"]), run.job.done
    assert project_id is not None
    with run.house.reading() as connection:
        total = done + store.count_pages(connection, lot_id)
    while page := _next(run.house, project_id):
        done = min(done + 1, total)
        run.advance(lambda tx, page=page: _write(tx, project_id, *page), done=done, total=total)
    return {"lot": lot_id}


def _next(house: House, project_id: int) -> tuple[int, int] | None:
    with house.reading() as connection:
        return store.next_page(connection, project_id)


def _write(tx: Tx, project_id: int, lot_id: int, first: int) -> None:
    """A page becomes entries; the sample's are there since the draw."""
    page = store.take_page(tx, lot_id, first)
    if page is None:
        return
    last, lines = page
    there = store.drawn_between(tx.connection, lot_id, first, last)
    entries = (entry_of(line) for line in lines.splitlines())
    store.insert_entries(tx, lot_id, (one for one in entries if one.item_id not in there))
    seal_slots(tx, store.entries_between(lot_id, first, last))
    if store.count_pages(tx.connection, lot_id) == 0:
        tx.journal(Event(None, "lot.unfolded", project_id, lot_id))


JOBS = {UNFOLD: run_unfold}
