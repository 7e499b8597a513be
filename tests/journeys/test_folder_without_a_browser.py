"""A folder of raw texts becomes clean items, named scenes, a label and a trial: by commands alone, by the SDK alone."""

import json
import time
from contextlib import suppress
from pathlib import Path
from shutil import make_archive
from typing import Any

from typer.testing import CliRunner

from guiju.cli import app
from guiju.samples.documents import brief_text, rulebook_text
from guiju.sdk import ApiError, Client
from tests.journeys.papers import ROLES, found_project
from tests.journeys.served import Served, gather
from tests.scenes.conftest import texts
from tests.support.raw_texts import MAPPING, PHONE, RECIPE, raw_texts


def later_lines() -> str:
    return "\n".join(texts(2, start=600, kinds=["parcel"]))


class Shell:
    """Somebody at a command line."""

    def __init__(self, home: Path, folder: Path) -> None:
        self.home, self.folder = home, folder

    def __call__(self, *words: str | int | Path, as_: str = "zhou") -> Any:
        given = [*map(str, words), "--home", str(self.home), "--as", f"{as_}@guiju.test", "--json"]
        done = CliRunner().invoke(app, given)
        assert done.exit_code == 0, (words, done.output)
        return json.loads(done.stdout)

    def file(self, name: str, text: str) -> Path:
        path = self.folder / name
        path.write_text(text, encoding="utf-8")
        return path


def test_by_commands_alone(tmp_path: Path) -> None:
    home = tmp_path / "home"
    gather(home, *ROLES, "alice", "bob")
    guiju = Shell(home, tmp_path)
    project = found_by_commands(guiju)
    folder, mapping = raw_texts(tmp_path / "raw"), guiju.file("mapping.yaml", MAPPING)

    seen = guiju("data", "preview", project, folder, "--mapping", mapping)
    assert {part["name"]: part["refusal"] is None for part in seen["parts"]} | seen["columns"]
    taken = guiju("data", "import", project, folder, "--mapping", mapping, "--owner", "Northstar")["source"]
    assert taken["taken"] > 70
    lost = guiju("data", "leftovers", project, taken["id"])["leftovers"]
    assert {"text-empty", "line-broken", "duplicate"} <= {row["code"] for row in lost}
    assert guiju("data", "profile", project)["profile"]["items"] == taken["taken"]

    assert guiju("data", "duplicates", project, "--at-least", "0.9")["groups"] >= 1
    group = guiju("data", "groups", project)["groups"][0]
    stays = group["members"][-1]["item"]
    guiju("data", "decide", project, group["id"], "one", "--kept", stays)
    assert guiju("data", "groups", project, "--which", "decided")["groups"][0]["kept"] == stays
    guiju("data", "decide", project, group["id"], "undo")
    guiju("data", "decide", project, group["id"], "one")

    recipe = guiju.file("messages.yaml", RECIPE)
    assert not guiju("data", "clean", project, recipe, "--try")["needs_confirmation"]
    run = guiju("data", "clean", project, recipe)["run"]
    guiju("data", "unclean", project, run["id"])
    run = guiju("data", "clean", project, recipe)["run"]
    assert run["counts"]["changed"] >= 1

    guiju("scenes", "make", project, "--count", "5")
    first, second, *_ = guiju("scenes", "list", project)["scenes"]
    named = guiju("scenes", "name", project, first["id"], "Money", "--definition", "Wants money back.")["scene"]
    guiju("scenes", "merge", project, named, second["id"])
    shown = guiju("scenes", "items", project, named, "--order", "odd")["items"]
    guiju("scenes", "move", project, named, shown[0]["item"])
    guiju("data", "import", project, later_file(tmp_path))
    guiju("scenes", "place", project)
    after = guiju("scenes", "list", project)
    assert (after["unplaced"], [each["name"] for each in after["scenes"] if each["id"] == named]) == (0, ["Money"])
    assert guiju("scenes", "label", project, named)["label"] == "money"
    people = ("--annotator", "alice@guiju.test", "--annotator", "bob@guiju.test")
    opened = guiju("scenes", "trial", project, "--each", "2", *people)["round"]
    assert guiju("trial", "report", project, "--round", opened)


def found_by_commands(guiju: Shell) -> int:
    """A project with its people, a signed brief and a published rulebook."""
    project = guiju("project", "create", "Messages", "--customer", "Northstar")["id"]
    others = {**ROLES, "alice": ("annotator",), "bob": ("annotator",)}
    for who, roles in sorted(others.items(), key=lambda each: each[0] == "zhou"):
        guiju("project", "member", project, f"{who}@guiju.test", "--roles", ",".join(roles))
    guiju("brief", "import", project, guiju.file("brief.yaml", brief_text("service")))
    guiju("brief", "sign", project, as_="lin")
    guiju("rulebook", "publish", project, guiju.file("rulebook.md", rulebook_text("service")))
    return int(project)


def test_by_the_sdk_alone(town: Served, tmp_path: Path) -> None:
    project = found_project(town, "Messages", rulebook_text("service"), ["alice", "bob"])
    with town.client("zhou") as guiju:
        brought_by_sdk(guiju, project, make_archive(str(tmp_path / "raw"), "zip", raw_texts(tmp_path / "raw")))
        cleaned_by_sdk(guiju, project)
        named = shaped_by_sdk(guiju, project)
        guiju.wait_for_job(guiju.import_file(project, later_file(tmp_path))["job"])
        the_server_places_what_came(guiju, project)
        assert guiju.label_from_scene(project, named) == "money"
        opened = guiju.open_scene_trial(project, ["alice@guiju.test", "bob@guiju.test"], each=2, scenes=[named])
        assert guiju.report(opened)["gate"]


def the_server_places_what_came(guiju: Client, project: int) -> None:
    """By itself, as soon as it landed; whoever will not wait for that asks for it, and may be too late."""
    with suppress(ApiError):
        guiju.wait_for_job(guiju.place_items(project))
    for _ in range(600):
        if guiju.scenes(project)["unplaced"] == 0:
            return
        time.sleep(0.1)
    raise AssertionError("what came later was not placed")


def later_file(folder: Path) -> Path:
    path = folder / "later.txt"
    path.write_text(later_lines(), encoding="utf-8")
    return path


def brought_by_sdk(guiju: Client, project: int, archive: str) -> None:
    mapping = {"take": "all"}
    assert guiju.preview_file(project, archive, mapping=mapping)["taken"] > 20
    started = guiju.import_file(project, archive, mapping=mapping, owner="Northstar")
    guiju.wait_for_job(started["job"])
    lost = {row["code"] for row in guiju.leftovers(project, started["source"])}
    assert {"text-empty", "line-broken", "duplicate"} <= lost
    guiju.wait_for_job(guiju.take_profile(project)[-1])
    assert guiju.profile(project)["profile"]["items"] == guiju.sources(project)[0]["taken"]


def cleaned_by_sdk(guiju: Client, project: int) -> None:
    guiju.wait_for_job(guiju.search_duplicates(project, at_least=0.9))
    group = next(guiju.duplicates(project))
    guiju.decide_duplicates(project, group["id"], "one", kept=group["members"][-1]["item"])
    guiju.decide_duplicates(project, group["id"], "undo")
    guiju.wait_for_job(guiju.decide_all_duplicates(project, "one", at_least=0.9))
    assert not list(guiju.duplicates(project))
    assert not guiju.try_recipe(project, RECIPE)["needs_confirmation"]
    recipe = guiju.save_recipe(project, RECIPE)["id"]
    run = guiju.run_recipe(project, recipe)
    guiju.wait_for_job(run["job"])
    guiju.wait_for_job(guiju.undo_recipe_run(project, run["id"]))
    run = guiju.run_recipe(project, recipe)
    guiju.wait_for_job(run["job"])
    [masked] = [item["text"] for item in guiju.items(project, source=run["source"]) if item["name"] == "p1"]
    assert ("[PHONE]" in masked, PHONE in masked) == (True, False)


def shaped_by_sdk(guiju: Client, project: int) -> int:
    guiju.wait_for_job(guiju.find_scenes(project, count=5))
    first, second, *_ = guiju.scenes(project)["scenes"]
    named = guiju.describe_scene(project, first["id"], name="Money", definition="Wants money back.")
    guiju.merge_scenes(project, named, [second["id"]])
    shown = list(guiju.scene_items(project, named, order="odd"))
    guiju.move_items(project, named, [shown[0]["item"]])
    own = guiju.make_scene(project, "Of its own", items=[shown[1]["item"]])
    assert [each["item"] for each in guiju.scene_items(project, own)] == [shown[1]["item"]]
    return named
