"""A surface in the workbench: boxes drawn with the mouse, named by a key; what breaks off in between loses nothing."""

import json
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from guiju.samples.documents import rulebook_text
from guiju.samples.steel import draw_surface, item_name
from tests.journeys.conftest import Open
from tests.journeys.drawing import begin
from tests.journeys.papers import found_project, rulebook_of
from tests.journeys.served import PASSWORD, Served
from tests.journeys.visitors import Visitor

SURFACES = 4
PITTING, SCALE = "3", "4"


@dataclass(frozen=True)
class Bench:
    """alice at her workbench, on a production round of her own."""

    town: Served
    alice: Visitor
    round: int

    @property
    def page(self) -> Page:
        return self.alice.page

    def drag(self, left: float, top: float, wide: float, high: float) -> None:
        """Draw a box; all in shares of the picture's frame."""
        frame = self.page.locator(".frame").bounding_box()
        assert frame is not None
        x, y = frame["x"] + left * frame["width"], frame["y"] + top * frame["height"]
        self.page.mouse.move(x, y)
        self.page.mouse.down()
        self.page.mouse.move(x + wide * frame["width"] / 2, y + high * frame["height"] / 2)
        self.page.mouse.move(x + wide * frame["width"], y + high * frame["height"])
        self.page.mouse.up()

    def boxes(self) -> Locator:
        return self.page.locator("section.parts li")

    def key(self, key: str) -> None:
        self.page.keyboard.press(key)

    def item(self) -> str:
        said = self.page.get_by_role("application").get_attribute("aria-label") or ""
        return said.split()[1].rstrip(":")

    def stored(self) -> list[dict[str, Any]]:
        """alice's answers as the server has them, the newest first."""
        with self.town.client("alice") as alice:
            return alice.get(f"/rounds/{self.round}/mine")["annotations"]

    def is_saved(self) -> None:
        expect(self.page.get_by_text("Saved", exact=True)).to_be_visible()


@pytest.fixture(scope="module")
def surfaces(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A zip of surfaces."""
    path = tmp_path_factory.mktemp("surfaces") / "surfaces.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for seed in range(SURFACES):
            archive.writestr(item_name(seed), draw_surface(seed).image_bytes)
    return path


@pytest.fixture
def bench(town: Served, window: Open, surfaces: Path) -> Bench:
    """A project of four surfaces, production open, and alice before the first of them."""
    project = found_project(town, "Steel", rulebook_text("steel"), ["alice"])
    with town.client("gao") as gao:
        gao.wait_for_job(gao.import_file(project, surfaces)["job"])
    with town.client("zhou") as zhou:
        opened = zhou.open_round(project, "production", reason="The boxes alone are looked at.")
    alice = window(town.url)
    alice.sign_in("alice@guiju.test", PASSWORD)
    alice.go(f"/projects/{project}/rounds/{opened}/work")
    expect(alice.page.get_by_role("application")).to_be_visible()
    return Bench(town, alice, opened)


def test_a_box_is_drawn_named_undone_done_again_and_submitted(bench: Bench) -> None:
    first = bench.item()
    bench.drag(0.3, 0.3, 0.2, 0.1)
    bench.key(PITTING)
    expect(bench.boxes()).to_have_count(1)
    expect(bench.boxes()).to_contain_text("Pitting")
    bench.key("z")
    bench.key("z")
    expect(bench.boxes()).to_have_count(0)
    bench.key("Shift+Z")
    bench.key("Shift+Z")
    expect(bench.boxes()).to_contain_text("Pitting")
    bench.key("Enter")
    bench.is_saved()
    expect(bench.boxes()).to_have_count(0)
    assert bench.item() != first
    [answer] = bench.stored()
    [box] = answer["answers"]["defects"]["shapes"]
    assert (answer["item"]["name"], box["label"]) == (first, "pitting")
    frame = bench.page.locator(".frame").bounding_box()
    assert frame is not None
    assert box["w"] / box["h"] == pytest.approx(2 * frame["width"] / frame["height"], rel=0.02)
    assert 0 <= box["x"] < box["x"] + box["w"] <= 640
    assert 0 <= box["y"] < box["y"] + box["h"] <= 400


def test_a_check_of_the_rulebook_stops_the_answer_and_says_its_clause(bench: Bench) -> None:
    bench.drag(0.3, 0.3, 0.05, 0.3)
    bench.key("1")
    expect(bench.boxes()).to_contain_text("Scratch")
    bench.key("Enter")
    bench.alice.reads("A check does not hold; see beside the item.", "A scratch is long along the rolling direction")
    assert bench.stored() == []


def test_a_reload_keeps_what_was_drawn(bench: Bench) -> None:
    before = bench.item()
    bench.drag(0.4, 0.4, 0.2, 0.2)
    bench.key(SCALE)
    expect(bench.boxes()).to_contain_text("Scale")
    bench.page.reload()
    expect(bench.boxes()).to_have_count(1)
    expect(bench.boxes()).to_contain_text("Scale")
    assert bench.item() == before
    assert bench.stored() == []


def test_work_goes_on_without_a_network_and_arrives_when_it_is_back(bench: Bench) -> None:
    names = [bench.item()]
    bench.alice.context.set_offline(True)
    bench.drag(0.3, 0.3, 0.2, 0.1)
    bench.key(PITTING)
    bench.key("Enter")
    bench.alice.reads("1 waiting")
    names.append(bench.item())
    bench.drag(0.5, 0.5, 0.2, 0.2)
    bench.key(SCALE)
    bench.key("Enter")
    bench.alice.reads("2 waiting")
    assert bench.stored() == []
    bench.alice.context.set_offline(False)
    bench.is_saved()
    found = [(each["item"]["name"], each["revision"]) for each in bench.stored()]
    assert sorted(found) == sorted((name, 1) for name in names)


def test_an_answer_whose_receipt_is_lost_is_sent_again_and_stored_once(bench: Bench) -> None:
    sent: list[str] = []

    def lose_the_first_receipt(route: Route) -> None:
        sent.append(json.loads(route.request.post_data or "")["id"])
        if len(sent) > 1:
            route.continue_()
            return
        assert route.fetch().ok
        route.abort("connectionreset")

    bench.page.route("**/annotations", lose_the_first_receipt)
    bench.drag(0.3, 0.3, 0.2, 0.1)
    bench.key(PITTING)
    bench.key("Enter")
    bench.is_saved()
    expect(bench.boxes()).to_have_count(0)
    assert len(sent) >= 2
    assert len(set(sent)) == 1
    assert [each["revision"] for each in bench.stored()] == [1]


def test_a_second_tab_is_told_and_can_take_the_work_over(bench: Bench) -> None:
    second = bench.alice.context.new_page()
    second.goto(bench.page.url)
    expect(second.get_by_role("heading", name="This round is open in another tab")).to_be_visible()
    second.get_by_role("button", name="Work here").click()
    expect(second.get_by_role("application")).to_be_visible()
    expect(bench.page.get_by_role("heading", name="This round is open in another tab")).to_be_visible()


def test_a_box_is_turned_by_handle_and_keys_resized_in_its_own_frame_and_stored(
    town: Served, window: Open, surfaces: Path
) -> None:
    document = rulebook_of("box", ["Scratch", "Scale"]).replace("kind: box, ", "kind: box, options: {rotate: true}, ")
    bench = begin(town, window, "Turned", document, surfaces)
    bench.stroke((220, 150), (420, 250))
    frame = (320, 150 - 26 / bench.scale())
    bench.stroke(frame, (frame[0] + 400, 200))
    expect(bench.shapes()).to_contain_text("200×100 ∠90°")
    bench.key(",")
    bench.key("<")
    expect(bench.shapes()).to_contain_text("∠75°")
    bench.page.keyboard.down("Shift")
    bench.key(">")
    bench.page.keyboard.up("Shift")
    expect(bench.shapes()).to_contain_text("∠90°")
    bench.stroke((320, 300), (320, 340))
    expect(bench.shapes()).to_contain_text("240×100 ∠90°")
    bench.key("2")
    bench.key("z")
    bench.key("z")
    expect(bench.shapes()).to_contain_text("200×100 ∠90°")
    bench.key("Shift+Z")
    bench.key("Shift+Z")
    bench.submit()
    [box] = bench.stored()
    assert (box["label"], box["angle"]) == ("scale", 90)
    around = (box["x"], box["y"], box["w"], box["h"])
    assert around == pytest.approx((200, 170, 240, 100), abs=2)
