"""The job that imports: resumed after a kill by skipping the records behind its checkpoint."""

import hashlib
import shutil
import time
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

import msgspec

from guiju.data import store
from guiju.data.errors import SourceNotFound
from guiju.data.intake.actions import clear_source, drop_failed, tidy_project
from guiju.data.intake.model import (
    Candidate,
    Changed,
    Chunk,
    Earlier,
    FileRead,
    ImportPayload,
    PictureRecord,
    Progress,
    Record,
    SoundRecord,
)
from guiju.data.intake.rules import plan_chunk
from guiju.data.intake.store import (
    ContentRacedError,
    find_earlier,
    find_known,
    has_kin,
    insert_chunk,
    set_changed_aside,
)
from guiju.data.model import Counts, Source, SourceState
from guiju.data.readers import Opened, Part, find_parts, open_parts
from guiju.data.readers.folders import files_of
from guiju.data.taking.store import look_at
from guiju.storage import Event, House, JobCancelled, JobRun, Tx

CHUNK_RECORDS = 5_000
CHUNK_WEIGHT = 8_000_000
CHUNK_SECONDS = 1.0


def run_import(run: JobRun) -> dict[str, object]:
    """Import what the job's payload names; returns its counts and the encodings that were used.

    Cancelled or failed, it leaves no item. Raises `JobCancelled`, `ImportRefused`, `SourceNotFound`.
    """
    payload = msgspec.convert(run.job.payload, ImportPayload)
    with run.house.reading() as connection:
        source = store.find_source(connection, payload.source)
    if source is None:
        raise SourceNotFound(source=payload.source)
    try:
        outcome = _Import(run, payload, source).carry_out()
    except JobCancelled:
        _after_cancel(run.house, source.id, payload)
        raise
    except Exception:
        drop_failed(run.house, source.id)
        _remove_upload(payload)
        raise
    _remove_upload(payload)
    return outcome


def _after_cancel(house: House, source_id: int, payload: ImportPayload) -> None:
    """Clear away when somebody cancelled; when another worker took the job over, leave everything to it."""
    with house.reading() as connection:
        source = store.find_source(connection, source_id)
    if source is not None and source.state is SourceState.DROPPED:
        clear_source(house, source_id)
        _remove_upload(payload)


def _remove_upload(payload: ImportPayload) -> None:
    if payload.uploaded:
        shutil.rmtree(payload.uploaded, ignore_errors=True)


def read_of(path: Path, name: str) -> FileRead:
    """What a source was read from, by its hash: so that one can say later whether it is the same file."""
    if path.is_dir():
        sizes = [file.stat().st_size for file in files_of(path) if file.exists()]
        return FileRead(name, sum(sizes), files=len(sizes))
    with path.open("rb") as file:
        return FileRead(name, path.stat().st_size, hashlib.file_digest(file, "sha256").hexdigest())


class _Import:
    """One run over an import's records."""

    def __init__(self, run: JobRun, payload: ImportPayload, source: Source) -> None:
        self._run, self._house, self._source, self._payload = run, run.house, source, payload
        self._progress = msgspec.convert(run.checkpoint or {}, Progress)
        self._chunk = Chunk()
        self._weight, self._since = 0, time.monotonic()
        self._total = 0
        self._files: list[FileRead] = []
        self._changed = payload.columns.changed
        wants = self._changed is not Changed.BOTH
        self._has_kin = wants and has_kin(self._house, source.project_id, source.id, source.family)
        self._writer = ThreadPoolExecutor(1, thread_name_prefix="guiju-import")
        self._writing: Future[None] | None = None

    def carry_out(self) -> dict[str, object]:
        if self._source.state is SourceState.DROPPED:
            raise JobCancelled
        encodings: dict[str, str] = {}
        if self._source.state is SourceState.STAGING:
            tidy_project(self._house, self._source.project_id)
            parts = self._open_parts()
            with self._writer:
                self._take(parts)
            self._land()
            encodings = {name: encoding for _, opened in parts for name, encoding in opened.encodings.items()}
        set_changed_aside(self._house, self._source.id)
        outcome = {"source": self._source.id, "records": self._progress.records, **msgspec.to_builtins(self._progress)}
        if not outcome["changed"]:
            del outcome["changed"]
        return {**outcome, "encodings": encodings}

    def _open_parts(self) -> list[tuple[Part, Opened]]:
        found = find_parts([Path(path) for path in self._payload.paths], self._payload.columns.take)
        parts = open_parts(found, self._payload.columns)
        self._files = [read_of(part.path, part.name) for part in found]
        self._total = sum(opened.total for _, opened in parts)
        self._run.advance(done=self._progress.records, total=self._total)
        return parts

    def _take(self, parts: list[tuple[Part, Opened]]) -> None:
        behind = self._progress.records
        for _, opened in parts:
            for record in opened.records():
                if behind:
                    behind -= 1
                else:
                    self._look_at(record)
            self._write_chunk()
        self._wait()

    def _look_at(self, record: Record) -> None:
        looked, weight = look_at(self._house, record)
        if isinstance(looked, Candidate):
            self._chunk.candidates.append(looked)
        else:
            self._chunk.refused.append(looked)
        self._weight += weight
        if self._chunk.size >= CHUNK_RECORDS or self._weight >= CHUNK_WEIGHT or self._is_slow(record):
            self._write_chunk()

    def _is_slow(self, record: Record) -> bool:
        """Pictures and sounds take so long, one by one, that people want to see progress in between."""
        return isinstance(record, PictureRecord | SoundRecord) and time.monotonic() - self._since > CHUNK_SECONDS

    def _write_chunk(self) -> None:
        """Hand over what was looked at, once the chunk before it is stored. Reading goes on while it is written."""
        chunk, self._chunk, self._weight = self._chunk, Chunk(), 0
        self._wait()
        if chunk.size:
            self._writing = self._writer.submit(self._write, chunk)
        self._since = time.monotonic()

    def _wait(self) -> None:
        """Until everything handed over is stored. Raises what its writing raised."""
        writing, self._writing = self._writing, None
        if writing is not None:
            writing.result()

    def _write(self, chunk: Chunk) -> None:
        while True:
            try:
                return self._write_once(chunk)
            except ContentRacedError:  # another import was faster with the same content: look again
                continue

    def _write_once(self, chunk: Chunk) -> None:
        project_id, source_id = self._source.project_id, self._source.id
        hashes = [candidate.item.hash for candidate in chunk.candidates]
        known, dropped = find_known(self._house, project_id, source_id, hashes)
        for in_the_way in dropped:
            clear_source(self._house, in_the_way)
        plan = plan_chunk(chunk.candidates, chunk.refused, known, self._find_earlier(chunk), self._changed)
        after = Progress(
            self._progress.taken + len(plan.items),
            self._progress.duplicates + plan.duplicates,
            self._progress.refused + plan.refused,
            self._progress.changed + len(plan.changes),
        )
        self._run.advance(
            lambda tx: insert_chunk(tx, project_id, source_id, plan),
            done=after.records,
            total=max(self._total, after.records),
            checkpoint=msgspec.to_builtins(after),
        )
        self._progress = after

    def _find_earlier(self, chunk: Chunk) -> dict[str, Earlier]:
        """What the chunk's records were before: asked for only where somebody wants to know and there is a before."""
        if not self._has_kin or self._source.family is None:
            return {}
        names = [candidate.item.name for candidate in chunk.candidates if candidate.keyed]
        return find_earlier(self._house, self._source.project_id, self._source.family, names) if names else {}

    def _land(self) -> None:
        """One row's update: from now on the items are seen."""
        p, source = self._progress, self._source
        counts = Counts(p.records, p.taken, p.duplicates, p.refused)

        def land(tx: Tx) -> None:
            if not store.land(tx, source.id, counts, self._files):
                raise JobCancelled
            facts = {"records": p.records, "taken": p.taken, "duplicates": p.duplicates, "refused": p.refused}
            tx.journal(Event(source.created_by, "data.landed", source.project_id, source.id, facts=facts))

        self._run.advance(land, done=p.records, total=p.records)
