"""Lines and figures of keypoints in the workbench: put, pulled into shape, undone, and stored as they were."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.journeys.benches import surfaces
from tests.journeys.conftest import Open
from tests.journeys.drawing import Drawing, begin
from tests.journeys.papers import rulebook_of
from tests.journeys.served import Served

BODY = "{points: [{id: head, zh: 头, en: Head}, {id: hip, zh: 髋, en: Hip}, {id: foot, zh: 脚, en: Foot}], "
OPTIONS = {"keypoint": f"options: {BODY}skeleton: [[head, hip], [hip, foot]]}}, ", "polyline": ""}


@pytest.fixture
def bench(town: Served, window: Open, tmp_path: Path, request: pytest.FixtureRequest) -> Drawing:
    """A project of two surfaces that asks for the kind named, production open, and alice before the first of them."""
    kind = str(request.param)
    document = rulebook_of(kind, ["Seam", "Edge"]).replace(f"kind: {kind}, ", f"kind: {kind}, {OPTIONS[kind]}")
    return begin(town, window, kind, document, surfaces(tmp_path, 2))


@pytest.mark.parametrize("bench", ["polyline"], indirect=True)
def test_a_line_is_drawn_ended_named_undone_and_submitted(bench: Drawing) -> None:
    for spot in ((100, 100), (300, 140), (420, 300)):
        bench.page.mouse.click(*bench.on_item(*spot))
    bench.alice.reads("Points: 3.")
    bench.key("Enter")
    bench.key("2")
    expect(bench.shapes()).to_contain_text("Edge")
    bench.page.mouse.move(*bench.on_item(420, 300))
    bench.page.mouse.down()
    bench.page.mouse.move(*bench.on_item(440, 320), steps=4)
    bench.page.mouse.up()
    bench.key("z")
    bench.key("Shift+Z")
    bench.submit()
    [line] = bench.stored()
    assert (line["id"], line["label"]) == ("l1", "edge")
    assert line["points"] == [pytest.approx(spot, abs=1.5) for spot in ((100, 100), (300, 140), (440, 320))]


@pytest.mark.parametrize("bench", ["keypoint"], indirect=True)
def test_a_figure_is_put_point_by_point_with_one_hidden_and_one_not_there(bench: Drawing) -> None:
    bench.alice.reads("Click where “Head” is.")
    bench.page.mouse.click(*bench.on_item(200, 80))
    bench.alice.reads("Next: Hip.")
    bench.page.mouse.click(*bench.on_item(220, 180))
    bench.key("z")
    bench.alice.reads("Next: Hip.")
    bench.page.mouse.click(*bench.on_item(230, 190))
    bench.key("x")
    bench.key(",")
    bench.key(",")
    bench.key("o")
    bench.key("ArrowDown")
    bench.submit()
    [figure] = bench.stored()
    head, hip, foot = figure["points"]
    assert (figure["id"], head[2], hip[2], foot) == ("k1", 2, 1, [0, 0, 0])
    assert hip[:2] == pytest.approx((230, 191), abs=1.5)
