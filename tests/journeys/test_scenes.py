"""Raw texts become scenes that a person made, a label and a trial; what comes later lands in them."""

import re
from pathlib import Path

from playwright.sync_api import FloatRect, Page, expect

from guiju.samples.documents import rulebook_text
from tests.journeys.conftest import Open
from tests.journeys.papers import found_project
from tests.journeys.served import PASSWORD, Served
from tests.journeys.visitors import Visitor
from tests.scenes.conftest import texts


def bring(town: Served, project: int, path: Path, lines: list[str]) -> None:
    path.write_text("\n".join(lines), encoding="utf-8")
    with town.client("zhou") as zhou:
        zhou.wait_for_job(zhou.import_file(project, path)["job"])


def items_in(page: Page, name: str) -> int:
    """How many items the table says stand in a scene."""
    row = page.locator("tr[data-scene]", has=page.get_by_role("link", name=name, exact=True))
    return int(row.locator("td.num").first.inner_text().replace(",", ""))


def lasso(page: Page) -> None:
    """Shift and a drag around the whole map; anew where the page moved under the hand."""
    canvas = page.locator("scene-map canvas")
    for _ in range(4):
        box = canvas.bounding_box()
        assert box is not None
        drag_around(page, box)
        if canvas.bounding_box() == box:
            return


def drag_around(page: Page, box: FloatRect) -> None:
    left, top, right, bottom = box["x"] + 3, box["y"] + 3, box["x"] + box["width"] - 3, box["y"] + box["height"] - 3
    page.keyboard.down("Shift")
    page.mouse.move(left, top)
    page.mouse.down()
    for x, y in ((right, top), (right, bottom), (left, bottom)):
        page.mouse.move(x, y, steps=4)
    page.mouse.up()
    page.keyboard.up("Shift")


def test_scenes_are_found_named_merged_and_kept_and_become_a_label_and_a_trial(
    town: Served, window: Open, tmp_path: Path
) -> None:
    project = found_project(town, "Scenes", rulebook_text("service"), ["alice", "bob"])
    bring(town, project, tmp_path / "first.txt", texts(25))
    zhou = window(town.url)
    page = zhou.page
    zhou.sign_in("zhou@guiju.test", PASSWORD)
    zhou.go(f"/projects/{project}/scenes")
    zhou.write(count="5")
    zhou.press("Find the scenes")
    expect(page.locator("scene-map[data-ready='100']")).to_be_visible(timeout=90_000)

    # a scene is named, and another goes into it
    page.locator("tr[data-scene] a").first.click()
    zhou.write(definition="Whoever writes wants money back.")
    page.get_by_label("Name", exact=True).fill("Money")
    zhou.press("Save and keep this scene")
    zhou.heads("Money")
    zhou.go(f"/projects/{project}/scenes")
    before, rows = items_in(page, "Money"), page.locator("tr[data-scene]").count()
    page.locator("tr[data-scene] input[name='scene']").nth(1).check()
    page.locator("select[name='into']").select_option(label="Money")
    zhou.press("Merge")
    expect(page.locator("tr[data-scene]")).to_have_count(rows - 1)
    assert items_in(page, "Money") > before

    # what the lasso catches can be put into a scene
    expect(page.locator("scene-map[data-ready]")).to_be_visible()
    page.locator("scene-map canvas").scroll_into_view_if_needed()
    lasso(page)
    zhou.heads("100 items selected")
    page.locator("scene-map").get_by_label("Name of a new scene").fill("All of it")
    page.get_by_role("button", name="Make a scene of them").click()
    expect(page.get_by_role("link", name="All of it", exact=True)).to_be_visible()
    assert items_in(page, "All of it") == 100

    later_items_land(town, zhou, project, tmp_path)

    # a label for the rulebook, and a trial over the scenes
    page.get_by_role("link", name="All of it", exact=True).click()
    zhou.press("Add the label to the draft")
    page.wait_for_url(re.compile("/rulebook"))
    with town.client("zhou") as client:
        assert re.search(r"- id: all-of-it\b", client.get(f"/projects/{project}/rulebook/draft")["document"])
    zhou.go(f"/projects/{project}/scenes")
    zhou.press("Open the trial over scenes")
    page.wait_for_url(re.compile("/rounds"))
    zhou.go(f"/projects/{project}/scenes/log")
    zhou.reads("Trial drawn", "New items placed", "Merged", "Named or defined")


def later_items_land(town: Served, zhou: Visitor, project: int, folder: Path) -> None:
    """What comes later finds its place by itself, in the scenes that people made."""
    bring(town, project, folder / "second.txt", texts(4, start=500, kinds=["parcel"]))
    found: dict[str, object] = {}
    with town.client("zhou") as client:
        for _ in range(300):
            found = client.get(f"/projects/{project}/scenes")
            if found["total"] == 104:
                break
            zhou.page.wait_for_timeout(200)
    assert (found["total"], found["unplaced"]) == (104, 0)
    zhou.go(f"/projects/{project}/scenes")
    assert items_in(zhou.page, "All of it") == 104
