"""Sounds from files, folders and zips; what is drawn of them; and their files over HTTP, for members alone."""

import json
import tracemalloc
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import soundfile
from litestar import Litestar
from litestar.testing import TestClient
from numpy.typing import NDArray

from guiju.data import Item, find_items, item_ids
from guiju.data.intake.errors import MediaExtraMissing
from guiju.data.readers import sounds
from guiju.data.sounds import samples
from guiju.data.sounds.voices import find_voices, stretches
from guiju.data.sounds.waves import look_through
from tests.data.conftest import Importer, picture_bytes
from tests.support.sounds import noise, silence, sound_bytes, tone, voice, write_sound

Write = Callable[[str, bytes | str], Path]
Client = TestClient[Litestar]


def _items(importer: Importer) -> dict[str, Item]:
    with importer.house.reading() as connection:
        ids = item_ids(connection, importer.cast.project)
        return {item.name: item for item in find_items(connection, importer.cast.project, ids).values()}


def _read(wave: bytes) -> tuple[dict[str, Any], Callable[[str, int], NDArray[Any]]]:
    """The header of a drawn sound, and its levels by name and milliseconds a column."""
    length = int.from_bytes(wave[4:8], "little")
    header = json.loads(wave[8 : 8 + length])

    def level(name: str, ms: int) -> NDArray[Any]:
        [found] = [each for each in header[name] if each["ms"] == ms]
        wide, kind = (2, np.int8) if name == "peaks" else (header["bands"], np.uint8)
        start = 8 + length + found["at"]
        return np.frombuffer(wave[start : start + found["count"] * wide], kind).reshape(-1, wide)

    assert wave[:4] == b"GJW1"
    return header, level


@pytest.mark.parametrize(
    ("name", "kind", "options", "media_type"),
    [
        ("a.wav", "WAV", {"subtype": "PCM_16"}, "audio/wav"),
        ("a.wav", "WAV", {"subtype": "FLOAT"}, "audio/wav"),
        ("a.wav", "WAV", {"subtype": "IMA_ADPCM"}, "audio/x-wav"),
        ("a.flac", "FLAC", {}, "audio/flac"),
        ("a.ogg", "OGG", {"subtype": "VORBIS"}, "audio/ogg"),
        ("a.opus", "OGG", {"subtype": "OPUS"}, "audio/ogg"),
        ("a.mp3", "MP3", {}, "audio/mpeg"),
    ],
)
def test_a_sound_of_each_format_is_an_item_with_its_length(
    importer: Importer, write: Write, name: str, kind: str, options: dict[str, Any], media_type: str
) -> None:
    job = importer.run(write(name, sound_bytes(tone(1.5), kind, **options)))
    assert (job.outcome or {})["taken"] == 1, importer.codes(job)
    item = _items(importer)[name]
    assert (item.media, item.media_type) == ("audio", media_type)
    assert item.duration == pytest.approx(1500, abs=60 if kind in {"MP3", "OGG"} or options else 0)
    assert item.shape.duration == item.duration


def _bad_sounds() -> dict[str, tuple[bytes, str]]:
    whole, flac = sound_bytes(noise(1.0)), sound_bytes(noise(1.0), "FLAC")
    return {
        "cut.wav": (whole[: len(whole) // 2], "sound-truncated"),
        "cut.flac": (flac[: len(flac) // 2], "sound-truncated"),
        "empty.wav": (b"", "empty-sound-file"),
        "lie.mp3": (b"this is no sound at all", "not-a-sound"),
        "broken.flac": (b"fLaC" + bytes(400), "sound-unreadable"),
        "none.wav": (sound_bytes(silence(0)), "sound-empty"),
        "nine.wav": (sound_bytes(np.zeros((800, 9))), "too-many-channels"),
        "slow.wav": (sound_bytes(silence(1, 1000), rate=1000), "sound-rate"),
        "notes.docx": (b"PK something", "not-an-image"),
    }


def test_every_bad_sound_of_a_folder_is_listed_with_its_reason_and_leaves_nothing(
    importer: Importer, write: Write
) -> None:
    bad = _bad_sounds()
    for name, (content, _) in bad.items():
        write(f"calls/{name}", content)
    write("calls/good.wav", sound_bytes(tone(1)))
    write("calls/same.wav", sound_bytes(tone(1)))
    folder = write("calls/picture.jpg", picture_bytes(3)).parent
    job = importer.run(folder)
    assert importer.codes(job) == {**{name: code for name, (_, code) in bad.items()}, "same.wav": "duplicate"}
    assert sorted(_items(importer)) == ["good.wav", "picture.jpg"]
    assert len(list(importer.house.blobs)) == 2


def test_a_sound_that_is_too_long_is_refused_by_its_header_or_by_counting(
    importer: Importer, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(samples, "MOST_HOURS", 3 / 3600)
    write("calls/fits.flac", sound_bytes(noise(3), "FLAC"))
    write("calls/long.flac", sound_bytes(noise(3.1), "FLAC"))
    folder = write("calls/long.mp3", sound_bytes(noise(3.5), "MP3")).parent
    codes = importer.codes(importer.run(folder))
    assert codes == {"long.flac": "sound-too-long", "long.mp3": "sound-too-long"}


def test_sounds_in_a_zip_are_taken_and_its_harmful_entries_refused_alone(importer: Importer, tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("calls/one.wav", sound_bytes(tone(1)))
        archive.writestr("calls/two.flac", sound_bytes(tone(2), "FLAC"))
        archive.writestr("../escape.wav", sound_bytes(tone(3)))
        archive.writestr("lie.wav", b"no sound")
    assert importer.codes(importer.run(path)) == {"../escape.wav": "unsafe-path", "lie.wav": "not-a-sound"}
    assert {name: item.duration for name, item in _items(importer).items()} == {
        "calls/one.wav": 1000,
        "calls/two.flac": 2000,
    }


def test_without_the_extra_the_import_names_it_before_anything_is_kept(
    importer: Importer, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write("calls/a.wav", sound_bytes(tone(1)))
    with zipfile.ZipFile(path.parent.parent / "a.zip", "w") as archive:
        archive.write(path, "a.wav")
    monkeypatch.setattr(sounds, "find_spec", _found_nothing)
    for each in (path, path.parent, path.parent.parent / "a.zip"):
        with pytest.raises(MediaExtraMissing) as refused:
            importer.ask(each)
        assert "guiju[media]" in refused.value.next_step


def test_the_waveform_is_the_least_and_greatest_sample_of_each_column(tmp_path: Path) -> None:
    rate = 44_100
    path = write_sound(tmp_path / "a.wav", noise(3.3, 0.2, rate), rate)
    decoded = soundfile.read(path, dtype="float32")[0]
    header, level = _read(look_through(path).wave)
    finest = level("peaks", 2)
    edges = [column * rate // 500 for column in range(len(finest) + 1)]
    for column in (0, 1, 700, 1649):
        part = decoded[edges[column] : edges[column + 1]]
        assert finest[column].tolist() == pytest.approx([part.min() * 127, part.max() * 127], abs=0.51)
    assert len(finest) == 1650
    assert [each["ms"] for each in header["peaks"]] == [1024, 128, 16, 2]
    coarse = level("peaks", 1024)
    assert coarse[:, 0].min() == finest[:, 0].min()
    assert coarse[0, 1] == finest[:512, 1].max()


def test_the_spectrogram_shows_a_tone_in_its_band_while_it_sounds(tmp_path: Path) -> None:
    between = np.concatenate([silence(1), tone(1, 1000), silence(1)])
    header, level = _read(look_through(write_sound(tmp_path / "a.wav", between)).wave)
    finest = level("spectrum", 16)
    mel = 2595 * np.log10(1 + np.array([header["low"], 1000, header["high"]]) / 700)
    band = round(float((mel[1] - mel[0]) / (mel[2] - mel[0]) * (header["bands"] + 1))) - 1
    loudest = finest[:, band]
    assert finest[90].argmax() == band
    assert loudest[90] > loudest[20] + 80
    assert loudest[160] < loudest[90] - 80
    assert abs(int(np.argmax(loudest > loudest.max() - 20)) * 16 - 1000) <= 32


def test_long_sounds_take_no_more_memory_than_short_ones(tmp_path: Path) -> None:
    def peak(seconds: int) -> int:
        path = write_sound(tmp_path / f"{seconds}.flac", np.tile(noise(1), seconds))
        tracemalloc.start()
        look_through(path)
        most = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return most

    short, long = peak(30), peak(150)
    drawn = (150 - 30) * (1000 + 64 * 63) * 2.6
    assert long - short < drawn, "beside what is drawn, memory does not grow with the length"


def _found_nothing(_name: str) -> None:
    return None


@pytest.fixture
def sound(importer: Importer, write: Write) -> int:
    """The id of a landed sound of two seconds."""
    importer.run(write("call.wav", sound_bytes(np.concatenate([silence(1), tone(1)]))))
    return _items(importer)["call.wav"].id


def test_a_sound_is_served_in_ranges_so_that_a_player_can_seek(importer: Importer, client: Client, sound: int) -> None:
    importer.cast.sign_in(client, "alice")
    whole = client.get(f"/media/items/{sound}")
    assert (whole.status_code, whole.headers["content-type"]) == (200, "audio/wav")
    part = client.get(f"/media/items/{sound}", headers={"Range": "bytes=44-99"})
    assert (part.status_code, part.content) == (206, whole.content[44:100])
    drawn = client.get(f"/media/items/{sound}/wave", headers={"Range": "bytes=0-3"})
    assert (drawn.status_code, drawn.content) == (206, b"GJW1")


def test_what_is_drawn_may_be_dropped_and_is_made_again(importer: Importer, client: Client, sound: int) -> None:
    importer.cast.sign_in(client, "alice")
    before = client.get(f"/media/items/{sound}/wave").content
    [kept] = importer.house.home.glob("cache/*/*.wave")
    kept.unlink()
    assert client.get(f"/media/items/{sound}/wave").content == before
    assert kept.exists()


def test_a_wav_that_no_browser_plays_is_served_as_flac(importer: Importer, client: Client, write: Write) -> None:
    importer.run(write("odd.wav", sound_bytes(tone(1), subtype="IMA_ADPCM")))
    importer.cast.sign_in(client, "alice")
    answer = client.get(f"/media/items/{_items(importer)['odd.wav'].id}")
    assert (answer.headers["content-type"], answer.content[:4]) == ("audio/flac", b"fLaC")


def test_a_stranger_gets_neither_the_sound_nor_what_is_made_of_it(
    importer: Importer, client: Client, sound: int
) -> None:
    importer.cast.sign_in(client, "mallory")
    for address in ("", "/wave"):
        assert client.get(f"/media/items/{sound}{address}").status_code == 404


def test_what_is_no_sound_has_no_waveform(importer: Importer, client: Client, write: Write) -> None:
    importer.run(write("a.txt", "a text"))
    importer.cast.sign_in(client, "alice")
    item = next(iter(_items(importer).values())).id
    answer = client.get(f"/media/items/{item}/wave", headers={"Accept": "application/json"})
    assert (answer.status_code, answer.json()["code"]) == (404, "not-sound")


def test_pages_play_a_sound_and_say_how_long_it_is(importer: Importer, client: Client, sound: int) -> None:
    importer.cast.sign_in(client, "lin")
    listed = client.get(f"/projects/{importer.cast.project}/items?media=audio").text
    one = client.get(f"/projects/{importer.cast.project}/items/{sound}").text
    for page in (listed, one):
        assert f'src="/media/items/{sound}"' in page
        assert "0:02.0" in page


def test_stretches_of_voice_bridge_short_pauses_drop_clicks_and_never_overlap() -> None:
    speech, pause, click = [0.9] * 20, [0.1] * 3, [0.9] * 3
    assert stretches([*speech, *pause, *speech], 43 * 32) == [(0, 43 * 32)]
    assert stretches([*([0.1] * 10), *click, *([0.1] * 10)], 23 * 32) == []
    two = stretches([*speech, *([0.1] * 5), *speech, *([0.1] * 9)], 54 * 32)
    assert two == [(0, 670), (770, 1470)]
    assert stretches([0.4] * 50, 1600) == []
    assert stretches([0.9, *([0.4] * 20)], 21 * 32) == [(0, 672)]


def test_the_detector_hears_a_made_up_voice_between_silences(tmp_path: Path) -> None:
    path = write_sound(tmp_path / "a.wav", np.concatenate([silence(1.5), voice(2.0), silence(1.5)]))
    found = find_voices(path, 5000)
    assert found, "nothing was heard"
    assert found[0][0] == pytest.approx(1500, abs=250)
    assert 2500 < found[-1][1] < 3700
