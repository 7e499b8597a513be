"""A recipe's run is seen whole or not at all, sets aside what it replaces, and can be undone."""

import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import select, update

from guiju.cleaning.recipes import StepSaid, get_descent, get_run, list_runs, preview, running, undo_run
from guiju.cleaning.recipes.errors import (
    DerivedInUse,
    NothingToClean,
    RecipeErases,
    RecipeNotFound,
    RunGoingOn,
    RunNotDone,
    RunNotFound,
)
from guiju.data import ItemNotFound, SourceInUse, aside_table, count_asides, take_back_source
from guiju.data.actions import get_item, list_leftovers
from guiju.data.errors import ItemWithheld
from guiju.kit import PageRequest, new_id
from guiju.people import NotAllowed
from guiju.projects import ProjectNotFound
from guiju.storage import cancel_job, work_jobs
from guiju.storage.tables import job as job_table
from guiju.web.jobs import HANDLERS
from guiju.work import open_production
from tests.cleaning.cleaner import Cleaner
from tests.data.conftest import picture_bytes
from tests.support.build import publish_the_rulebook, sign_the_brief

RAW = ("你好ＡＢＣ", "没什么可改的", "电话13800138000")


def reasons(cleaner: Cleaner) -> dict[str, str]:
    """What is set aside, and why."""
    names = {item.id: item.body or item.name for item in cleaner.items()}
    with cleaner.house.reading() as connection:
        return {names[row.item_id]: row.reason for row in connection.execute(select(aside_table))}


def undo(cleaner: Cleaner, run: int) -> None:
    job = undo_run(cleaner.house, cleaner.cast.zhou, cleaner.project, run, request_id=new_id())
    work_jobs(cleaner.house, HANDLERS, only=job)


def test_changed_items_are_derived_and_unchanged_ones_stay_themselves(cleaner: Cleaner) -> None:
    cleaner.bring(*RAW)
    run = cleaner.run("width", "mask")
    assert (run.state, run.counts.changed, run.counts.unchanged, run.counts.made) == ("done", 2, 1, 2)
    assert cleaner.texts(run.source_id) == ["你好ABC", "电话【电话】"]
    assert reasons(cleaner) == {"你好ＡＢＣ": "cleaned", "电话13800138000": "personal"}
    assert [(tally.seen, tally.changed) for tally in run.counts.steps] == [(3, 1), (3, 1)]


def test_name_and_other_columns_are_kept(cleaner: Cleaner, write: Callable[..., Path]) -> None:
    cleaner.bring_file(write("a.jsonl", '{"id": "n1", "text": "Ａ", "channel": "app"}'))
    [item] = cleaner.items(cleaner.run("width").source_id)
    assert (item.name, item.meta) == ("n1", '{"channel":"app"}')


def test_undoing_takes_the_derived_items_back_and_brings_their_parents_back(cleaner: Cleaner) -> None:
    cleaner.bring(*RAW)
    run = cleaner.run("width", "mask")
    undo(cleaner, run.id)
    assert (cleaner.texts(), reasons(cleaner)) == ([*RAW], {})
    assert get_run(cleaner.house, cleaner.cast.zhou, cleaner.project, run.id).state == "undone"
    with pytest.raises(RunNotDone):
        undo(cleaner, run.id)
    again = cleaner.ask(run.recipe_id, confirmed=True)
    assert cleaner.work(again).counts.changed == 2


def test_a_second_run_takes_only_what_the_version_has_not_seen(cleaner: Cleaner) -> None:
    cleaner.bring(*RAW)
    run = cleaner.run("width", "mask")
    with pytest.raises(NothingToClean):
        cleaner.ask(run.recipe_id, confirmed=True)
    cleaner.bring("新来的Ｘ")
    again = cleaner.work(cleaner.ask(run.recipe_id, confirmed=True))
    assert (again.counts.seen, cleaner.texts(again.source_id)) == (1, ["新来的X"])


def test_two_that_become_the_same_are_one_item_and_undoing_keeps_what_was_there(cleaner: Cleaner) -> None:
    cleaner.bring("ＡＢＣ", "ＡBC", "你好")
    cleaner.bring("ABC")
    run = cleaner.run("width")
    assert (run.counts.changed, cleaner.texts(run.source_id)) == (2, [])
    [there] = [item for item in cleaner.items() if item.body == "ABC"]
    parents, _ = get_descent(cleaner.house, cleaner.cast.zhou, there.id)
    assert len(parents) == 2
    undo(cleaner, run.id)
    assert "ABC" in cleaner.texts()


def test_splits_and_drops_are_counted_and_traced(cleaner: Cleaner) -> None:
    cleaner.bring("甲甲\n\n乙乙", "短", "丙丙丙")
    run = cleaner.run("split", ("filter", {"least": 2}))
    assert (run.counts.split, run.counts.dropped, run.counts.unchanged) == (1, 1, 1)
    first = cleaner.items(run.source_id)[0]
    [parent], _ = get_descent(cleaner.house, cleaner.cast.zhou, first.id)
    assert (parent.name, first.name) == ("t0", "t0 #1")
    assert reasons(cleaner) == {"甲甲\n\n乙乙": "cleaned", "短": "rule"}


def test_what_is_derived_can_be_derived_from_and_later_runs_are_undone_first(cleaner: Cleaner) -> None:
    cleaner.bring("Ａ 13800138000")
    first = cleaner.run("width")
    second = cleaner.work(cleaner.ask(cleaner.recipe("mask", name="masks"), confirmed=True))
    assert cleaner.texts(second.source_id) == ["A 【电话】"]
    with pytest.raises(DerivedInUse):
        undo(cleaner, first.id)
    raw = cleaner.items()[0]
    for item in (raw, cleaner.items(first.source_id)[0]):
        with pytest.raises(ItemWithheld):
            get_item(cleaner.house, cleaner.cast.alice, item.id)
    with pytest.raises(SourceInUse):
        take_back_source(cleaner.house, cleaner.cast.zhou, cleaner.project, raw.source_id, request_id=new_id())
    undo(cleaner, second.id)
    undo(cleaner, first.id)
    assert (cleaner.texts(), reasons(cleaner)) == (["Ａ 13800138000"], {})


def test_only_trainers_see_what_was_masked(cleaner: Cleaner) -> None:
    cleaner.bring(*RAW)
    cleaner.run("mask")
    cast, original = cleaner.cast, cleaner.items()[2].id
    assert get_item(cleaner.house, cast.zhou, original).body == RAW[2]
    for who in (cast.alice, cast.lin, cast.hu, cast.xing, cast.gao, cast.qian):
        with pytest.raises(ItemWithheld):
            get_item(cleaner.house, who, original)
    with pytest.raises(ItemNotFound):
        get_item(cleaner.house, cast.mallory, original)


def test_a_recipe_that_takes_half_away_is_shown_and_must_be_confirmed(cleaner: Cleaner) -> None:
    cleaner.bring("电话13800138000", "手机13900139000")
    recipe = cleaner.recipe("mask")
    seen = preview(cleaner.house, cleaner.cast.zhou, cleaner.project, [StepSaid("mask")])
    assert (seen.needs_confirmation, seen.tried, round(seen.erased, 2)) == (True, 2, 0.85)
    assert seen.examples[0].marks[1].kind == "gone"
    with pytest.raises(RecipeErases):
        cleaner.ask(recipe)
    assert list_runs(cleaner.house, cleaner.cast.zhou, cleaner.project) == []
    assert cleaner.work(cleaner.ask(recipe, confirmed=True)).counts.changed == 2


def test_everything_may_be_dropped_and_come_back(cleaner: Cleaner) -> None:
    cleaner.bring(*RAW)
    run = cleaner.run(("filter", {"least": 900}))
    assert (run.counts.dropped, run.counts.made, cleaner.texts(run.source_id)) == (3, 0, [])
    undo(cleaner, run.id)
    assert reasons(cleaner) == {}


def test_a_missing_file_a_broken_picture_and_data_in_columns_stop_at_their_items(
    cleaner: Cleaner, write: Callable[..., Path]
) -> None:
    picture = write("p.jpg", picture_bytes(size=(90, 60)))
    cleaner.bring_file(picture)
    cleaner.bring("长" * 9_000, "Ａ")
    cleaner.bring_file(write("m.jsonl", '{"id": "c", "text": "好的", "tel": "13800138000"}'))
    image, long = cleaner.items()[0], cleaner.items()[1]
    cleaner.house.blobs.delete(long.hash)
    cleaner.house.blobs.path(image.hash).write_bytes(picture.read_bytes()[:200])
    run = cleaner.run("width", "mask", ("picture", {"longest": 20}))
    assert (run.counts.failed, run.counts.changed) == (3, 1)
    rows = list_leftovers(cleaner.house, cleaner.cast.zhou, cleaner.project, run.source_id, PageRequest(50)).rows
    assert {row.code for row in rows} == {"content-missing", "image-unreadable", "nothing-stands-for-it"} or {
        row.code for row in rows
    } == {"content-missing", "image-truncated", "nothing-stands-for-it"}
    assert {row.position for row in rows} >= {long.id, image.id}
    assert set(reasons(cleaner)) == {"Ａ"}


def test_two_runs_at_once_are_refused_and_a_cancelled_one_leaves_nothing(cleaner: Cleaner) -> None:
    cleaner.bring(*RAW)
    recipe = cleaner.recipe("width", "mask")
    waiting = cleaner.ask(recipe, confirmed=True)
    with pytest.raises(RunGoingOn):
        cleaner.ask(cleaner.recipe("html", name="other"))
    cleaner.house.write(lambda tx: cancel_job(tx, waiting.job_id))
    second = cleaner.work(cleaner.ask(recipe, confirmed=True))
    assert (second.state, second.counts.changed) == ("done", 2)
    work_jobs(cleaner.house, HANDLERS)
    assert get_run(cleaner.house, cleaner.cast.zhou, cleaner.project, waiting.id).state == "undone"


def test_a_run_cancelled_in_the_middle_brings_everything_back(
    cleaner: Cleaner, monkeypatch: pytest.MonkeyPatch
) -> None:
    cleaner.bring(*[f"Ａ{n}" for n in range(30)])
    monkeypatch.setattr(running, "CHUNK_ITEMS", 10)
    asked = cleaner.ask(cleaner.recipe("width"))
    seen: list[object] = []
    look_at = running._Running._look_at  # pyright: ignore[reportPrivateUsage]

    def cancelling(self: object, item: object, *rest: object) -> object:
        seen.append(item)
        if len(seen) == 15:
            cleaner.house.write(lambda tx: cancel_job(tx, asked.job_id))
        return look_at(self, item, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(running._Running, "_look_at", cancelling)  # pyright: ignore[reportPrivateUsage]
    work_jobs(cleaner.house, HANDLERS, only=asked.job_id)
    assert cleaner.job(asked.job_id).state == "cancelled"
    work_jobs(cleaner.house, HANDLERS)
    assert get_run(cleaner.house, cleaner.cast.zhou, cleaner.project, asked.id).state == "undone"
    assert (len(cleaner.texts()), reasons(cleaner)) == (30, {})


KILLED = """
import sys, os, signal
from pathlib import Path
from guiju.storage import open_house, work_jobs
from guiju.web.jobs import HANDLERS
from guiju.work import open_production
from guiju.cleaning.recipes import running
running.CHUNK_ITEMS = 10
write, count = running._Running._write, []
def dying(self, tx, plan):
    write(self, tx, plan)
    count.append(1)
    if len(count) == 3:
        os.kill(os.getpid(), signal.SIGKILL)
running._Running._write = dying
house = open_house(Path(sys.argv[1]), database=sys.argv[3] or None)
work_jobs(house, HANDLERS, only=int(sys.argv[2]))
"""


def test_a_run_whose_worker_is_killed_goes_on_and_gives_the_same(cleaner: Cleaner) -> None:
    house = cleaner.house
    database = "" if house.database.is_sqlite else house.database.url
    cleaner.bring(*[f"Ａ{n} 13800138000" for n in range(50)])
    asked = cleaner.ask(cleaner.recipe("width", ("mask", {"how": "pseudonym"})), confirmed=True)
    worker = subprocess.run(
        [sys.executable, "-c", KILLED, str(house.home), str(asked.job_id), database], capture_output=True, check=False
    )
    assert worker.returncode == -signal.SIGKILL
    assert cleaner.texts(asked.source_id) == [], "nothing is seen of half a run"
    with house.reading() as connection:
        assert count_asides(connection, cleaner.project) == 20
    house.write(lambda tx: tx.execute(update(job_table).values(beat_at=0)))
    run = cleaner.work(asked)
    assert (run.state, run.counts.changed, run.counts.made) == ("done", 50, 50)
    once = cleaner.texts(run.source_id)
    undo(cleaner, run.id)
    again = cleaner.work(cleaner.ask(run.recipe_id, confirmed=True))
    assert cleaner.texts(again.source_id) == once


def test_clean_items_that_are_annotated_stay_and_the_round_is_named(cleaner: Cleaner) -> None:
    sign_the_brief(cleaner.cast)
    publish_the_rulebook(cleaner.cast)
    cleaner.bring(*RAW)
    run = cleaner.run("width")
    open_production(cleaner.house, cleaner.cast.zhou, cleaner.project, request_id=new_id(), reason="试标免了")
    with pytest.raises(DerivedInUse) as refused:
        undo(cleaner, run.id)
    assert refused.value.details["uses"] == "production 1"


def test_what_is_worked_with_already_stays_as_it_is_and_is_named(cleaner: Cleaner) -> None:
    sign_the_brief(cleaner.cast)
    publish_the_rulebook(cleaner.cast)
    cleaner.bring(*RAW)
    open_production(cleaner.house, cleaner.cast.zhou, cleaner.project, request_id=new_id(), reason="试标免了")
    run = cleaner.run("width", "mask")
    assert (run.counts.failed, run.counts.unchanged, reasons(cleaner)) == (2, 1, {})
    rows = list_leftovers(cleaner.house, cleaner.cast.zhou, cleaner.project, run.source_id, PageRequest(50)).rows
    assert {row.code for row in rows} == {"item-in-work"}


def test_others_may_not_clean_and_strangers_see_no_project(cleaner: Cleaner) -> None:
    cleaner.bring(*RAW)
    recipe = cleaner.recipe("width")
    house, cast, project = cleaner.house, cleaner.cast, cleaner.project
    with pytest.raises(NotAllowed):
        preview(house, cast.alice, project, [StepSaid("html")])
    with pytest.raises(ProjectNotFound):
        list_runs(house, cast.mallory, project)
    other = cast.another_project()
    with pytest.raises(RecipeNotFound):
        cleaner.ask(recipe + 99)
    with pytest.raises(RunNotFound):
        undo_run(house, cast.zhou, other, cleaner.run("html").id, request_id=new_id())
