"""Voices are asked for, waited for, and found: the job hears a minute of sound at a time and goes on after a kill."""

import time
from collections.abc import Iterator
from typing import TYPE_CHECKING

import msgspec

from guiju.data.intake.errors import SoundTooLong, SoundTruncated, SoundUnreadable
from guiju.data.listening import store
from guiju.data.listening.errors import NotThisSound
from guiju.data.listening.model import AHEAD, LISTEN, Finding, Voices
from guiju.data.media.sounds import blob_of, get_sound
from guiju.data.model import Item
from guiju.data.readers.sounds import demand_media
from guiju.storage import Actor, BlobMissing, Event, House, JobRun, Tx, ask_for_job, find_job, find_live_job

if TYPE_CHECKING:
    from guiju.data.sounds.voices import Heard

PAGE = 200
TURN_SECONDS = 20.0


def ask_for_voices(house: House, actor: Actor, item_id: int) -> Finding:
    """What is kept, or the job that finds it: one for all who ask. Raises `NotSound`, `ItemNotFound`,
    `MediaExtraMissing`.
    """
    item = get_sound(house, actor, item_id)
    if (kept := store.find_kept(house, item.hash)) is not None:
        return Finding(kept)
    demand_media(item.name)
    payload = _payload(item)

    def write(tx: Tx) -> int:
        live = find_live_job(tx.connection, LISTEN, payload, item.project_id)
        if live is not None:
            return live.id
        asked = ask_for_job(tx, LISTEN, payload, project_id=item.project_id, actor_id=actor.id)
        tx.journal(Event(actor.id, "data.voices-asked", item.project_id, item.id))
        return asked

    job_id = house.write(write)
    with house.reading() as connection:
        return Finding(job=find_job(connection, job_id))


def follow_voices(house: House, actor: Actor, item_id: int, job_id: int | None = None) -> Finding:
    """What is kept; else how the job is doing that was asked for. Raises `NotSound`, `ItemNotFound`, `NotThisSound`."""
    item = get_sound(house, actor, item_id)
    if (kept := store.find_kept(house, item.hash)) is not None:
        return Finding(kept)
    with house.reading() as connection:
        if job_id is None:
            return Finding(job=find_live_job(connection, LISTEN, _payload(item), item.project_id))
        job = find_job(connection, job_id)
    if job is None or (job.kind, job.project_id, job.payload) != (LISTEN, item.project_id, _payload(item)):
        raise NotThisSound(job=job_id)
    return Finding(job=job)


def _payload(item: Item) -> dict[str, object]:
    return {"hash": item.hash, "duration": item.duration or 0}


def prepare_voices(tx: Tx, project_id: int, actor_id: int | None) -> int:
    """Let a project's sounds be listened to before somebody asks; the job. The caller has authorised."""
    waiting = find_live_job(tx.connection, AHEAD, {}, project_id)
    # One that runs may be past what has just come.
    if waiting is not None and waiting.done == 0:
        return waiting.id
    return ask_for_job(tx, AHEAD, {}, project_id=project_id, actor_id=actor_id)


def run_listening(run: JobRun) -> dict[str, object]:
    """Find the voices of the one sound that the payload names. Raises `BlobMissing`, `StorageFull`, `JobCancelled`."""
    key, duration = str(run.job.payload["hash"]), int(run.job.payload["duration"])
    kept, began = store.find_kept(run.house, key), time.monotonic()
    if kept is not None:
        return {"stretches": len(kept.segments)}
    for heard in _hear(run, key, (run.checkpoint or {}).get("heard")):
        if heard.whole:
            kept = _kept(run.house, key, heard, duration)
            break
        run.advance(done=heard.milliseconds, total=duration, checkpoint={"heard": msgspec.to_builtins(heard)})
        if time.monotonic() - began > TURN_SECONDS:
            run.give_way()
    return {"stretches": len(kept.segments) if kept else 0}


def run_ahead(run: JobRun) -> dict[str, object]:
    """Find the voices of all sounds of the job's project. Those that are known are passed over, those that cannot be
    read are counted. Raises `StorageFull`, `JobCancelled`.
    """
    return _Ahead(run).carry_out()


class _Ahead:
    """One turn at a project's sounds."""

    def __init__(self, run: JobRun) -> None:
        place = run.checkpoint or {}
        self._run, self._house = run, run.house
        self._after, self._unread = int(place.get("after", 0)), int(place.get("unread", 0))
        self._partly, self._done = place.get("heard"), run.job.done
        self._began, self._total = time.monotonic(), 0

    def carry_out(self) -> dict[str, object]:
        project_id = int(self._run.job.project_id or 0)
        with self._house.reading() as connection:
            self._total = store.count_sounds(connection, project_id)
        for sound in _sounds(self._house, project_id, self._after):
            try:
                self._listen(sound)
            except (BlobMissing, SoundUnreadable, SoundTruncated, SoundTooLong):
                self._unread += 1
            self._after, self._done, self._partly = sound.item, self._done + 1, None
            self._save()
        return {"sounds": self._done, "unread": self._unread}

    def _listen(self, sound: store.Sound) -> None:
        if store.voices_place(self._house, sound.hash).exists():
            return
        for heard in _hear(self._run, sound.hash, self._partly):
            if heard.whole:
                _kept(self._house, sound.hash, heard, sound.duration)
            else:
                self._partly = msgspec.to_builtins(heard)
                self._save()

    def _save(self) -> None:
        place = {"after": self._after, "unread": self._unread, "heard": self._partly}
        self._run.advance(done=self._done, total=max(self._total, self._done), checkpoint=place)
        if time.monotonic() - self._began > TURN_SECONDS:
            self._run.give_way()


def _sounds(house: House, project_id: int, after: int) -> Iterator[store.Sound]:
    while True:
        with house.reading() as connection:
            found = store.list_sounds(connection, project_id, after, PAGE)
        if not found:
            return
        yield from found
        after = found[-1].item


def _hear(run: JobRun, key: str, partly: object) -> "Iterator[Heard]":
    from guiju.data.sounds.voices import Heard, listen  # noqa: PLC0415 - NumPy, which only sounds need

    heard = msgspec.convert(partly, Heard) if partly else Heard()
    return listen(blob_of(run.house, key), heard)


def _kept(house: House, key: str, heard: "Heard", duration: int) -> Voices:
    from guiju.data.sounds.voices import finished  # noqa: PLC0415 - NumPy, which only sounds need

    voices = Voices(finished(heard, duration))
    store.keep_voices(house, key, voices)
    return voices
