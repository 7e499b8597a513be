"""Scenes are found, people name and move them, and what people did stays whatever comes."""

from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from guiju.data import JOBS as DATA_JOBS
from guiju.data import start_import, take_back_source
from guiju.kit import new_id
from guiju.people import NotAllowed
from guiju.projects import ProjectNotFound
from guiju.scenes import reading, shaping, store
from guiju.scenes.actions import ask_to_make
from guiju.scenes.errors import (
    CannotMerge,
    CannotMove,
    CannotSplit,
    ContradictingTies,
    NoItemsGiven,
    NothingToCompare,
    SceneNameMissing,
    SceneNameTaken,
    SceneNotFound,
    ScenesAreBeingMade,
    TieNeedsTwo,
    TieNotFound,
)
from guiju.scenes.model import SceneLine, Tie, View
from guiju.storage import JobState, pump, work_jobs
from guiju.web.jobs import HANDLERS
from guiju.web.subscribers import SUBSCRIBERS
from tests.scenes.conftest import Finder, texts
from tests.support.raw_pictures import saved


def scene_of(finder: Finder, item: int) -> int | None:
    """The scene in which an item stands now, whatever was merged."""
    _, rows = reading.read_points(finder.house, finder.cast.zhou, finder.project, View.TEXT)
    return next((scene for found, scene, *_ in rows if found == item), None)


def main_scene(finder: Finder, word: str) -> SceneLine:
    """Where most of the texts with a word stand."""
    _, rows = reading.read_points(finder.house, finder.cast.zhou, finder.project, View.TEXT)
    wanted = set(finder.of(word))
    [(scene, _)] = Counter(scene for item, scene, *_ in rows if item in wanted).most_common(1)
    line = finder.read().tree.find(scene)
    assert line is not None
    return line


@pytest.fixture
def found(finder: Finder) -> Finder:
    """Four kinds of texts, found as four scenes."""
    finder.bring(texts())
    assert finder.make(4).state is JobState.DONE
    return finder


def describe(finder: Finder, line: SceneLine, **told: str) -> int:
    told_of: dict[str, Any] = {"request_id": new_id(), **told}
    return shaping.describe_scene(finder.house, finder.cast.zhou, finder.project, View.TEXT, line.scene.id, **told_of)


def test_texts_about_the_same_stand_in_one_scene_with_its_words(found: Finder) -> None:
    tree = found.read().tree
    assert tree.total == 100
    assert len(tree.lines) == 4
    for word in ("refund", "parcel", "password", "发票"):
        line = main_scene(found, word)
        assert word in line.scene.keywords
        inside = [each for each in found.of(word) if scene_of(found, each) == line.scene.id]
        assert len(inside) >= 20


def test_what_a_person_named_stays_when_scenes_are_found_again_and_its_items_with_it(found: Finder) -> None:
    line = main_scene(found, "refund")
    describe(found, line, name="Refunds", definition="Money is to come back.")
    before = {item: scene_of(found, item) for item in found.of("refund")}
    found.make(5)
    kept = found.read().tree.find(line.scene.id)
    assert kept is not None
    assert (kept.scene.name, kept.scene.state.value) == ("Refunds", "kept")
    assert {item: scene_of(found, item) for item, scene in before.items() if scene == line.scene.id} == {
        item: scene for item, scene in before.items() if scene == line.scene.id
    }


def test_new_items_land_in_the_scenes_that_people_made(found: Finder) -> None:
    line = main_scene(found, "parcel")
    describe(found, line, name="Parcels")
    found.bring(texts(6, start=400, kinds=["parcel"]), "second")
    assert found.read().unplaced == 6
    outcome = found.place().outcome
    assert outcome is not None
    assert outcome["placed"] == 6
    after = found.read()
    assert after.unplaced == 0
    fresh = found.ids()[-6:]
    assert sum(scene_of(found, item) == line.scene.id for item in fresh) >= 5


def test_a_source_that_lands_is_placed_by_itself_and_one_taken_back_leaves_nothing(found: Finder) -> None:
    house, zhou = found.house, found.cast.zhou
    pump(house.database, SUBSCRIBERS)
    work_jobs(house, HANDLERS)
    source = found.bring(texts(5, start=700, kinds=["refund"]), "later")
    pump(house.database, SUBSCRIBERS)
    work_jobs(house, HANDLERS)
    assert found.read().tree.total == 105
    rows = [len(path.read_bytes()) for path in (house.home / "vectors").rglob("keys")]
    take_back_source(house, zhou, found.project, source, request_id=new_id())
    pump(house.database, SUBSCRIBERS)
    work_jobs(house, HANDLERS)
    assert found.read().tree.total == 100
    assert [len(path.read_bytes()) for path in (house.home / "vectors").rglob("keys")] == [rows[0] - 5 * 32]


def test_something_new_is_proposed_from_what_fits_nowhere(finder: Finder) -> None:
    finder.bring(texts(40, kinds=["refund", "parcel"]))
    finder.make(2)
    finder.bring([f"量子纠缠实验第{n}次观测记录的光子偏振角度" for n in range(30)], "new")
    outcome = finder.place().outcome
    assert outcome is not None
    assert outcome["proposed"] + (outcome["nowhere"] > 0) >= 1


def test_merged_scenes_are_one_and_splitting_makes_scenes_below(found: Finder) -> None:
    house, zhou = found.house, found.cast.zhou
    one, other = main_scene(found, "refund"), main_scene(found, "parcel")
    arguments = (house, zhou, found.project, View.TEXT)
    shaping.merge_scenes(*arguments, one.scene.id, [other.scene.id], request_id=new_id())
    merged = found.read().tree.find(one.scene.id)
    assert merged is not None
    assert merged.items == one.items + other.items
    assert found.read().tree.find(other.scene.id) is None
    parts = shaping.split_scene(*arguments, one.scene.id, 2, request_id=new_id())
    tree = found.read().tree
    lines = [line for line in (tree.find(part) for part in parts) if line is not None]
    assert [line.scene.parent_id for line in lines] == [one.scene.id] * 2
    assert sum(line.items for line in lines) == merged.items
    with pytest.raises(CannotMerge):
        shaping.merge_scenes(*arguments, parts[0], [one.scene.id], request_id=new_id())
    with pytest.raises(CannotMove):
        shaping.put_below(*arguments, one.scene.id, parts[0], request_id=new_id())


def test_an_item_that_a_person_moved_stays_there_however_often_scenes_are_found(found: Finder) -> None:
    house, zhou, arguments = found.house, found.cast.zhou, (found.house, found.cast.zhou, found.project, View.TEXT)
    item, to = found.of("refund")[0], main_scene(found, "password")
    shaping.move_items(*arguments, [item], to.scene.id, request_id=new_id())
    found.make(4)
    assert scene_of(found, item) == to.scene.id
    shown = reading.list_given_items(house, zhou, found.project, View.TEXT, [item])
    assert shown.placed[0].how.value == "moved"


def test_a_scene_of_seed_words_begins_where_they_stand(finder: Finder) -> None:
    finder.bring(texts())
    arguments = (finder.house, finder.cast.zhou, finder.project, View.TEXT)
    made = shaping.make_scene(*arguments, request_id=new_id(), name="开票", seeds="发票，开票、税号")
    finder.make(4)
    invoices = finder.of("发票")
    assert sum(scene_of(finder, item) == made for item in invoices) >= 20


def test_items_said_to_belong_together_stand_together_and_those_apart_do_not(found: Finder) -> None:
    house, zhou, project = found.house, found.cast.zhou, found.project
    one, other = found.of("refund")[0], found.of("发票")[0]
    third, fourth = found.of("parcel")[:2]
    shaping.tie_items(house, zhou, project, one, other, Tie.TOGETHER, request_id=new_id())
    shaping.tie_items(house, zhou, project, third, fourth, Tie.APART, request_id=new_id())
    found.make(4)
    assert scene_of(found, one) == scene_of(found, other)
    assert scene_of(found, third) != scene_of(found, fourth)


def test_ties_that_contradict_are_refused_also_through_others(found: Finder) -> None:
    house, zhou, project = found.house, found.cast.zhou, found.project
    a, b, c = found.ids()[:3]
    shaping.tie_items(house, zhou, project, a, b, Tie.TOGETHER, request_id=new_id())
    link = shaping.tie_items(house, zhou, project, b, c, Tie.TOGETHER, request_id=new_id())
    with pytest.raises(ContradictingTies):
        shaping.tie_items(house, zhou, project, a, c, Tie.APART, request_id=new_id())
    shaping.untie(house, zhou, project, link, request_id=new_id())
    shaping.tie_items(house, zhou, project, a, c, Tie.APART, request_id=new_id())
    with pytest.raises(ContradictingTies):
        shaping.tie_items(house, zhou, project, b, c, Tie.TOGETHER, request_id=new_id())
    with pytest.raises(TieNeedsTwo):
        shaping.tie_items(house, zhou, project, a, a, Tie.TOGETHER, request_id=new_id())
    with pytest.raises(TieNotFound):
        shaping.untie(house, zhou, project, link, request_id=new_id())


def test_a_dissolved_scene_leaves_its_items_without_one_until_they_are_placed(found: Finder) -> None:
    arguments = (found.house, found.cast.zhou, found.project, View.TEXT)
    line = main_scene(found, "refund")
    before = found.read().tree.nowhere
    shaping.dissolve_scene(*arguments, line.scene.id, request_id=new_id())
    assert found.read().tree.nowhere == before + line.items
    found.place()
    assert found.read().tree.nowhere < before + line.items


def test_each_act_is_a_version_that_says_who_did_what(found: Finder) -> None:
    line = main_scene(found, "refund")
    describe(found, line, name="Refunds")
    acts = reading.list_scene_acts(found.house, found.cast.zhou, found.project, View.TEXT)
    assert [(each.act, each.by) for each in acts] == [("describe", found.cast.zhou.id), ("made", found.cast.zhou.id)]
    assert acts[0].details["was"] == line.scene.name
    assert found.read().tree.revision == acts[0].id


def test_names_are_needed_and_not_given_twice(found: Finder) -> None:
    one, other = main_scene(found, "refund"), main_scene(found, "parcel")
    with pytest.raises(SceneNameMissing):
        describe(found, one, name="  ")
    with pytest.raises(SceneNameTaken):
        describe(found, one, name=other.scene.name)
    with pytest.raises(SceneNotFound):
        shaping.keep_scene(found.house, found.cast.zhou, found.project, View.TEXT, 10**9, request_id=new_id())
    with pytest.raises(NoItemsGiven):
        shaping.move_items(
            found.house, found.cast.zhou, found.project, View.TEXT, [10**9], one.scene.id, request_id=new_id()
        )


def test_a_request_sent_twice_acts_once(found: Finder) -> None:
    once = new_id()
    arguments = (found.house, found.cast.zhou, found.project, View.TEXT)
    made = [shaping.make_scene(*arguments, request_id=once, name="Mine") for _ in range(2)]
    assert made[0] == made[1]


def test_only_who_leads_or_rules_shapes_scenes_and_a_stranger_sees_none(found: Finder) -> None:
    line = main_scene(found, "refund")
    with pytest.raises(NotAllowed):
        shaping.keep_scene(found.house, found.cast.hu, found.project, View.TEXT, line.scene.id, request_id=new_id())
    with pytest.raises(ProjectNotFound):
        reading.read_scenes(found.house, found.cast.mallory, found.project)


def test_without_items_there_is_nothing_to_compare(finder: Finder) -> None:
    with pytest.raises(NothingToCompare):
        finder.make()


@pytest.mark.parametrize(
    "lines",
    [
        ["only one"],
        ["all the same words"] * 1 + ["all the same words."] + ["all the same words!"],
        ["ภาษาไทยไม่มีช่องว่าง", "ข้อความที่สองยาวกว่า", "สวัสดีครับผม"],
        ["?", "!", "…", "123", "456"],
        ["😀😀", "👍", "🙏🙏🙏", "😀"],
        ["أين طلبي", "أريد استرداد المال", "متى يصل الطرد", "كلمة المرور لا تعمل"],
    ],
    ids=[
        "one item",
        "all alike",
        "a script that no segmenter knows",
        "nothing but marks",
        "nothing but emoji",
        "from right to left",
    ],
)
def test_odd_data_has_a_map_all_the_same(finder: Finder, lines: list[str]) -> None:
    finder.bring(lines)
    job = finder.make()
    assert job.state is JobState.DONE, job.outcome
    tree = finder.read().tree
    assert tree.total == len(finder.ids())
    for line in tree.lines:
        assert line.scene.name
    if tree.lines and tree.total == 1:
        with pytest.raises(CannotSplit):
            shaping.split_scene(
                finder.house,
                finder.cast.zhou,
                finder.project,
                View.TEXT,
                tree.lines[0].scene.id,
                request_id=new_id(),
            )


def test_one_scene_may_be_all_that_is_asked_for(finder: Finder) -> None:
    finder.bring(texts(10))
    finder.make(1)
    tree = finder.read().tree
    assert [line.items + tree.nowhere for line in tree.lines] == [40]


def test_pictures_that_are_all_equal_are_one_scene_and_stand_on_the_map(finder: Finder, tmp_path: Path) -> None:
    folder = tmp_path / "flat"
    folder.mkdir()
    for number in range(6):
        (folder / f"{number}.png").write_bytes(saved(Image.new("RGB", (40 + number, 40), "grey"), "PNG"))
    started = start_import(finder.house, finder.cast.zhou, finder.project, request_id=new_id(), paths=[folder])
    work_jobs(finder.house, DATA_JOBS, only=started.job)
    job = finder.make(view=View.IMAGE)
    assert job.state is JobState.DONE, job.outcome
    tree = finder.read(View.IMAGE).tree
    assert (tree.total, sum(line.items for line in tree.lines) + tree.nowhere) == (6, 6)


def test_a_cancelled_finding_leaves_what_was_there(found: Finder) -> None:
    house, zhou = found.house, found.cast.zhou
    before = found.read()
    job_id = ask_to_make(house, zhou, found.project, View.TEXT, request_id=new_id())
    with pytest.raises(ScenesAreBeingMade):
        ask_to_make(house, zhou, found.project, View.TEXT, request_id=new_id())
    from guiju.scenes.making import actions as making

    def cancelled(*_: object) -> None:
        from guiju.storage import JobCancelled

        raise JobCancelled

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(making, "write_arrays", cancelled)
        assert found.work(job_id).state is JobState.CANCELLED
    after = found.read()
    assert after.map == before.map
    assert after.tree == before.tree
    with house.reading() as connection:
        assert store.maps_in(connection, found.project, "draft") == []


def test_a_finding_whose_worker_died_goes_on_with_what_it_had_learnt(finder: Finder) -> None:
    finder.bring(texts())
    job_id = ask_to_make(finder.house, finder.cast.zhou, finder.project, View.TEXT, request_id=new_id(), count=4)
    from guiju.scenes.making import actions as making

    class Killed(BaseException):
        pass

    def killed(*_: object) -> None:
        raise Killed

    def spared(_: making.Making) -> None:
        """A process that is killed tidies nothing up."""

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(making, "write_arrays", killed)
        patch.setattr(making.Making, "drop", spared)
        with pytest.raises(Killed):
            finder.work(job_id)
    states = {path: path.stat().st_mtime_ns for path in (finder.house.home / "vectors").rglob("state.npz")}
    assert states
    from sqlalchemy import update

    from guiju.storage.tables import job

    finder.house.write(lambda tx: tx.execute(update(job).where(job.c.id == job_id).values(beat_at=0)))
    assert finder.work(job_id).state is JobState.DONE
    assert {path: path.stat().st_mtime_ns for path in states} == states
    assert finder.read().tree.total == 100
