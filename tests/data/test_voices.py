"""Voices of a sound: found by one job for all who ask, gone on with after a stop, and told when they cannot be."""

import errno
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import soundfile
from litestar import Litestar
from litestar.testing import TestClient

from guiju.data import AHEAD, JOBS, LISTEN, find_items, item_ids, prepare_voices
from guiju.data.listening import actions as listening
from guiju.data.listening.actions import ask_for_voices, follow_voices
from guiju.data.sounds import voices
from guiju.data.sounds.voices import listen
from guiju.kit import new_id
from guiju.rulebooks import publish_rulebook, save_draft
from guiju.storage import Job, JobState, Tx, ask_for_job, cancel_job, list_jobs, pump, work_jobs
from guiju.work import SUBSCRIBERS
from tests.data.conftest import Importer
from tests.journeys.papers import rulebook_of
from tests.support.sounds import RATE, silence, sound_bytes, tone, voice, write_sound

Write = Callable[[str, bytes | str], Path]
Client = TestClient[Litestar]
SPOKEN = np.concatenate([silence(1.5), voice(2.0), silence(1.5)])


@pytest.fixture
def sound(importer: Importer, write: Write) -> int:
    """The id of a landed sound of five seconds, in two of which somebody speaks."""
    importer.run(write("call.wav", sound_bytes(SPOKEN)))
    with importer.house.reading() as connection:
        [item] = item_ids(connection, importer.cast.project)
    return item


def _jobs(importer: Importer, kind: str = LISTEN) -> list[Job]:
    with importer.house.reading() as connection:
        return [job for job in list_jobs(connection, importer.cast.project) if job.kind == kind]


def test_all_who_ask_wait_for_one_job_and_then_have_what_it_found(importer: Importer, sound: int) -> None:
    house, cast = importer.house, importer.cast
    jobs = [ask_for_voices(house, who, sound).job for who in (cast.alice, cast.bob, cast.alice)]
    assert len({job.id for job in jobs if job}) == len(_jobs(importer)) == 1
    work_jobs(house, JOBS)
    found = follow_voices(house, cast.bob, sound).voices
    assert found
    assert found.segments[0][0] == pytest.approx(1500, abs=250)
    assert ask_for_voices(house, cast.alice, sound).voices == found
    assert len(_jobs(importer)) == 1


def test_what_was_found_may_be_dropped_or_broken_and_is_found_again(importer: Importer, sound: int) -> None:
    house, alice = importer.house, importer.cast.alice
    ask_for_voices(house, alice, sound)
    work_jobs(house, JOBS)
    before = follow_voices(house, alice, sound).voices
    [kept] = house.home.glob("cache/*/*.voices.json")
    kept.write_bytes(b"{")
    assert follow_voices(house, alice, sound).voices is None
    ask_for_voices(house, alice, sound)
    work_jobs(house, JOBS)
    assert follow_voices(house, alice, sound).voices == before


def test_over_http_a_job_is_followed_until_its_voices_are_there(importer: Importer, client: Client, sound: int) -> None:
    headers = importer.cast.sign_in(client, "alice")
    address = f"/api/v1/items/{sound}/voices"
    assert client.get(address).json()["state"] == "none"
    asked = client.post(address, headers=headers)
    assert (asked.status_code, asked.json()["state"]) == (202, "queued")
    followed = f"{address}?job={asked.json()['job']}"
    assert client.get(followed).json()["state"] == "queued"
    work_jobs(importer.house, JOBS)
    answer = client.get(followed).json()
    assert (answer["state"], len(answer["segments"]) > 0) == ("found", True)
    assert client.post(address, headers=headers).json() == answer


def test_a_cancelled_job_says_so_and_may_be_asked_for_again(importer: Importer, client: Client, sound: int) -> None:
    headers = importer.cast.sign_in(client, "alice")
    address = f"/api/v1/items/{sound}/voices"
    job = client.post(address, headers=headers).json()["job"]
    client.post(f"/api/v1/jobs/{job}/cancel", headers=headers)
    answer = client.get(f"{address}?job={job}").json()
    assert (answer["state"], answer["error"]["code"]) == ("cancelled", "job-cancelled")
    assert client.post(address, headers=headers).json()["job"] != job


def test_a_full_disk_is_told_to_whoever_waits(
    importer: Importer, client: Client, sound: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    headers = importer.cast.sign_in(client, "alice")
    address = f"/api/v1/items/{sound}/voices"
    job = client.post(address, headers=headers).json()["job"]

    def full(*_: Any, **__: Any) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    work_jobs(importer.house, JOBS)
    monkeypatch.undo()
    answer = client.get(f"{address}?job={job}").json()
    assert (answer["state"], answer["error"]["code"]) == ("failed", "storage-full")
    assert not list((importer.house.home / "cache").glob("*/*.voices.json*"))


def test_strangers_and_jobs_of_something_else_are_refused(importer: Importer, client: Client, sound: int) -> None:
    other = importer.house.write(
        lambda tx: ask_for_job(tx, LISTEN, {"hash": "x"}, project_id=importer.cast.project, actor_id=None)
    )
    importer.cast.sign_in(client, "alice")
    answer = client.get(f"/api/v1/items/{sound}/voices?job={other}")
    assert (answer.status_code, answer.json()["code"]) == (404, "not-this-sound")
    headers = importer.cast.sign_in(client, "mallory")
    assert client.get(f"/api/v1/items/{sound}/voices").status_code == 404
    assert client.post(f"/api/v1/items/{sound}/voices", headers=headers).status_code == 404


def test_a_long_sound_is_heard_in_parts_gives_way_and_goes_on_where_it_was(
    importer: Importer, sound: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(voices, "PART", 40)
    monkeypatch.setattr(listening, "TURN_SECONDS", 0.0)
    house = importer.house
    heard: list[str] = []

    def note(_run: Any) -> dict[str, object]:
        heard.append("another")
        return {}

    def begin(tx: Tx) -> int:
        return ask_for_job(tx, "note", {}, project_id=importer.cast.project, actor_id=None)

    job = ask_for_voices(house, importer.cast.alice, sound).job
    assert job
    house.write(begin)
    work_jobs(house, {**JOBS, "note": note})
    [done] = _jobs(importer)
    assert heard == ["another"]
    assert (done.state, done.total) == (JobState.DONE, 5000)
    assert follow_voices(house, importer.cast.alice, sound).voices is not None


def test_a_sound_is_heard_the_same_whether_or_not_somebody_stopped_in_between(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(voices, "PART", 40)
    path = tmp_path / "a.flac"
    soundfile.write(path, np.concatenate([SPOKEN, SPOKEN]), RATE)
    whole = list(listen(path))
    assert len(whole) == 8
    assert list(listen(path, whole[3])) == whole[4:]
    assert whole[-1].milliseconds == 10_016


def test_the_last_part_of_a_sound_may_be_as_long_as_a_part_or_a_single_sample(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(voices, "PART", 10)
    for samples, chunks in ((5120, 10), (5121, 11), (10_240, 20), (1, 1)):
        path = write_sound(tmp_path / f"{samples}.wav", tone(1)[:samples])
        heard = list(listen(path))[-1]
        assert (heard.chunks, heard.whole) == (chunks, True), samples


def test_a_field_that_asks_for_voices_has_them_found_as_sounds_arrive(
    importer: Importer, write: Write, sound: int
) -> None:
    house, cast = importer.house, importer.cast
    pump(house.database, SUBSCRIBERS)
    assert _jobs(importer, AHEAD) == []
    document = rulebook_of("segment", ["Agent"]).replace("kind: segment,", "kind: segment, options: {voices: true},")
    save_draft(house, cast.zhou, cast.project, document=document, from_revision=0, request_id=new_id())
    publish_rulebook(house, cast.zhou, cast.project, request_id=new_id())
    pump(house.database, SUBSCRIBERS)
    importer.run(write("more/other.wav", sound_bytes(SPOKEN[::-1])))
    importer.run(write("more/broken.wav", sound_bytes(tone(3))))
    with house.reading() as connection:
        [broken] = find_items(connection, cast.project, item_ids(connection, cast.project)[2:]).values()
    house.blobs.path(broken.hash).unlink()
    pump(house.database, SUBSCRIBERS)
    work_jobs(house, JOBS)
    assert [job.outcome for job in _jobs(importer, AHEAD)] == [{"sounds": 3, "unread": 1}]
    assert follow_voices(house, cast.alice, sound).voices is not None


def test_preparing_again_while_a_job_waits_asks_for_no_second_one(importer: Importer, sound: int) -> None:
    house, project = importer.house, importer.cast.project
    first, second = (house.write(lambda tx: prepare_voices(tx, project, None)) for _ in range(2))
    assert first == second
    house.write(lambda tx: cancel_job(tx, first))
    assert house.write(lambda tx: prepare_voices(tx, project, None)) != first
