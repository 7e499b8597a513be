"""A handful of raw sounds: what is in them, which are the same, made short and even, put into scenes."""

import re
from pathlib import Path

import numpy as np
import pytest

from guiju.cleaning.duplicates.actions import ask_for_search, decide_group, list_groups
from guiju.cleaning.duplicates.model import Keep
from guiju.cleaning.profiles.actions import ask_for_profile, get_profile
from guiju.kit import PageRequest, new_id
from guiju.scenes import View, ask_to_make, list_scene_items, read_scenes
from guiju.storage import work_jobs
from guiju.web.jobs import HANDLERS
from tests.cleaning.cleaner import Cleaner
from tests.support.cast import Cast
from tests.support.sounds import Samples, silence, sound_bytes, tone

EACH = 6


def melody(number: int) -> Samples:
    chance = np.random.default_rng(number)
    heard = np.concatenate([tone(0.2, float(hertz)) for hertz in chance.uniform(250, 900, 8)])
    return heard + chance.normal(0, 0.02, len(heard))


def rattle(number: int) -> Samples:
    chance = np.random.default_rng(100 + number)
    return np.concatenate([chance.normal(0, 0.3, 1_600) * np.linspace(1, 0, 1_600) for _ in range(16)])


def padded(heard: Samples) -> Samples:
    return np.concatenate([silence(0.4), heard, silence(0.4)])


@pytest.fixture
def cleaner(cast: Cast, tmp_path: Path) -> Cleaner:
    folder = tmp_path / "raw"
    folder.mkdir()
    for number in range(EACH):
        (folder / f"tune{number}.wav").write_bytes(sound_bytes(padded(melody(number))))
        (folder / f"rattle{number}.flac").write_bytes(sound_bytes(padded(rattle(number)), "FLAC"))
    (folder / "again.wav").write_bytes(sound_bytes(padded(melody(0)) * 0.4))
    (folder / "click.wav").write_bytes(sound_bytes(tone(0.05)))
    (folder / "hush.wav").write_bytes(sound_bytes(silence(2.0)))
    made = Cleaner(cast, tmp_path)
    made.bring_file(folder)
    return made


def test_raw_sounds_become_even_ones_in_scenes(cleaner: Cleaner) -> None:
    what_is_in_them_is_told(cleaner)
    the_same_sound_is_kept_once(cleaner)
    run = cleaner.run(("fit", {"shortest": 500, "loudness": -60}), ("sound", {"rate": 8_000}))
    assert (run.counts.dropped, run.counts.failed, run.counts.changed) == (2, 0, 2 * EACH)
    lengths = {item.name: item.duration or 0 for item in cleaner.items(run.source_id)}
    assert all(1_500 <= length <= 2_000 for length in lengths.values()), lengths
    they_stand_in_scenes_by_their_sound(cleaner)


def what_is_in_them_is_told(cleaner: Cleaner) -> None:
    house, zhou, project = cleaner.house, cleaner.cast.zhou, cleaner.project
    for job in ask_for_profile(house, zhou, project, request_id=new_id(), source_id=None):
        work_jobs(house, HANDLERS, only=job)
    profile = get_profile(house, zhou, project, None).profile
    assert profile.items == 2 * EACH + 3
    assert "silent" in {remark.code for remark in profile.remarks}


def the_same_sound_is_kept_once(cleaner: Cleaner) -> None:
    house, zhou, project = cleaner.house, cleaner.cast.zhou, cleaner.project
    work_jobs(house, HANDLERS, only=ask_for_search(house, zhou, project, request_id=new_id()))
    [(group, members)] = list_groups(house, zhou, project, PageRequest(10)).rows
    assert {shown.item.name for shown in members} == {"again.wav", "tune0.wav"}
    kept = next(shown.item.id for shown in members if shown.item.name == "tune0.wav")
    decide_group(house, zhou, project, group.id, request_id=new_id(), keep=Keep.ONE, kept=kept)


def they_stand_in_scenes_by_their_sound(cleaner: Cleaner) -> None:
    house, zhou, project = cleaner.house, cleaner.cast.zhou, cleaner.project
    job = ask_to_make(house, zhou, project, View.AUDIO, request_id=new_id(), count=2)
    work_jobs(house, HANDLERS, only=job)
    tree = read_scenes(house, zhou, project, View.AUDIO).tree
    kinds: list[list[str]] = []
    for line in tree.lines:
        shown = list_scene_items(house, zhou, project, View.AUDIO, line.scene.id)
        kinds.append(sorted({re.sub(r"\d.*", "", shown.items[each.item_id].name) for each in shown.placed}))
    assert (tree.total, sorted(kinds)) == (2 * EACH, [["rattle"], ["tune"]])
