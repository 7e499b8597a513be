"""A zip of raw pictures becomes clean items, scenes that a person named, a label, a trial; a second lands in them."""

import os
import re
import zipfile
from collections.abc import Mapping
from pathlib import Path

from playwright.sync_api import expect

from guiju.sdk import ApiError, Client
from tests.journeys.conftest import Open
from tests.journeys.papers import found_project, rulebook_of
from tests.journeys.served import PASSWORD, Served
from tests.journeys.visitors import Visitor
from tests.support.raw_pictures import odd_ones, raw_folder

EACH = 7


def zipped(path: Path, files: Mapping[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return path


def test_raw_pictures_become_clean_items_scenes_a_label_and_a_trial(town: Served, window: Open, tmp_path: Path) -> None:
    project = found_project(town, "Pictures", rulebook_of("choice", ["Whole", "Broken"]), ["alice", "bob"])
    zhou = window(town.url)
    zhou.sign_in("zhou@guiju.test", PASSWORD)
    zhou.page.wait_for_url("**/work")
    pictures_are_brought(zhou, project, zipped(tmp_path / "line 2.zip", {**raw_folder(EACH), **odd_ones()}))
    what_is_in_them_is_seen(town, zhou, project)
    one_of_the_doubled_stays(zhou, project)
    they_are_cleaned(zhou, project)
    scenes_are_named(zhou, project)
    later_ones_land(town, zhou, project, zipped(tmp_path / "later.zip", raw_folder(2, start=40)))
    a_label_and_a_trial_come_of_it(town, zhou, project)


def pictures_are_brought(zhou: Visitor, project: int, path: Path) -> None:
    zhou.go(f"/projects/{project}/data")
    zhou.hand_over(path)
    zhou.press("Look at what it is")
    zhou.reads("Nothing is imported yet: this is what would come of it.")
    expect(zhou.page.locator("#becomes")).to_contain_text("320 × 240")
    expect(zhou.page.locator("#becomes")).to_contain_text("its content is not what its name says")
    shoot(zhou, "bring")
    zhou.page.locator("button.primary").click()
    expect(zhou.page.locator("main tbody tr").first.locator(".tag.good")).to_be_visible(timeout=60_000)
    zhou.page.get_by_role("link", name="line 2.zip").click()
    zhou.reads(
        "This picture is cut off: its end is missing.",
        "This picture cannot be read",
        "The same content is already here as “spots/000.jpg”.",
    )


def what_is_in_them_is_seen(town: Served, zhou: Visitor, project: int) -> None:
    with town.client("zhou") as client:
        while not has_profile(client, project):
            zhou.page.wait_for_timeout(100)
    zhou.go(f"/projects/{project}/data")
    told = zhou.page.get_by_role("link", name="What is in it").first
    expect(told).to_be_visible()
    told.click()
    zhou.heads("Worth a look")
    zhou.reads("Pictures under 64 pixels", "Pictures blurred", "Shorter side", "Sharpness")
    shoot(zhou, "profile")


def has_profile(client: Client, project: int) -> bool:
    try:
        return bool(client.profile(project))
    except ApiError:
        return False


def one_of_the_doubled_stays(zhou: Visitor, project: int) -> None:
    zhou.go(f"/projects/{project}/duplicates")
    zhou.press("Search near-duplicates")
    zhou.heads("3 items")
    shoot(zhou, "duplicates")
    zhou.page.locator("section .acts").get_by_role("button", name="Keep one", exact=True).first.click()
    zhou.reads("No group waits", "1 decided")


def they_are_cleaned(zhou: Visitor, project: int) -> None:
    """The proposed recipe, told how large; what a file says of its place is seen, and gone."""
    zhou.go(f"/projects/{project}/cleaning/recipes/new")
    page, preview = zhou.page, zhou.page.locator("#preview")
    expect(preview).to_contain_text("says the place")
    page.get_by_label("Longest side in pixels").fill("256")
    page.get_by_label("Longest side in pixels").press("Tab")
    expect(preview).to_contain_text("256 × 192")
    expect(preview.locator("figure img").first).to_be_visible()
    shoot(zhou, "recipe")
    zhou.write(name="Photographs")
    page.locator("#preview button.primary").click()
    expect(page.locator("h1 .tag")).to_have_text("done")
    zhou.reads("Drop unfit pictures and sounds")
    expect(page.get_by_role("row", name="Drop unfit").get_by_role("cell").nth(3)).to_have_text("1")


def scenes_are_named(zhou: Visitor, project: int) -> None:
    page = zhou.page
    zhou.go(f"/projects/{project}/scenes")
    zhou.write(count="3")
    zhou.press("Find the scenes")
    expect(page.locator("scene-map[data-ready]")).to_be_visible(timeout=60_000)
    shoot(zhou, "scenes")
    page.locator("tr[data-scene] a").first.click()
    page.get_by_label("Name", exact=True).fill("Stripes")
    zhou.write(definition="Lines across the whole surface.")
    shoot(zhou, "scene")
    zhou.press("Save and keep this scene")
    zhou.heads("Stripes")


def later_ones_land(town: Served, zhou: Visitor, project: int, path: Path) -> None:
    with town.client("zhou") as client:
        before = client.scenes(project, "image")["total"]
        client.wait_for_job(client.import_file(project, path)["job"])
        for _ in range(300):
            found = client.scenes(project, "image")
            if found["total"] == before + 6 and not found["unplaced"]:
                return
            zhou.page.wait_for_timeout(100)
    raise AssertionError("what came later was not placed")


def a_label_and_a_trial_come_of_it(town: Served, zhou: Visitor, project: int) -> None:
    zhou.go(f"/projects/{project}/scenes")
    zhou.page.get_by_role("link", name="Stripes", exact=True).click()
    zhou.press("Add the label to the draft")
    zhou.page.wait_for_url(re.compile("/rulebook"))
    with town.client("zhou") as client:
        assert re.search(r"- id: stripes\b", client.get(f"/projects/{project}/rulebook/draft")["document"])
    zhou.go(f"/projects/{project}/scenes")
    zhou.press("Open the trial over scenes")
    zhou.page.wait_for_url(re.compile("/rounds"))
    shoot(zhou, "trial")


def shoot(zhou: Visitor, name: str) -> None:
    if folder := os.environ.get("SHOTS"):
        zhou.page.screenshot(path=f"{folder}/pictures-{name}.png", full_page=True)
