"""Scenes of pictures, sounds and dialogues: found, named, steered by examples, and what comes later lands in them."""

import io
import json
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from guiju.data import JOBS as DATA_JOBS
from guiju.data import item_ids, start_import
from guiju.data.store import find_items
from guiju.kit import new_id
from guiju.scenes import SceneLine, View, ask_to_place, make_scene
from guiju.scenes.errors import CannotSplit
from guiju.scenes.model import Tie
from guiju.scenes.reading import read_points
from guiju.scenes.shaping import describe_scene, split_scene, tie_items
from guiju.storage import JobState, work_jobs
from tests.scenes.conftest import Finder

RATE = 8_000


def picture(kind: str, seed: int) -> bytes:
    """Reddish with upright stripes, or bluish with level ones, a little different each."""
    draw = np.random.default_rng(seed)
    stripes = np.sin(np.arange(64) * (0.7 + draw.random() / 9)) * 60 + 150
    grey = np.tile(stripes, (64, 1)) if kind == "red" else np.tile(stripes, (64, 1)).T
    shade = np.array([1, 0.3, 0.2] if kind == "red" else [0.2, 0.3, 1])
    pixels = grey[..., None] * shade + draw.normal(0, 9, (64, 64, 1))
    out = io.BytesIO()
    Image.fromarray(np.clip(pixels, 0, 255).astype(np.uint8)).save(out, "PNG")
    return out.getvalue()


def sound(kind: str, seed: int) -> bytes:
    """A second of a hum, or of a hiss."""
    soundfile = pytest.importorskip("soundfile", reason="the extra `media`")
    draw = np.random.default_rng(seed)
    time = np.arange(RATE) / RATE
    heard = np.sin(2 * np.pi * (110 + seed % 7) * time) if kind == "hum" else draw.normal(size=RATE)
    out = io.BytesIO()
    soundfile.write(out, (0.2 * heard + draw.normal(0, 0.002, RATE)).astype(np.float32), RATE, format="WAV")
    return out.getvalue()


def dialogue(kind: str, seed: int) -> bytes:
    """Who asks for money back, or for the way; what is said is spread over the turns."""
    said = ("refund my order", "the money comes back") if kind == "refund" else ("where is the station", "turn left")
    turns = [{"speaker": ("A", "B")[at % 2], "text": f"{text} {seed}"} for at, text in enumerate(said)]
    return json.dumps({"name": f"{kind}-{seed}", "turns": turns}).encode()


def bring(finder: Finder, folder: Path, make: Callable[[str, int], bytes], which: Sequence[tuple[str, int]]) -> None:
    """One zip of files, or one file of lines, named by kind and number."""
    if make is dialogue:
        path = folder / f"dialogues-{which[0][1]}.jsonl"
        path.write_bytes(b"\n".join(make(*each) for each in which))
    else:
        path = folder / f"files-{which[0][1]}.zip"
        end = "png" if make is picture else "wav"
        with zipfile.ZipFile(path, "w") as archive:
            for kind, seed in which:
                archive.writestr(f"{kind}-{seed}.{end}", make(kind, seed))
    started = start_import(finder.house, finder.cast.zhou, finder.project, request_id=new_id(), paths=[path])
    work_jobs(finder.house, DATA_JOBS, only=started.job)


def where(finder: Finder, view: View) -> dict[str, int]:
    """The scene in which each item stands, by the item's name without its ending."""
    with finder.house.reading() as connection:
        items = find_items(connection, finder.project, item_ids(connection, finder.project))
    _, rows = read_points(finder.house, finder.cast.zhou, finder.project, view)
    return {Path(items[item].name).stem: scene for item, scene, *_ in rows}


def lines(finder: Finder, view: View) -> list[SceneLine]:
    return list(finder.read(view).tree.lines)


KINDS = pytest.mark.parametrize(
    ("make", "view", "kinds"),
    [
        (picture, View.IMAGE, ("red", "blue")),
        (sound, View.AUDIO, ("hum", "hiss")),
        (dialogue, View.TEXT, ("refund", "way")),
    ],
    ids=["pictures", "sounds", "dialogues"],
)


@KINDS
def test_what_looks_sounds_or_says_alike_is_one_scene_and_what_comes_later_lands_there(
    finder: Finder, tmp_path: Path, make: Callable[[str, int], bytes], view: View, kinds: tuple[str, str]
) -> None:
    house, zhou, project = finder.house, finder.cast.zhou, finder.project
    bring(finder, tmp_path, make, [(kind, seed) for kind in kinds for seed in range(12)])
    job = finder.make(2, view)
    assert job.state is JobState.DONE, job.outcome
    stands = where(finder, view)
    one, other = ({stands[f"{kind}-{seed}"] for seed in range(12)} for kind in kinds)
    assert len(one) == len(other) == 1
    assert one != other
    [scene] = one
    describe_scene(house, zhou, project, view, scene, request_id=new_id(), name="Mine")
    bring(finder, tmp_path, make, [(kind, seed) for kind in kinds for seed in range(40, 43)])
    finder.work(ask_to_place(house, zhou, project, view, request_id=new_id()))
    stands = where(finder, view)
    assert {stands[f"{kinds[0]}-{seed}"] for seed in range(40, 43)} == {scene}
    assert {stands[f"{kinds[1]}-{seed}"] for seed in range(40, 43)} == other
    # found again, the named scene keeps its items
    finder.make(3, view)
    assert {each for each, at in where(finder, view).items() if at == scene} >= {f"{kinds[0]}-{n}" for n in range(12)}


def test_examples_begin_a_scene_and_what_was_said_of_pairs_holds_for_pictures(finder: Finder, tmp_path: Path) -> None:
    house, zhou, project, view = finder.house, finder.cast.zhou, finder.project, View.IMAGE
    bring(finder, tmp_path, picture, [(kind, seed) for kind in ("red", "blue") for seed in range(10)])
    finder.make(1, view)
    with house.reading() as connection:
        names = {
            Path(item.name).stem: item.id
            for item in find_items(connection, project, item_ids(connection, project)).values()
        }
    examples = [names[f"red-{seed}"] for seed in range(4)]
    scene = make_scene(house, zhou, project, view, request_id=new_id(), name="Red ones", items=examples)
    tie_items(house, zhou, project, names["red-0"], names["blue-9"], Tie.TOGETHER, request_id=new_id())
    finder.make(2, view)
    stands = where(finder, view)
    assert {stands[f"red-{seed}"] for seed in range(10)} == {scene}
    assert stands["blue-9"] == scene
    assert scene not in {stands[f"blue-{seed}"] for seed in range(9)}


def test_pictures_that_are_all_equal_or_broken_have_a_map_and_cannot_be_split(finder: Finder, tmp_path: Path) -> None:
    house, zhou, project, view = finder.house, finder.cast.zhou, finder.project, View.IMAGE
    with zipfile.ZipFile(tmp_path / "flat.zip", "w") as archive:
        for side in range(8, 14):  # other bytes, and to a histogram the same
            out = io.BytesIO()
            Image.new("RGB", (side * 8, side * 8), "grey").save(out, "PNG")
            archive.writestr(f"flat-{side}.png", out.getvalue())
    started = start_import(house, zhou, project, request_id=new_id(), paths=[tmp_path / "flat.zip"])
    work_jobs(house, DATA_JOBS, only=started.job)
    assert finder.make(0, view).state is JobState.DONE
    [line] = lines(finder, view)
    assert line.items == 6
    with pytest.raises(CannotSplit):
        split_scene(house, zhou, project, view, line.scene.id, request_id=new_id())
