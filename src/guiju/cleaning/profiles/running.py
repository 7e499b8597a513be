"""The job that takes a profile: figures of a source's items chunk by chunk, then the documents made of them."""

from collections.abc import Iterable

import msgspec

from guiju.cleaning.profiles import store
from guiju.cleaning.profiles.figures.columns import pack, unpack
from guiju.cleaning.profiles.figures.measuring import measure
from guiju.cleaning.profiles.figures.own import MOST_COLUMNS, OwnColumns, merge, tell
from guiju.cleaning.profiles.figures.spreads import Gathered, choice_of
from guiju.cleaning.profiles.model import CHOICES, METHOD, Profile
from guiju.cleaning.profiles.rules import Found, find_remarks
from guiju.data import Source, SourceNotFound, SourceState, find_source, list_sources
from guiju.storage import Event, JobRun, Tx

CHUNK_ITEMS = 20_000
CHUNK_WEIGHT = 16_000_000
FIRST_SAMPLE, SAMPLE = 2_000, 300
_own = msgspec.json.Decoder(OwnColumns).decode


def run_profile(run: JobRun) -> dict[str, object]:
    """Take the profile of the source that the payload names, then that of its project; without one only the latter.

    Killed, it goes on behind the last chunk. Until it is over the profile before it is what is seen.
    Raises `SourceNotFound`.
    """
    source_id, project_id = run.job.payload.get("source"), int(run.job.project_id or 0)
    items = 0
    if source_id is not None:
        items = _Taking(run, _landed(run, project_id, int(source_id))).carry_out()
    _take_project(run, project_id)
    return {"items": items}


def _landed(run: JobRun, project_id: int, source_id: int) -> Source:
    with run.house.reading() as connection:
        source = find_source(connection, source_id)
    if source is None or source.project_id != project_id or source.state is not SourceState.LANDED:
        raise SourceNotFound(source=source_id)
    return source


class _Taking:
    """One run over a source's items."""

    def __init__(self, run: JobRun, source: Source) -> None:
        self._run, self._house, self._source = run, run.house, source
        begun = run.checkpoint or {}
        self._after, self._done = int(begun.get("after", 0)), int(begun.get("done", 0))
        self._known: list[str] = [str(name) for name in begun.get("known", [])]

    def carry_out(self) -> int:
        with self._house.reading() as connection:
            total = store.count_source_items(connection, self._source.id)
        self._run.advance(done=self._done, total=total)
        while self._take_chunk():
            pass
        with self._house.reading() as connection:
            chunks = store.read_chunks(connection, self._source.id, self._run.job.id)
            profile = describe(chunks, [self._source])
        self._run.advance(lambda tx: self._keep(tx, profile), done=self._done)
        while self._house.write(lambda tx: store.delete_some_chunks(tx, self._source.id, self._run.job.id, 20)):
            pass
        return profile.items

    def _take_chunk(self) -> bool:
        with self._house.reading() as connection:
            items = store.read_items(connection, self._source.id, self._after, CHUNK_ITEMS, CHUNK_WEIGHT)
        if not items:
            return False
        columns, own = measure(self._house, items, self._known, SAMPLE if self._done else FIRST_SAMPLE)
        self._known = list(own.columns)[:MOST_COLUMNS]
        ids = [items[0].id, items[-1].id]
        packed, told = pack(columns), msgspec.json.encode(own).decode()
        self._after, self._done = items[-1].id, self._done + len(items)
        self._run.advance(
            lambda tx: store.insert_chunk(tx, self._source.id, self._run.job.id, ids, len(items), packed, told),
            done=self._done,
            checkpoint={"after": self._after, "done": self._done, "known": self._known},
        )
        return True

    def _keep(self, tx: Tx, profile: Profile) -> None:
        source, job = self._source, self._run.job
        store.put_profile(tx, source.project_id, source.id, job.id, profile)
        tx.journal(Event(job.created_by, "cleaning.profiled", source.project_id, source.id))


def _take_project(run: JobRun, project_id: int) -> None:
    with run.house.reading() as connection:
        sources = [source for source in list_sources(connection, project_id) if source.state is SourceState.LANDED]
        profile = describe(store.read_project_chunks(connection, project_id), sources)
    run.advance(lambda tx: store.put_profile(tx, project_id, None, run.job.id, profile), done=profile.items)
    while run.house.write(lambda tx: store.delete_dropped(tx, project_id, 20)):
        pass


def describe(chunks: Iterable[store.Chunk], sources: list[Source]) -> Profile:
    """The document of these chunks."""
    gathered, own = Gathered(), OwnColumns()
    for chunk in chunks:
        gathered.take(unpack(chunk.columns))
        own = merge(own, _own(chunk.own))
    duplicates = sum(source.counts.duplicates for source in sources)
    refused = sum(source.counts.refused for source in sources)
    choices = [choice_of(code, gathered.choices[code]) for code in CHOICES if code in gathered.choices]
    found = Found(gathered.items, gathered.amounts(), choices, tell(own), duplicates, refused, gathered.count)
    remarks = find_remarks(found)
    about = (found.items, duplicates, refused, found.amounts, found.choices, found.meta)
    return Profile(METHOD, *about, own.left_out, remarks)
