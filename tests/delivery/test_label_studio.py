"""Label Studio's tasks: what goes out comes in again the same, and the interface names the controls."""

import json
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest

from guiju.annotations.imports.model import Format, ImportOptions
from guiju.kinds import Answer, Box, Boxes, Choice, Each, Polygon, Polygons, Rating, Written, decode_answers
from guiju.kit import new_id
from guiju.rulebooks import publish_rulebook, save_draft
from tests.annotations.moving import bring, stored_answers
from tests.annotations.test_import_label_studio import DOCUMENT
from tests.delivery.test_delivery import build, files_of
from tests.inspection.build import Made, accept_a_lot, import_pictures, resolve_all
from tests.support.cast import Cast

pytestmark = pytest.mark.parametrize("house", ["sqlite"], indirect=True)
OUTLINED = "  - {id: outlines, kind: polygon, labels: [leaf], required: false}\nlabels:"
SAID: dict[str, Answer] = {
    "things": Boxes((Box("i1", "leaf", 1.25, 2, 30, 12.51), Box("i2", "leaf", 20, 20, 20, 10, 33.5))),
    "outlines": Polygons((Polygon("i1", "leaf", ((1, 1), (20.5, 3), (12, 30.25))),)),
    "occluded": Each("things", {"i1": Choice(("yes",)), "i2": Choice(("no",))}),
    "named": Each("things", {"i2": Written("叶 “A” & <b>")}),
    "sharp": Choice(("yes",)),
    "remark": Written("一\n二"),
    "stars": Rating(4),
}
LITTLE: dict[str, Answer] = {"things": Boxes((Box("i1", "leaf", 0, 0, 64, 48),)), "sharp": Choice(("no",))}


@pytest.fixture
def made(cast: Cast) -> Made:
    document = DOCUMENT.replace("labels:\n", OUTLINED + "\n", 1)
    house, zhou, project = cast.house, cast.zhou, cast.project
    save_draft(house, zhou, project, document=document, from_revision=0, request_id=new_id())
    rulebook = publish_rulebook(house, zhou, project, request_id=new_id())
    items = import_pictures(cast, project, 2)
    round_id = resolve_all(house, cast.alice, project, rulebook, {items[0]: SAID, items[1]: LITTLE})
    done = Made(project, rulebook, round_id, items)
    accept_a_lot(cast, done)
    return done


def test_what_goes_out_as_tasks_comes_in_again_the_same(cast: Cast, made: Made, tmp_path: Path) -> None:
    package = files_of(build(cast, made.project, "label-studio"))
    place = tmp_path / "tasks.json"
    place.write_bytes(package["annotations.label-studio.json"])
    job = bring(cast, place, ImportOptions(Format.LABEL_STUDIO))
    came = {item: decode_answers(raw) for item, raw in stored_answers(cast, job)}
    assert came == {made.items[0]: SAID, made.items[1]: LITTLE}


def test_the_interface_names_each_control_that_the_tasks_name(cast: Cast, made: Made) -> None:
    package = files_of(build(cast, made.project, "label-studio"))
    controls = {
        one.get("name"): (one.tag, one.get("toName"), one.get("perRegion"))
        for one in ET.fromstring(package["annotations.label-studio.xml"])
    }
    assert controls == {
        "image": ("Image", None, None),
        "things": ("RectangleLabels", "image", None),
        "occluded": ("Choices", "image", "true"),
        "named": ("TextArea", "image", "true"),
        "sharp": ("Choices", "image", None),
        "remark": ("TextArea", "image", None),
        "stars": ("Rating", "image", None),
        "outlines": ("PolygonLabels", "image", None),
    }
    tasks: list[dict[str, Any]] = json.loads(package["annotations.label-studio.json"])
    named = {result["from_name"] for task in tasks for one in task["annotations"] for result in one["result"]}
    assert named == set(controls) - {"image"}
