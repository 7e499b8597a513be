"""Masks in the workbench: painted, erased, undone, stored pixel by pixel; a rough box becomes an outline by one key."""

import zipfile
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PIL import Image, ImageDraw
from playwright.sync_api import expect

from guiju.kinds.points import area_of
from guiju.kinds.runs import extent_of, read_runs
from tests.journeys.conftest import Open
from tests.journeys.drawing import HIGH, WIDE, Drawing
from tests.journeys.papers import found_project, rulebook_of
from tests.journeys.served import PASSWORD, Served

LEAF = (200, 100, 440, 300)
LEAF_AREA = 3.1416 * 120 * 100


def leaf(seed: int) -> bytes:
    """A green ellipse on soil, with grain."""
    picture = Image.new("RGB", (WIDE, HIGH), (122, 96, 74))
    ImageDraw.Draw(picture).ellipse(LEAF, fill=(60, 140, 66))
    grain = Image.effect_noise((WIDE, HIGH), 20 + seed).convert("RGB")
    out = BytesIO()
    Image.blend(picture, grain, 0.12).save(out, "PNG")
    return out.getvalue()


class Painter(Drawing):
    """alice at her workbench, on a round of leaves."""

    def masks(self) -> list[dict[str, Any]]:
        found = self.stored()
        return [{**mask, "extent": extent_of(read_runs(mask["counts"]) or [], mask["size"][0])} for mask in found]


@pytest.fixture(scope="module")
def leaves(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("leaves") / "leaves.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for seed in range(2):
            archive.writestr(f"leaf-{seed}.png", leaf(seed))
    return path


def sit_down(town: Served, window: Open, leaves: Path, rulebook: str) -> Painter:
    project = found_project(town, "Leaves", rulebook, ["alice"])
    with town.client("gao") as gao:
        gao.wait_for_job(gao.import_file(project, leaves)["job"])
    with town.client("zhou") as zhou:
        opened = zhou.open_round(project, "production", reason="The masks alone are looked at.")
    alice = window(town.url)
    alice.sign_in("alice@guiju.test", PASSWORD)
    alice.go(f"/projects/{project}/rounds/{opened}/work")
    expect(alice.page.get_by_role("application")).to_be_visible()
    return Painter(town, alice, project, opened)


def test_a_mask_is_painted_erased_undone_limited_filled_and_stored_exactly(
    town: Served, window: Open, leaves: Path
) -> None:
    bench = sit_down(town, window, leaves, rulebook_of("mask", ["Scratch", "Scale"]))
    bench.stroke((100, 200), (200, 200))
    expect(bench.shapes()).to_have_count(1)
    bench.stroke((200, 200), (200, 300))
    bench.key("e")
    bench.stroke((150, 180), (150, 220))
    bench.key("z")
    bench.key("Shift+Z")
    bench.key("a")
    bench.stroke((400, 320), (500, 320), held="Shift")
    bench.key("2")
    expect(bench.shapes()).to_have_count(2)
    bench.key("m")
    bench.key("t")
    bench.stroke((20, 20), (60, 40))
    bench.stroke((0, 30), (300, 30))
    bench.key("t")
    bench.key("m")
    bench.key("g")
    bench.page.mouse.click(*bench.on_item(320, 160))
    expect(bench.shapes()).to_have_count(4)
    bench.submit()
    first, second, third, fourth = bench.masks()
    assert [each["label"] for each in (first, second, third, fourth)] == ["scratch", "scale", "scale", "scale"]
    assert all(each["size"] == [HIGH, WIDE] for each in (first, second, third, fourth))
    runs = read_runs(first["counts"]) or []
    assert sum(runs) == WIDE * HIGH
    assert first["extent"].area == pytest.approx(200 * 24 + 3.14 * 144 + 72 - 24 * 24, rel=0.05)
    assert (second["extent"].left, second["extent"].top) == (pytest.approx(388, abs=2), pytest.approx(308, abs=2))
    assert third["extent"][:4] == (20, 20, 40, 20)
    assert fourth["extent"].area == pytest.approx(LEAF_AREA, rel=0.1)


def test_two_corners_of_a_rough_box_become_an_outline_that_is_undone_like_any_act(
    town: Served, window: Open, leaves: Path
) -> None:
    bench = sit_down(town, window, leaves, rulebook_of("polygon", ["Scratch", "Scale"]))
    for corner in ((185, 85), (455, 315)):
        bench.page.mouse.click(*bench.on_item(*corner))
    bench.alice.reads("Points: 2.")
    bench.key("o")
    expect(bench.shapes()).to_have_count(1, timeout=20_000)
    bench.alice.reads("The outline is there.")
    bench.key("z")
    expect(bench.shapes()).to_have_count(0)
    bench.key("Shift+Z")
    bench.submit()
    [polygon] = bench.stored()
    assert area_of(tuple((x, y) for x, y in polygon["points"])) == pytest.approx(LEAF_AREA, rel=0.05)


def test_a_box_becomes_a_mask_of_its_label_in_the_field_for_masks(town: Served, window: Open, leaves: Path) -> None:
    one = rulebook_of("box", ["Scratch", "Scale"])
    line = next(line for line in one.splitlines() if "kind: box" in line)
    both = one.replace(line, f"{line}\n{line.replace('kind: box', 'kind: mask').replace('id: answer', 'id: pixels')}")
    bench = sit_down(town, window, leaves, both)
    bench.stroke((185, 85), (455, 315))
    bench.key("2")
    bench.key("o")
    bench.alice.reads("The outline is there.")
    bench.key("Enter")
    expect(bench.page.get_by_text("Saved", exact=True)).to_be_visible()
    with town.client("alice") as alice:
        answers = alice.get(f"/rounds/{bench.round}/mine")["annotations"][0]["answers"]
    [mask] = answers["pixels"]["shapes"]
    assert mask["label"] == "scale"
    assert extent_of(read_runs(mask["counts"]) or [], HIGH).area == pytest.approx(LEAF_AREA, rel=0.05)
    assert len(answers["answer"]["shapes"]) == 1
