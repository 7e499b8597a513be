"""The job that looks: everything is staged to the server's own disk first, then imported as files are.

A place that dies in the middle leaves a folder in scratch and no source. The source, the feed's new state and what was
seen of its files are written in one transaction, so a look that was killed begins anew or has been.
"""

import re
import shutil
import time
from collections.abc import Callable
from itertools import islice
from pathlib import Path

import msgspec

from guiju.data import Columns, SourceState, start_import
from guiju.data.intake.errors import ImportRefused
from guiju.data.intake.model import Take
from guiju.data.mapping.model import Told
from guiju.data.mapping.rules import told_of
from guiju.data.readers import find_parts, open_part
from guiju.feeds import store
from guiju.feeds.connections.actions import get_granted, place_of
from guiju.feeds.connections.model import Place
from guiju.feeds.errors import ChangedWhileRead, FeedNotFound, FileNameUnfit, FileTypeUnknown, TooManyFiles, TooMuchData
from guiju.feeds.model import MOST_FILES, Feed, FileState, Found, Seen
from guiju.feeds.rules import MOST_FAILURES, next_look, plan_look
from guiju.feeds.wells import open_files, open_query
from guiju.feeds.wells.known import KnownRows, drop_rows_of, folder_of
from guiju.feeds.wells.model import Files, Limits
from guiju.feeds.wells.rows import KEPT_FREE, write_rows
from guiju.kit import Refusal, iso, new_id
from guiju.people import Act
from guiju.projects import authorise
from guiju.storage import Actor, Event, House, JobCancelled, JobRun, JobState, Tx, find_job
from guiju.storage.full import writing_files
from guiju.storage.jobs import JobBroken

LOOK_FILES = 5_000
BEAT_SECONDS = 1.0
_UNFIT = re.compile(r"[^\w.-]+")


def run_look(run: JobRun) -> dict[str, object]:
    """Look at what a feed draws from and bring what is new; what came of it.

    Raises `JobCancelled`, `FeedNotFound`, `ConnectionNotFound`, `SecretMissing`, `WellFailed`, `ImportRefused`.
    """
    house, feed_id = run.house, int(run.job.payload["feed"])
    with house.reading() as connection:
        feed = store.find_feed(connection, feed_id)
    if feed is None:
        raise FeedNotFound(feed=feed_id)
    folder = house.scratch / f"feed-{feed.id}-{run.job.id}-{new_id()}"
    try:
        return _Look(run, feed, folder).carry_out()
    except JobCancelled:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    except Refusal as refusal:
        shutil.rmtree(folder, ignore_errors=True)
        note_failure(house, feed, told_of(refusal))
        raise
    except Exception as fault:
        shutil.rmtree(folder, ignore_errors=True)
        note_failure(house, feed, told_of(JobBroken(fault=type(fault).__name__)))
        raise


def note_failure(house: House, feed: Feed, fault: Told) -> None:
    """Keep why a look failed. After several in a row the feed stops by itself: somebody has to see to it."""
    failures = feed.failures + 1

    def write(tx: Tx) -> None:
        values: dict[str, object] = {"failures": failures, "fault": store.encoded(fault), "looked_at": tx.at}
        values["next_look_at"] = next_look(tx.at, feed.every, waiting=False, failures=failures)
        if failures >= MOST_FAILURES:
            values["running"] = 0
        store.update_feed(tx, feed.id, **values)
        facts = {"code": fault.code, "failures": failures}
        tx.journal(Event(feed.created_by, "feed.failed", feed.project_id, feed.id, facts=facts))

    house.write(write)


class _Look:
    """One look of one feed."""

    def __init__(self, run: JobRun, feed: Feed, folder: Path) -> None:
        self._run, self._house, self._feed, self._folder = run, run.house, feed, folder
        self._actor = Actor(run.job.created_by or feed.created_by, "", "", trusted=True)
        self._since = time.monotonic()

    def carry_out(self) -> dict[str, object]:
        done = self._before()
        if done is not None:
            return done
        with self._house.reading() as connection:
            authorise(connection, self._actor, self._feed.project_id, Act.IMPORT_DATA)
            granted = get_granted(connection, self._feed.project_id, self._feed.connection_id)
        place = place_of(self._house, granted)
        (self._folder / "files").mkdir(parents=True)
        return self._draw_rows(place) if place.kind.is_database else self._draw_files(place)

    def _before(self) -> dict[str, object] | None:
        """What this look did before its worker died; what became of the import before; whether that still runs."""
        for left in self._house.scratch.glob(f"feed-{self._feed.id}-{self._run.job.id}-*"):
            with self._house.reading() as connection:
                source = store.find_source_of_job(connection, self._feed.id, self._run.job.id)
            if source is not None:
                return {"feed": self._feed.id, "source": source}
            shutil.rmtree(left, ignore_errors=True)
        if self._feed.source_id is None:
            return None
        with self._house.reading() as connection:
            told = store.source_state(connection, self._feed.source_id)
            job = find_job(connection, told[1]) if told is not None and told[1] is not None else None
        if told is None or told[0] is SourceState.LANDED or job is None:
            return None
        if not job.state.is_over:
            return self._nothing(waiting=True)
        if job.state is JobState.FAILED:
            self._settle(self._feed.source_id, (job.outcome or {}).get("error") or {})
        return None

    def _settle(self, source_id: int, error: dict[str, object]) -> None:
        """The import before failed: its files are not tried again until they change."""
        fault = msgspec.convert({"code": "", "sentence": "", **error}, Told)

        def write(tx: Tx) -> None:
            store.fail_files_of(tx, self._feed.id, source_id, fault)
            store.update_feed(tx, self._feed.id, source_id=None)

        drop_rows_of(self._house, self._feed.id, source_id)
        self._house.write(write)

    def _tell(self, done: int, total: int | None = None) -> None:
        """Progress, and whether somebody cancelled, every second at most."""
        if time.monotonic() - self._since >= BEAT_SECONDS:
            self._run.advance(done=done, total=total)
            self._since = time.monotonic()

    def _draw_rows(self, place: Place) -> dict[str, object]:
        asked = self._feed.asked
        limits = Limits(asked.rows, asked.seconds)
        path = self._folder / "files" / f"{_UNFIT.sub('-', self._feed.name).strip('-.')[:80] or 'feed'}.jsonl"
        known = KnownRows(folder_of(self._house, self._feed.id))
        with open_query(place, asked.query, limits) as answer:
            rows, new = write_rows(answer, path, limits, place.name, pick=known.pick, each=self._tell)
        self._run.advance(done=rows, total=rows)
        if not new:
            return self._nothing()
        return self._bring([path], [], keep=known.keep)

    def _draw_files(self, place: Place) -> dict[str, object]:
        with self._house.reading() as connection:
            seen = store.find_seen(connection, self._feed.id)
        with open_files(place, self._feed.asked.folder) as files:
            found = list(islice(files.walk(), MOST_FILES + 1))
            if len(found) > MOST_FILES:
                raise TooManyFiles(limit=f"{MOST_FILES:,}", folder=self._feed.asked.folder or place.name)
            plan = plan_look(found, seen, must_rest=files.must_rest)
            taken = plan.take[:LOOK_FILES]
            self._demand_room(sum(one.size for one in taken))
            rest = [*plan.rest, *self._stage(files, taken)]
        came = [one for one in taken if (self._folder / "files" / one.name).is_file()]
        more = len(plan.take) > len(taken) or any(one.state is FileState.WAITING for one in rest)
        if not came:
            return self._nothing(rest, waiting=more)
        rest += [msgspec.structs.replace(one, state=FileState.TAKEN) for one in came]
        return self._bring([self._folder / "files"], rest, waiting=more)

    def _demand_room(self, size: int) -> None:
        free = shutil.disk_usage(self._folder).free
        if size + KEPT_FREE > free:
            raise TooMuchData(size=f"{size:,}", free=f"{free:,}")

    def _stage(self, files: Files, taken: list[Seen]) -> list[Seen]:
        """Copy files below the look's own folder; those that were not, with the reason."""
        left: list[Seen] = []
        for number, one in enumerate(taken, 1):
            fault = self._copy(files, one)
            if fault is not None:
                (self._folder / "files" / one.name).unlink(missing_ok=True)
                state = FileState.WAITING if isinstance(fault, ChangedWhileRead) else FileState.FAILED
                sign = "" if state is FileState.WAITING else one.sign
                left.append(msgspec.structs.replace(one, state=state, sign=sign, fault=told_of(fault)))
            self._tell(number, len(taken))
        return left

    def _copy(self, files: Files, one: Seen) -> Refusal | None:
        to = self._folder / "files" / one.name
        try:
            to.parent.mkdir(parents=True, exist_ok=True)
        except OSError:
            return FileNameUnfit()
        if to.exists():
            return FileNameUnfit()
        try:
            with writing_files():
                files.copy(Found(one.name, one.sign, one.size), to)
            return None if find_parts([to]) else FileTypeUnknown()
        except (ChangedWhileRead, ImportRefused) as refusal:
            return refusal

    def _bring(
        self, paths: list[Path], files: list[Seen], *, keep: Callable[[int], None] | None = None, waiting: bool = False
    ) -> dict[str, object]:
        """Ask for the import; with its source the feed's new state is written, and what was seen of its files."""
        feed, columns = self._feed, self._feed.columns or Columns()
        if files:
            columns = msgspec.structs.replace(columns, take=columns.take or Take.ALL)
        called = feed.origin.name or feed.name
        origin = msgspec.structs.replace(
            feed.origin, name=f"{called[:180]} {iso(self._house.clock())[:16].replace('T', ' ')}"
        )

        def beside(tx: Tx, source_id: int) -> None:
            now = [
                msgspec.structs.replace(one, source_id=source_id) if one.state is FileState.TAKEN else one
                for one in files
            ]
            store.write_files(tx, feed.id, now)
            store.insert_source_of(tx, feed.id, source_id, self._run.job.id)
            self._over(tx, waiting=waiting, source_id=source_id)

        request_id = f"feed-{feed.id}-look-{self._run.job.id}"
        about = {
            "request_id": request_id,
            "origin": origin,
            "columns": columns,
            "uploaded": self._folder,
            "waiting": True,
        }
        try:
            started = start_import(
                self._house,
                self._actor,
                feed.project_id,
                paths=paths,
                beside=beside,
                **about,  # type: ignore[arg-type]
            )
        except ImportRefused as refusal:
            if not files:
                raise
            return self._refuse_all(files, columns, refusal, waiting=waiting)
        if keep is not None:
            keep(started.source)
        return {"feed": feed.id, "source": started.source, "job": started.job, "waiting": waiting}

    def _refuse_all(self, files: list[Seen], columns: Columns, refusal: Refusal, *, waiting: bool) -> dict[str, object]:
        """Not one of the files can be read: each is told its own reason, and is not tried again until it changes."""
        told = [
            msgspec.structs.replace(one, state=FileState.FAILED, fault=told_of(self._why(one, columns, refusal)))
            if one.state is FileState.TAKEN
            else one
            for one in files
        ]
        return self._nothing(told, waiting=waiting)

    def _why(self, one: Seen, columns: Columns, refusal: Refusal) -> Refusal:
        try:
            for part in find_parts([self._folder / "files" / one.name]):
                open_part(part, columns)
        except ImportRefused as own:
            return own
        return refusal

    def _nothing(self, files: list[Seen] | None = None, *, waiting: bool = False) -> dict[str, object]:
        """Nothing new; what was seen is written down, a piece at a time."""
        files = files or []
        for start in range(0, len(files), LOOK_FILES):
            piece = files[start : start + LOOK_FILES]
            self._run.advance(lambda tx, some=piece: store.write_files(tx, self._feed.id, some), done=start)
        self._house.write(lambda tx: self._over(tx, waiting=waiting))
        shutil.rmtree(self._folder, ignore_errors=True)
        return {"feed": self._feed.id, "source": None, "waiting": waiting}

    def _over(self, tx: Tx, *, waiting: bool, **values: object) -> None:
        """The look is over and went well."""
        feed = store.find_feed(tx.connection, self._feed.id)
        runs = feed is not None and feed.running
        every = feed.every if feed is not None else None
        due = next_look(tx.at, every, waiting=waiting, failures=0) if runs else None
        store.update_feed(tx, self._feed.id, looked_at=tx.at, next_look_at=due, failures=0, fault=None, **values)
