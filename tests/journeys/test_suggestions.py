"""A model's boxes in the workbench: accepted with one key, corrected, rejected, and told apart on the trainer's page.

And what breaks off in between: nothing that was submitted is lost.
"""

import json
import zipfile
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from bench.enduring import endure
from guiju.samples.documents import rulebook_text
from guiju.samples.steel import draw_surface, item_name
from tests.journeys.conftest import Open
from tests.journeys.papers import found_project
from tests.journeys.served import PASSWORD, Served
from tests.journeys.visitors import Visitor

SURFACES = 4
MODEL = "steel-2"


def predictions() -> dict[str, Any]:
    """COCO with scores: of each surface a sure box and an unsure one."""
    drawn = [([60, 60, 80, 60], 0.94), ([300, 200, 90, 70], 0.42)]
    return {
        "images": [{"id": n, "file_name": item_name(n)} for n in range(SURFACES)],
        "annotations": [
            {"id": 10 * n + k, "image_id": n, "category_id": 1, "bbox": box, "score": score}
            for n in range(SURFACES)
            for k, (box, score) in enumerate(drawn)
        ],
        "categories": [{"id": 1, "name": "pitting"}],
    }


@pytest.fixture
def project(town: Served, tmp_path: Path) -> int:
    """Four surfaces and the model's predictions for them."""
    project = found_project(town, "Steel", rulebook_text("steel"), ["alice", "bob"])
    archive, boxes = tmp_path / "surfaces.zip", tmp_path / "predictions.json"
    with zipfile.ZipFile(archive, "w") as surfaces:
        for seed in range(SURFACES):
            surfaces.writestr(item_name(seed), draw_surface(seed).image_bytes)
    boxes.write_text(json.dumps(predictions()), encoding="utf-8")
    with town.client("gao") as gao:
        gao.wait_for_job(gao.import_file(project, archive)["job"])
        told = gao.import_annotations(project, boxes, format="coco", annotator=MODEL, predictions="yes")
        outcome = gao.wait_for_job(told["job"])["outcome"]
    assert (outcome["annotations"], outcome["resolved"]) == (SURFACES, 0)
    return project


def open_round(town: Served, project: int, **options: Any) -> int:
    with town.client("zhou") as zhou:
        return zhou.open_round(project, "production", reason="The workbench alone is looked at.", **options)


def sit_down(town: Served, window: Open, project: int, opened: int, who: str = "alice") -> Visitor:
    visitor = window(town.url)
    visitor.sign_in(f"{who}@guiju.test", PASSWORD)
    visitor.go(f"/projects/{project}/rounds/{opened}/work")
    expect(visitor.page.get_by_role("application")).to_be_visible()
    return visitor


def parts(page: Page) -> Locator:
    return page.locator("section.parts li")


def suggested(page: Page) -> Locator:
    return page.locator("section.parts li.suggested")


def saved(page: Page) -> None:
    expect(page.get_by_text("Saved", exact=True)).to_be_visible()


def test_a_right_suggestion_costs_one_key_and_a_wrong_one_is_told_apart(
    town: Served, window: Open, project: int
) -> None:
    opened = open_round(town, project, suggest={"annotator": MODEL})
    alice = sit_down(town, window, project, opened)
    page = alice.page
    alice.reads(f"Suggested by {MODEL}", "2 left:")
    expect(suggested(page)).to_have_count(2)
    expect(parts(page).first).to_contain_text("94%")
    page.keyboard.press("Enter")
    saved(page)

    page.keyboard.press("]")
    page.keyboard.press("y")
    expect(suggested(page)).to_have_count(1)
    page.keyboard.press("n")
    expect(parts(page)).to_have_count(1)
    page.keyboard.press("z")
    expect(parts(page)).to_have_count(2)
    page.keyboard.press("n")
    expect(parts(page)).to_have_count(1)
    page.keyboard.press("Enter")
    saved(page)

    page.get_by_role("slider").fill("60")
    alice.reads("1 hidden")
    expect(parts(page)).to_have_count(1)
    page.reload()
    expect(parts(page)).to_have_count(1)
    page.keyboard.press("Enter")
    saved(page)

    page.keyboard.press("Shift+Delete")
    expect(parts(page)).to_have_count(0)
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    saved(page)

    zhou = window(town.url)
    zhou.sign_in("zhou@guiju.test", PASSWORD)
    zhou.go(f"/projects/{project}/rounds")
    zhou.reads("suggestions, 50% accepted")
    zhou.press("Pace")
    zhou.reads("What became of the suggestions", "2 · 1 · 1")


def test_another_person_in_the_same_browser_sends_nothing_under_the_wrong_name(
    town: Served, window: Open, project: int
) -> None:
    opened = open_round(town, project)
    alice = sit_down(town, window, project, opened)
    page = alice.page

    other = alice.context.new_page()
    other.goto(f"{town.url}/work")
    sign_out(other)
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    alice.reads("1 waiting", "You are signed out.")
    sign_in(other, "bob")
    page.locator(".saved").hover()
    page.evaluate("() => window.dispatchEvent(new Event('focus'))")
    alice.reads("Bob is signed in here now.")
    sign_out(other)
    sign_in(other, "alice")
    page.evaluate("() => window.dispatchEvent(new Event('focus'))")
    saved(page)
    with town.client("alice") as mine, town.client("bob") as his:
        assert len(mine.get(f"/rounds/{opened}/mine")["annotations"]) == 1
        assert his.get(f"/rounds/{opened}/mine")["annotations"] == []


def sign_out(page: Page) -> None:
    page.goto(page.url)
    page.locator('form[action="/sign-out"] button').click()
    page.wait_for_url("**/sign-in")


def sign_in(page: Page, who: str) -> None:
    page.locator('main [name="email"]').fill(f"{who}@guiju.test")
    page.locator('main [name="password"]').fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url(lambda url: "sign-in" not in url)


def test_unsent_work_survives_a_reload_and_a_paused_round(town: Served, window: Open, project: int) -> None:
    opened = open_round(town, project)
    alice = sit_down(town, window, project, opened)
    page = alice.page
    zhou = window(town.url)
    zhou.sign_in("zhou@guiju.test", PASSWORD)
    zhou.go(f"/projects/{project}/rounds")
    zhou.press("Pause")
    zhou.reads("Open again")
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    alice.heads("This round is paused")
    alice.reads("1 waiting")
    page.once("dialog", lambda dialog: dialog.accept())
    page.reload()
    alice.reads("1 waiting")
    zhou.press("Open again")
    zhou.reads("Pause")
    page.locator(".saved").click()
    saved(page)
    with town.client("alice") as mine:
        assert [each["revision"] for each in mine.get(f"/rounds/{opened}/mine")["annotations"]] == [1]


def test_a_question_is_asked_from_the_item_and_answered_beside_the_rules(
    town: Served, window: Open, project: int
) -> None:
    opened = open_round(town, project)
    alice = sit_down(town, window, project, opened)
    alice.page.keyboard.press("q")
    alice.page.get_by_role("dialog").get_by_role("textbox").first.fill("Is a stain on the edge a defect?")
    alice.page.get_by_role("dialog").get_by_role("button", name="Send the question").click()
    alice.reads("Your question is with the trainer.")
    alice.page.keyboard.press("Enter")
    alice.page.keyboard.press("Enter")
    saved(alice.page)
    with town.client("xing") as xing:
        [question] = xing.get(f"/projects/{project}/questions")["questions"]
        xing.write("POST", f"/questions/{question['id']}/ruling", text="No: the edge is cut off.")
    alice.page.reload()
    alice.reads("No: the edge is cut off.")


def test_the_network_goes_and_the_server_is_killed_and_every_answer_is_there_once(
    browser: Browser, tmp_path: Path
) -> None:
    found = endure(browser, tmp_path, hands=2, seconds=12, kills=2)
    assert found.submitted > 10
    assert (found.missing, found.doubled, found.unsent) == ([], 0, 0)
